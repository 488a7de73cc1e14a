"""From a cell to a value. Every parser raises ValueError for what it does not understand, blank cells included.

A sign that stands for nothing, such as "n/a", is no value; nor is what a spreadsheet shows where a formula failed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast

from django.db.models import Choices

from soc_tracker.core.imports.cells import Cell, Fault, Field, as_text, in_message, plain
from soc_tracker.core.text.normal import clean_code, clean_line, clean_text, is_plain

ChoiceT = TypeVar("ChoiceT", bound=Choices)


class RefusedCellError(ValueError):
    """A cell is refused for a reason of its own. The text says what was expected and how to mend it; where it ``adds``,
    it goes on from what the column expects.
    """

    def __init__(self, expected: str, *, adds: bool = False) -> None:
        super().__init__(expected)
        self.adds = adds


class UnfitValueError(ValueError):
    """A cell is understood, and its value is none that can stand there: also a 0 is then no sign for nothing."""


# Signs that people and programs put where there is nothing to say, where a formula failed, and behind names.


ONE_WORD = """
0 00 0.0 0.00 0% 0000-00-00 00/00/0000
na nk nr nil null nan none nul nothing void nilreturn tbc tba tbd blank empty missing pending awaited awaiting unknown
undefined unspecified unstated unavailable unrecorded undetermined unassigned withheld redacted suppressed
"""
NOTHING = frozenset(ONE_WORD.split()) | {
    *("not known", "not stated", "not given", "not specified", "not recorded", "not provided", "not available"),
    *("not applicable", "not assigned", "not entered", "not supplied", "not set", "not yet known", "not held"),
    *("no data", "no value", "no entry", "no information", "to be confirmed", "to be advised", "to be determined"),
    *("to be decided", "date not stated", "please select", "select", "choose an item", "dont know"),
}
"""In plain words: without capitals, dots, strokes and brackets."""
SIGNS = re.compile(r"[-‐‑‒–—―−.·•…*:?~/\\_+^†‡|=#\s]{1,12}")
SHORTHAND = re.compile(r"\[\s*[a-z]{1,3}[0-9]?\s*\]|\(\s*[a-z]\s*\)|\[\s*low\s*\]")
"""As statistics print it: [c] is withheld, [x] not available, [z] not applicable."""
BRACKETS = re.compile(r"^[\[(<{]+\s*|\s*[\])>}]+$")
STROKES = str.maketrans({"/": " ", "\\": " ", ".": "", "'": "", "’": ""})
FAILED = re.compile(r"#(ref|div/0|value|name|num|null|spill|calc|getting_data|field|blocked|error)[!?]?|err:[0-9]{3}")
"""What spreadsheets show where a formula failed; #N/A says that something is not available."""
LONGEST_SIGN = 24
"""Characters beyond which no text is such a sign."""


@lru_cache(maxsize=4_096)
def stands_for_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to say, such as "-", "[c]", "n/a", "TBC" or "(blank)"."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if not 0 < len(plain) <= LONGEST_SIGN:
        return False
    if SIGNS.fullmatch(plain) or SHORTHAND.fullmatch(plain) or plain in NOTHING:
        return True
    bare = BRACKETS.sub("", plain.lstrip("#")).translate(STROKES)
    words = " ".join(bare.split())
    return words in NOTHING or words.replace(" ", "") in NOTHING


@lru_cache(maxsize=4_096)
def is_failed(text: str) -> bool:
    """Whether a formula of the spreadsheet failed, such as "#REF!"."""
    return FAILED.fullmatch(text.strip().casefold()) is not None


CALLED = r"(?:(?:see )?(?:foot)?notes?[ .:]*)?"
ONE_NOTE = rf"{CALLED}(?:[0-9]{{1,2}}|[a-z][0-9]?)"
BEHIND_A_NAME = re.compile(
    rf"\s*(?:\[\s*{ONE_NOTE}(?:\s*[,;&]\s*{ONE_NOTE}|\s+{ONE_NOTE})*\s*\]"
    rf"|\(\s*{ONE_NOTE}(?:\s*[,;&]\s*{ONE_NOTE}|\s+{ONE_NOTE})*\s*\)"
    r"|[\[(]\s*(?:revised|provisional|estimated?|corrected)\s*[\])]|(?<=\s)(?:see )?(?:foot)?notes?[ .:]*[0-9]{1,2}"
    r"|[¹²³⁰⁴-⁹ᵃ-ᵛ]+|(?<=[a-z.)])[0-9]{1,2}(?:[,;][0-9]{1,2})*|(?<=\s)[0-9]{1,2}|\*+|[†‡§¶#^]+|[,;:])\s*$",
    re.IGNORECASE,
)
"""A mark behind a name that leads to a note: "Felpersham [note 2]", "Felpersham2" or "(r)"."""


