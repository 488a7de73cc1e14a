"""How well the report reader reads: reports of our own making with the facts in them, and what it makes of them.

``reports`` says how a report is written with its facts beside it, ``layouts`` makes a file of it.
"""
