"""The disruptions of each body, as the second extract has them and as the first had them."""

import random
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, groupby

from disruptions.choices import FourP, Involvement, Size
from soc_tracker.demo import words
from soc_tracker.demo.bodies import Body, forces_of
from soc_tracker.demo.chance import chance, picked
from soc_tracker.demo.plans import Plan
from soc_tracker.demo.threats import Standing, Threat

SIZES = {Size.MAJOR: 5, Size.MODERATE: 25, Size.MINOR: 70}
USUAL_DELAY = 27
"""Days from a disruption to its recording, in the mean; the distribution has a long tail."""
NOT_ASSESSED_SHARE = 0.03
WEEKEND = 0.55
LATE_IN_THE_YEAR = 0.35
"""How many more there are a day at the end of a year than at its beginning, as a share."""
STRAY_SHARE = 0.004
CORRECTED = {"size": 0.05, "four_p": 0.03, "summary": 0.015, "nothing": 0.905}
MISSING = 6


@dataclass(frozen=True)
class Disruption:
    """A disruption as an extract gives it. ``reference`` is "" until all are numbered in the order of recording."""

    reference: str
    threat: str
    organisation: str
    involvement: Involvement
    supported: str
    four_p: FourP
    size: Size
    activity_date: date
    added_date: date
    crime_type: str
    summary: str


@dataclass(frozen=True)
class Owned:
    """The threats of a body by the day since when they are known, so that a disruption finds one of its time."""

    threats: list[Threat]
    days: list[date]

    def one(self, rng: random.Random, on: date) -> Threat:
        """A threat known on the day; a few of them meet most of the disruptions."""
        known = bisect(self.days, on) or len(self.threats)
        return self.threats[int(known * rng.random() ** 1.6)]


def second_extract(
    plans: Iterable[Plan], standings: dict[str, Standing], bodies: Sequence[Body], last_day: date
) -> list[Disruption]:
    """All disruptions that were recorded by the day of the second extract, in the order of recording."""
    owned = {slug: _owned(standing) for slug, standing in standings.items()}
    rows = [row for plan in plans for row in _of_body(plan, owned, bodies, last_day)]
    rows.sort(key=lambda row: (row.added_date, row.activity_date, row.organisation, row.threat, row.summary))
    return list(_numbered(rows))


def first_extract(second: Sequence[Disruption], first_day: date, region: set[str]) -> list[Disruption]:
    """What had been recorded by the first day, some of it with values that were corrected later.

    A few disruptions outside the region (its bodies by name) are in the first extract alone.
    """
    rng = chance("first extract")
    known = [_before_correction(rng, row) for row in second if row.added_date <= first_day]
    elsewhere = [row for row in known if row.organisation not in region]
    return known + [replace(row, reference=f"{row.reference}-B") for row in rng.sample(elsewhere, MISSING)]


def _owned(standing: Standing) -> Owned:
    since = {threat.reference: threat.state_from for threat in (*standing.second, *standing.first)}
    threats = sorted(standing.second, key=lambda threat: since[threat.reference])
    return Owned(threats, [since[threat.reference] for threat in threats])


def _of_body(plan: Plan, owned: dict[str, Owned], bodies: Sequence[Body], last_day: date) -> Iterator[Disruption]:
    rng = chance("disruptions", plan.body.slug)
    supported = forces_of(plan.body.region, bodies)
    for year in plan.leads:
        days = Days(rng, year, last_day, plan.slowness)
        four_ps = [four_p for four_p, number in plan.four_ps(year).items() for _ in range(number)]
        for four_p in four_ps:
            yield _lead(rng, plan.body, owned[plan.body.slug], four_p, picked(rng, SIZES), days)
        for four_p in rng.sample(four_ps, round(len(four_ps) * NOT_ASSESSED_SHARE)):
            yield _lead(rng, plan.body, owned[plan.body.slug], four_p, Size.NOT_ASSESSED, days)
        for _ in range(plan.supports.get(year, 0)):
            helped = rng.choice(supported)
            row = _lead(rng, plan.body, owned[helped.slug], picked(rng, plan.mix), picked(rng, SIZES), days)
            yield replace(row, involvement=Involvement.SUPPORT, supported=helped.name)


def _lead(rng: random.Random, body: Body, owned: Owned, four_p: FourP, size: Size, days: "Days") -> Disruption:
    activity, added = days.pair()
    threat = owned.one(rng, activity)
    stray = rng.random() < STRAY_SHARE
    return Disruption(
        reference="",
        threat=f"OCG-DEMO-9{rng.randint(0, 9999):04}" if stray else threat.reference,
        organisation=body.name,
        involvement=Involvement.LEAD,
        supported="",
        four_p=four_p,
        size=size,
        activity_date=activity,
        added_date=added,
        crime_type=rng.choice(threat.crime_types),
        summary=words.summary(rng, four_p),
    )


class Days:
    """Days of activity of one year with the days of recording, all up to the day of the last extract."""

    def __init__(self, rng: random.Random, year: int, last_day: date, slowness: float) -> None:
        last = min(date(year, 12, 31), last_day)
        self.days = [date(year, 1, 1) + timedelta(days=n) for n in range(last.timetuple().tm_yday)]
        self.weights = list(accumulate(_weight(day) for day in self.days))
        self.rng, self.last_day, self.delay = rng, last_day, USUAL_DELAY * slowness

    def pair(self) -> tuple[date, date]:
        """A day of activity and a day of recording; drawn again until both are in time for the last extract."""
        while True:
            activity = self.rng.choices(self.days, cum_weights=self.weights)[0]
            added = _working_day(activity + timedelta(days=int(self.rng.gammavariate(0.9, self.delay / 0.9))))
            if added <= self.last_day:
                return activity, added


def _weight(day: date) -> float:
    growth = 1 + LATE_IN_THE_YEAR * day.timetuple().tm_yday / 365
    return growth * (WEEKEND if day.weekday() > 4 else 1)


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _numbered(rows: Iterable[Disruption]) -> Iterator[Disruption]:
    """References in the order of recording, beginning anew each year."""
    for year, of_year in groupby(rows, key=lambda row: row.added_date.year):
        for number, row in enumerate(of_year, start=1):
            yield replace(row, reference=f"DIS-DEMO-{year}-{number:05}")


def _before_correction(rng: random.Random, row: Disruption) -> Disruption:
    """The row as it was first recorded: some were not assessed yet, under another 4P, or told otherwise."""
    match picked(rng, CORRECTED):
        case "size":
            return replace(row, size=Size.NOT_ASSESSED)
        case "four_p":
            return replace(row, four_p=rng.choice([four_p for four_p in FourP if four_p != row.four_p]))
        case "summary":
            return replace(row, summary=words.summary(rng, row.four_p))
        case _:
            return row
