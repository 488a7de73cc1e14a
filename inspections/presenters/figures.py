"""Published figures in words: nothing added to what was printed, nothing lost."""

from decimal import Decimal

from inspections.choices import Qualifier, Unit
from inspections.models import PublishedFigure
from soc_tracker.lib.periods import Precision, in_words, to_words

MILLION = Decimal(1_000_000)
# A figure of millions that was printed to the last few pounds reads better in full.
FINEST_STEP_IN_MILLIONS = Decimal(10_000)


def figure_in_words(figure: PublishedFigure) -> str:
    """The figure as published: qualifier, value with no more digits than were printed, unit.

    "118", "over 3,000", "84 percent", "£13.7 million", "more than a third".
    """
    qualifier = Qualifier(figure.qualifier)
    if figure.value is None or figure.step is None:
        return qualifier.label
    words = _value_in_words(figure.value, figure.step, Unit(figure.unit))
    return words if qualifier == Qualifier.EXACTLY else f"{qualifier.label} {words}"


def period_in_words(figure: PublishedFigure) -> str:
    """The period that the figure covers and the day as at which it holds, or "period not stated"."""
    period = figure.period_words or to_words(figure.period_from, figure.period_to)
    as_at = f"as at {in_words(figure.as_at, Precision.DAY)}" if figure.as_at else ""
    return ", ".join(part for part in (period, as_at) if part) or "period not stated"


def step_in_words(figure: PublishedFigure) -> str:
    """How coarsely it was printed: "the nearest £100,000"; "" for whole units and for figures only in words."""
    if figure.step is None or figure.step == 1:
        return ""
    return f"the nearest {_value_in_words(figure.step, figure.step, Unit(figure.unit))}"


def _value_in_words(value: Decimal, step: Decimal, unit: Unit) -> str:
    number = _grouped(value, step)
    match unit:
        case Unit.POUNDS:
            return _pounds(value, step)
        case Unit.RANK:
            return _ordinal(int(value))
        case Unit.PERCENT:
            return f"{number} percent"
        case Unit.TONNES | Unit.YEARS:
            return f"{number} {unit.label.removesuffix('s') if value == 1 else unit.label}"
        case _:
            return number


def _pounds(value: Decimal, step: Decimal) -> str:
    if value >= MILLION and step >= FINEST_STEP_IN_MILLIONS:
        return f"£{_grouped(value / MILLION, step / MILLION)} million"
    return f"£{_grouped(value, step)}"


def _grouped(value: Decimal, step: Decimal) -> str:
    """The value with thousands separators and as many decimals as its step has: 13.7 for a step of 0.1."""
    decimals = max(0, -int(Decimal(step).normalize().as_tuple().exponent))
    return f"{value:,.{decimals}f}"


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
