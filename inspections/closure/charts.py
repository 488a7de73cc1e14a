"""Time to closure, what was done in time, and topics over time, as tables and charts."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from inspections.closure.queries import YEARS, Cohort, OnTopic
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.charts import lines_down
from soc_tracker.core.reports.report import several
from soc_tracker.core.stats.histories import Done
from soc_tracker.core.stats.shares import whole_percent, wilson
from soc_tracker.core.stats.survival import Survival
from soc_tracker.core.text.days import in_words

A_YEAR = 365
NOT_REACHED, NOT_KNOWN = "not reached", "not known yet"
FEW = 10
"""Of fewer, one more or less moves a share by more than ten points: no curve is drawn."""
CENSORED = "Kaplan–Meier, with 95 % intervals: what is open still counts as open for as long as it has been."
NONE = "Nothing was published by then."


def time_to_closure(cohorts: Sequence[Cohort], day: date, *, slug: str, heading: str, title: str) -> Report:
    """``heading`` is what the cohorts are of, such as the year of publication."""
    rows = list(cohorts)
    drawn = [(each.name, points_of(each.survival)) for each in rows if each.survival.n >= FEW]
    return Report(
        slug=slug,
        title=title,
        kind_of_data=PUBLISHED,
        columns=(
            Column("name", heading, lambda row: row.name),
            Column("n", "Published", lambda row: row.survival.n, numeric=True),
            Column("closed", "Closed", lambda row: row.survival.ended, numeric=True),
            Column(
                "median",
                "Half closed after (days)",
                lambda row: NOT_REACHED if row.survival.median is None else row.survival.median,
                numeric=True,
            ),
            *(closed_by(years) for years in YEARS),
            Column("longest", "Known for at most (days)", lambda row: row.survival.longest, numeric=True),
        ),
        rows=rows,
        figure=lines_down(drawn, "Years since publication", "Open still") if drawn else None,
        sentence=in_sentence(rows[-1].survival, day) if rows else "",
        notes=(
            CENSORED,
            *([f"Under {FEW} in number, no curve is drawn."] if len(drawn) < len(rows) else []),
        ),
        none=NONE,
    )


def in_sentence(survival: Survival, day: date) -> str:
    """What holds of all, in a sentence."""
    days = survival.median
    half = "half are not closed yet" if days is None else f"half were closed after {days:,} days"
    return f"As at {in_words(day)}, {survival.ended:,} of {survival.n:,} are closed; by this estimate, {half}."


def closed_by(years: int) -> Column:
    """The share closed after so many years, with its interval."""

    def words(row: Cohort) -> str:
        share = row.survival.still_open(years * A_YEAR)
        if share is None:
            return NOT_KNOWN
        steps = [step for step in row.survival.steps if step.days <= years * A_YEAR]
        if not steps:
            return "0%"
        between = steps[-1].interval
        low, high = whole_percent(1 - between.high), whole_percent(1 - between.low)
        return f"{whole_percent(1 - share)}% ({low} to {high})"

    return Column(f"by_{years}", f"Closed after {several(years, 'year')}", words, numeric=True)


def points_of(survival: Survival) -> list[tuple[float, float]]:
    """The curve: years and the share that is open still, from the beginning to the longest that is known."""
    points = [(0.0, 1.0), *((step.days / A_YEAR, step.still_open) for step in survival.steps)]
    return [*points, (survival.longest / A_YEAR, points[-1][1])]


def done_in_time(cohorts: Sequence[Cohort], day: date) -> Report:
    """Of what is old enough, how much was done within 1, 2 and 4 years of publication."""
    return Report(
        slug="done",
        title="Done within 1, 2 and 4 years",
        kind_of_data=PUBLISHED,
        columns=(
            Column("name", "Published in", lambda row: row.name),
            Column("n", "Published", lambda row: row.survival.n, numeric=True),
            *(done_after(place) for place in range(len(YEARS))),
        ),
        rows=list(cohorts),
        sentence=f"As at {in_words(day)}; closed as done, not as superseded." if cohorts else "",
        notes=("Only what was published so many years ago, or earlier, counts. With 95 % intervals (Wilson).",),
        none=NONE,
    )


def done_after(place: int) -> Column:
    years = YEARS[place]

    def counted(value: Callable[[Done], Any]) -> Callable[[Cohort], Any]:
        return lambda row: value(row.done[place])

    def words(done: Done) -> str:
        interval = wilson(done.x, done.n)
        if interval is None:
            return "none is old enough"
        low, high = whole_percent(interval.low), whole_percent(interval.high)
        return f"{done.x:,} of {done.n:,}: {whole_percent(done.x / done.n)}% ({low} to {high})"

    heading, old = f"Done within {several(years, 'year')}", f"Old enough for {several(years, 'year')}"
    return Column(
        f"done_{years}",
        heading,
        counted(words),
        numeric=True,
        files=(
            Column(f"done_{years}", heading, counted(lambda done: done.x if done.n else None), numeric=True),
            Column(f"of_{years}", old, counted(lambda done: done.n), numeric=True),
        ),
    )


def topics_over(rows: Sequence[OnTopic], names: Sequence[str], *, slug: str, title: str, note: str) -> Report:
    """How many bodies and regions, topic by topic, in each of the columns ``names``."""

    def number(place: int) -> Callable[[OnTopic], int]:
        return lambda row: len(row.bodies[place])

    columns = [Column(f"at_{place}", name, number(place), numeric=True) for place, name in enumerate(names)]
    return Report(
        slug=slug,
        title=title,
        kind_of_data=PUBLISHED,
        columns=(Column("topic", "Topic", lambda row: row.topic), *columns),
        rows=list(rows),
        notes=(note,),
        none="Nothing that has a topic is open.",
    )
