"""Search results, list by list, each hit with where the words stand in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from soc_tracker.dashboards.selectors.search import MOST_COUNTED, Found
from soc_tracker.dashboards.selectors.search_texts import Texts
from soc_tracker.lib.folding import excerpt, fold, marked, words_of
from soc_tracker.lib.tables import Column, cells

Marked = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether it is one of the words."""
LONG_TITLE = 200


@dataclass(frozen=True)
class Excerpt:
    """A text that holds words which the rest of the hit does not show."""

    label: str
    text: Marked


@dataclass(frozen=True)
class Hit:
    """One row: what it is called, what else is told of it, and where the words stand."""

    title: Marked
    url: str
    facts: Sequence[Marked]
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True)
class Group:
    """The hits of one list. ``url`` leads to the list under the same words, which ``has_more`` than is shown."""

    heading: str
    kind_of_data: str
    number: str
    hits: Sequence[Hit]
    url: str
    has_more: bool


def groups(found: Sequence[Found], text: str) -> list[Group]:
    """The lists in which anything was found."""
    return [_group(each, words_of(text)) for each in found]


def _group(found: Found, words: Sequence[str]) -> Group:
    number = f"more than {MOST_COUNTED:,}" if found.total is None else f"{found.total:,}"
    hits = [_hit(found.columns, row, found.texts.get(row.pk, ()), words) for row in found.rows]
    return Group(
        heading=found.page.title,
        kind_of_data=found.page.kind_of_data,
        number=number,
        hits=hits,
        url=found.url,
        has_more=found.total is None or found.total > len(hits),
    )


def _hit(columns: Sequence[Column], row: Any, texts: Texts, words: Sequence[str]) -> Hit:
    title, *facts = (cell for cell in cells(columns, row) if not cell.missing)
    shown = title.text if len(title.text) <= LONG_TITLE else excerpt(title.text, words, around=LONG_TITLE // 2)
    seen = "\n".join(map(fold, [shown, *(fact.text for fact in facts)]))
    return Hit(
        title=marked(shown, words),
        url=title.link or next((fact.link for fact in facts if fact.link), ""),
        facts=[marked(fact.text, words) for fact in facts],
        excerpts=list(_excerpts(texts, [word for word in words if word not in seen])),
    )


def _excerpts(texts: Texts, words: Sequence[str]) -> Iterator[Excerpt]:
    """So many excerpts that each word which is still to be shown stands in one of them."""
    left = list(words)
    for label, text in texts:
        while here := [word for word in left if word in fold(text)]:
            cut = excerpt(text, here)  # holds at least one of them
            yield Excerpt(label, marked(cut, here))
            left = [word for word in left if word not in fold(cut)]


def summary(found: Sequence[Group], text: str) -> str:
    """How much was found, in one sentence."""
    if not words_of(text):
        return f"“{text}” holds no word or number to look for."
    if not found:
        return f"Nothing holds all the words of “{text}”."
    if len(found) == 1 and found[0].number == "1":
        return f"One result for “{text}”."
    lists = "one list" if len(found) == 1 else f"{len(found)} lists"
    return f"Found in {lists}: rows that hold all the words of “{text}”."
