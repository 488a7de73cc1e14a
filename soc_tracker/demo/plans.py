"""How many threats and disruptions each body has in the demo records, and of what kind.

Published figures are taken as they are; what nobody published is made up here:
in detail for the region of the report, by the size of the body elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from disruptions.choices import FourP
from soc_tracker.demo.bodies import ROCU, Body
from soc_tracker.demo.chance import chance, shared_out
from soc_tracker.demo.published import LEADS, THREATS, VULNERABILITIES, Published

Mix = Mapping[FourP, float]


@dataclass(frozen=True)
class Invented:
    """What nobody published of a body: lead and support disruptions by year of activity.

    Those of 2023 end with the second extract. ``mix`` is in percent: pursue, prevent, protect,
    prepare. ``slowness`` is how long recording takes compared with other bodies.
    """

    leads: Mapping[int, int]
    mix: tuple[int, int, int, int]
    slowness: float = 1
    supports: Mapping[int, int] = field(default_factory=dict)


IN_REGION = {
    "cheshire": Invented({2021: 228, 2023: 262}, (82, 8, 6, 4)),
    "cumbria": Invented({2021: 190, 2022: 243, 2023: 150}, (55, 27, 13, 5)),
    "greater-manchester": Invented({2021: 362, 2023: 381}, (72, 12, 10, 6), slowness=1.8),
    "lancashire": Invented({2021: 588, 2023: 331}, (86, 6, 5, 3)),
    "merseyside": Invented({2021: 641, 2022: 702, 2023: 358}, (76, 11, 9, 4), slowness=0.7),
    "north-wales": Invented({2021: 96, 2022: 152, 2023: 170}, (79, 9, 8, 4), slowness=1.4),
    "nwrocu": Invented({2021: 281, 2022: 318, 2023: 169}, (80, 6, 9, 5), supports={2021: 151, 2022: 173, 2023: 92}),
}
USUAL_MIX = (75, 10, 9, 6)
MOST_THREATS, MOST_LEADS = 60, 110
"""Of one body outside the region: there the records are thin."""


@dataclass(frozen=True)
class Plan:
    """``threats`` are those on the master list on the day of the first extract.

    ``vulnerabilities`` is how many of them are (None: as it comes), and
    ``reclassified`` how many become vulnerabilities afterwards, by which day.
    """

    body: Body
    threats: int
    leads: Mapping[int, int]
    supports: Mapping[int, int]
    mix: Mix
    slowness: float = 1
    vulnerabilities: int | None = None
    reclassified: tuple[int, date] | None = None
    published_counts: Mapping[int, Mapping[FourP, int]] = field(default_factory=dict)

    def four_ps(self, year: int) -> dict[FourP, int]:
        """How many of the year's lead disruptions are of each 4P."""
        fixed = self.published_counts.get(year, {})
        others = {four_p: weight for four_p, weight in self.mix.items() if four_p not in fixed}
        return {**fixed, **shared_out(self.leads[year] - sum(fixed.values()), others)}


def plans(bodies: Iterable[Body], published: Published) -> list[Plan]:
    """One plan for each body."""
    bodies = list(bodies)
    threats = _threats(bodies, published)
    return [_plan(body, threats[body.slug], published) for body in bodies]


def _threats(bodies: Iterable[Body], published: Published) -> dict[str, int]:
    """Threats of each body: a region's published number is shared out among those without one of their own."""
    numbers = {body.slug: round(min(MOST_THREATS, 6 + body.officers / 200)) for body in bodies}
    own = {body.slug: published.value(THREATS, body.slug) for body in bodies}
    numbers |= {slug: number for slug, number in own.items() if number is not None}
    for region in {body.region for body in bodies}:
        number = published.value(THREATS, region)
        if number is not None:
            members = [body for body in bodies if body.region == region]
            left = number - sum(own[body.slug] or 0 for body in members)
            numbers |= shared_out(left, {body.slug: body.officers for body in members if own[body.slug] is None})
    return numbers


def _plan(body: Body, threats: int, published: Published) -> Plan:
    invented = IN_REGION.get(body.slug) or _invented(body)
    counted = published.value(LEADS, body.slug)
    leads = {**invented.leads, **({} if counted is None else {published.year: counted})}
    return Plan(
        body=body,
        threats=threats,
        leads=leads,
        supports=invented.supports,
        mix=dict(zip(FourP, invented.mix, strict=True)),
        slowness=invented.slowness,
        published_counts={published.year: _published_four_ps(body, leads[published.year], published)},
        **_vulnerabilities(body, published),
    )


def _invented(body: Body) -> Invented:
    rng = chance("plan", body.slug)
    size = min(MOST_LEADS, 10 + body.officers / 70)
    supports = size * 0.6 if body.kind == ROCU else 0
    mix = [max(2, round(usual * rng.uniform(0.7, 1.3))) for usual in USUAL_MIX[1:]]
    return Invented(
        leads=_by_year(size * rng.uniform(0.8, 1.2)),
        mix=(100 - sum(mix), *mix),
        slowness=rng.uniform(0.6, 1.6),
        supports=_by_year(supports),
    )


def _by_year(size: float) -> dict[int, int]:
    return {2021: round(size * 0.85), 2022: round(size), 2023: round(size * 0.55)}


def _published_four_ps(body: Body, leads: int, published: Published) -> dict[FourP, int]:
    """Numbers of the published 4Ps: as counted where a count was published, else one that has the published share."""
    found = {}
    for four_p in FourP:
        count = published.value(f"{LEADS}-{four_p}", body.slug)
        share = published.value(f"{LEADS}-{four_p}-share", body.slug)
        if count is not None or share is not None:
            found[four_p] = count if count is not None else round(leads * share / 100)
    return found


def _vulnerabilities(body: Body, published: Published) -> dict[str, object]:
    figures = published.of(VULNERABILITIES, body.slug)
    if not figures:
        return {}
    first, last = figures[0], figures[-1]
    return {"vulnerabilities": first.value, "reclassified": (last.value - first.value, last.as_at)}
