"""The list of disruptions and its charts: columns, tabs, counts beside choices, files.

Each column shows one field, so that files are written straight from what the
database answers (``soc_tracker.core.lists.columns.of_field``).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse

from disruptions.choices import ASSESSED, DataKind, FourP, Involvement, Size, ThreatType
from disruptions.columns.models import DISRUPTION_COLUMNS, Kind
from disruptions.counts.queries import HOW, LeadAndSupport, count_by, total_up_to
from disruptions.record.models import Disruption
from disruptions.record_list.charts import by_body, by_involvement, by_month
from disruptions.record_list.forms import DisruptionFilter
from disruptions.record_list.queries import ListCounts, chart_counts, list_counts
from disruptions.standpoint.pages import RecordList
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import Sight
from soc_tracker.core.lists.columns import Column, of_field
from soc_tracker.core.lists.filter_fields import Counts, facet
from soc_tracker.core.lists.filters import FILE, JUMP, PAGE_TOKENS, address, pairs
from soc_tracker.core.lists.paging import jumps
from soc_tracker.core.reports import Makers, ReportPage, ready
from soc_tracker.core.reports.report import first_of
from soc_tracker.core.stats.shares import whole_percent

ANY = "0"


@dataclass(frozen=True)
class Names:
    """What stands behind the keys in a row, each by its key; ``regions`` are those of bodies on the day."""

    organisations: Mapping[int, str]
    regions: Mapping[int, str]
    crime_types: Mapping[int, str]
    extracts: Mapping[int, str]


def disruption_columns(names: Names, sight: Sight, query: str = "") -> tuple[Column, ...]:
    """``query`` goes with links to pages that can be opened at a day; to a threat only where its owner is in sight."""
    page, threat = (
        reverse(f"disruptions:{name}", args=[ANY]).removesuffix(f"{ANY}/") for name in ("disruption", "threat")
    )
    links = {
        "reference": lambda row: f"{page}{quote(row.reference)}/{query}",
        "threat": lambda row: (
            f"{threat}{quote(row.threat__reference)}/{query}"
            if sight.everything or sight.sees(row.threat__organisation_id)
            else ""
        ),
    }
    by_key = {Kind.BODY: names.organisations.get, Kind.CRIME_TYPE: names.crime_types.get}
    beside = {
        "organisation": of_field("region", "Region", "organisation_id", names.regions.get, api=()),
        "threat": of_field("threat_type", "Threat type", "threat_type", dict(ThreatType.words()).get),
    }
    columns = []
    for each in DISRUPTION_COLUMNS:
        field = each.column if each.kind in by_key else each.path
        words = by_key.get(each.kind) or (each.word if each.kind is Kind.CHOICE else None)
        sort = (each.name, "pk") if each.kind in (Kind.DAY, Kind.REFERENCE) else ()
        whole = each.kind in (Kind.DAY, Kind.THREAT)
        more = {"link": links.get(each.name), "sort": sort, "whole": whole}
        columns.append(of_field(each.name, each.heading, field, words, **more))
        columns += [beside[each.name]] if each.name in beside else []
    return (
        *columns,
        of_field("known_from", "On record from", "known_from", whole=True),
        of_field("extract", "Extract", "extract_id", names.extracts.get),
        of_field("extract_line", "Row of the extract", "extract_line", numeric=True),
        of_field("kind_of_data", "Kind of data", "kind_of_data", dict(DataKind.words()).get),
    )


# What the list of disruptions shows above its rows: tabs and a summary, both from the counts of the facets.


class Tab(NamedTuple):
    """One P, or all; ``number`` is None where rows were not counted, ``share`` (whole percent of all) for all too."""

    text: str
    url: str
    current: bool
    number: int | None
    share: int | None


def tabs(counts: Counts, chosen: Collection[str], url: Callable[[str], str]) -> list[Tab]:
    """``url`` gives the address of a P's list, of all for ""."""
    n = None if counts is None else sum(counts.values())
    each = [Tab("All", url(""), not chosen, n, None)]
    for four_p in FourP:
        x = None if counts is None else counts.get(four_p, 0)
        share = None if x is None or not n else whole_percent(x / n)
        each.append(Tab(str(four_p.label), url(four_p), list(chosen) == [four_p], x, share))
    return each


