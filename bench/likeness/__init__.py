"""How well the comparison of plans tells copies from honest likeness, and how long it takes over very many plans.

All texts are made up for this measurement; none is from a plan.
"""
