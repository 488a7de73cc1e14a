"""What pages of the record share: one kind of data as at one day, both shown and both the reader's choice."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from disruptions.selectors.record import Standpoint
from soc_tracker.lib.filters import Problem
from soc_tracker.lib.list_view import ListPage


class RecordList(ListPage):
    """A list of the record; its filter is a RecordFilter."""

    @property
    def standpoint(self) -> Standpoint:
        return self.filter.standpoint

    @property
    def kind_of_data(self) -> str:
        return self.standpoint.kind

    @property
    def as_at(self) -> date:
        return self.standpoint.day

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Home", reverse("home"))]


def not_understood(
    request: HttpRequest, title: str, problems: Iterable[Problem], breadcrumbs: list[tuple[str, str]]
) -> HttpResponse:
    """The page's name, what was not understood, and the way to the page itself; none of its content."""
    context = {"title": title, "problems": problems, "plain_url": request.path, "breadcrumbs": breadcrumbs}
    return render(request, "dashboards/not_understood.html", context, status=400)
