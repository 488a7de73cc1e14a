"""Single sign-on: people sign in where their organisation keeps its accounts, by OpenID Connect.

Off unless ``OIDC_ISSUER`` is set. ``provider`` speaks with the provider and believes nothing that is not signed for
this site and this very attempt; ``services`` finds the account, and has the groups decide its roles and reaches.
"""
