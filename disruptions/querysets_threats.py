"""Named filters of threats and their states."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q

from disruptions.choices import CLOSED_PHASE, AssessmentType, DataKind, Moderation, Tier
from disruptions.querysets import KindQuerySet, known_on
from forces.querysets import VisibleQuerySet

STANDING = ("type", "tier", "phase", "assessment_type", "moderation", "is_soc", "valid_from", "valid_to")
"""What a state says of its threat."""


def closed() -> Q:
    return Q(phase__icontains=CLOSED_PHASE)


def on_master_list() -> Q:
    """The inspectorate's filter: tactical, moderated, SOC, tier 1 to 4, phase not closed.

    For states, and for threats with what they were on a day. A state without a
    tier is not known to be other than tier 5, and stays out.
    """
    return (
        Q(
            assessment_type=AssessmentType.TACTICAL,
            moderation=Moderation.MODERATED,
            is_soc=True,
            tier__lt=Tier.FIVE,
        )
        & ~closed()
    )


class ThreatQuerySet(KindQuerySet):
    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(reference=key[0])

    def without_state(self) -> Self:
        """Threats that only a disruption named: on no day's master list."""
        return self.filter(states__isnull=True)

    def as_at(self, day: date) -> Self:
        """Threats with what each was on the day, in ``type``, ``tier`` and so on: None in all where nothing says so."""
        standing = FilteredRelation("states", condition=known_on(day, "states__valid_from", "states__valid_to"))
        return self.annotate(standing=standing).annotate(**{name: F(f"standing__{name}") for name in STANDING})

    def on_record(self) -> Self:
        """Of threats as at a day: those of which the record said what they were."""
        return self.filter(valid_from__isnull=False)

    def on_master_list(self) -> Self:
        """Of threats as at a day."""
        return self.filter(on_master_list())

    def closed(self) -> Self:
        """Of threats as at a day, those whose phase says so."""
        return self.filter(closed())

    def not_closed(self) -> Self:
        return self.exclude(closed())

    def for_list(self) -> Self:
        return self.select_related("organisation", "area").prefetch_related("crime_types")


class StateQuerySet(VisibleQuerySet):
    """States of threats."""

    def of_kind(self, kind: DataKind) -> Self:
        return self.filter(threat__kind_of_data=kind)

    def as_at(self, day: date) -> Self:
        """What each threat was on the day: at most one state a threat."""
        return self.filter(known_on(day, "valid_from", "valid_to"))

    def on_master_list(self) -> Self:
        return self.filter(on_master_list())
