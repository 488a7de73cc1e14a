"""The WSGI application that a server runs."""

import os

from django.core.wsgi import get_wsgi_application

from soc_tracker.core.hardening import keep_files_private

keep_files_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soc_tracker.settings")
application = get_wsgi_application()
