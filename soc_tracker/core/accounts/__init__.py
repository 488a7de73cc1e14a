"""Accounts: who may sign in, with which roles, and everything that was ever done to an account.

``services`` is the one way to write an account, for administrators and commands; what people do on their own account's
pages is kept by ``events``. Nothing is deleted.
"""
