"""The threats of each body as they stood on the days of the two extracts."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import count

from disruptions.choices import AssessmentType, Moderation, ThreatType
from soc_tracker.demo import words
from soc_tracker.demo.chance import chance, day_between, picked
from soc_tracker.demo.plans import Plan

OCG, PI, VUL = ThreatType.ORGANISED_CRIME_GROUP, ThreatType.PRIORITY_INDIVIDUAL, ThreatType.VULNERABILITY
TYPES = {OCG: 72, PI: 15, VUL: 13}
TIERS = {1: 6, 2: 17, 3: 37, 4: 40}
SCALE = (0, 2, 4, 8, 16)
"""The scores of the demo, which are nobody's official scale; their total is drawn too, and follows from no formula."""
TOTALS = {1: (620, 980), 2: (400, 700), 3: (220, 480), 4: (60, 300), 5: (5, 80)}
FIRST_DAY = date(2018, 3, 1)
MODERATING = timedelta(days=20)
"""The longest that a unit takes to moderate an assessment."""
OFF_LIST_SHARE, NEW_SHARE = 0.15, 0.08


@dataclass(frozen=True)
class Scores:
    assessed_on: date
    moderated_on: date
    values: tuple[int, ...]
    confidence: int
    total: int
    assessor: str


@dataclass(frozen=True)
class Threat:
    """A threat as an extract gives it: what it is since ``state_from``, and its latest scores."""

    reference: str
    name: str
    type: ThreatType
    owner: str
    state_from: date
    tier: int
    phase: str
    crime_types: tuple[str, ...]
    officer: str
    scores: Scores
    assessment_type: AssessmentType = AssessmentType.TACTICAL
    moderation: Moderation = Moderation.MODERATED
    is_soc: bool = True


OFF_LIST = (
    {"tier": 5},
    {"assessment_type": AssessmentType.STRATEGIC},
    {"moderation": Moderation.NOT_MODERATED},
    {"phase": words.CLOSED},
    {"is_soc": False},
)
"""Why a threat is not on the master list: one reason each."""


@dataclass(frozen=True)
class Standing:
    """The threats of a body on the days of both extracts; the second has all of the first."""

    first: list[Threat]
    second: list[Threat]


def threats(plans: Iterable[Plan], first_day: date, second_day: date) -> dict[str, Standing]:
    """The threats of each body, by its slug."""
    numbers = count(1)
    return {plan.body.slug: _of_body(plan, first_day, second_day, numbers) for plan in plans}


def _of_body(plan: Plan, first_day: date, second_day: date, numbers: Iterator[int]) -> Standing:
    rng = chance("threats", plan.body.slug)
    make = partial(_threat, rng, plan, numbers)
    listed = [make(FIRST_DAY, first_day, is_vulnerable) for is_vulnerable in _kinds(rng, plan)]
    apart = [
        replace(make(FIRST_DAY, first_day), **OFF_LIST[number % len(OFF_LIST)])
        for number in range(round(plan.threats * OFF_LIST_SHARE))
    ]
    new = [make(first_day + timedelta(days=5), second_day) for _ in range(round(plan.threats * NEW_SHARE))]
    later = [_later(rng, threat, first_day, second_day) for threat in _reclassified(rng, plan, listed)]
    return Standing(first=listed + apart, second=[*later, *apart, *new])


def _kinds(rng: random.Random, plan: Plan) -> list[bool]:
    """For each threat on the list, whether it is a vulnerability."""
    if plan.vulnerabilities is None:
        return [picked(rng, TYPES) == VUL for _ in range(plan.threats)]
    return [number < plan.vulnerabilities for number in range(plan.threats)]


def _threat(
    rng: random.Random, plan: Plan, numbers: Iterator[int], first: date, last: date, is_vulnerable: bool = False
) -> Threat:
    kind = VUL if is_vulnerable else picked(rng, {OCG: TYPES[OCG], PI: TYPES[PI]})
    since, tier = day_between(rng, first, last - MODERATING), picked(rng, TIERS)
    return Threat(
        reference=f"{kind.upper()}-DEMO-{next(numbers):05}",
        name=words.threat_name(rng),
        type=kind,
        owner=plan.body.name,
        state_from=since,
        tier=tier,
        phase=picked(rng, words.PHASES),
        crime_types=words.crime_types(rng),
        officer=rng.choice(words.OFFICERS),
        scores=_scores(rng, tier, since),
    )


def _scores(rng: random.Random, tier: int, on: date) -> Scores:
    return Scores(
        assessed_on=on,
        moderated_on=day_between(rng, on, on + MODERATING),
        values=tuple(rng.choice(SCALE) for _ in range(7)),
        confidence=rng.randint(1, 5),
        total=rng.randint(*TOTALS[tier]),
        assessor=rng.choice(words.ASSESSORS),
    )


def _reclassified(rng: random.Random, plan: Plan, listed: list[Threat]) -> list[Threat]:
    """The listed threats, of which as many as were published have become vulnerabilities by the day published."""
    if plan.reclassified is None:
        return listed
    number, by = plan.reclassified
    days = [by - timedelta(days=back) for back in (0, 17, 40)]
    chosen = set(rng.sample([threat.reference for threat in listed if threat.type != VUL], number))
    return [
        replace(threat, type=VUL, state_from=rng.choice(days)) if threat.reference in chosen else threat
        for threat in listed
    ]


def _later(rng: random.Random, threat: Threat, first_day: date, second_day: date) -> Threat:
    """The threat as the second extract gives it: some have moved tier or closed, some were only assessed again."""
    if threat.state_from > first_day:
        return replace(threat, scores=_scores(rng, threat.tier, threat.state_from))
    on = day_between(rng, first_day + timedelta(days=5), second_day - MODERATING)
    what = rng.random()
    if what < 0.06:
        return replace(threat, state_from=on, phase=words.CLOSED)
    if what < 0.16:
        tier = min(4, max(1, threat.tier + rng.choice((-1, 1))))
        return replace(threat, state_from=on, tier=tier, scores=_scores(rng, tier, on))
    return replace(threat, scores=_scores(rng, threat.tier, on)) if what < 0.4 else threat
