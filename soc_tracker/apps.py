"""The composition root as a Django app: commands and template tags."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles import apps as staticfiles
from django.db.models.signals import post_migrate

# Other packages' apps, under the names that the admin shows.
ACCOUNT_APPS = {"auth": "Accounts and roles"}


class SocTrackerConfig(AppConfig):
    name = "soc_tracker"

    def ready(self) -> None:
        from soc_tracker.lib import number_lookups  # noqa: F401  registers the lookup
        from soc_tracker.roles import ensure_groups

        post_migrate.connect(ensure_groups, sender=apps.get_app_config("auth"))


class AdministrationConfig(AdminConfig):
    """Django's admin on our own site class, which says who may enter."""

    default_site = "soc_tracker.administration.AdministrationSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site

        from soc_tracker.administration import INTERNAL

        site.unregister([model for model in site._registry if model._meta.app_label in INTERNAL])
        for label, name in ACCOUNT_APPS.items():
            apps.get_app_config(label).verbose_name = name


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    """Collects only what pages use: not our Sass, nor the API viewers that packages bring beside Swagger UI."""

    ignore_patterns = [*staticfiles.StaticFilesConfig.ignore_patterns, "src", "redoc", "rest_framework"]
