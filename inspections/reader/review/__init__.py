"""What was proposed from a report is reviewed: how far it is, and one proposal after the other beside its passage.

Each is accepted as it stands or in other words, or dropped; what others decide meanwhile is seen and never overwritten.
"""
