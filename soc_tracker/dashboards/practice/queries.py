"""Whose practice may help whom, the nearest first: of one region, then by topics, size and mix of threats."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from disruptions.standpoint.queries import Standpoint
from disruptions.threats.queries import master_list_counts
from forces.models import Membership, Organisation
from inspections.findings.models import Finding
from inspections.practice.models import Uptake
from inspections.practice.queries import Match, latest_uptakes, list_practices, list_problems, match

User = AbstractBaseUser | AnonymousUser
FEWEST_THREATS = 20
"""Of each body, from which on two mixes are compared: of fewer, one threat more would turn the figure."""


@dataclass(frozen=True)
class Near:
    """How near a body is to that of a practice. ``size``: its officers by theirs; ``mix``: the share of threats that
    are of the same types in both, from 0 to 1; None where it is not known, or outside the reader's reach.
    """

    same_region: bool
    size: float | None
    mix: float | None

    @cached_property
    def distance(self) -> float:
        """From 0: how far apart they are by what is known of size and mix; 1 where neither is."""
        known = [abs(log(self.size))] if self.size else []
        known += [1 - self.mix] if self.mix is not None else []
        return sum(known) / len(known) if known else 1.0

    def in_words(self, ours: str, theirs: str) -> str:
        """Of the body and that of the practice, by their short names."""
        parts = ["same region" if self.same_region else "another region"]
        if self.size:
            as_many = "about as many" if 0.9 <= self.size <= 1.1 else f"{self.size:.1f} times as many"
            parts.append(f"{ours} has {as_many} officers as {theirs}")
        if self.mix is not None:
            parts.append(f"{self.mix:.0%} of threats of the same types")
        return ", ".join(parts)


@dataclass(frozen=True)
class Proposal:
    """A practice that may help a body, and where the two stand with each other."""

    match: Match
    body: Organisation
    near: Near
    step: Uptake | None

    @property
    def practice(self) -> Finding:
        return self.match.practice

    @property
    def how_near(self) -> str:
        about = self.practice.about
        return self.near.in_words(self.body.short_name, getattr(about, "short_name", about.name))


def list_proposals(
    user: User,
    point: Standpoint,
    today: date,
    *,
    body: Organisation | None = None,
    practice: Finding | None = None,
) -> list[Proposal]:
    """For a body, or of a practice: the nearest first. A body that is no more is proposed to nobody. Mixes of threats
    are those on the master list as seen from the standpoint.
    """
    practices = [practice] if practice else list(list_practices(user))
    problems = [each for each in list_problems(user) if body is None or each.organisation_id == body.pk]
    matches = match(practices, problems)
    keys = {each.body for each in matches} | {each.organisation_id for each in practices if each.organisation_id}
    living = Organisation.objects.visible_to(user).valid_on(today).filter(pk__in=keys)
    bodies: dict[int, Any] = {each.pk: each for each in living.with_sizes()}
    regions = _regions_of(user, bodies, today)
    mixes = {} if point.is_empty else master_list_counts(point.of_threats, bodies)
    steps = latest_uptakes(user)

    def near(one: Match) -> Near:
        theirs, ours = one.practice.organisation_id, one.body
        of_theirs = regions.get(theirs or 0, {one.practice.region_id})
        officers = [getattr(bodies.get(key or 0), "officers", None) for key in (ours, theirs)]
        return Near(
            same_region=bool(of_theirs & regions.get(ours, set())),
            size=float(officers[0] / officers[1]) if officers[0] and officers[1] else None,
            mix=_overlap(mixes.get(ours, {}), mixes.get(theirs or 0, {})),
        )

    proposals = [
        Proposal(each, bodies[each.body], near(each), steps.get((each.practice.pk, each.body)))
        for each in matches
        if each.body in bodies
    ]
    return sorted(
        proposals,
        key=lambda each: (
            not each.near.same_region,
            -len(each.match.topics),
            each.near.distance,
            each.body.name,
            each.practice.pk,
        ),
    )


@dataclass(frozen=True)
class TakenUp:
    """A practice, and the last step of each body that has taken it up, by name."""

    practice: Finding
    steps: list[Uptake]


def practices_with_uptakes(user: User) -> list[TakenUp]:
    steps: dict[int, list[Uptake]] = {}
    for (practice, _), step in sorted(latest_uptakes(user).items(), key=lambda one: one[1].organisation.name):
        steps.setdefault(practice, []).append(step)
    return [TakenUp(practice, steps.get(practice.pk, [])) for practice in list_practices(user)]


def _regions_of(user: User, bodies: Collection[int], today: date) -> dict[int, set[int | None]]:
    regions: dict[int, set[int | None]] = {}
    places = Membership.objects.visible_to(user).valid_on(today).filter(organisation__in=bodies)
    for body, region in places.values_list("organisation", "region"):
        regions.setdefault(body, set()).add(region)
    return regions


def _overlap(ours: Mapping[Any, int], theirs: Mapping[Any, int]) -> float | None:
    """The share of the threats of either that the mix of the other has too; None where one has too few."""
    totals = [sum(ours.values()), sum(theirs.values())]
    if min(totals) < FEWEST_THREATS:
        return None
    return sum(min(ours.get(type_, 0) / totals[0], theirs.get(type_, 0) / totals[1]) for type_ in {*ours, *theirs})
