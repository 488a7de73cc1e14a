"""``python -m bench.reader``: signs an analyst in and prints the cookie, as a browser would send it."""

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.module_loading import import_string

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402 - after the set-up

from soc_tracker.core.access.roles import Role  # noqa: E402

user, _ = User.objects.get_or_create(username="bench", defaults={"first_name": "Reader", "last_name": "of the bench"})
user.groups.add(Group.objects.get(name=Role.ANALYST.label))
session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
