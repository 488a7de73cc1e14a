"""What the site sends by e-mail, and what it says in its log."""

from urllib.parse import urlsplit

import structlog

from soc_tracker.core.environment import flag, mail_backend, read
from soc_tracker.core.trail.censoring import censor_line
from soc_tracker.settings.site import DEMO_MODE, DEVELOPMENT, SITE_URL

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
