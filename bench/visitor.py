"""``python -m bench.visitor``: signs an analyst in and prints the cookie, as a browser would send it."""

import django

PASSWORD = "for measuring only, 0123456789"  # noqa: S105  of nobody real


def make_analyst(name: str) -> object:
    """The account of an analyst of the whole country, made once."""
    from django.contrib.auth.models import Group, User

    from soc_tracker.core.access.roles import Role
    from soc_tracker.core.accounts.services import give_reach

    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create_user(name, password=PASSWORD, first_name=name, last_name="of the bench")
        user.groups.add(Group.objects.get(name=Role.ANALYST.label))
        give_reach(user, is_national=True, by=None, reason="Measures")
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
    print(cookie_of(make_analyst("bench")))
