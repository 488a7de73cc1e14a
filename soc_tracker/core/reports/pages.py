"""The page of some reports, which is also the address of their files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.views import View

from soc_tracker.core.lists.filters import Problem, address, cite_url
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.lists.tables import DATA_ONLY, FORMATS, FORMS
from soc_tracker.core.reports.report import INTERACTIVE, PUBLISHED, Report

Makers = dict[str, Callable[[], Report]]
"""What makes each report of a page, by its slug."""


class Reports(Mapping[str, Report]):
    """Reports by their slugs, each made when it is first looked at; templates write "_" for "-"."""

    def __init__(self, makers: Makers) -> None:
        self._makers, self._made = makers, dict[str, Report]()

    def __getitem__(self, name: str) -> Report:
        slug = name.replace("_", "-")
        if slug not in self._made:
            self._made[slug] = self._makers[slug]()
        return self._made[slug]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def ready(reports: Iterable[Report]) -> Makers:
    """Those that come of one reckoning, so that none could be had without the others."""
    return {report.slug: partial(replace, report) for report in reports}


class ReportPage(Page):
    """A page with reports. ``files`` is the name of the address of their files.

    Each report says in its files whom it is about (``subject``), what was chosen (``filter_words``) and as at which
    day (``as_at``), unless it says so itself.
    """

    files: ClassVar[str] = ""
    for_programs: ClassVar[bool] = True
    """Whether its files open to a token, too: where all that they hold is what the permission of the page is for."""
    form = ""
    """Whether a file says of itself what it is, or holds data only."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The form of a file is no part of what the page is asked."""
        super().setup(request, *args, **kwargs)
        if kwargs.get("report") and "form" in request.GET:
            query: Any = request.GET.copy()
            self.form = query.pop("form")[-1]
            request.GET = query

    def list_reports(self) -> Makers:
        """In the order of the page; for a file only the report that it is of is made."""
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
    def reports(self) -> Reports:
        return Reports({slug: partial(self._complete, make) for slug, make in self.list_reports().items()})

    def context(self) -> dict[str, Any]:
        return super().context() | {"reports": self.reports}

    def get(
        self, request: HttpRequest, *args: Any, report: str = "", suffix: str = "csv", **kwargs: Any
    ) -> HttpResponseBase:
        if self.form not in FORMS:
            return self.refuse([Problem("form", self.form, "A file has no such form.", (DATA_ONLY,))])
        if not report or self.problems:
            return super().get(request, *args, **kwargs)
        if report not in self.reports:
            raise Http404(f"There is no table “{report}” here. There are {', '.join(self.reports) or 'none'}.")
        if suffix not in self.reports[report].suffixes:
            raise Http404(f"“{report}” has no chart that could be a file of its own.")
        return self.reports[report].file(suffix, request.user, form=self.form)

    def _complete(self, make: Callable[[], Report]) -> Report:
        report = make()
        match: Any = self.request.resolver_match
        place = match.captured_kwargs | {"report": report.slug}
        # What the record says can be worked out again as it was known here, where the page's filter takes that.
        takes_known = self.filterset_class is not None and "known" in self.filterset_class.base_filters
        can_cite = takes_known and report.kind_of_data != PUBLISHED
        urls = {"cite": cite_url(self.request, report.slug)} if can_cite else {}
        urls |= {
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
