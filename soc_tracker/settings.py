"""Settings of SOC Tracker, all in this file; what differs by machine comes from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from soc_tracker.core.environment import (
    count,
    encryption_keys,
    flag,
    groups,
    hosts,
    issuer,
    mail_backend,
    number,
    origin,
    read,
    refuse_large_file,
    refuse_strangers,
    secret,
    secret_in_file,
    words,
)
from soc_tracker.core.trail.censoring import censor_line

BASE_DIR = Path(__file__).resolve().parent.parent

DEVELOPMENT = read(
    "DEBUG",
    flag,
    default=False,
    purpose="whether to run on a developer's machine, over plain HTTP; never in production",
)
DEMO_MODE = read(
    "DEMO_MODE",
    flag,
    default=False,
    purpose="whether the sign-in page offers one account per role without a password; only on a developer's machine",
)
# A demonstration shows its readers the site's own error pages, not Django's technical ones.
DEBUG = DEVELOPMENT and not DEMO_MODE
SECRET_KEY = read(
    "SECRET_KEY",
    str if DEVELOPMENT else secret,
    default="insecure-development-key-never-used-outside-debug" if DEVELOPMENT else None,
    purpose="the long random text that signs sessions",
    is_secret=True,
)
ALLOWED_HOSTS = read(
    "ALLOWED_HOSTS",
    hosts,
    default=["127.0.0.1", "localhost"],
    purpose="the host names that the site answers to, with commas between them",
)
CSRF_TRUSTED_ORIGINS: list[str] = read(
    "CSRF_TRUSTED_ORIGINS",
    words,
    default=[],
    purpose="the origins, such as https://soc.example.org, that forms may come from behind a proxy",
)
BEHIND_TLS_PROXY = read(
    "BEHIND_TLS_PROXY",
    flag,
    default=False,
    purpose="whether a proxy that ends TLS sets X-Forwarded-Proto",
)
refuse_strangers(demo=DEMO_MODE, development=DEVELOPMENT, hosts=ALLOWED_HOSTS, behind_proxy=BEHIND_TLS_PROXY)
TRUSTED_PROXY_COUNT = read(
    "TRUSTED_PROXY_COUNT",
    count,
    default=0,
    purpose="how many proxies stand before the site, each adding to X-Forwarded-For the address that it was asked from",
)
SITE_URL = read(
    "SITE_URL",
    origin,
    default="http://127.0.0.1:8000" if DEVELOPMENT else f"https://{(*ALLOWED_HOSTS, 'localhost')[0].lstrip('.')}",
    purpose="the address, such as https://soc.example.org, with which links in e-mails begin",
)
PUBLIC_PUBLISHED = read(
    "PUBLIC_PUBLISHED",
    flag,
    default=False,
    purpose="whether published facts are open to those who have not signed in; nothing else ever is",
)
CONTACT = read(
    "CONTACT",
    str,
    default="",
    purpose="the e-mail address of whoever gives accounts their roles, for those who have none yet",
)

INSTALLED_APPS = [
    "soc_tracker.core.apps.CoreConfig",
    "soc_tracker.core.trail.apps.TrailConfig",
    "soc_tracker.core.access.apps.AccessConfig",
    "soc_tracker.core.limits.apps.LimitsConfig",
    "soc_tracker.core.posting.apps.PostingConfig",
    "soc_tracker.core.accounts.apps.AccountsConfig",
    "forces",
    "inspections",
    "disruptions",
    "plans4p",
    "soc_tracker.dashboards",
    "soc_tracker.demo",
    "soc_tracker.reference",
    "soc_tracker.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "soc_tracker.apps.StaticFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
]

MIDDLEWARE = [
    "soc_tracker.core.requests.client_addresses",
    # Before the others, so that what any of the others refuses or redirects has their headers as well.
    "soc_tracker.core.hardening.guarded_answers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "soc_tracker.core.requests.readable_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "soc_tracker.core.requests.OldAddresses",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "soc_tracker.core.accounts.tokens.requests.TokenMiddleware",
    "soc_tracker.core.access.permissions.SignInMiddleware",
    "soc_tracker.core.access.permissions.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "soc_tracker.core.accounts.limits.LimitsMiddleware",
    "soc_tracker.core.accounts.factors.SecondFactorMiddleware",
    "soc_tracker.core.accounts.again.AskAgainMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "soc_tracker.core.requests.answers_as_known",
    # Last, because it calls the view of a form itself: all others have let it pass by then.
    "soc_tracker.core.posting.middleware.FormPosts",
]

# Answers a request whose address says up to when the record was known here.
AS_KNOWN = "disruptions.known.pages.answer_as_known"
# Says which bodies belong to the regions and bodies that an account reaches.
REACHES = "forces.reach.bodies_in_reach"

ROOT_URLCONF = "soc_tracker.urls"
WSGI_APPLICATION = "soc_tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["soc_tracker.core.posting.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "soc_tracker.dashboards.navigation.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database(url: str) -> dict[str, Any]:
    """Django's settings of the database at a URL, with what each engine needs to serve many requests."""
    config: dict[str, Any] = {**dj_database_url.parse(url)}
    if config["ENGINE"].endswith("postgresql"):
        pool = {"min_size": 1, "max_size": 8, "timeout": 10}
        return config | {"CONN_MAX_AGE": 0, "OPTIONS": config.get("OPTIONS", {}) | {"pool": pool}}
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    return config | {"OPTIONS": options}


