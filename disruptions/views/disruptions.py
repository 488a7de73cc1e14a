"""The list of disruptions."""

from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.exports import Names, disruption_columns
from disruptions.filters.disruptions import DisruptionFilter
from disruptions.models import Disruption
from disruptions.presenters.disruptions import number_in_words, shown_in_words, summary, tabs
from disruptions.selectors.disruption_list import ListCounts, list_counts
from disruptions.views.record import RecordList
from soc_tracker.lib.facets import Facet, facet
from soc_tracker.lib.filters import JUMP, PAGE_TOKENS
from soc_tracker.lib.pagination import Page, jumps
from soc_tracker.lib.query_strings import address, pairs
from soc_tracker.lib.tables import Column

ON_PAGE = ("reference", "activity_date", "organisation", "four_p", "size", "involvement", "threat", "crime_type")
FACETS = ("involvement", "size", "region", "organisation", "threat_type", "crime_type", "year", "extract")
SHORT_FACETS = ("involvement", "size", "threat_type")
DAYS = ("activity_from", "activity_to", "added_from", "added_to")
KEPT_BY_PANEL = ("four_p", "threat", "after_closure", "sort", "columns")
ELSEWHERE = [*PAGE_TOKENS, JUMP, "format"]
"""What the address of another choice does not take over."""


class DisruptionList(RecordList):
    """Disruptions as they stood on a day. All numbers around the rows come from the counts, none from the rows."""

    title = "Disruptions"
    template_name = "disruptions/disruption_list.html"
    filterset_class = DisruptionFilter
    on_page = ON_PAGE
    order = ("-activity_date", "-pk")
    sorts: ClassVar = {
        "activity_date": ("activity_date", "pk"),
        "added_date": ("added_date", "pk"),
        "reference": ("reference", "pk"),
    }
    takes = ("columns", JUMP)

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return Disruption.objects.visible_to(user)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        day = self.filterset.query.get("as_at")
        return disruption_columns(self.names, f"?{urlencode({'as_at': day})}" if day else "")

    def fields(self) -> list[str]:
        return list(dict.fromkeys(column.field for column in self.columns_of(self.on_page)))

    @cached_property
    def names(self) -> Names:
        """The names behind the keys of rows, from what the filters have read already."""
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

    def extra_context(self) -> dict[str, Any]:
        return {
            "standpoint": self.standpoint,
            "counts": self.counts,
            "total_words": number_in_words(self.counts),
            "tabs": tabs(self._by_value("four_p"), self.filter.chosen.get("four_p", ()), self._tab_url),
            "facets": [self._facet(name) for name in FACETS],
            "summary": summary(self.counts.facets, self.filter.scope.values) if self.counts.facets else [],
            "panel": self._panel(),
            "column_choice": self._columns_to_choose(),
            "jump": self.request.GET.get(JUMP, "") if jumps(self.filter.queryset, self._order) else None,
            **self._links(),
        }

    def _context(self, page: Page) -> dict[str, Any]:
        return super()._context(page) | {"shown_words": shown_in_words(self.counts, len(page.rows))}

    def _by_value(self, name: str) -> dict[str, int] | None:
        return None if self.counts.facets is None else self.filter.by_value(name, self.counts.facets)

    def _tab_url(self, four_p: str) -> str:
        without = [*ELSEWHERE, "four_p"]
        return address(self.filter.query, without=without, **({"four_p": four_p} if four_p else {}))

    def _facet(self, name: str) -> Facet:
        filter_ = self.filter.filters[name]
        chosen = self.filter.chosen.get(name, ())
        return facet(name, filter_.label, filter_.values(), chosen, self._by_value(name), short=name in SHORT_FACETS)

    def _panel(self) -> dict[str, Any]:
        """The fields of the filter that are no facets, each with what was typed, and what the form keeps unseen."""
        given = self.filter.query
        return {
            "kinds": DataKind.choices,
            "as_at": given.get("as_at", ""),
            "data": given.get("data", ""),
            "q": given.get("q", ""),
            "days": [(name, self.filter.filters[name].label, given.get(name, "")) for name in DAYS],
            "kept": [pair for pair in pairs(given) if pair[0] in KEPT_BY_PANEL],
        }

    def _columns_to_choose(self) -> Facet:
        """All columns but the first, which is always on the page."""
        shown = {column.key for column in self.columns_of(self.on_page)}
        columns = [(column.key, column.heading) for column in self.all_columns()[1:]]
        return facet("columns", "Columns of the table and of the files", columns, shown, None)

    def _links(self) -> dict[str, Any]:
        query = self.filter.query
        return {
            "charts_url": reverse("disruptions:disruption_charts")
            + address(query, without=[*ELSEWHERE, "sort", "columns"]),
            "latest_url": address(query, without=[*ELSEWHERE, "as_at"]),
            "kept_by_columns": pairs(query, without=[*ELSEWHERE, "columns"]),
            "kept_by_jump": pairs(query, without=ELSEWHERE),
        }
