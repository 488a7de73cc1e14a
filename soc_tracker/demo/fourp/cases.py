"""Which demo threat each demo plan is for, with the disruptions that it may count."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from disruptions.choices import DataKind, FourP
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.plans import Sort, Wording
from soc_tracker.demo.fourp.span import Span
from soc_tracker.demo.fourp.words_money import MONEY
from soc_tracker.demo.fourp.words_people import PEOPLE

TAILORED = {**PEOPLE, **MONEY}
LONGEST = 330
"""Days before the last extract on which the earliest plan that is still in date begins."""
PLANS_A_TYPE = 2
"""How many tailored plans there is wording for, of one crime type."""


Row = tuple[Any, set[str]]
"""A threat, with the slug of its ``body``, and the names of its crime types."""


class NotReadyError(Exception):
    """The demo plans cannot be loaded yet: what they are about, or who writes them, is missing."""


@dataclass(frozen=True)
class Case:
    """What a plan is for, and its days. A strategic one has no threat; else ``disruptions`` are its, earliest first."""

    sort: Sort
    span: Span
    threat: Threat | None = None
    crime_type: str = ""
    disruptions: list[Disruption] = field(default_factory=list)

    def disruptions_since(self, first: date, four_p: FourP) -> list[Disruption]:
        return [row for row in self.disruptions if row.four_p == four_p and row.activity_date >= first]


class Choice:
    """Threats of the last extract's master list, those with the most disruptions first; none is chosen twice."""

    def __init__(self, bodies: Iterable[str], days: Days) -> None:
        since = Q(
            disruptions__activity_date__gte=days.ago(LONGEST),
            disruptions__state_of__isnull=True,
            disruptions__known_to__isnull=True,
        )
        threats = Threat.objects.of_kind(DataKind.ILLUSTRATIVE).as_at(days.counted).on_master_list()
        rows = threats.filter(organisation__slug__in=bodies).annotate(
            number=Count("disruptions", filter=since), body=F("organisation__slug")
        )
        rows = rows.prefetch_related("crime_types").order_by("-number", "reference")
        self.left: list[Row] = [(threat, {crime.name for crime in threat.crime_types.all()}) for threat in rows]
        self.uses: Counter[str] = Counter()

    def case(self, sort: Sort, span: Span) -> Case:
        if sort.wording == Wording.STRATEGIC:
            return Case(sort, span)
        if sort.wording == Wording.TAILORED:
            return self._tailored(sort, span)
        if found := self._of(sort.body):
            return self._taken(sort, span, found[0], min(found[0][1]))
        raise NotReadyError(f"No demo threat of {sort.body} is left for a plan.")

    def _tailored(self, sort: Sort, span: Span) -> Case:
        """For a threat of the crime type that the fewest plans are about, of those with wording left."""
        for crime_type in sorted(TAILORED, key=lambda name: (self.uses[name], name)):
            found = self._of(sort.body, crime_type)
            if found and self.uses[crime_type] < PLANS_A_TYPE:
                self.uses[crime_type] += 1
                return self._taken(sort, span, found[0], crime_type)
        raise NotReadyError(f"No demo threat of {sort.body} is left for a plan.")

    def _of(self, body: str, crime_type: str = "") -> list[Row]:
        rows = [row for row in self.left if row[0].body == body]
        return [row for row in rows if crime_type in row[1]] if crime_type else rows

    def _taken(self, sort: Sort, span: Span, row: Row, crime_type: str) -> Case:
        self.left.remove(row)
        return Case(sort, span, row[0], crime_type)


def cases(sorts: Sequence[Sort], days: Days) -> list[Case]:
    """One for each plan, in its order, numbered from 1. Raises NotReadyError where a body has too few threats."""
    choice = Choice({sort.body for sort in sorts}, days)
    chosen = [choice.case(sort, Span(sort, number, days)) for number, sort in enumerate(sorts, start=1)]
    rows = Disruption.objects.of_kind(DataKind.ILLUSTRATIVE).current().filter(known_to__isnull=True)
    rows = rows.filter(threat__in=[case.threat for case in chosen if case.threat])
    by_threat: dict[int, list[Disruption]] = {case.threat.pk: case.disruptions for case in chosen if case.threat}
    for row in rows.order_by("activity_date", "reference"):
        by_threat[row.threat_id].append(row)
    return chosen
