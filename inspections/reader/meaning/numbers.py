"""Numbers in a sentence, in figures or in words: where they stand, what they are, and how precisely they were given."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

ONES = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
}
SMALL = ONES | TENS | {"a": 0, "an": 0, "and": 0}
GROUPS = {"hundred": 100, "dozen": 12}
LARGE = {"thousand": 1_000, "million": 10**6, "billion": 10**9}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
}
PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "tenth": 10,
    "halves": 2,
    "thirds": 3,
    "quarters": 4,
    "fifths": 5,
    "sixths": 6,
    "sevenths": 7,
    "eighths": 8,
    "tenths": 10,
}


def either(words: object) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


UNDER_HUNDRED = rf"(?:(?:{either(TENS)})(?:[- ](?:{either(list(ONES)[1:10])}))?|{either(ONES)})"
BIG = "thousand|million|billion"
HUNDREDS = rf"(?:(?:an?|{UNDER_HUNDRED})[ -](?:hundred|dozen)(?: and {UNDER_HUNDRED})?|{UNDER_HUNDRED})"
IN_WORDS = (
    rf"(?:(?:half a|an?)[ -](?:{BIG})|{HUNDREDS}(?:[ -](?:{BIG}))?)"
    rf"(?:(?: and|,)? {HUNDREDS}[ -](?:{BIG})|(?: and)? {HUNDREDS})*"
)
IN_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?<![\w.,/-])(?<!£)(?P<figures>{IN_FIGURES})(?:\s?(?P<scale>{BIG}|bn|mn)\b|(?P<short>[mkb])\b)?(?![\w/]|[.,]\d)"
    rf"|\b(?P<words>{IN_WORDS})\b",
    re.IGNORECASE,
)
MONEY = re.compile(rf"(?P<sign>[£€$])\s?(?P<figures>{IN_FIGURES})(?:\s?(?P<scale>{BIG}|bn|mn|[mkb])\b)?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number at ``start`` to ``end`` of a text. ``step`` is the unit of its last digit that is not zero: 1000 for
    3,000 and 100000 for 13.7 million; ``is_money`` where a sign of pounds stands before it.
    """

    value: Decimal
    step: Decimal
    start: int
    end: int
    is_money: bool = False
    in_words: bool = False


def last_digit(value: Decimal) -> Decimal:
    """The unit of the last digit that is not zero: 100 of 600, 0.1 of 2.5; 1 of 0."""
    if not value:
        return Decimal(1)
    _, _, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent))


def value_of_words(words: str) -> Decimal:
    """What a number in words comes to: "two hundred and five" is 205. Raises ValueError for anything else."""
    words = words.casefold()
    if words.startswith("half a "):
        return value_of_words("a " + words.removeprefix("half a ")) / 2
    total, group = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word in LARGE:
            total, group = total + max(group, 1) * LARGE[word], 0
        elif word in GROUPS:
            group = max(group, 1) * GROUPS[word]
        elif word in SMALL:
            group += SMALL[word]
        else:
            raise ValueError(f"“{words}” is no number in words.")
    return Decimal(total + group)


def in_figures(figures: str, scale: str | None) -> Decimal:
    return Decimal(figures.replace(",", "")) * SCALES.get((scale or "").casefold(), 1)


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text, in order; a year, a date or a reference is one too, for all that is known here. "One" is a
    number only before a noun that is counted, which its reader must decide.
    """
    amounts, plain = [], []
    for match in MONEY.finditer(text):
        value = in_figures(match["figures"], match["scale"])
        is_money = match["sign"] == "£"
        amounts.append(Number(value, last_digit(value), match.start(), match.end(), is_money=is_money))
    for match in NUMBER.finditer(text):
        if not match["words"]:
            value = in_figures(match["figures"], match["scale"] or match["short"])
            plain.append(Number(value, last_digit(value), match.start(), match.end()))
            continue
        start, pieces = match.start(), [match["words"]]
        # "Seven and five" are two numbers, "a hundred and five" is one.
        if not re.search(r"hundred|dozen|thousand|million|billion", pieces[0], re.IGNORECASE):
            pieces = re.split(r"(?: and|,)? (?=[a-z])", pieces[0], flags=re.IGNORECASE)
        for piece in pieces:
            start = text.index(piece, start)
            value = value_of_words(piece)
            plain.append(Number(value, last_digit(value), start, start + len(piece), in_words=True))
            start += len(piece)
    others = [each for each in plain if not any(amount.start <= each.start < amount.end for amount in amounts)]
    return sorted([*amounts, *others], key=lambda number: number.start)


SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bno)[.!?]['’”\")]*\s+(?=[\"'‘“(]*[A-Z0-9])")


@lru_cache(maxsize=2_000)
def sentences_of(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text, each with where it begins."""
    start, sentences = 0, []
    for end in SENTENCE_END.finditer(text):
        sentences.append((start, text[start : end.end()].rstrip()))
        start = end.end()
    if text[start:].strip():
        sentences.append((start, text[start:].rstrip()))
    return tuple(sentences)
