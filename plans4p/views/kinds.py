"""A list of one kind of data."""

from django.urls import reverse

from soc_tracker.lib.list_view import ListPage


class KindList(ListPage):
    """A list whose filter is a KindSet: one kind of data, which page and files say."""

    @property
    def kind_of_data(self) -> str:
        return self.filter.kind

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home"))]
