"""What counts of disruptions can be narrowed to and broken down by."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from disruptions.choices import ASSESSED, Involvement
from disruptions.counts.queries import Scope
from disruptions.record.models import Disruption
from disruptions.record_list.forms import DisruptionFilter
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter
from soc_tracker.core.lists.filters import Problem

GROUPINGS = (
    ("organisation", "Organisation"),
    ("four_p", "4P"),
    ("size", "Size"),
    ("involvement", "Lead or support"),
    ("threat_type", "Threat type"),
    ("crime_type", "Crime type"),
    ("activity_year", "Year of activity"),
    ("activity_month", "Month of activity, as its first day"),
)
MOST_GROUPINGS = 4
PUBLISHED_STYLE = {"involvement": frozenset([Involvement.LEAD]), "size": frozenset(ASSESSED)}


class MeasureFilter(DisruptionFilter):
    """The filters of the list of disruptions, what to count by, and whether to count as the inspectorate does."""

    by = ChoicesFilter(choices=GROUPINGS, label="Count by", method="as_it_is")
    published_style = OneChoiceFilter(
        choices=[("true", "Lead disruptions that were assessed"), ("false", "All that match")],
        label="Counted as published figures are",
        method="as_it_is",
    )

    class Meta:
        model = Disruption
        fields = ()

    @property
    def groupings(self) -> tuple[str, ...]:
        """What to count by, in the order asked for."""
        return tuple(dict.fromkeys(self.data.getlist("by")))

    @property
    def is_published_style(self) -> bool:
        return self.given.get("published_style") == "true"

    @property
    def counted(self) -> Scope:
        """What is to be counted, before it is broken down."""
        if not self.is_published_style:
            return self.scope
        narrowed = {name: values & self.scope.values.get(name, values) for name, values in PUBLISHED_STYLE.items()}
        return replace(self.scope, values={**self.scope.values, **narrowed})

    def _problems_of_values(self) -> Iterator[Problem]:
        """Also a filter that leaves nothing of what published figures count, and more groupings than can be read."""
        yield from super()._problems_of_values()
        if len(self.groupings) > MOST_GROUPINGS:
            message = f"Count by: at most {MOST_GROUPINGS} at a time."
            yield Problem("by", ", ".join(self.groupings), message, tuple(name for name, _ in GROUPINGS))
        if self.is_published_style:
            yield from self._outside_published_style()

    def _outside_published_style(self) -> Iterator[Problem]:
        for name, allowed in PUBLISHED_STYLE.items():
            for value in self.given.get(name) or ():
                if value not in allowed:
                    message = f"{self.filters[name].label}: published figures do not count “{value}”."
                    yield Problem(name, value, message, tuple(sorted(allowed)))

    def slug_of(self, name: str, key: int) -> str:
        """The slug of a body or crime type by its key."""
        return self._slugs[name][key]

    @cached_property
    def _slugs(self) -> dict[str, dict[int | None, str]]:
        return {
            name: {key: slug for slug, key in self.filters[name].keys.items()}
            for name in ("organisation", "crime_type")
        }
