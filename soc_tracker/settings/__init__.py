"""Settings of SOC Tracker, by what they are about; what differs by machine comes from the environment."""

from soc_tracker.settings.accounts import *
from soc_tracker.settings.messages import *
from soc_tracker.settings.security import *
from soc_tracker.settings.site import *
from soc_tracker.settings.site import BASE_DIR
from soc_tracker.settings.storage import *

INSTALLED_APPS = [
    "soc_tracker.core.apps.CoreConfig",
    "soc_tracker.core.trail.apps.TrailConfig",
    "soc_tracker.core.access",
    "soc_tracker.core.limits",
    "soc_tracker.core.posting",
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
    "soc_tracker.core.requests.ClientAddresses",
    # Before the others, so that what any of the others refuses or redirects has their headers as well.
    "soc_tracker.core.hardening.GuardedAnswers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "soc_tracker.core.requests.ReadableRequests",
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
    "soc_tracker.core.requests.AnswersAsKnown",
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
            "builtins": ["soc_tracker.core.posting.tokens"],
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILTERS_EMPTY_CHOICE_LABEL = "Any"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
FORMAT_MODULE_PATH = "soc_tracker.core.formats"

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
