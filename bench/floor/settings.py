"""The site's own settings, with the floor in place of its pages and none but Django's own middleware."""

from soc_tracker.settings import *  # noqa: F403
from soc_tracker.settings import BASE_DIR, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "bench.floor.pages"
WSGI_APPLICATION = "bench.floor.wsgi.application"
# allauth refuses to start without its own.
KEPT = ("django.", "allauth.")
MIDDLEWARE = [name for name in MIDDLEWARE if name.startswith(KEPT)]
TEMPLATES = [
    TEMPLATES[0]
    | {"DIRS": [BASE_DIR / "bench" / "floor" / "templates"], "APP_DIRS": False, "OPTIONS": {"context_processors": []}}
]
