"""The cellar as a Django app: template tags, commands, and the groups that roles are."""

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "soc_tracker.core"

    def ready(self) -> None:
        from soc_tracker.core import requests  # noqa: F401  registers its check
        from soc_tracker.core.access.roles import ensure_groups
        from soc_tracker.core.hardening import check_private_places
        from soc_tracker.core.records import models  # noqa: F401  registers the lookup
        from soc_tracker.core.records.words import watch_words

        watch_words()
        register(check_private_places, Tags.security)
        post_migrate.connect(ensure_groups, sender=apps.get_app_config("auth"))
