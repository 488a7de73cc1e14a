"""``python -m bench.savers NUMBER``: makes analysts, each with a disruption of their own.

Prints, as JSON, a pair of cookie and address of each. They sign in with ``PASSWORD``.
"""

import json
import sys
from datetime import date

import django

PASSWORD = "for measuring only, 0123456789"  # noqa: S105  of nobody real

if __name__ == "__main__":
    django.setup()

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User

    from disruptions.record.services import record_disruption
    from disruptions.services import THREATS
    from forces.models import Organisation
    from soc_tracker.core.access.roles import Role
    from soc_tracker.core.accounts.sessions.store import SessionStore

    made = []
    for number in range(int(sys.argv[1])):
        user = User.objects.create_user(f"saver{number}", password=PASSWORD)
        user.groups.add(Group.objects.get(name=Role.ANALYST.label))
        write = {"by": user, "reason": "Made to be saved"}
        body = Organisation.objects.filter(kind="force").order_by("pk")[number]
        threat = THREATS.create(reference=f"OCG-SAVED-{number}", first_type="ocg", organisation=body, **write)
        disruption = record_disruption(
            reference=f"SAVED-{number}",
            organisation=body,
            threat=threat,
            involvement="lead",
            four_p="pursue",
            size="minor",
            activity_date=date(2020, 1, 2),
            added_date=date(2020, 1, 3),
            **write,
        )
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        made.append((f"{settings.SESSION_COOKIE_NAME}={session.session_key}", disruption.get_absolute_url()))
    print(json.dumps(made))
