"""Signs that people and programs put where there is nothing to say, where a formula failed, and behind names."""

import re
import unicodedata
from functools import lru_cache

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
LONGEST = 24
"""Characters beyond which no text is such a sign."""


@lru_cache(maxsize=4_096)
def stands_for_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to say, such as "-", "[c]", "n/a", "TBC" or "(blank)"."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if not 0 < len(plain) <= LONGEST:
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
NOTE = re.compile(
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
        before, name = name, NOTE.sub("", name)
    return name.strip()


# What spreadsheets do to references that look like numbers, in words.


MOST_DIGITS = 15
"""That a spreadsheet keeps of a number: it makes all others 0."""
AS_TEXT = "Give the column the format “Text” in the spreadsheet, put the reference in again, and save."
ROUNDED = f"the reference itself: a spreadsheet keeps {MOST_DIGITS} digits of a number, and this has more. {AS_TEXT}"
