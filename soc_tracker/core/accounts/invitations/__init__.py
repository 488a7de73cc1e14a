"""Invitations: how the owner of a new account comes in. A link, once and for some days, to set the first password."""
