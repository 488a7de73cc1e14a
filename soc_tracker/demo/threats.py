"""The threats of each body as they stood on the days of the two extracts."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from disruptions.choices import AssessmentType, Moderation, ThreatType
from soc_tracker.demo.files import FIRST_DAY, LAST_DAY, chance, day_between, picked, rows_of, words

OCG, PI, VUL = ThreatType.ORGANISED_CRIME_GROUP, ThreatType.PRIORITY_INDIVIDUAL, ThreatType.VULNERABILITY
TYPES = {OCG: 72, PI: 15, VUL: 13}
TIERS = {1: 6, 2: 17, 3: 37, 4: 40}
SCORES = (
    *("physical", "psychological", "financial", "community", "geographic_scope", "likelihood"),
    "organisational_position",
)
SCALE = (0, 2, 4, 8, 16)
"""The scores of the demo, which are nobody's official scale; their total is drawn too, and follows from no formula."""
TOTALS = {1: (620, 980), 2: (400, 700), 3: (220, 480), 4: (60, 300), 5: (5, 80)}
EARLIEST = date(2018, 3, 1)
AFTER_FIRST = FIRST_DAY + timedelta(days=5)
MODERATING = timedelta(days=20)
"""The longest that a unit takes to moderate an assessment."""
CLOSED = "Closed"
OFF_LIST_SHARE, NEW_SHARE = 0.15, 0.08
OFF_LIST: tuple[dict[str, Any], ...] = (
    {"tier": 5},
    {"assessment_type": AssessmentType.STRATEGIC},
    {"moderation": Moderation.NOT_MODERATED, "moderated_on": None},
    {"phase": CLOSED},
    {"soc": False},
)
"""Why a threat is not on the master list: one reason each."""


@dataclass(frozen=True)
class Threat:
    """A row of an extract of threats, column by column: what it is since ``state_from``, and its latest scores."""

    threat_ref: str
    name: str
    type: ThreatType
    organisation: str
    state_from: date
    tier: int
    phase: str
    assessment_type: AssessmentType
    moderation: Moderation
    soc: bool
    crime_types: tuple[str, ...]
    lead_responsible_officer: str
    assessed_on: date | None = None
    physical: int = 0
    psychological: int = 0
    financial: int = 0
    community: int = 0
    geographic_scope: int = 0
    likelihood: int = 0
    organisational_position: int = 0
    confidence: int = 0
    total: int = 0
    assessor: str = ""
    moderated_on: date | None = None


def make_threats() -> tuple[list[Threat], list[Threat]]:
    """All threats as the first and as the second extract have them; the second has all of the first."""
    numbers = count(1)
    first: list[Threat] = []
    second: list[Threat] = []
    for row in rows_of("threats"):
        body, number = row["body"], int(row["threats"])
        rng = chance("threats", body)
        if row["vulnerabilities"]:
            vulnerable = [place < int(row["vulnerabilities"]) for place in range(number)]
        else:
            vulnerable = [picked(rng, TYPES) == VUL for _ in range(number)]
        listed = [new_threat(rng, body, numbers, EARLIEST, FIRST_DAY, is_vulnerable=each) for each in vulnerable]
        others = [new_threat(rng, body, numbers, EARLIEST, FIRST_DAY) for _ in range(round(number * OFF_LIST_SHARE))]
        others = [replace(threat, **OFF_LIST[place % len(OFF_LIST)]) for place, threat in enumerate(others)]
        new = [new_threat(rng, body, numbers, AFTER_FIRST, LAST_DAY) for _ in range(round(number * NEW_SHARE))]
        first += listed + others
        if row["reclassified"]:
            by = date.fromisoformat(row["reclassified_by"])
            listed = become_vulnerabilities(rng, listed, number=int(row["reclassified"]), by=by)
        second += [six_months_later(rng, threat) for threat in listed] + others + new
    return first, second


def new_threat(
    rng: random.Random, body: str, numbers: Iterator[int], earliest: date, latest: date, *, is_vulnerable: bool = False
) -> Threat:
    """A threat on the master list, known and moderated some time between the two days."""
    kind = VUL if is_vulnerable else picked(rng, {OCG: TYPES[OCG], PI: TYPES[PI]})
    since = day_between(rng, earliest, latest - MODERATING)
    threat = Threat(
        threat_ref=f"{kind.upper()}-DEMO-{next(numbers):05}",
        name=f"{picked(rng, words('first name of a threat'))} {picked(rng, words('last name of a threat'))}",
        type=kind,
        organisation=body,
        state_from=since,
        tier=picked(rng, TIERS),
        phase=picked(rng, words("phase")),
        assessment_type=AssessmentType.TACTICAL,
        moderation=Moderation.MODERATED,
        soc=True,
        crime_types=tuple(sorted({picked(rng, words("crime type")) for _ in range(rng.choice((1, 1, 2)))})),
        lead_responsible_officer=picked(rng, words("officer")),
    )
    return assess(rng, threat, since)


def assess(rng: random.Random, threat: Threat, on: date) -> Threat:
    """The threat with the scores of a new assessment."""
    scores: dict[str, Any] = {name: rng.choice(SCALE) for name in SCORES}
    return replace(
        threat,
        assessed_on=on,
        moderated_on=day_between(rng, on, on + MODERATING),
        confidence=rng.randint(1, 5),
        total=rng.randint(*TOTALS[threat.tier]),
        assessor=picked(rng, words("assessor")),
        **scores,
    )


def become_vulnerabilities(rng: random.Random, threats: list[Threat], *, number: int, by: date) -> list[Threat]:
    """The threats, of which so many have become vulnerabilities by a day."""
    days = [by - timedelta(days=back) for back in (0, 17, 40)]
    chosen = set(rng.sample([threat.threat_ref for threat in threats if threat.type != VUL], number))
    return [
        replace(threat, type=VUL, state_from=rng.choice(days)) if threat.threat_ref in chosen else threat
        for threat in threats
    ]


def six_months_later(rng: random.Random, threat: Threat) -> Threat:
    """The threat as the second extract gives it: some have moved tier or closed, some were only assessed again."""
    if threat.state_from > FIRST_DAY:
        return assess(rng, threat, threat.state_from)
    on, what = day_between(rng, AFTER_FIRST, LAST_DAY - MODERATING), rng.random()
    if what < 0.06:
        return replace(threat, state_from=on, phase=CLOSED)
    if what < 0.16:
        tier = min(4, max(1, threat.tier + rng.choice((-1, 1))))
        return assess(rng, replace(threat, state_from=on, tier=tier), on)
    return assess(rng, threat, on) if what < 0.4 else threat
