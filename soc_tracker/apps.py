"""The composition root as a Django app: checks, commands and template tags."""

from django.apps import AppConfig


class SocTrackerConfig(AppConfig):
    name = "soc_tracker"

    def ready(self) -> None:
        from soc_tracker import checks  # noqa: F401  registers the deploy checks
