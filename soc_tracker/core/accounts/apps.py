from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "soc_tracker.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        from soc_tracker.core.accounts import events  # noqa: F401  connect themselves
