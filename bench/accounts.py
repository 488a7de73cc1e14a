"""``python -m bench.accounts``: signs the accounts that are measured in and prints, as JSON, the cookie of each."""

import json

import django

PASSWORD = "for measuring only, 0123456789"  # noqa: S105  of nobody real
BODY = "greater-manchester"
"""The force that an analyst of one body reaches, and whose pages are measured."""


def make_account(name: str, role: str = "analyst", **reach: object) -> object:
    """An account, made once, that reaches the whole country or what is given; an administrator needs no reach."""
    from django.contrib.auth.models import Group, User

    from soc_tracker.core.access.roles import Role
    from soc_tracker.core.accounts.services import give_reach

    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create_user(name, password=PASSWORD, first_name=name, last_name="of the bench")
        user.groups.add(Group.objects.get(name=Role(role).label))
        if role != "administrator":
            give_reach(user, **(reach or {"is_national": True}), by=None, reason="Measures")
    return user


def cookie_of(user: object) -> str:
    """Of a session of the account that has just begun, in which a second factor was shown."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from soc_tracker.core.accounts.factors import SHOWN
    from soc_tracker.core.accounts.sessions.store import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[SHOWN] = str(user.pk), True
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    django.setup()

    from forces.models import Organisation

    body = Organisation.objects.get(slug=BODY)
    accounts = {
        "analyst": make_account("bench-analyst"),
        "inspector": make_account("bench-inspector", "inspector"),
        "analyst of one body": make_account("bench-body", organisation=body),
        "administrator": make_account("bench-administrator", "administrator"),
    }
    print(json.dumps({name: cookie_of(account) for name, account in accounts.items()}))
