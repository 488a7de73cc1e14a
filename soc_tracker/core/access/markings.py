"""How sensitive a threat or a plan is, by the government's security classifications; a page shows the highest."""

from collections.abc import Iterable

from django.db import models
from django.db.models import QuerySet

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Marking(Vocabulary):
    """From the lowest up. ``meaning`` is what whoever reads what bears it may do with it."""

    meaning: str

    OFFICIAL = word("official", "OFFICIAL", meaning="For work with it; not for the public.")
    OFFICIAL_SENSITIVE = word(
        "official-sensitive", "OFFICIAL-SENSITIVE", meaning="For those alone who need to know it; not passed on."
    )


UNMARKED = Marking.OFFICIAL_SENSITIVE
"""How records are handled that bear no marking of their own, such as disruptions and orders, and counts of them."""


def marking_of_kind(kind_of_data: str) -> str:
    """Of what bears none, in words: what was published bears none, what is of the record is handled as UNMARKED."""
    return "" if kind_of_data == "published" else str(UNMARKED.label)


def marking_field() -> models.CharField:
    """OFFICIAL-SENSITIVE unless somebody has said otherwise: what nobody has judged is not taken for harmless."""
    return models.CharField(max_length=20, choices=Marking.words, default=UNMARKED, db_default=UNMARKED.value)


def highest(markings: Iterable[str]) -> str:
    """In words; "" where nothing is marked."""
    words = list(Marking)
    return str(max((Marking(each) for each in markings), key=words.index).label) if (markings := [*markings]) else ""


def highest_of(rows: QuerySet, path: str) -> str:
    """The same of all rows, whose marking stands at the path. At most as many queries as there are markings."""
    bare = rows.order_by()
    return next((str(each.label) for each in reversed(Marking) if bare.filter(**{path: each}).exists()), "")
