"""``python -m tests.deployment.accounts``: tables, bodies, an account for each role, and signed-in sessions of theirs.

Prints, as JSON, the value of the session's cookie of each role.
"""

import json
from datetime import date

import django

PASSWORD = "grey heron over Widnes bridge"


def main() -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.utils.module_loading import import_string

    from soc_tracker.core.access.models import Reach
    from soc_tracker.core.access.roles import Role
    from tests.makers import make_disruption

    call_command("migrate", verbosity=0, skip_checks=True)
    make_disruption(summary="Two people arrested.")
    store, cookies = import_string(f"{settings.SESSION_ENGINE}.SessionStore"), {}
    by_role = [(str(role.value), role) for role in Role]
    for name, role in [*by_role, *((name, Role.ANALYST) for name in VICTIMS)]:
        user = User.objects.create_user(name, f"{name}@police.example", PASSWORD)
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        user.groups.add(Group.objects.get(name=role.label))
        if name not in WITHOUT_REACH:
            Reach.objects.create(account=user, is_national=True, valid_from=date(1990, 1, 1), reason="For a test.")
            TOTP.activate(user, generate_totp_secret())
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies[name] = session.session_key
    print(json.dumps(cookies))


VICTIMS = [f"analyst{number}" for number in range(1, 9)]
WITHOUT_REACH = VICTIMS[2:]
"""They read what is published, and need no second factor: a password signs them in."""

if __name__ == "__main__":
    django.setup()
    from soc_tracker.core.hardening import keep_files_private

    keep_files_private()
    main()
