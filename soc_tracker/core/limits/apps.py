from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "soc_tracker.core.limits"
    label = "limits"
