"""Deploy checks: what must hold before the site serves anyone."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@register(Tags.security)
def demo_mode_stays_at_home(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse sign-in without a password wherever strangers could reach it."""
    if not settings.DEMO_MODE:
        return []
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if settings.DEVELOPMENT and not elsewhere:
        return []
    reason = f"ALLOWED_HOSTS names {', '.join(elsewhere)}" if elsewhere else "DEBUG is not set"
    return [
        Error(
            f"DEMO_MODE lets anyone sign in as any role, and {reason}.",
            hint="Unset DEMO_MODE, or set DEBUG=1 and keep ALLOWED_HOSTS to 127.0.0.1 and localhost.",
            id="soc_tracker.E001",
        )
    ]
