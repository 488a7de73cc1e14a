"""Deletes, whenever somebody signs in, what is too old to be sent again or given back."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.timezone import now


class PostingConfig(AppConfig):
    name = "soc_tracker.core.posting"

    def ready(self) -> None:
        user_logged_in.connect(clear_old)


def clear_old(**signal: Any) -> None:
    from soc_tracker.core.posting import services

    services.clear(now())
