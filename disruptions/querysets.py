"""Named filters of threats, disruptions and extracts."""

from collections.abc import Iterable
from datetime import date
from typing import Self

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, FilteredRelation, Q

from disruptions import text_search
from disruptions.choices import ASSESSED, CLOSED_PHASE, AssessmentType, DataKind, Involvement, Moderation, Tier
from forces.querysets import VisibleQuerySet
from soc_tracker.lib.uploads.models import UploadsQuerySet

__all__ = [
    "DisruptionQuerySet",
    "ExtractQuerySet",
    "KindQuerySet",
    "SavedViewQuerySet",
    "StateQuerySet",
    "ThreatQuerySet",
    "UploadQuerySet",
    "VisibleQuerySet",
]


STANDING = ("type", "tier", "phase", "assessment_type", "moderation", "is_soc", "valid_from", "valid_to")
"""What a state says of its threat."""


def known_on(day: date, first: str, after: str) -> Q:
    """Spans from ``first`` on until the day before ``after`` (empty: still) that hold the day."""
    return Q(**{f"{first}__lte": day}) & (Q(**{f"{after}__isnull": True}) | Q(**{f"{after}__gt": day}))


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


class KindQuerySet(VisibleQuerySet):
    """Rows that are recorded or illustrative; every read says which, so that the two never add up."""

    def of_kind(self, kind: DataKind) -> Self:
        return self.filter(kind_of_data=kind)


class ExtractQuerySet(KindQuerySet):
    pass


class UploadQuerySet(UploadsQuerySet, KindQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Files on their way in are seen by those who may load them, and do not exist for others."""
        return super().visible_to(user) if rules.has_perm("disruptions.load_extract", user) else self.none()


class SavedViewQuerySet(VisibleQuerySet):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, and those that their owners share."""
        return super().visible_to(user).filter(Q(owner=user.pk) | Q(shared=True))

    def of_lists(self, names: Iterable[str]) -> Self:
        """Views of the lists whose addresses have these names."""
        return self.filter(page__in=list(names))


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
