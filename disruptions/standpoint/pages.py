"""What pages of the record share: one kind of data as at one day, both shown and both the reader's choice."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View

from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage, not_understood


class RecordList(ListPage):
    """A list of the record; its filter is a RecordFilter."""

    permission = "disruptions.read_record"

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


class AskedView(View):
    """A page of one thing: it answers what its address asks, or names what it did not understand.

    Subclasses have ``asked``, a filter over the address, a ``title`` and ``breadcrumbs``.
    """

    asked: StrictFilterSet
    title: str
    breadcrumbs: list[tuple[str, str]]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.asked.problems:
            return not_understood(request, self.title, self.asked.problems, self.breadcrumbs)
        return self.answer()

    def answer(self) -> HttpResponseBase:
        raise NotImplementedError
