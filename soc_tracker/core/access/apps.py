from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "soc_tracker.core.access"
    label = "access"
