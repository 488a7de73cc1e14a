"""Text as it is kept: what people see stays whole, what nobody sees does not get in.

Three strengths. A **text** may have several lines, a **line** is one, a **code** (a slug, an address, whatever tells
one record from another) has nothing in it that cannot be seen, so that no two look the same.

- Line ends of every kind become one, and a line has spaces in their place; spaces at both ends go.
- Control characters, halves of characters, and characters of no width go, but for joiners beside letters or pictures
  that they join, and the tags of a flag.
- Marks of direction stay where they have a meaning: in a text with letters that run from right to left, balanced on
  their line. Those that make letters run against their own direction always go: they show what is not written.
- Accents are composed (Unicode's NFC), so that "Ynys Môn" is one name however it was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db import models

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
NO_INK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters without ink: a name of them would look empty, and not be."""
BLANKS = re.compile(f"[{NO_INK}]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202d\u202e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
FLAG_OR_TAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]")
JOINERS = re.compile("[\u200c\u200d]+")
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
OPENED_BY = {"\u202c": "\u202a\u202b", "\u2069": "\u2066\u2067\u2068"}
ENDS = re.compile("^[\\s\u061c\u200c-\u200f]+|[\\s\u061c\u200e\u200f]+$")
CODES = frozenset(["reference", "ons_code"])
"""Fields, beside slugs and addresses, that tell one record from another."""


def clean_text(text: str) -> str:
    """Of several lines."""
    before = text if is_plain(text) else None
    while text != before:  # what one pass removes may bring together what the next composes or removes
        before = text
        text = UNSEEN.sub("", BLANKS.sub(" ", LINE_ENDS.sub("\n", text)))
        text = FLAG_OR_TAG.sub(lambda match: match[1] or "", text)
        text = JOINERS.sub(_joiner, unicodedata.normalize("NFC", text))
        text = ENDS.sub("", "\n".join(map(_balanced, text.split("\n"))))
    return ENDS.sub("", text)


def clean_line(text: str) -> str:
    return clean_text(clean_text(text).replace("\n", " ").replace("\t", " "))


def clean_code(text: str) -> str:
    return clean_line(DIRECTION.sub("", JOINERS.sub("", clean_line(text))))


def is_plain(text: str) -> bool:
    """Whether cleaning would change nothing but spaces at the ends; quick, so that many lines can be asked of at once.

    False is no verdict: a text of several lines, or with marks that belong there, has to be looked at.
    """
    if not text.isprintable():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not any(map(text.count, NO_INK)))


def cleaner_of(field: models.Field) -> Callable[[str], str] | None:
    """What cleans the texts of a model's field; None for a field of anything else, or of choices."""
    if field.choices or not isinstance(field, (models.CharField, models.TextField)):
        return None
    if field.name in CODES or isinstance(field, (models.SlugField, models.URLField, models.EmailField)):
        return clean_code
    return clean_text if isinstance(field, models.TextField) else clean_line


def clean_values(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a model's fields, by name, with every text among them clean."""
    cleaners = {field.name: cleaner_of(field) for field in model._meta.concrete_fields}
    return {
        name: clean(value) if isinstance(value, str) and (clean := cleaners.get(name)) else value
        for name, value in values.items()
    }


def _joiner(match: re.Match[str]) -> str:
    """The first of the joiners where a neighbour can be joined, else nothing."""
    text, before, after = match.string, match.start() - 1, match.end()
    neighbours = (text[before] if before >= 0 else "", text[after : after + 1])
    joins = any(one >= "\u0590" and unicodedata.category(one)[0] in "LMS" for one in neighbours if one)
    return match[0][0] if joins else ""


def _balanced(line: str) -> str:
    """The line with those marks of direction alone that mean something in it."""
    if not DIRECTION.search(line):
        return line
    if not any(unicodedata.bidirectional(one) in ("R", "AL") for one in line if one not in "\u061c\u200f"):
        return DIRECTION.sub("", line)
    opened: list[int] = []
    paired: set[int] = set()
    for at, one in enumerate(line):
        if one in "\u202a\u202b\u2066\u2067\u2068":
            opened.append(at)
        elif openers := OPENED_BY.get(one):
            while opened and one == "\u2069" and line[opened[-1]] not in openers:
                opened.pop()  # an isolate ends what was begun within it
            if opened and line[opened[-1]] in openers:
                paired |= {opened.pop(), at}
    return "".join(
        one for at, one in enumerate(line) if at in paired or one in "\u061c\u200e\u200f" or not DIRECTION.match(one)
    )


# The form field for text of several lines.


class TextField(forms.CharField):
    """Text of several lines, cleaned before it is measured: browsers send two characters for the end of a line."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")