def summary(counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Collection]) -> list[tuple[str, int]]:
    """How many rows of the list are lead and support disruptions, which were assessed, how many are of each size, and
    how many are not yet assessed: of what the filter leaves in.
    """
    apart = LeadAndSupport.of(counts[HOW])
    lead_and_support = {Involvement.LEAD: apart.lead, Involvement.SUPPORT: apart.support}
    numbers = [
        (f"{involvement.label} disruptions", number)
        for involvement, number in lead_and_support.items()
        if involvement in chosen.get("involvement", Involvement)
    ]
    not_assessed = (
        ("Lead, not yet assessed", apart.lead_not_assessed),
        ("Support, not yet assessed", apart.support_not_assessed),
    )
    sizes = [
        (str(size.label), sum(number for how, number in counts[HOW].items() if how.endswith(f" {size}")))
        for size in ASSESSED
        if size in chosen.get("size", Size)
    ]
    return [*numbers, *sizes, *(each for each in not_assessed if each[1])]


# The list of disruptions.


ON_PAGE = ("reference", "activity_date", "organisation", "four_p", "size", "involvement", "threat", "crime_type")
FACETS = ("involvement", "size", "region", "organisation", "threat_type", "crime_type", "year", "extract")
SHORT_FACETS = ("involvement", "size", "threat_type")
DAYS = ("activity_from", "activity_to", "added_from", "added_to")
KEPT_BY_PANEL = ("four_p", "threat", "after_closure", "sort", "columns")
ELSEWHERE = [*PAGE_TOKENS, JUMP, *FILE]
"""What the address of another choice does not take over."""


class DisruptionList(RecordList):
    """Disruptions as they stood on a day. All numbers around the rows come from the counts, none from the rows."""

    title = "Disruptions"
    template_name = "disruptions/disruption_list.html"
    filterset_class = DisruptionFilter
    on_page = ON_PAGE
    order = ("-activity_date", "-pk")
    takes = ("columns", JUMP)
    rows_for = staticmethod(Disruption.objects.visible_to)

    @cached_property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        query = self.filterset.query
        stands = {name: query[name] for name in ("as_at", "known") if name in query}
        return disruption_columns(self.names, self.standpoint.sight, f"?{urlencode(stands)}" if stands else "")

    def fields(self) -> list[str]:
        owner = [] if self.standpoint.sight.everything else ["threat__organisation_id"]
        return list(dict.fromkeys([*(column.field for column in self.columns_of(self.on_page)), *owner]))

    @cached_property
    def names(self) -> Names:
        """From what the filters have read already."""
        filters = self.filterset.filters
        regions = dict(filters["region"].values())
        return Names(
            organisations=filters["organisation"].names,
            regions={body: regions[slug] for slug, bodies in self.filterset.members.items() for body in bodies},
            crime_types=filters["crime_type"].names,
            extracts=filters["extract"].names,
        )

    @cached_property
    def counts(self) -> ListCounts:
        if self.filter.problems:
            return ListCounts(total=0, facets=None)
        return list_counts(self.filter.scope, most=self.filter.most_counted)

    def total(self) -> int:
        return self.counts.most + 1 if self.counts.total is None else self.counts.total

    def context(self) -> dict[str, Any]:
        query, filters = self.filter.query, self.filter
        facets = self.counts.facets
        numbers = {name: None if facets is None else filters.by_value(name, facets) for name in ("four_p", *FACETS)}

        def tab_url(four_p: str) -> str:
            return address(query, without=[*ELSEWHERE, "four_p"], **({"four_p": four_p} if four_p else {}))

        counts = self.counts
        by_extract = facets["extract"] if facets else {}
        words = f"more than {counts.most:,}" if counts.total is None else f"{counts.total:,}"
        number = len(self.page.rows)
        # All columns may be chosen but the first, which is always on the page.
        columns = [(column.key, column.heading) for column in self.columns[1:]]
        on_page = {column.key for column in self.columns_of(self.on_page)}
        return super().context() | {
            "counts": counts,
            "total_words": words,
            "tabs": tabs(numbers["four_p"], filters.chosen.get("four_p", ()), tab_url),
            "facets": [
                facet(
                    name,
                    filters.filters[name].label,
                    filters.filters[name].values(),
                    filters.chosen.get(name, ()),
                    numbers[name],
                    short=name in SHORT_FACETS,
                )
                for name in FACETS
            ],
            "later": later_in_words(filters, by_extract),
            "summary": summary(facets, filters.scope.values) if facets else [],
            "panel": self.panel(),
            "column_choice": facet("columns", "Columns of the table and of the files", columns, on_page, None),
            "jump": self.request.GET.get(JUMP, "") if jumps(filters.queryset, self.chosen_order) else None,
            "shown_words": f"{number:,} in all" if number == counts.total else f"{number:,} shown of {words}",
            "of_choice": reports_of(query, without=[*ELSEWHERE, "sort", "columns"]),
            "latest_url": address(query, without=[*ELSEWHERE, "as_at", "known"]),
            "kept_by_columns": pairs(query, without=[*ELSEWHERE, "columns"]),
            "kept_by_jump": pairs(query, without=ELSEWHERE),
        }

    def panel(self) -> dict[str, Any]:
        """The fields of the filter that are no facets, each with what was typed, and what the form keeps unseen."""
        typed = self.filter.query
        return {
            "kinds": DataKind.choices,
            **{name: typed.get(name, "") for name in ("as_at", "known", "data", "q")},
            "days": [(name, self.filter.filters[name].label, typed.get(name, "")) for name in DAYS],
            "kept": [pair for pair in pairs(typed) if pair[0] in KEPT_BY_PANEL],
        }


