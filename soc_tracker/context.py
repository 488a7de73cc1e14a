"""What every template may read."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Whether this site runs in demo mode, and what the signed-in user may do."""
    return {"demo_mode": settings.DEMO_MODE}
