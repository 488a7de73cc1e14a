"""The settings under test: the site's own, made stricter where a mistake would pass unseen."""

import atexit
import os
import shutil
import tempfile

# Only the database is the caller's choice; what a shell has set for a deployment must not change what is tested.
OTHERS = (
    "ALLOWED_HOSTS",
    "BACKUP_KEY",
    "BACKUP_KEY_FILE",
    "BEHIND_TLS_PROXY",
    "CACHE_FOLDER",
    "CLOSED_ACCOUNT_DAYS",
    "CONTACT",
    "CSRF_TRUSTED_ORIGINS",
    "DEFAULT_FROM_EMAIL",
    "DEMO_MODE",
    "EMAIL_BACKEND",
    "ENCRYPTION_KEYS",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
    "EMAIL_USE_TLS",
    "HSTS_PRELOAD",
    "HSTS_SECONDS",
    "HSTS_SUBDOMAINS",
    "FILES_ASK_AFTER_MINUTES",
    "INVITATION_DAYS",
    "LOG_LEVEL",
    "SECOND_FACTOR_REQUIRED",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_GROUPS",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ISSUER",
    "OIDC_NAME",
    "SECRET_KEY",
    "SESSION_HOURS",
    "SESSION_IDLE_MINUTES",
    "SITE_URL",
    "SQLITE_GIGABYTES",
    "TRUSTED_PROXY_COUNT",
    "TOKEN_DAYS",
    "TRAIL_DAYS",
    "TRAIL_DIGESTS",
    "TRAIL_KEY",
    "UPLOAD_FOLDER",
)
for name in OTHERS:
    os.environ.pop(name, None)
os.environ["DEBUG"] = "1"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from soc_tracker.settings import *  # noqa: F403
from soc_tracker.settings import INSTALLED_APPS, LOGGING, MIDDLEWARE, STORAGES, TEMPLATES
from tests.templates import MissingVariable

# Static files under their plain names: no manifest, no build needed.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

TEMPLATES = [TEMPLATES[0] | {"OPTIONS": TEMPLATES[0]["OPTIONS"] | {"string_if_invalid": MissingVariable()}}]

# A request that reads rows one by one fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal", "django_migration_linter"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]

# Packages read the user and the session more than once in a request.
ZEAL_ALLOWLIST = [
    *({"model": model, "field": "get()"} for model in ("auth.User", "mfa.Authenticator", "accounts.Session")),
    {"model": "account.EmailAddress", "field": "*"},
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Tasks are kept and looked at, not run: a test that wants one run calls it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
MEDIA_ROOT = tempfile.mkdtemp(prefix="soc-tracker-uploads-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
# The test client raises what a view raises; the log would only repeat it.
LOGGING = LOGGING | {"loggers": LOGGING["loggers"] | {"django_structlog": {"level": "CRITICAL"}}}
# Of a word that a test leaves to chance, any will do: none is made up.
BAKER_CUSTOM_FIELDS_GEN = {"soc_tracker.core.records.words.WordField": "tests.makers.any_word"}
