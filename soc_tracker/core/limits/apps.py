"""Deletes, whenever somebody signs in, what means nothing any more."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class LimitsConfig(AppConfig):
    name = "soc_tracker.core.limits"
    label = "limits"

    def ready(self) -> None:
        user_logged_in.connect(clear_old)


def clear_old(**signal: Any) -> None:
    from soc_tracker.core.limits import services

    services.clear_spent()
