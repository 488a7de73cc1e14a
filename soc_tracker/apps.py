"""Django's own apps as this site configures them."""

from django.apps import apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles import apps as staticfiles

# Other packages' apps, under the names that the admin shows.
ACCOUNT_APPS = {"auth": "Accounts and roles"}


class AdministrationConfig(AdminConfig):
    """Django's admin on our own site class, which says who may enter."""

    default_site = "soc_tracker.dashboards.administration.admin.AdministrationSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site

        from soc_tracker.dashboards.administration.admin import INTERNAL

        site.unregister([model for model in site._registry if model._meta.app_label in INTERNAL])
        for label, name in ACCOUNT_APPS.items():
            apps.get_app_config(label).verbose_name = name


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    """Collects only what pages use: not our Sass, nor the API viewers that packages bring beside Swagger UI."""

    ignore_patterns = [*staticfiles.StaticFilesConfig.ignore_patterns, "src", "redoc", "rest_framework"]
