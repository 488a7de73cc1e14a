"""The disruptions of each body, as the second extract has them and as the first had them."""

import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, groupby

from disruptions.choices import FourP, Involvement, Size
from soc_tracker.demo.files import FIRST_DAY, LAST_DAY, chance, picked, rows_of, words
from soc_tracker.demo.threats import Threat

SIZES = {Size.MAJOR: 5, Size.MODERATE: 25, Size.MINOR: 70}
NOT_ASSESSED_SHARE = 0.03
WEEKEND = 0.55
LATE_IN_THE_YEAR = 0.35
"""How many more there are a day at the end of a year than at its beginning, as a share."""
STRAY_SHARE = 0.004
FAVOURED = 1.6
"""A power above 1: a few threats meet most of the disruptions."""
CORRECTED = {"size": 0.05, "four_p": 0.03, "summary": 0.015, "nothing": 0.905}
MISSING = 6


@dataclass(frozen=True)
class Disruption:
    """A row of an extract of disruptions, column by column."""

    disruption_ref: str
    threat_ref: str
    organisation: str
    involvement: Involvement
    supported_organisation: str
    four_p: FourP
    assessment: Size
    activity_date: date
    recorded_date: date
    crime_type: str
    summary: str


Owned = tuple[list[Threat], list[date]]
"""The threats of a body, and the day since when each is known, the earliest first."""


class Days:
    """Days of activity of one year with the days of recording, all up to the day of the last extract."""

    def __init__(self, rng: random.Random, year: int, delay: float) -> None:
        length = min(date(year, 12, 31), LAST_DAY).timetuple().tm_yday
        self.rng, self.delay = rng, delay
        self.days = [date(year, 1, 1) + timedelta(days=place) for place in range(length)]
        growth = ((1 + LATE_IN_THE_YEAR * place / 365) for place in range(1, length + 1))
        weights = (more * (WEEKEND if day.weekday() > 4 else 1) for more, day in zip(growth, self.days, strict=True))
        self.weights = list(accumulate(weights))

    def pair(self) -> tuple[date, date]:
        """A day of activity and a day of recording; drawn again until both are in time for the last extract."""
        while True:
            activity = self.rng.choices(self.days, cum_weights=self.weights)[0]
            recorded = activity + timedelta(days=int(self.rng.gammavariate(0.9, self.delay / 0.9)))
            if recorded.weekday() > 4:
                recorded += timedelta(days=7 - recorded.weekday())
            if recorded <= LAST_DAY:
                return activity, recorded


def second_extract(first_threats: Sequence[Threat], threats: Sequence[Threat]) -> list[Disruption]:
    """All disruptions that were recorded by the day of the second extract, numbered in the order of recording.

    Numbers begin anew each year. ``first_threats`` say since when a threat is known.
    """
    since = {threat.threat_ref: threat.state_from for threat in (*threats, *first_threats)}
    of_bodies: dict[str, list[Threat]] = defaultdict(list)
    for threat in threats:
        of_bodies[threat.organisation].append(threat)
    owned: dict[str, Owned] = {}
    for body, of_body in of_bodies.items():
        of_body.sort(key=lambda threat: since[threat.threat_ref])
        owned[body] = of_body, [since[threat.threat_ref] for threat in of_body]
    made = [row for line in rows_of("disruptions") for row in _of_line(line, owned)]
    made.sort(key=lambda row: (row.recorded_date, row.activity_date, row.organisation, row.threat_ref, row.summary))
    return [
        replace(row, disruption_ref=f"DIS-DEMO-{year}-{number:05}")
        for year, of_year in groupby(made, key=lambda row: row.recorded_date.year)
        for number, row in enumerate(of_year, start=1)
    ]


def first_extract(second: Sequence[Disruption]) -> list[Disruption]:
    """What had been recorded by the first day, some of it with values that were corrected later.

    A few in support of others, which no published figure counts, are in the first extract alone.
    """
    rng = chance("first extract")
    known = []
    for row in second:
        if row.recorded_date > FIRST_DAY:
            continue
        match picked(rng, CORRECTED):
            case "size":  # not assessed yet
                first = replace(row, assessment=Size.NOT_ASSESSED)
            case "four_p":
                first = replace(row, four_p=rng.choice([four_p for four_p in FourP if four_p != row.four_p]))
            case "summary":
                first = replace(row, summary=_summary(rng, row.four_p))
            case _:
                first = row
        known.append(first)
    supports = [row for row in known if row.involvement == Involvement.SUPPORT]
    return known + [replace(row, disruption_ref=f"{row.disruption_ref}-B") for row in rng.sample(supports, MISSING)]


def _of_line(line: Mapping[str, str], owned: Mapping[str, Owned]) -> Iterator[Disruption]:
    """The disruptions of one body in one year: its lead ones, or those in support of one other body."""
    body, supported, year = line["body"], line["supported"], int(line["year"])
    rng = chance("disruptions", body, supported, year)
    days, (threats, known_since) = Days(rng, year, float(line["days_to_record"])), owned[supported or body]
    four_ps = [four_p for four_p in FourP for _ in range(int(line[four_p]))]
    sized = [(four_p, picked(rng, SIZES)) for four_p in four_ps]
    if not supported:
        not_assessed = rng.sample(four_ps, round(len(four_ps) * NOT_ASSESSED_SHARE))
        sized += [(four_p, Size.NOT_ASSESSED) for four_p in not_assessed]
    for four_p, size in sized:
        activity, recorded = days.pair()
        known = bisect(known_since, activity) or len(threats)  # so that it meets a threat of its time
        threat, is_stray = threats[int(known * rng.random() ** FAVOURED)], rng.random() < STRAY_SHARE
        yield Disruption(
            disruption_ref="",
            threat_ref=f"OCG-DEMO-9{rng.randint(0, 9999):04}" if is_stray else threat.threat_ref,
            organisation=body,
            involvement=Involvement.SUPPORT if supported else Involvement.LEAD,
            supported_organisation=supported,
            four_p=four_p,
            assessment=size,
            activity_date=activity,
            recorded_date=recorded,
            crime_type=rng.choice(threat.crime_types),
            summary=_summary(rng, four_p),
        )


def _summary(rng: random.Random, four_p: FourP) -> str:
    """What happened, in a sentence."""
    who, what = picked(rng, words("who", four_p)), picked(rng, words("what", four_p))
    return f"{who} {what}; {picked(rng, words('came of it'))}."