# Reports of the disruptions that a filter leaves: the list's own filter, on pages of their own.


REPORTS = (
    ("Charts of these disruptions", "disruptions:disruption_charts"),
    ("Cross-table of them", "disruptions:cross_table"),
    ("How late they were recorded", "disruptions:delays"),
)


def reports_of(query: QueryDict, *, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """What the pages of reports are called, and their addresses for the choice that the query is."""
    query_string = address(query, without=without).rstrip("?")
    return [(title, reverse(name) + query_string) for title, name in REPORTS]


def later_in_words(filters: DisruptionFilter, by_extract: Mapping[Any, int]) -> str:
    """How many rows as at the day came with later extracts, and with which; "" for none."""
    stands = filters.standpoint
    extracts = () if stands.is_latest else filters.filters["extract"].rows
    later = [(key, words) for key, words, day, _ in extracts if day > stands.day]
    return came_later([(words, by_extract[key]) for key, words in later if by_extract.get(key)])


def came_later(later: Sequence[tuple[str, int]]) -> str:
    """``later``: extracts in words, each with how many rows came with it; "" for none."""
    if not later:
        return ""
    number = sum(n for _, n in later)
    listed = first_of([f"{n:,} from {name}" for name, n in later], where="extracts")
    return f"{number:,} of these came later, with an older added date: {listed}."


class ReportsOfChoice(ReportPage):
    """``own`` are the parameters that are no filters of the list."""

    marking = UNMARKED.label
    permission = "disruptions.read_record"
    filterset_class = DisruptionFilter
    own: ClassVar[tuple[str, ...]] = ()
    rows_for = staticmethod(Disruption.objects.visible_to)

    @property
    def as_at(self) -> date:
        day: date = self.filter.standpoint.day
        return day

    @property
    def list_url(self) -> str:
        """The list of the same choice; where that was not understood, the whole list."""
        query = "" if self.problems else address(self.filter.query, without=self.own)
        return reverse("disruptions:disruption_list") + query.rstrip("?")

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().breadcrumbs(), ("Disruptions", self.list_url)]

    def context(self) -> dict[str, Any]:
        others = [link for link in reports_of(self.filter.query, without=self.own) if self.request.path not in link[1]]
        # What came later, as the list says it, where there are not too many rows to count
        scope, most = self.filter.scope, self.filter.most_counted
        counts: dict[tuple[Any, ...], int] = {}
        is_earlier = not self.problems and not scope.standpoint.is_latest
        if is_earlier and (scope.rows is None or total_up_to(scope, most) <= most):
            counts = count_by(scope, "extract")
        return super().context() | {
            "standpoint": self.filter.standpoint,
            "later": later_in_words(self.filter, {key: n for (key,), n in counts.items()}),
            "list_url": self.list_url,
            "others": others,
            "most": most,
        }


class DisruptionCharts(ReportsOfChoice):
    title = "Charts of disruptions"
    template_name = "disruptions/disruption_charts.html"
    files = "disruptions:disruption_chart_csv"

    def list_reports(self) -> Makers:
        """None where there is too much to count."""
        counts = chart_counts(self.filter.scope, most=self.filter.most_counted)
        if counts is None:
            return {}
        standpoint, bodies = self.filter.standpoint, self.filter.filters["organisation"].names
        reports = (
            by_month(counts, self.filter.scope),
            by_involvement(counts, standpoint),
            by_body(counts, standpoint, bodies, four_p_chosen="four_p" in self.filter.chosen),
        )
        return ready(reports)
