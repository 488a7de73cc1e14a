"""Named filters of disruptions."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from disruptions import text_search
from disruptions.choices import ASSESSED, Involvement
from disruptions.querysets import KindQuerySet, known_on


class DisruptionQuerySet(KindQuerySet):
    """Disruptions in all their states. Choose ``as_at(day)`` or ``current()`` before showing or counting any."""

    def current(self) -> Self:
        """The record as it is now, with what has been withdrawn."""
        return self.filter(state_of__isnull=True)

    def as_at(self, day: date) -> Self:
        """What the record said on the day: at most one state a disruption.

        Nothing is added before it happened, so the bound on the activity date
        leaves nothing out; it lets an index that is in that order start there.
        """
        return self.filter(known_on(day, "known_from", "known_to"), activity_date__lte=day)

    def in_period(self, first: date, last: date) -> Self:
        """Activity dates within the period, both ends in it."""
        return self.filter(activity_date__gte=first, activity_date__lte=last)

    def lead(self) -> Self:
        return self.filter(involvement=Involvement.LEAD)

    def support(self) -> Self:
        return self.filter(involvement=Involvement.SUPPORT)

    def assessed(self) -> Self:
        return self.filter(size__in=ASSESSED)

    def of_organisations(self, organisations: Iterable[int]) -> Self:
        return self.filter(organisation__in=list(organisations))

    def mentioning(self, words: str) -> Self:
        """Every word occurs in the reference or the summary, in capitals or not."""
        return text_search.matching(self, words)

    def for_list(self) -> Self:
        return self.select_related("organisation", "threat", "crime_type")
