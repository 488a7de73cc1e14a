"""The short pages under one head, and what leads from one to the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from forces.models import Organisation
from soc_tracker.core.reports import PUBLISHED, Makers, ReportPage
from soc_tracker.dashboards.record.forms import TrendFilter
from soc_tracker.dashboards.words import Body, page_of

Parts = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Of each page its part of the address, its name, and the anchors of the one long page that there was."""


@dataclass(frozen=True)
class Tab:
    """One of the pages under a head; ``anchors`` are the ids that lead to it from the Overview."""

    slug: str
    text: str
    url: str
    current: bool
    anchors: tuple[str, ...]


class PartPage(ReportPage):
    """One of the short pages of a body or a region: ``part`` of its ``parts``, all under the same head."""

    permission = "forces.read_body"
    for_programs = False  # an Overview shows something of everything
    part: ClassVar[str] = ""
    parts: ClassVar[Parts]

    @property
    def owner(self) -> Body:
        """The body or the region."""
        raise NotImplementedError

    @property
    def bodies(self) -> Sequence[Organisation]:
        """The body, or those of the region today."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        return self.owner.name

    @property
    def filter_words(self) -> str:
        return self.owner.name

    def list_reports(self) -> Makers:
        return {}

    def get(self, request: HttpRequest, *args: Any, report: str = "", **kwargs: Any) -> HttpResponseBase:
        on_record = set(TrendFilter.base_filters)
        if not self.part and not report and request.GET and set(request.GET) <= on_record:
            return redirect(f"{page_of(self.owner, 'record')}?{request.GET.urlencode()}")  # the record stood here once
        return super().get(request, *args, report=report, **kwargs)

    def context(self) -> dict[str, Any]:
        tabs = [
            Tab(slug, text, page_of(self.owner, slug), slug == self.part, () if self.part else anchors)
            for slug, text, anchors in self.parts
        ]
        return (
            {"kinds": [PUBLISHED]}
            | super().context()
            | {
                "tabs": tabs,
                "tab": next(tab for tab in tabs if tab.current),
                "tabs_label": f"Pages of {self.owner.name}",
            }
        )