DATABASES = {
    "default": _database(
        read(
            "DATABASE_URL",
            str,
            default=f"sqlite:///{BASE_DIR / 'soc_tracker.sqlite3'}",
            purpose="the database, such as postgresql://user:password@host/name or sqlite:////folder/file.sqlite3",
        )
    )
}
if not DEVELOPMENT and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    refuse_large_file(
        DATABASES["default"]["NAME"],
        gigabytes=read(
            "SQLITE_GIGABYTES",
            count,
            default=4,
            purpose="the size up to which an SQLite database is meant to serve, in gigabytes",
        ),
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Extracts wait here between their upload and their loading; nobody is served a file from it by address.
MEDIA_ROOT = read(
    "UPLOAD_FOLDER",
    Path,
    default=BASE_DIR / "uploads",
    purpose="the folder that keeps uploaded extracts, the same for the server and the worker",
)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILE_UPLOAD_HANDLERS = [
    "soc_tracker.core.imports.uploads.files.UploadLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLOSED_ACCOUNT_DAYS = read(
    "CLOSED_ACCOUNT_DAYS",
    number,
    default=730,
    purpose="for how many days after an account was closed its names and addresses are kept",
)
BACKUP_KEY = read(
    "BACKUP_KEY",
    secret,
    default=read(
        "BACKUP_KEY_FILE",
        secret_in_file,
        default="",
        purpose="a file that holds the text with which backups are sealed",
    ),
    purpose="the long random text with which backups are sealed; without it they can be read by anybody who gets them",
    is_secret=True,
)
TRAIL_DIGESTS = read(
    "TRAIL_DIGESTS",
    str,
    default="" if DEVELOPMENT else str(BASE_DIR / "trail"),
    purpose="the folder, best on another machine, in which each day's file keeps the digests that seal the trail",
)
TRAIL_KEY = read(
    "TRAIL_KEY",
    secret,
    default="",
    purpose="the long random text that signs the digests of the trail, so that nobody without it can make them anew",
    is_secret=True,
)
TRAIL_DAYS = read(
    "TRAIL_DAYS",
    number,
    default=2557,
    purpose="for how many days entries stay on the trail before shorten_trail removes them",
)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": read(
            "CACHE_FOLDER",
            Path,
            default=BASE_DIR / ".cache",
            purpose="the folder that keeps what is counted for a while, the same for every process of the site",
        ),
    }
}
# In the database alone: one that is ended there is over at once, on every machine.
SESSION_ENGINE = "soc_tracker.core.accounts.sessions.store"
SESSION_LONGEST = timedelta(
    hours=read("SESSION_HOURS", number, default=12, purpose="after how many hours everybody signs in anew")
)
SESSION_IDLE = timedelta(
    minutes=read(
        "SESSION_IDLE_MINUTES", number, default=60, purpose="after how many minutes without a request a session ends"
    )
)
TOKEN_DAYS = read("TOKEN_DAYS", number, default=365, purpose="how many days a token of the API lasts at most")
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "soc_tracker.core.accounts.signin.ConfirmedAddressBackend",
]
# What was hashed by another of these before is hashed by the first at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "soc_tracker.core.accounts.passwords.GuessesValidator"},
]
# Says which words a guesser of this site's passwords would try first, beside those of its own name.
PASSWORD_WORDS = "forces.reach.words_of_bodies"  # noqa: S105 - where a function is, not a password
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
FILTERS_EMPTY_CHOICE_LABEL = "Any"
ACCOUNT_ADAPTER = "soc_tracker.core.accounts.signin.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "soc_tracker.core.accounts.signin.SignInForm",
    "add_email": "soc_tracker.core.accounts.signin.NewAddressForm",
    "reset_password": "soc_tracker.core.accounts.signin.ForgottenForm",
}
# Limits are soc_tracker.core.accounts.limits: those of the package are kept in the cache, which evicts them.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # of those who sign in: addresses are confirmed where they are changed
# An account has one address. A new one takes its place once a link sent to it was opened, and to ask for that takes
# the password again, even in an open session; the old address hears of it.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds for which it holds, for all of these
FILES_ASK_AFTER = timedelta(
    minutes=read(
        "FILES_ASK_AFTER_MINUTES",
        number,
        default=60,
        purpose="how long after somebody showed who they are files of threats, disruptions and plans ask for it again",
    )
)
INVITATION_LASTS = timedelta(
    days=read("INVITATION_DAYS", number, default=7, purpose="how many days an invitation to a new account holds")
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up with somebody else's address, for nobody signs up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "soc_tracker.core.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "soc_tracker.core.accounts.factors.PasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # a browser takes a passkey over plain HTTP from localhost alone
MFA_TOTP_ISSUER = "SOC Tracker"
SECOND_FACTOR_REQUIRED = read(
    "SECOND_FACTOR_REQUIRED",
    flag,
    default=not DEVELOPMENT,
    purpose="whether administrators, and accounts that reach rows of the record, must have a second factor",
)
ENCRYPTION_KEYS: list[str] = read(
    "ENCRYPTION_KEYS",
    encryption_keys,
    default=[] if DEVELOPMENT else None,
    purpose="the keys, with commas, under which seeds of second factors are kept: the first encrypts, all of them read",
    is_secret=True,
)

# Single sign-on, off unless an issuer is named: soc_tracker/core/accounts/single_sign_on
OIDC_ISSUER = read("OIDC_ISSUER", issuer, default="", purpose="the provider of single sign-on, as it calls itself")
OIDC_CLIENT_ID = read(
    "OIDC_CLIENT_ID", str, default=None if OIDC_ISSUER else "", purpose="by which the provider knows this site"
)
OIDC_CLIENT_SECRET = read(
    "OIDC_CLIENT_SECRET", str, default=None if OIDC_ISSUER else "", purpose="what this site shows the provider"
)
OIDC_NAME = read("OIDC_NAME", str, default="single sign-on", purpose="what the provider is called on the sign-in page")
OIDC_GROUPS_CLAIM = read("OIDC_GROUPS_CLAIM", str, default="groups", purpose="in which claim the provider names groups")
OIDC_GROUPS: dict[str, Any] = read(
    "OIDC_GROUPS", groups, default={}, purpose="which roles and reaches each group of the provider gives, as JSON"
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = "soc_tracker.core.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "build"]
# Also under DEBUG, serve what collectstatic gathered and compressed, so that pages weigh what they weigh in production.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
# Pages name files by their hash alone; keeping, and compressing, each a second time would double the wait for it.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are read by developers' tools alone; compressing them takes longer than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", *Compressor.SKIP_COMPRESS_EXTENSIONS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "soc_tracker.core.static_files.StaticFilesStorage"},
}

EMAIL_BACKEND = read(
    "EMAIL_BACKEND",
    str if DEVELOPMENT else mail_backend,
    default=f"django.core.mail.backends.{'console' if DEVELOPMENT else 'smtp'}.EmailBackend",
    purpose="the Django class that sends e-mail; on a developer's machine it is printed on the console instead",
)
EMAIL_HOST = read("EMAIL_HOST", str, default="localhost", purpose="the host name of the SMTP server")
EMAIL_PORT = read("EMAIL_PORT", int, default=25, purpose="the port of the SMTP server")
EMAIL_HOST_USER = read("EMAIL_HOST_USER", str, default="", purpose="the user name at the SMTP server")
EMAIL_HOST_PASSWORD = read("EMAIL_HOST_PASSWORD", str, default="", purpose="the password at the SMTP server")
EMAIL_USE_TLS = read("EMAIL_USE_TLS", flag, default=False, purpose="whether the SMTP server is spoken to by STARTTLS")
EMAIL_TIMEOUT = 30  # seconds: one server that does not answer must not hold up all other e-mails
DEFAULT_FROM_EMAIL = read(
    "DEFAULT_FROM_EMAIL",
    str,
    default=f"soc-tracker@{urlsplit(SITE_URL).hostname}",
    purpose="the address from which e-mail comes",
)

# Security: strict by default, relaxed only where a developer's machine serves plain HTTP.
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = read(
    "HSTS_SECONDS",
    int,
    default=0 if DEVELOPMENT else 365 * 24 * 3600,
    purpose="for how many seconds a browser that was here once comes by TLS only",
)
# Neither is this site's to promise: the names below and beside its own may be other people's.
SECURE_HSTS_INCLUDE_SUBDOMAINS = read(
    "HSTS_SUBDOMAINS", flag, default=False, purpose="whether every host name below the site's has TLS too, for good"
)
SECURE_HSTS_PRELOAD = read(
    "HSTS_PRELOAD", flag, default=False, purpose="whether browsers may ship the site's name as one that has TLS only"
)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # they ask for both
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A browser takes a cookie of such a name from this very host alone, and over TLS.
COOKIE_PREFIX = "" if DEVELOPMENT else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
# What a page says after an act waits in the session, and not in a cookie, where it could be read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "soc_tracker.core.posting.middleware.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# Plotly appends one empty style element; this is the hash of the empty text.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "soc_tracker.core.accounts.tokens.requests.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["soc_tracker.core.access.permissions.NeededPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "soc_tracker.core.lists.api.ReadOnlySchema",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    # It names words that are rows, so that it needs a database with tables: tests make it, not a check of settings.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "TITLE": "SOC Tracker",
    "DESCRIPTION": "What was published on serious and organised crime, and the record of threats and disruptions.",
    "VERSION": "1.0.0",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "PrecisionEnum": "soc_tracker.core.text.days.Precision",
        "DataKindEnum": "disruptions.choices.DataKind",
        "ThreatTypeEnum": "disruptions.choices.ThreatType",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["soc_tracker.core.access.permissions.NeededPermission"],
}

SIMPLE_HISTORY_REVERT_DISABLED = True

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # it would believe any X-Forwarded-For: see core/requests.py
# What every line of the log says, those of Django and other packages too.
LOG_LINE: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
    censor_line,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *LOG_LINE,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "key_value": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            "foreign_pre_chain": LOG_LINE,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "key_value"}},
    # Whatever LOG_LEVEL is: what watches logs relies on these lines (docs/security.md). Nobody watches a demonstration.
    "loggers": {"security": {"level": "WARNING" if DEMO_MODE else "INFO"}},
    "root": {
        "handlers": ["console"],
        "level": read("LOG_LEVEL", str, default="WARNING", purpose="the least severity that is logged, such as INFO"),
    },
}
