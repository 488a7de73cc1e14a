"""``python -m tests.deployment.accounts``: tables, bodies, an account for each role, and signed-in sessions of theirs.

Prints, as JSON, the value of the session's cookie of each role.
"""

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from forces.models import Organisation

PASSWORD = "grey heron over Widnes bridge"


def main() -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.utils.module_loading import import_string
    from django.utils.timezone import localdate

    from soc_tracker.core.access.models import Reach
    from soc_tracker.core.access.roles import Role
    from soc_tracker.core.accounts.tokens.models import Scope
    from soc_tracker.core.accounts.tokens.services import make_token

    call_command("migrate", verbosity=0, skip_checks=True)
    bodies = {name: make_record(name) for name in ("Cheshire", "Cumbria")}
    store, cookies = import_string(f"{settings.SESSION_ENGINE}.SessionStore"), {}
    by_role = [(str(role.value), role) for role in Role]
    for name, role in [*by_role, *((name, Role.ANALYST) for name in (*VICTIMS, OF_CHESHIRE))]:
        user = User.objects.create_user(name, f"{name}@police.example", PASSWORD)
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        user.groups.add(Group.objects.get(name=role.label))
        if name not in WITHOUT_REACH:
            of = {"organisation": bodies["Cheshire"]} if name == OF_CHESHIRE else {"is_national": True}
            Reach.objects.create(account=user, valid_from=date(1990, 1, 1), reason="For a test.", **of)
            TOTP.activate(user, generate_totp_secret())
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies[name] = session.session_key
    of_cheshire, until = User.objects.get(username=OF_CHESHIRE), localdate() + timedelta(days=30)
    _, token = make_token(of_cheshire, "Mine", list(Scope), until, reason="For a test.")
    print(json.dumps({"sessions": cookies, "token": token}))


def make_record(force: str) -> "Organisation":
    """A body with one row of each kind, all of which say its mark."""
    from tests.makers import (
        make_action,
        make_aim,
        make_disruption,
        make_officer,
        make_order,
        make_organisation,
        make_plan,
        make_site,
        make_threat,
    )

    mark, body = MARKS[force], make_organisation(f"{force} Constabulary")
    threat = make_threat(f"OCG-{mark}", body, name=mark)
    for number in range(3 if force == "Cumbria" else 1):
        make_disruption(f"DIS-{mark}-{number}", body, threat=threat, summary=f"About {mark}.")
    owner = make_officer(body, f"Lee {mark}")
    make_action(make_aim(make_plan(body, f"4P-{mark}", title=mark, threat=threat, owner=owner)))
    make_order(body, f"SCPO-{mark}", subject=mark)
    make_site(body, mark)
    return body


VICTIMS = [f"analyst{number}" for number in range(1, 9)]
OF_CHESHIRE = "analyst-of-cheshire"
MARKS = {"Cheshire": "Saltmarsh", "Cumbria": "Quarrystone"}
"""A word that stands in whatever is of the one body alone."""
WITHOUT_REACH = VICTIMS[2:]
"""They read what is published, and need no second factor: a password signs them in."""

if __name__ == "__main__":
    django.setup()
    from soc_tracker.core.hardening import keep_files_private

    keep_files_private()
    main()
