"""From a cell to a value. Every parser raises ValueError for what it does not understand, blank cells included."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Choices

from soc_tracker.lib.imports.cells import Cell, as_text
from soc_tracker.lib.imports.headings import plain

ChoiceT = TypeVar("ChoiceT", bound=Choices)
NUMBER = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,30})(\.[0-9]{1,30})?(e[-+][0-9]{1,3})?")
"""The last part is how Python shows very large and very small ones."""
YES = {"yes", "y", "true", "t", "1"}
NO = {"no", "n", "false", "f", "0"}


def optional(parse: Callable[[Cell], Any], blank: Any = None) -> Callable[[Cell], Any]:
    """The same parser, for a column that may be left empty: it then gives ``blank``."""

    def parse_unless_blank(cell: Cell) -> Any:
        return blank if not as_text(cell).strip() else parse(cell)

    return parse_unless_blank


def parse_choice(choices: type[ChoiceT], synonyms: Mapping[str, ChoiceT] | None = None) -> Callable[[Cell], ChoiceT]:
    """One of a Choices class by its value, label or a synonym, whatever the case, spaces, hyphens and underscores."""
    known = {plain(str(words)): choice for choice in choices for words in (choice.value, choice.label)}
    known |= {plain(words): choice for words, choice in (synonyms or {}).items()}

    def parse(cell: Cell) -> ChoiceT:
        try:
            return known[plain(as_text(cell))]
        except KeyError:
            raise ValueError(cell) from None

    return parse


def one_of(choices: Any) -> str:
    """What ``parse_choice`` expects, in words: "Pursue, Prevent, Protect or Prepare"."""
    *others, last = (str(choice.label) for choice in choices)
    return f"{', '.join(others)} or {last}" if others else last


def parse_number(
    low: Decimal | int | None = None, high: Decimal | int | None = None, places: int | None = None
) -> Callable[[Cell], Decimal]:
    """A number from ``low`` to ``high``, both included, with at most so many decimal places; "1,234" is understood."""

    def parse(cell: Cell) -> Decimal:
        number = _number(cell)
        _, _, exponent = number.normalize().as_tuple()
        too_fine = places is not None and isinstance(exponent, int) and -exponent > places
        if too_fine or (low is not None and number < low) or (high is not None and number > high):
            raise ValueError(cell)
        return number

    return parse


def _number(cell: Cell) -> Decimal:
    """A spreadsheet keeps 15 digits; what stands behind them comes from reckoning in binary."""
    text = f"{cell:.15g}" if isinstance(cell, float) else as_text(cell).strip()
    if not NUMBER.fullmatch(text):
        raise ValueError(cell)
    return Decimal(text.replace(",", ""))


def parse_yes_no(cell: Cell) -> bool:
    """Yes or no, true or false, 1 or 0, or their first letters, in any case."""
    word = as_text(cell).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(cell)
