"""References as they are compared: what differs only to the keyboard, and not to the eye, is one reference.

A key has no capitals, no signs that show nothing, one kind of hyphen and one kind of space, and none around a hyphen;
letters and digits of other widths and forms are the plain ones (Unicode's NFKC). Readers see a reference as it was
sent.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import connections, models

from soc_tracker.core.text.folding import BETWEEN, FoldedText, fill

HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣－֊᠆⸺⸻"), "-")
UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
SELECTORS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Marks and letters that show nothing, beside the kinds of character that never do."""
NOT_PLAIN = ("  ", "- ", " -", "--", "\0 ", " \0", "\t", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
AROUND_A_HYPHEN = re.compile(r"\s*-[\s-]*")


def key_of(reference: str) -> str:
    """The reference as it is compared. The key of a key is itself."""
    if reference.isascii():
        text = reference
    else:
        plain = unicodedata.normalize("NFKC", SELECTORS.sub("", reference.translate(HYPHENS))).translate(HYPHENS)
        text = "".join(one for one in plain if one.isspace() or unicodedata.category(one) not in UNSEEN)
        text = unicodedata.normalize("NFKC", text.casefold())
    return AROUND_A_HYPHEN.sub("-", " ".join(text.split())).lower()


def keys_of(references: Sequence[str]) -> list[str]:
    """The key of each; of plain ones together, many times quicker. None of them holds a NUL."""
    together = "\0".join(references)
    bounded = f"\0{together}\0"
    if together.isascii() and not any(odd in bounded for odd in NOT_PLAIN):
        return together.lower().split("\0") if references else []
    return list(map(key_of, references))


class ReferenceKey(FoldedText):
    """The key of a row's reference, by which it is looked up and by which it is one of its kind.

    Rows that had references of one key before there were keys keep what tells them apart: a number behind the key.
    """

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        super().__init__(*(sources or ("reference",)), **kwargs)

    def text_of(self, texts: Sequence[str]) -> str:
        return key_of(texts[0])

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        stored = str(getattr(model_instance, self.attname))
        key = self.text_of([str(getattr(model_instance, self.sources[0]))])
        if stored.partition(BETWEEN)[0] != key:
            setattr(model_instance, self.attname, key)
        return str(getattr(model_instance, self.attname))


def key_once(name: str, message: str) -> models.UniqueConstraint:
    """No two rows of a model have references of one key."""
    return models.UniqueConstraint(fields=["reference_key"], name=name, violation_error_message=message)


def fill_keys(rows: models.QuerySet[Any], **among: Any) -> None:
    """Give stored rows their keys. Where several ``among`` them have one, the others get a number behind it."""
    fill(rows, of=ReferenceKey)
    several = rows.filter(**among).order_by().values("reference_key").annotate(count=models.Count("pk"))
    for key in list(several.filter(count__gt=1).values_list("reference_key", flat=True)):
        own = list(rows.filter(reference_key=key, **among).order_by("pk").values_list("pk", flat=True))
        numbered = [(f"{key}{BETWEEN}{number}", pk) for number, pk in enumerate(own[1:], 2)]
        with connections[rows.db].cursor() as cursor:
            cursor.executemany(f"UPDATE {rows.model._meta.db_table} SET reference_key = %s WHERE id = %s", numbered)  # noqa: S608  names of our own
