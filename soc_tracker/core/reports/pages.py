"""The page of some reports, which is also the address of their files."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.views import View

from soc_tracker.core.lists.addresses import address
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.lists.tables import FORMATS
from soc_tracker.core.reports.report import INTERACTIVE, Report


class ReportPage(Page):
    """A page with reports. ``files`` is the name of the address of their files.

    Each report says in its files whom it is about (``subject``), what was chosen (``filter_words``) and as at which
    day (``as_at``), unless it says so itself.
    """

    files: ClassVar[str] = ""

    def list_reports(self) -> Iterable[Report]:
        """The reports, in the order of the page."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        return ""

    @property
    def filter_words(self) -> str:
        """What the rows were narrowed to, in one line."""
        return self.filter.summary if self.filterset_class else "No filter"

    def file_query(self) -> str:
        """What the addresses of files ask, from "?" on; by default the same as the page's."""
        return address(self.request.GET).rstrip("?")

    @cached_property
    def reports(self) -> dict[str, Report]:
        """By their slugs."""
        return {report.slug: self._complete(report) for report in self.list_reports()}

    def context(self) -> dict[str, Any]:
        by_name = {slug.replace("-", "_"): report for slug, report in self.reports.items()}
        return super().context() | {"reports": by_name}

    def get(
        self, request: HttpRequest, *args: Any, report: str = "", suffix: str = "csv", **kwargs: Any
    ) -> HttpResponseBase:
        if not report or self.problems:
            return super().get(request, *args, **kwargs)
        if report not in self.reports:
            raise Http404(f"There is no table “{report}” here. There are {', '.join(self.reports) or 'none'}.")
        if suffix not in self.reports[report].suffixes:
            raise Http404(f"“{report}” has no chart that could be a file of its own.")
        return self.reports[report].file(suffix, request.user)

    def _complete(self, report: Report) -> Report:
        match: Any = self.request.resolver_match
        place = match.captured_kwargs | {"report": report.slug}
        urls = {
            suffix: reverse(self.files, kwargs=place | {"suffix": suffix}) + self.file_query()
            for suffix in (report.suffixes if self.files else ())
        }
        return replace(
            report,
            subject=report.subject or self.subject,
            filter=report.filter or self.filter_words,
            as_at=report.as_at or self.as_at.isoformat(),
            urls=urls,
        )


def files_of(route: str, page: type[View], *, name: str) -> list[URLPattern]:
    """The addresses of a page's files: ``route``, which holds ``<str:report>``, with each ending.

    CSV comes last, for that is the one that ``reverse`` gives of a name alone.
    """
    endings = sorted((*FORMATS, INTERACTIVE), key=lambda suffix: suffix == "csv")
    return [path(f"{route}.{suffix}", page.as_view(), {"suffix": suffix}, name=name) for suffix in endings]
