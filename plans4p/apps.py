from django.apps import AppConfig


class Plans4PConfig(AppConfig):
    name = "plans4p"
    verbose_name = "4P plans"

    def ready(self) -> None:
        """Lets the pages of threats, which know no plans, show those of a threat."""
        from disruptions.threats.queries import read_plans_by  # once models are there
        from plans4p.plans.queries import get_plans_of_threats

        read_plans_by(get_plans_of_threats)
