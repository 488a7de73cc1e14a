"""Limits: how often something may be tried, kept in the database, where nothing is evicted and all processes see it.

``services.spend`` takes an attempt and says how long to wait where none is left. An attempt is never refused for good:
after ``burst`` of them, one more is free each ``seconds``.
"""
