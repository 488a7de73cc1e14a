"""Tokens with which programs read on behalf of an account: ``Authorization: Bearer …``.

A token opens the API and the CSV and XLSX of lists, nothing else, and never more than its account may read at that
moment: the account in use, its role and its reach are asked for with each request. It writes nothing.
"""
