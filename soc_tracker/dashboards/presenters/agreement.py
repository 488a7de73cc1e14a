"""Whether a recorded value satisfies what was published: its number, its rounding and its words."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from inspections.choices import Qualifier, Unit
from inspections.models import PublishedFigure

Rule = Callable[[Fraction, Fraction, Fraction], bool]


def agrees(figure: PublishedFigure, recorded: Fraction) -> bool:
    """``recorded`` is in the figure's unit; for a percent, and for words such as "a third", from 0 to 1."""
    qualifier = Qualifier(figure.qualifier)
    if figure.value is None or figure.step is None:
        return WORDS[qualifier](recorded)
    return RULES[qualifier](in_unit(figure, recorded), Fraction(figure.value), Fraction(figure.step))


def in_unit(figure: PublishedFigure, recorded: Fraction) -> Fraction:
    """A share as percent where the figure is one."""
    return recorded * 100 if figure.unit == Unit.PERCENT else recorded


def rounded(recorded: Fraction, step: Fraction) -> Fraction:
    """To the last digit that was printed, a half rounded up."""
    return math.floor(recorded / step + Fraction(1, 2)) * step


def _rounds_to_it(recorded: Fraction, value: Fraction, step: Fraction) -> bool:
    return rounded(recorded, step) == value


def _just_below(recorded: Fraction, value: Fraction, step: Fraction) -> bool:
    return value - step <= recorded < value


def _near(recorded: Fraction, value: Fraction, step: Fraction) -> bool:
    return abs(recorded - value) <= step


# "Over 3,000" is true of 3,001 and of 9,000 alike: the words are taken as they stand.
RULES: Mapping[Qualifier, Rule] = {
    Qualifier.EXACTLY: _rounds_to_it,
    Qualifier.ABOUT: _near,
    Qualifier.NEARLY: _just_below,
    Qualifier.OVER: lambda recorded, value, step: recorded > value,
    Qualifier.AT_LEAST: lambda recorded, value, step: recorded >= value,
    Qualifier.UP_TO: lambda recorded, value, step: recorded <= value,
}
WORDS: Mapping[Qualifier, Callable[[Fraction], bool]] = {
    Qualifier.MORE_THAN_A_THIRD: lambda recorded: recorded > Fraction(1, 3),
    Qualifier.MORE_THAN_DOUBLE: lambda recorded: recorded > 2,
}
