"""Decimal numbers as they were given: the zeros that a database adds to its columns are no precision."""

from decimal import Decimal


def as_given(value: Decimal | None) -> Decimal | None:
    """Without trailing zeros: 84 for 84.00, 100 for 100.00, 13.7 for 13.70."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def as_printed(value: Decimal | None, step: Decimal | None) -> Decimal | None:
    """With as many decimals as the ``step``, the unit of the last digit printed, has: 84.0 for a step of 0.1."""
    if value is None or step is None:
        return as_given(value)
    printed = value.quantize(Decimal(1).scaleb(min(0, int(step.normalize().as_tuple().exponent))))
    return printed if printed == value else as_given(value)