def without_notes(name: str) -> str:
    """The name without the marks of notes behind it."""
    before = ""
    while name != before:
        before, name = name, BEHIND_A_NAME.sub("", name)
    return name.strip()


# Texts that differ from row to row: references, names, summaries.


@dataclass(frozen=True)
class TextParser:
    """Text cleaned by ``clean``; a number typed where text belongs is text too. None: of any length.

    A sign that stands for nothing is no text, and neither is what a spreadsheet shows for a formula that failed; but
    prose says what it says.
    """

    max_length: int | None
    required: bool
    clean: Callable[[str], str]
    is_prose: bool = False
    looks_for_marks: ClassVar[bool] = True
    """Whether a column is looked through for signs for nothing; one that has a quicker way looks by itself."""

    def __call__(self, cell: Cell) -> str:
        text = self.clean(as_text(cell))
        if not self.is_prose and (is_failed(text) or stands_for_nothing(text)):
            raise ValueError(text)
        if (self.required and not text) or (self.max_length is not None and len(text) > self.max_length):
            raise ValueError(text)
        return text

    def column(self, cells: Sequence[Cell]) -> list[str] | None:
        """A whole column, several times quicker. None: not every cell is a text that is right."""
        try:
            texts = list(map(str.strip, cast(Sequence[str], cells)))
        except TypeError:  # a number or a date
            return None
        if not is_plain("".join(texts)):
            texts = list(map(self.clean, texts))
        if self.required and "" in texts:
            return None
        is_looked_through = self.looks_for_marks and not self.is_prose
        short = {text for text in texts if 0 < len(text) <= LONGEST_SIGN} if is_looked_through else set()
        if any(stands_for_nothing(text) or is_failed(text) for text in short):
            return None
        return texts if self.max_length is None or max(map(len, texts), default=0) <= self.max_length else None


def parse_text(
    max_length: int | None,
    *,
    required: bool = True,
    clean: Callable[[str], str] | None = None,
    is_prose: bool = False,
) -> TextParser:
    """Of any length, text may have several lines; of a limited one, it is one line, unless ``clean`` says otherwise."""
    return TextParser(max_length, required, clean or (clean_line if max_length else clean_text), is_prose)


# Choices, numbers, yes and no.


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


MOST_DIGITS = 15
"""That a spreadsheet keeps of a number: it makes all others 0."""
AS_TEXT = "Give the column the format “Text” in the spreadsheet, put the reference in again, and save."
ROUNDED = f"the reference itself: a spreadsheet keeps {MOST_DIGITS} digits of a number, and this has more. {AS_TEXT}"
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


# The cells of one column, parsed: each different cell once.


MOST_REMEMBERED = 20_000
"""Different cells that a memo holds before it starts afresh: about 3 MB of short texts."""


class Memo(dict[Cell, Any]):
    """From cell to parsed value, at the speed of a dictionary. A cell that cannot be parsed becomes a Fault; one of the
    ``marks`` that stand for nothing becomes what an empty cell is, where the column takes one.

    Use one for each column of one file::

        memo = Memo(field, heading)
        values = memo.column(chunk.columns[place])
        if memo.faulty:  # some cell of this column, in this chunk or an earlier one
            faults = [(line, v) for line, v in zip(chunk.lines, values) if type(v) is Fault]
    """

    def __init__(self, field: Field, heading: str = "", most: int = MOST_REMEMBERED) -> None:
        super().__init__()
        self.faulty = False
        self.marks: set[Cell] = set()
        self._field, self._heading, self._most = field, heading or field.heading, most

    def column(self, cells: Sequence[Cell]) -> list[Any]:
        """All cells parsed; texts, which differ from row to row, together while none of them is wrong."""
        parse = self._field.parse
        texts = parse.column(cells) if isinstance(parse, TextParser) else None
        return list(map(self.__getitem__, cells)) if texts is None else texts

    def __missing__(self, cell: Cell) -> Any:
        if len(self) >= self._most:
            self.clear()
        try:
            self[cell] = value = self._field.parse(cell)
            return value
        except ValueError as error:
            refusal = error
        expected, text = self._field.expected, as_text(cell)
        if isinstance(refusal, RefusedCellError):
            expected = f"{expected}{refusal}" if refusal.adds else str(refusal)
        elif stands_for_nothing(text) and not isinstance(refusal, UnfitValueError):
            with suppress(ValueError):
                self[cell] = value = self._field.parse("")
                self.marks.add(cell)
                return value
            expected += "; this stands for nothing"
        elif is_failed(text):
            expected += "; a formula of the spreadsheet has failed here"
        self.faulty = True
        self[cell] = fault = Fault(self._heading, in_message(cell), expected)
        return fault
