"""Published figures beside what the record gives: whether they agree in number, rounding and words, and why not."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from inspections.choices import Comparison, UnitKind
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.dashboards.agreement.queries import RECOMPUTED, Recomputed
from soc_tracker.dashboards.record.charts import share_in_words
from soc_tracker.dashboards.words import short, signed, tenths_of

Rule = Callable[[Fraction, Fraction, Fraction], bool]


def agrees(figure: PublishedFigure, recorded: Fraction) -> bool | None:
    """``recorded`` is in the figure's unit; for a percent, and for words such as "a third", from 0 to 1.

    None where nothing says what the figure's qualifier allows.
    """
    qualifier = figure.qualifier
    is_true = COMPARISONS.get(qualifier.comparison)
    if is_true is None or (figure.value is None and not qualifier.bound):
        return None
    if figure.value is None or figure.step is None:
        return is_true(recorded, Fraction(qualifier.bound), Fraction(0))
    value, step = in_unit(figure, recorded), Fraction(figure.step)
    if figure.value_to is not None:
        return Fraction(figure.value) <= rounded(value, step) <= Fraction(figure.value_to)
    return is_true(value, Fraction(figure.value), step)


def in_unit(figure: PublishedFigure, recorded: Fraction) -> Fraction:
    """A share as percent where the figure is one."""
    return recorded * 100 if figure.unit.kind == UnitKind.PERCENT else recorded


def rounded(recorded: Fraction, step: Fraction) -> Fraction:
    """To the last digit that was printed, a half rounded up."""
    return math.floor(recorded / step + Fraction(1, 2)) * step


# "Over 3,000" is true of 3,001 and of 9,000 alike: the words are taken as they stand.
COMPARISONS: Mapping[str, Rule] = {
    Comparison.SAME: lambda recorded, value, step: rounded(recorded, step) == value,
    Comparison.NEAR: lambda recorded, value, step: abs(recorded - value) <= step,
    Comparison.JUST_BELOW: lambda recorded, value, step: value - step <= recorded < value,
    Comparison.BELOW: lambda recorded, value, step: recorded < value,
    Comparison.AT_MOST: lambda recorded, value, step: recorded <= value,
    Comparison.AT_LEAST: lambda recorded, value, step: recorded >= value,
    Comparison.ABOVE: lambda recorded, value, step: recorded > value,
}


# Published figures beside the recorded ones, in words: the difference, and what may explain it.


AGREES, DIFFERS, NOT_COMPARED = "Agrees", "Differs", "Cannot be compared"
TAGS = {AGREES: "blue", DIFFERS: "yellow", NOT_COMPARED: "none"}


@dataclass(frozen=True)
class Beside:
    """One published figure with what the record says of the same body, period and day.

    ``difference`` is recorded less published, in percentage points between percentages;
    None where the record has no answer, or the figure was published only in words.
    """

    figure: PublishedFigure
    published: str
    recorded: str
    difference: int | Decimal | None
    verdict: str
    why: str

    @property
    def difference_in_words(self) -> str:
        if self.difference is None:
            return "–"
        return (
            f"{signed(self.difference)} points"
            if self.figure.unit.kind == UnitKind.PERCENT
            else signed(self.difference)
        )


def beside(row: Recomputed) -> Beside:
    """The figure, what is recorded, how they differ, and why they agree or may not."""
    figure, published = row.figure, figure_in_words(row.figure)
    if row.recorded is None:
        why = row.missing.value if row.missing else ""
        return Beside(figure, published, "no answer", None, NOT_COMPARED, f"Because {why}.")
    recorded = f"{int(row.recorded.value):,}"
    if row.recorded.share:
        recorded = share_in_words(row.recorded.share)
    elif figure.unit.kind == UnitKind.SHARE:
        recorded = f"{tenths_of(row.recorded.value)} times as many"
    same = agrees(figure, row.recorded.value)
    if same is None:
        why = f"Because nothing says what “{figure.qualifier.label}” allows."
        return Beside(figure, published, recorded, None, NOT_COMPARED, why)
    value, printed = in_unit(figure, row.recorded.value), None if figure.value is None else Fraction(figure.value)
    difference: int | Decimal | None = None
    if printed is not None and figure.value_to is None:
        is_percent = figure.unit.kind == UnitKind.PERCENT
        difference = tenths_of(value - printed) if is_percent else int(value - printed)
    if not same:
        why = f"Perhaps because {RECOMPUTED[figure.measure.slug].differs_because}."
    elif value == printed:
        why = "The same number."
    elif printed is not None and figure.step is not None and rounded(value, Fraction(figure.step)) == printed:
        why = f"It rounds to {published}."
    else:
        why = f"It is true of the recorded number that it is {published}."
    return Beside(figure, published, recorded, difference, AGREES if same else DIFFERS, why)


ABOUT = Column("about", "About", lambda row: short(row.figure.about), lambda row: row.figure.about.get_absolute_url())
MEASURE = Column("measure", "Measure", lambda row: row.figure.measure.name)
COMPARED = (
    Column("period", "Period and day", lambda row: period_in_words(row.figure)),
    Column("published", "Published", lambda row: row.published, lambda row: row.figure.get_absolute_url()),
    Column("recorded", "Recorded", lambda row: row.recorded),
    Column(
        "difference",
        "Difference",
        lambda row: row.difference_in_words,
        files=(Column("difference", "Difference (recorded less published)", lambda row: row.difference, numeric=True),),
    ),
    Column("verdict", "Do they agree?", lambda row: row.verdict, tag=lambda row: TAGS[row.verdict]),
    Column("why", "Why", lambda row: row.why),
)
OF_ONE_BODY = (replace(MEASURE, files=(MEASURE, ABOUT)), *COMPARED)
OF_BODIES = (MEASURE, ABOUT, *COMPARED)


def agreement(rows: Iterable[Recomputed], kind: str, *, one_body: bool) -> Report:
    """Published figures with the recorded ones: each with its own period and day, whatever the page's."""
    return Report(
        slug="published-against-recorded",
        title="Published against recorded",
        kind_of_data=f"published and {kind}",
        columns=OF_ONE_BODY if one_body else OF_BODIES,
        rows=tuple(beside(row) for row in rows),
    )
