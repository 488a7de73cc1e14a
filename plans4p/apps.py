from django.apps import AppConfig


class Plans4PConfig(AppConfig):
    name = "plans4p"
    verbose_name = "4P plans"
