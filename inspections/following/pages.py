"""What must change: the list of it over all kinds, and the same on a board by status."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse

from inspections.following.forms import RequirementFilter, ScopeFilter
from inspections.following.queries import LIST, Following, read_following, with_closing
from inspections.pages import SINCE, SINCE_ON, PublishedList, address_of
from inspections.queries import User
from inspections.recommendations.models import FollowedQuerySet
from inspections.requirements.models import Requirement
from inspections.vocabularies.models import RequirementStatus
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filters import address
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import ReportPage
from soc_tracker.core.stats.histories import Timeliness, timeliness
from soc_tracker.core.text.days import span

TITLE = "What must change"
TIMELY = {
    Timeliness.NO_DATE: "No date",
    Timeliness.NOT_YET_DUE: "Due later",
    Timeliness.DUE_SOON: "Due soon",
    Timeliness.OVERDUE: "Overdue",
    Timeliness.CLOSED_IN_TIME: "Closed in time",
    Timeliness.CLOSED_LATE: "Closed late",
    Timeliness.CLOSED_NO_DATE: "Closed, without a date",
}


def stands(row: Any, today: date, due: str = "due") -> Timeliness:
    """How it stands against the present date, or the ``first_due`` one. Of a row of ``with_closing``."""
    on = getattr(row, f"{due}_on")
    last = span(on, getattr(row, f"{due}_precision")).last if on else None
    return timeliness(last, row.closed_on, today)


def timely(row: Any, today: date, due: str = "due") -> str:
    """The same in words."""
    return TIMELY[stands(row, today, due)]


REQUIREMENT_COLUMNS = (
    Column("text", "What must change", lambda row: row.text, address_of),
    Column("kind", "Kind", lambda row: row.kind),
    Column(
        "addressee",
        "For",
        lambda row: row.addressee.name,
        lambda row: address_of(row.addressee),
        api=("organisation", "region"),
    ),
    Column(
        "status",
        "Status",
        lambda row: row.status.label,
        tag=lambda row: row.status.colour,
        sort=("status__order", "due_on"),
    ),
    Column("known", "Known", lambda row: row.known, api=()),
    Column(
        "due", "Due", lambda row, today: row.due_in_words(today), dated=True, sort=("due_on", "finding__order"), api=()
    ),
    Column("timeliness", "Timeliness", timely, dated=True),
    Column("first_timeliness", "By its first date", lambda row, today: timely(row, today, "first_due"), dated=True),
    Column(
        "first_due_on",
        "First due (first day of the span known)",
        lambda row: row.first_due_on,
        api=("first_due_on", "first_due_precision"),
    ),
    Column("due_on", "Due (first day of the span known)", lambda row: row.due_on),
    Column("due_precision", "Precision", lambda row: row.get_due_precision_display()),
    Column("closed_on", "Closed on", lambda row: row.closed_on),
    Column("acceptance", "The body’s answer", lambda row: row.get_acceptance_display()),
    Column("implementation", "How far it was done", lambda row: row.get_implementation_display()),
    Column("priority", "Priority", lambda row: row.is_priority, api=("is_priority",)),
    Column("owner", "Owner at the body", lambda row: row.owner),
    Column("inspector", "Inspector responsible", lambda row: name_of(row.inspector) if row.inspector else ""),
    Column("open_because", "Why it is still open", lambda row: row.open_because),
    replace(SINCE, value=lambda row: SINCE.value(row.finding), sort=("-finding__inspection__published_on", "due_on")),
    replace(SINCE_ON, value=lambda row: SINCE_ON.value(row.finding)),
    Column("finding", "Finding", lambda row: row.finding.title, lambda row: address_of(row.finding), wide_only=True),
    Column("programme", "Programme", lambda row: row.inspection.programme.name),
)


class RequirementList(PublishedList):
    """Over all kinds, what is due first coming first."""

    title = TITLE
    template_name = "inspections/requirement_list.html"
    filterset_class = RequirementFilter
    columns = REQUIREMENT_COLUMNS
    on_page = ("text", "addressee", "due", "status", "kind", "since")
    order = ("due_on", "finding__inspection__title", "finding__order", "recommendation__number")

    def rows_for(self, user: User) -> QuerySet:
        return with_closing(Requirement.objects.visible_to(user).for_list())

    def columns_of(self, usual: Sequence[str]) -> tuple[Column, ...]:
        """Without the names of accounts for those who have none."""
        columns = super().columns_of(usual)
        is_known = self.request.user.is_authenticated
        return columns if is_known else tuple(column for column in columns if column.key != "inspector")

    def context(self) -> dict[str, Any]:
        """``statuses`` are those of the rows, with how many each has and the list of these."""
        statuses = [] if self.filter.problems else count_statuses(self.filter.qs)
        query = address(self.request.GET, without=("older", "newer", "sort"))
        return super().context() | {
            "statuses": [(each, number, with_status(self.request.GET, each)) for each, number in statuses],
            "tabs": list_tabs(LIST, "" if query == "?" else query),
            "tabs_label": TITLE,
        }


def count_statuses(requirements: QuerySet) -> list[tuple[RequirementStatus, int]]:
    """The statuses that they have, in order. One query."""
    numbers = dict(requirements.order_by().values_list("status").annotate(number=Count("pk", distinct=True)))
    return [(status, numbers[status.slug]) for status in RequirementStatus.rows() if status.slug in numbers]


def with_status(query: QueryDict, status: RequirementStatus) -> str:
    """The list of what is asked for, of the one status."""
    return reverse(LIST) + address(query, without=("older", "newer", "sort", "status"), status=status.slug)


class FollowingTab(NamedTuple):
    """One of the pages that follow what must change."""

    text: str
    url: str
    current: bool
    number: int | None = None


TABS = {
    LIST: "List",
    "inspections:requirement_board": "Board",
    "inspections:pack": "Quarterly pack",
    "inspections:closure": "Time to closure",
    "inspections:topics": "Topics over time",
}
SCOPE = tuple(ScopeFilter.base_filters)


def list_tabs(here: str, query: str = "") -> list[FollowingTab]:
    """The pages, each asked for the same body, region, programme, kind and topic; list and board for the rest too."""
    filters = QueryDict(query.removeprefix("?"))
    scope = address(filters, without=[name for name in filters if name not in SCOPE])
    lists = tuple(TABS)[:2]
    return [
        FollowingTab(text, reverse(name) + (query if {here, name} <= set(lists) else scope).rstrip("?"), name == here)
        for name, text in TABS.items()
    ]


class FollowingReports(ReportPage):
    """Reports over the histories of what must change."""

    permission = "inspections.read_published"
    parents = ((TITLE, LIST),)

    def rows_for(self, user: User) -> FollowedQuerySet:
        return Requirement.objects.visible_to(user)

    @cached_property
    def following(self) -> Following:
        return read_following(self.filter.qs)


MOST_CARDS = 8


@dataclass(frozen=True)
class Pile:
    """The first cards of one status; ``url`` lists all ``number`` of them."""

    status: RequirementStatus
    number: int
    url: str
    cards: Sequence[tuple[Any, str]]

    @property
    def more(self) -> int:
        return self.number - len(self.cards)


class RequirementBoard(Page):
    """The same, in a column for each status, what is due first on top."""

    permission = "inspections.read_published"
    title = f"{TITLE}: board"
    template_name = "inspections/requirement_board.html"
    filterset_class = RequirementFilter
    parents = ((TITLE, LIST),)

    def rows_for(self, user: User) -> QuerySet:
        return Requirement.objects.visible_to(user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.answer(status=400 if self.problems else 200)  # the form is there to mend it

    def context(self) -> dict[str, Any]:
        """A pile for every status, the empty ones too. Two queries."""
        rows, query = self.filter.qs, address(self.request.GET)
        in_order = [F("due_on").asc(nulls_last=True), F("pk").asc()]
        place = Window(RowNumber(), partition_by="status", order_by=in_order)
        first = rows.model.objects.filter(pk__in=rows.values("pk")).for_list().annotate(place=place)
        cards: dict[str, list[tuple[Any, str]]] = defaultdict(list)
        for row in first.filter(place__lte=MOST_CARDS).order_by("place", "pk"):
            cards[row.status_id].append((row, row.due_in_words(self.today)))
        numbers = {status.slug: number for status, number in count_statuses(rows)}
        piles = [
            Pile(each, numbers.get(each.slug, 0), with_status(self.request.GET, each), cards[each.slug])
            for each in RequirementStatus.rows()
        ]
        tabs = list_tabs("inspections:requirement_board", "" if query == "?" else query)
        return super().context() | {"piles": piles, "tabs": tabs, "tabs_label": TITLE}
