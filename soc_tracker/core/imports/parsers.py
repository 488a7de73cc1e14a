"""From a cell to a value. Every parser raises ValueError for what it does not understand, blank cells included."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Choices

from soc_tracker.core.imports.cells import Cell, RefusedCellError, TextParser, UnfitValueError, as_text, plain
from soc_tracker.core.imports.marks import AS_TEXT, MOST_DIGITS, ROUNDED
from soc_tracker.core.text.clean import clean_code

ChoiceT = TypeVar("ChoiceT", bound=Choices)
NUMBER = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,30})(\.[0-9]{1,30})?(e[-+][0-9]{1,3})?")
"""The last part is how Python shows very large and very small ones."""
YES = {"yes", "y", "true", "t", "1"}
NO = {"no", "n", "false", "f", "0"}


def optional(parse: Callable[[Cell], Any], blank: Any = None) -> Callable[[Cell], Any]:
    """The same parser, for a column that may be left empty: it then gives ``blank``."""
    return lambda cell: parse(cell) if as_text(cell).strip() else blank


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
        # A spreadsheet keeps 15 digits; what stands behind them comes from reckoning in binary.
        text = f"{cell:.15g}" if isinstance(cell, float) else as_text(cell).strip()
        if not NUMBER.fullmatch(text):
            raise ValueError(cell)
        number = Decimal(text.replace(",", ""))
        _, _, exponent = number.normalize().as_tuple()
        too_fine = places is not None and isinstance(exponent, int) and -exponent > places
        if too_fine or (low is not None and number < low) or (high is not None and number > high):
            raise UnfitValueError(cell)
        return number

    return parse


def parse_yes_no(cell: Cell) -> bool:
    """Yes or no, true or false, 1 or 0, or their first letters, in any case."""
    word = as_text(cell).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(cell)


# References. What a spreadsheet has made of one is refused, with how to mend it: nobody can tell what it was.


QUICKLY_RIGHT = 10
"""Characters from which on a reference that begins with a letter and ends with a digit is none of the damage."""
MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
IN_POWERS = f"the reference itself: the spreadsheet has made it a number in powers of ten. {AS_TEXT}"
A_DAY = f"the reference itself: the spreadsheet has made it a date. {AS_TEXT}"
DECIMAL = f"the reference itself: it has become a number with decimals. {AS_TEXT}"
APOSTROPHE = "the reference without the sign before it, which marks text in a spreadsheet. Remove the sign"
FORMULA = "the reference itself, without the formula around it. Put in the text alone"
DAMAGE = {
    re.compile(r"[0-9]+([.,][0-9]+)?E[+-][0-9]+", re.IGNORECASE): IN_POWERS,
    re.compile(rf"[0-9]{{1,2}}-{MONTH}(-[0-9]{{2,4}})?|{MONTH}-[0-9]{{2,4}}"): A_DAY,
    re.compile(r"[0-9]{1,2}/[0-9]{1,2}/([0-9]{2}|[0-9]{4})( [0-9:]+)?"): A_DAY,
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:.]+)?"): A_DAY,
    re.compile(r"[0-9]+[.,]0+"): DECIMAL,
    re.compile(r"['‘’`´ʼ＇].*"): APOSTROPHE,
    re.compile(r"=.*"): FORMULA,
}
"""What a spreadsheet or its user makes of references, whole, and what was expected instead."""


class ReferenceParser(TextParser):
    """References of at most so many characters, cleaned of what cannot be seen; none that a spreadsheet has changed."""

    looks_for_marks = False

    def __init__(self, max_length: int | None) -> None:
        super().__init__(max_length, required=True, clean=clean_code)

    def __call__(self, cell: Cell) -> str:
        match cell:
            case float() if not cell.is_integer():
                raise RefusedCellError(DECIMAL)
            case int() | float() if abs(cell) >= 10**MOST_DIGITS:
                raise RefusedCellError(ROUNDED)
            case date() | time() | timedelta():
                raise RefusedCellError(A_DAY)
        text = super().__call__(int(cell) if isinstance(cell, float) else cell)
        for damaged, expected in DAMAGE.items():
            if damaged.fullmatch(text):
                raise RefusedCellError(expected)
        return text

    def column(self, cells: Sequence[Cell]) -> list[str] | None:
        texts = super().column(cells)
        if texts is None:
            return None
        odd = {t for t in texts if len(t) < QUICKLY_RIGHT or not (t[0].isalpha() and t[-1].isdigit())}
        try:
            for text in odd:
                self(text)
        except ValueError:
            return None
        return texts
