"""What the lists and pages of all facts share."""

from django.urls import reverse

from soc_tracker.lib.list_view import ListPage


class PublishedList(ListPage):
    """A list of what was published."""

    permission = "inspections.read_published"
    kind_of_data = "published"

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home"))]
