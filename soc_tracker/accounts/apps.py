from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "soc_tracker.accounts"
    label = "accounts"

    def ready(self) -> None:
        from soc_tracker.accounts import own_pages

        own_pages.connect()
