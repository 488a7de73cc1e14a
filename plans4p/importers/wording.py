"""Values of plans in words, as a preview shows them."""

from datetime import date
from decimal import Decimal
from typing import Any

from disruptions.models import Threat
from soc_tracker.lib import periods
from soc_tracker.lib.imports import shown


def in_words(value: Any) -> str:
    """ "" for nothing; of a text the beginning, on one line."""
    match value:
        case None:
            return ""
        case date():
            return periods.in_words(value, periods.Precision.DAY)
        case Decimal():
            return f"{value.normalize():,f}"
        case Threat():
            return str(value.reference)
        case _:
            return shown(str(value))
