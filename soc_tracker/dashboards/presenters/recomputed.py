"""Published figures beside the recorded ones, in words: the difference, and what may explain it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from inspections.choices import Unit
from inspections.models import PublishedFigure
from inspections.presenters import figure_in_words, period_in_words
from soc_tracker.dashboards.presenters.agreement import agrees, in_unit, rounded
from soc_tracker.dashboards.presenters.names import short
from soc_tracker.dashboards.presenters.numbers import signed, tenths_of
from soc_tracker.dashboards.presenters.record import share_in_words
from soc_tracker.dashboards.selectors.recomputed import RECOMPUTED, Recomputed, Recorded
from soc_tracker.lib.tables import Column

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
        return f"{signed(self.difference)} points" if self.figure.unit == Unit.PERCENT else signed(self.difference)


def beside(row: Recomputed) -> Beside:
    figure, published = row.figure, figure_in_words(row.figure)
    if row.recorded is None:
        why = row.missing.value if row.missing else ""
        return Beside(figure, published, "no answer", None, NOT_COMPARED, f"Because {why}.")
    value = row.recorded.value
    same = agrees(figure, value)
    return Beside(
        figure=figure,
        published=published,
        recorded=_recorded(row.recorded, figure),
        difference=_difference(figure, value),
        verdict=AGREES if same else DIFFERS,
        why=_why_it_agrees(figure, value, published) if same else _why_it_differs(figure),
    )


def _recorded(recorded: Recorded, figure: PublishedFigure) -> str:
    if recorded.share:
        return share_in_words(recorded.share)
    if figure.unit == Unit.SHARE:
        return f"{tenths_of(recorded.value)} times as many"
    return f"{int(recorded.value):,}"


def _difference(figure: PublishedFigure, recorded: Fraction) -> int | Decimal | None:
    if figure.value is None:
        return None
    difference = in_unit(figure, recorded) - Fraction(figure.value)
    return tenths_of(difference) if figure.unit == Unit.PERCENT else int(difference)


def _why_it_agrees(figure: PublishedFigure, recorded: Fraction, published: str) -> str:
    value = in_unit(figure, recorded)
    if figure.value is not None and value == Fraction(figure.value):
        return "The same number."
    if figure.value is not None and figure.step is not None and rounded(value, Fraction(figure.step)) == figure.value:
        return f"It rounds to {published}."
    return f"It is true of the recorded number that it is {published}."


def _why_it_differs(figure: PublishedFigure) -> str:
    return f"Perhaps because {RECOMPUTED[figure.measure.slug].differs_because}."


MEASURE = Column("measure", "Measure", lambda row: row.figure.measure.name)
ABOUT = Column("about", "About", lambda row: short(row.figure.about), lambda row: row.figure.about.get_absolute_url())
DIFFERENCE = Column("difference", "Difference (recorded less published)", lambda row: row.difference, numeric=True)
OF_ONE_BODY = (
    MEASURE,
    Column("period", "Period and day", lambda row: period_in_words(row.figure)),
    Column("published", "Published", lambda row: row.published, lambda row: row.figure.get_absolute_url()),
    Column("recorded", "Recorded", lambda row: row.recorded),
    Column("difference", "Difference", lambda row: row.difference_in_words),
    Column("verdict", "Do they agree?", lambda row: row.verdict, tag=lambda row: TAGS[row.verdict]),
    Column("why", "Why", lambda row: row.why),
)
OF_BODIES = (MEASURE, ABOUT, *OF_ONE_BODY[1:])
IN_A_FILE = tuple(DIFFERENCE if column.key == DIFFERENCE.key else column for column in OF_BODIES)
