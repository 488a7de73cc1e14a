"""Cite a figure, see what was cited and whether it is the same today, and the list of one's own citations.

Any page whose filter knows ``known`` can be cited: a report of it, or the number of rows of a list. The figure is had
from the page itself, so that it is worked out as it was when somebody read it.
"""

from copy import copy
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.timezone import now

from disruptions.citations.models import Citation
from disruptions.citations.queries import differences, moves, value_today
from disruptions.known.pages import PARAMETER, moment_of
from disruptions.known.queries import as_known
from disruptions.services import cite
from disruptions.standpoint.queries import Standpoint
from soc_tracker.core.access.models import with_sight
from soc_tracker.core.access.permissions import may, permission_of
from soc_tracker.core.lists.columns import Column, in_page_words
from soc_tracker.core.lists.exports import in_file
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.records.pages import DetailPage, FormPage
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import PUBLISHED, ReportPage

READ = "disruptions.read_record"
PARENTS = (("Citations", "disruptions:citation_list"),)
COUNT = ["", "Number"]


@dataclass(frozen=True)
class Figure:
    """A figure as it stands on its page; ``page`` is the address with the day that it is as at."""

    page: str
    report: str
    title: str
    sentence: str
    filter: str
    standpoint: Standpoint
    value: dict[str, Any]


def figure_of(request: HttpRequest, address: str, report: str) -> Figure:
    """The figure that the reader of the request finds there, as known at the moment that is in force.

    Raises Http404 where there is none, PermissionDenied where the reader may not open the page.
    """
    parts = urlsplit(address)
    try:
        match: Any = resolve(parts.path)
    except Resolver404 as error:
        raise Http404("There is no page of this address.") from error
    view: Any = getattr(match.func, "view_class", None)
    filters = getattr(view, "filterset_class", None)
    if parts.netloc or not filters or PARAMETER not in filters.base_filters:
        raise Http404("Nothing on that page is a figure of the record that can be cited.")
    if not may(request.user, permission_of(match.func, "GET", match.kwargs)):
        raise PermissionDenied
    other: Any = copy(request)
    other.method, other.path, other.path_info, other.resolver_match = "GET", parts.path, parts.path, match
    other.GET = QueryDict(parts.query, mutable=True)
    other.GET.pop(PARAMETER, None)
    page = view(**match.func.view_initkwargs)
    page.setup(other, *match.args, **match.kwargs)
    if page.filter.problems:
        raise Http404("The address of that page is not understood any more.")
    stands: Standpoint = getattr(page, "standpoint", None) or page.filter.standpoint
    for name, chosen in stands.parameters.items():
        if name in filters.base_filters and name != PARAMETER:
            other.GET[name] = chosen
    query = f"{parts.path}?{other.GET.urlencode()}"
    if isinstance(page, ReportPage):
        return figure_of_report(page, report, query, stands)
    number = page.total()
    number = page.filter.qs.count() if number is None else number
    value = {"headings": COUNT, "rows": [[page.title, f"{number}"]]}
    sentence = f"{page.title}: {number:,} in the list, as at {stands.words}."
    return Figure(query, "", page.title, sentence, page.filter.summary, stands, value)


def figure_of_report(page: ReportPage, slug: str, address: str, stands: Standpoint) -> Figure:
    if slug not in page.reports or page.reports[slug].kind_of_data == PUBLISHED:
        raise Http404("There is no figure of the record of this name on that page.")
    report = page.reports[slug]
    title = f"{report.subject}: {report.title}" if report.subject else report.title
    rows = [[in_file(column.value(row)) for column in report.columns] for row in report.rows]
    value = {"headings": [column.heading for column in report.columns], "rows": rows}
    return Figure(address, slug, title, report.sentence, report.filter, stands, value)


def recomputed(request: HttpRequest, citation: Citation) -> dict[str, Any]:
    """What the figure says today of the rows that it was of, though its reader may see more."""
    other: Any = copy(request)
    other.user = with_sight(request.user, citation.sight)
    return figure_of(other, citation.page, citation.report).value


# The form that cites a figure.


