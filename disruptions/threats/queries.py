"""Threats as they stood on a day: the master list, and the list in order of score."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from disruptions.choices import DataKind, ExtractContents, ThreatType
from disruptions.extracts.models import Extract
from disruptions.pending.models import IsOnRecord
from disruptions.record.models import Disruption, DisruptionQuerySet
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import MorileAssessment, Threat, ThreatQuerySet, ThreatState

User = AbstractBaseUser | AnonymousUser
LACKING = {
    "owner": Q(organisation__isnull=True),
    "officer": Q(lead_responsible_officer=""),
    "score": Q(score__isnull=True),
    "tier": Q(tier__isnull=True),
}
"""What a threat as at a day may lack. Missing is not zero: none of it counts as a lowest value anywhere."""


@dataclass(frozen=True)
class Ranked:
    """A threat in order of its score: the highest has rank 1, and equal scores share a rank.

    ``last_disruption`` is the latest one of the threat as the record had it on the day.
    """

    rank: int
    threat: Threat
    last_disruption: Disruption | None


@dataclass(frozen=True)
class Priorities:
    """The threats with the highest scores, and how many there are with a score and without one."""

    ranked: list[Ranked]
    scored: int
    unscored: int


def master_list_counts(standpoint: Standpoint, organisations: Iterable[int]) -> dict[int, dict[ThreatType, int]]:
    """Threats on the master list by body and type; a body without any is absent, and so is a type that it has not."""
    threats = Threat.objects.seen_by(standpoint.sight).of_kind(standpoint.kind).as_at(standpoint.day).on_master_list()
    return counts_by_type(threats.filter(organisation__in=list(organisations)))


def counts_by_type(threats: QuerySet[Any], by: str = "organisation") -> dict[Any, dict[ThreatType, int]]:
    """Threats as at a day by owner, or another field of theirs (None: none on record), and by what they were then."""
    counts: dict[Any, dict[ThreatType, int]] = defaultdict(dict)
    for owner, kind, n in threats.order_by().values_list(by, "type").annotate(n=Count("pk")):
        counts[owner][ThreatType(kind)] = n
    return dict(counts)


def number_on_record(standpoint: Standpoint) -> int:
    """How many threats the record tells of on the day, whoever owns them: each has one state then. Those of other
    kinds of data are few, or all: they are looked up once, instead of the threat of every state.
    """
    others = Threat._base_manager.filter(kind_of_data__in=[kind for kind in DataKind if kind != standpoint.kind])
    states = ThreatState.objects.as_at(standpoint.day).filter(IsOnRecord(Threat._meta.db_table, "threat"))
    return states.exclude(threat__in=others).count()


def threats_as_at(threats: ThreatQuerySet, standpoint: Standpoint) -> ThreatQuerySet:
    """Threats of one kind of data with what each was on the day, its latest score until then with its date, and the
    day of the latest disruption of it that was on record (None: there was none).
    """
    scored = scores_until(standpoint).filter(threat=OuterRef("pk")).order_by("-assessed_on", "-pk")
    disrupted = _on_record(standpoint).filter(threat=OuterRef("pk")).order_by("-activity_date", "-pk")
    return (
        threats.of_kind(standpoint.kind)
        .as_at(standpoint.day)
        .annotate(
            score=Subquery(scored.values("total")[:1]),
            scored_on=Subquery(scored.values("assessed_on")[:1]),
            last_disruption=Subquery(disrupted.values("activity_date")[:1]),
        )
    )


def disruptions_known_to(standpoint: Standpoint) -> date | None:
    """The last day, up to that of the standpoint, of which the record knows disruptions; None: none are loaded.

    After it, that a threat was not disrupted cannot be told. The day is that of the whole record, whoever asks.
    """
    extracts = (
        Extract.objects.in_force()
        .of_kind(standpoint.kind)
        .filter(contents=ExtractContents.DISRUPTIONS, as_at__lte=standpoint.day)
    )
    added = Disruption.objects.of_kind(standpoint.kind).filter(known_from__lte=standpoint.day)
    days = (extracts.aggregate(Max("as_at"))["as_at__max"], added.aggregate(Max("known_from"))["known_from__max"])
    return max((day for day in days if day), default=None)


def not_disrupted_since(day: date, threats: QuerySet[Any], standpoint: Standpoint) -> QuerySet[Any]:
    """Of threats as at a day: those of which no disruption after another day was on record."""
    return threats.filter(~Exists(_on_record(standpoint).filter(threat=OuterRef("pk"), activity_date__gt=day)))


def scores_until(standpoint: Standpoint) -> QuerySet[MorileAssessment]:
    """Assessments until the day that gave a total; one without it leaves the total before it in force."""
    return MorileAssessment.objects.filter(assessed_on__lte=standpoint.day, total__isnull=False)


def named_only(threats: ThreatQuerySet, standpoint: Standpoint) -> ThreatQuerySet:
    """Of threats as at a day, those that a disruption on record that day names and of which nothing else is said."""
    naming = _on_record(standpoint).filter(threat=OuterRef("pk"))
    return threats.filter(Exists(naming), valid_from__isnull=True)


def priorities(threats: QuerySet[Any], standpoint: Standpoint, size: int) -> Priorities:
    """The ``size`` threats with the highest latest score, of threats as at a day; equal scores by reference."""
    scores = scores_until(standpoint)
    latest = scores.exclude(Exists(scores.filter(threat=OuterRef("threat"), assessed_on__gt=OuterRef("assessed_on"))))
    # Each is looked up, not joined: in order of total, the database can stop after the first few.
    highest = latest.filter(Exists(threats.filter(pk=OuterRef("threat")))).order_by("-total", "threat__reference")
    keys = list(highest.values_list("threat", flat=True)[:size])
    by_key = {threat.pk: threat for threat in threats.filter(pk__in=keys)}
    in_order = [by_key[key] for key in keys]
    totals = [threat.score for threat in in_order]
    scored = threats.filter(Exists(scores.filter(threat=OuterRef("pk")))).count()
    # The latest disruption of each as at the day: two queries, however many threats.
    of_threat = _on_record(standpoint).filter(threat=OuterRef("pk")).order_by("-activity_date", "-pk")
    latest_of = Threat.objects.filter(pk__in=keys).values_list("pk", Subquery(of_threat.values("pk")[:1]))
    threat_of = {disruption: threat for threat, disruption in latest_of if disruption}
    last = {threat_of[each.pk]: each for each in Disruption.objects.filter(pk__in=threat_of)}
    ranked = [Ranked(totals.index(threat.score) + 1, threat, last.get(threat.pk)) for threat in in_order]
    return Priorities(ranked, scored, threats.count() - scored)


def _on_record(standpoint: Standpoint) -> DisruptionQuerySet:
    return Disruption.objects.seen_by(standpoint.sight).of_kind(standpoint.kind).as_at(standpoint.day)
