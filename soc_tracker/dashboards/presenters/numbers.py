"""Numbers as these pages write them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

TENTH = Decimal("0.1")


def tenths_of(number: Fraction) -> Decimal:
    """To one decimal, a half rounded away from nought."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(TENTH, ROUND_HALF_UP)


def percent_to_tenths(of_one: float) -> Decimal:
    """A share from 0 to 1 in percent, to one decimal."""
    return (Decimal(str(of_one)) * 100).quantize(TENTH, ROUND_HALF_UP)


def signed(number: int | Decimal) -> str:
    """ "+3", "−2" with a true minus sign, "0"."""
    if number == 0:
        return "0"
    return f"+{number:,}" if number > 0 else f"−{abs(number):,}"