class CiteForm(ServiceForm, forms.Form):
    of = forms.CharField(widget=forms.HiddenInput, max_length=4_000)
    report = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class CitePage(FormPage):
    """Shows what would be cited, and cites it."""

    permission = READ
    parents = PARENTS
    template_name = "disruptions/cite.html"

    def form(self, data: Any = None) -> CiteForm:
        named = {name: self.request.GET.get(name, "") for name in ("of", "report")}
        given = data or named
        address = given.get("of", "")
        as_read: Any = copy(self.request)  # an address that says what was known is answered from then
        as_read.method, as_read.GET = "GET", QueryDict(urlsplit(address).query)
        with as_known(moment_of(as_read)):
            self.figure = figure_of(self.request, address, given.get("report", ""))
        return CiteForm(data, initial=named)

    def context(self) -> dict[str, Any]:
        value = self.figure.value
        return {"figure": self.figure, "columns": columns_of(value), "rows": value["rows"]}

    def write(self, form: CiteForm) -> Citation:
        figure, user = self.figure, self.request.user
        stands = figure.standpoint
        known = stands.known or stands.written or now()
        if len(figure.value["rows"]) > MOST_ROWS:
            raise ValidationError(f"It has more than {MOST_ROWS:,} rows: narrow the filter, and cite that.")
        return cite(
            page=figure.page,
            report=figure.report,
            title=figure.title,
            sentence=figure.sentence,
            filter=figure.filter,
            kind_of_data=stands.kind,
            as_at=stands.day,
            known=known,
            value=figure.value,
            cited_by=user,
            cited_at=now(),
            **stands.sight.fields,
            by=user,
            reason="Cited.",
        )


MOST_ROWS = 2_000


def columns_of(value: dict[str, Any]) -> tuple[Column, ...]:
    """The columns of a figure as it was kept."""
    return tuple(
        Column(f"c{place}", heading or "Figure", lambda row, place=place: row[place], numeric=place > 0)
        for place, heading in enumerate(value["headings"])
    )


DIFFERENCE_COLUMNS = (
    Column("row", "Row", lambda each: each.row),
    Column("column", "Column", lambda each: each.column),
    Column("before", "Before", lambda each: each.before or "not there", numeric=True),
    Column("after", "After", lambda each: each.after or "not there", numeric=True),
)


class CitationPage(DetailPage):
    """What was cited, and what the same figure says today."""

    permission = READ
    parents = PARENTS
    model = Citation
    template_name = "disruptions/citation.html"
    slug_field = slug_url_kwarg = "code"

    def get_queryset(self) -> QuerySet[Citation]:
        return Citation.objects.visible_to(self.request.user).select_related("cited_by").prefetch_related("bodies")

    def facts(self) -> dict[str, Any]:
        citation = self.object
        facts: dict[str, Any] = {
            "columns": columns_of(citation.value),
            "rows": citation.value["rows"],
            "difference_columns": DIFFERENCE_COLUMNS,
            "summary": [
                ("What is counted", citation.title),
                ("Filter", citation.filter or "No filter"),
                ("As at", citation.as_at),
                ("Known here until", in_page_words(citation.known)),
                ("Cited by", name_of(citation.cited_by)),
                ("Cited", citation.cited_at),
                ("Its page today", "Open the page", citation.page),
            ],
        }
        recompute = partial(recomputed, self.request, citation)
        try:
            today = value_today(citation, recompute)
        except Http404 as error:
            return facts | {"gone": str(error)}
        differing = differences(citation.value, today)
        return facts | {"differences": differing, "moves": moves(citation, recompute) if differing else []}


# One's own citations.


class CitationFilter(StrictFilterSet):
    class Meta:
        model = Citation
        fields = ()


class CitationList(ListPage):
    """The reader's own, each with whether it is the same today: of one page, so few that each is worked out again."""

    permission = READ
    title = "Your citations"
    kind_of_data = ""  # each says its own
    template_name = "disruptions/citation_list.html"
    filterset_class = CitationFilter
    order = ("-cited_at",)
    page_size = 10

    def rows_for(self, user: Any) -> QuerySet[Citation]:
        return Citation.objects.visible_to(user).filter(cited_by=user.pk).prefetch_related("bodies")

    def standing(self, citation: Citation) -> str:
        try:
            today = value_today(citation, partial(recomputed, self.request, citation))
        except (Http404, PermissionDenied):
            return "cannot be worked out any more"
        return "moved" if differences(citation.value, today) else "the same today"

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        return (
            Column("title", "Figure", lambda row: row.title, lambda row: row.get_absolute_url()),
            Column("sentence", "What it said", lambda row: row.sentence),
            Column("standing", "Today", self.standing),
            Column("as_at", "As at", lambda row: row.as_at),
            Column("known", "Known here until", lambda row: row.known, wide_only=True),
            Column("kind_of_data", "Kind of data", lambda row: row.get_kind_of_data_display()),
            Column("cited_at", "Cited", lambda row: row.cited_at, sort=("-cited_at",)),
            Column("code", "Citation", lambda row: row.code),
        )
