from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    name = "soc_tracker.core.trail"
    label = "trail"
    verbose_name = "Trail"

    def ready(self) -> None:
        post_migrate.connect(guard_again, sender=self)


def guard_again(using: str, **signal: Any) -> None:
    """SQLite makes a table anew when a migration changes it, and forgets its triggers."""
    from django.db import connections

    from soc_tracker.core.trail.guard import put_on

    put_on(connections[using])
