"""What a report carries besides what it says: its contents, the heads and feet of its pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inspections.reader.structure.wording import folded, is_open, plain

ENTRY = re.compile(
    r"(?P<title>\S.*?)(?:\s*\t\s*|\s*\.{3,}\s*|\s*(?:\. ){3,}\s*|\s*…+\s*| {3,})(?P<page>\d{1,4}|[ivxl]+)"
)
CONTENTS_NAMES = {"contents", "table of contents"}
FEWEST_ENTRIES = 3
FURTHEST = 3
"""Lines from one entry of the contents to the next."""
FURNITURE = re.compile(r"page \d{1,4}(?: of \d{1,4})?|.{0,80}(?:©|\(c\) (?:crown|19|20)).{0,80}", re.IGNORECASE)
"""A line that is the number of a page or says whose the copyright is."""
MOST_EDGE_LINES = 2
"""Lines at the top, and at the bottom, of a page that may be its head or foot."""


@dataclass(frozen=True)
class Contents:
    """The contents of a report: the level of each heading, by its folded text; the numbers of its entries' lines."""

    levels: dict[str, int] = field(default_factory=dict)
    entries: frozenset[int] = frozenset()


def contents_of(lines: Sequence[tuple[str, str, int]]) -> Contents:
    """The contents among lines, each with its plain text, its text as it stands and its indent.

    Entries may stand in any order. What stands once is a chief heading; what stands often, such as the questions
    asked of every body, comes below it. Counts (1, 1.2) and indents say more where there are any.
    """
    matches = {at: ENTRY.fullmatch(raw) for at, (_, raw, _) in enumerate(lines)}
    entries = {at: match for at, match in matches.items() if match and "\t" not in match["title"]}
    others = [text for at, (text, _, _) in enumerate(lines) if at not in entries]
    alone = {folded(joined(others[at : at + count])) for at in range(len(others)) for count in (1, 2, 3)}
    titles: dict[int, str] = {}
    wrapped: set[int] = set()
    for group in groups_of(entries):
        whole, begun = {at: folded(entries[at]["title"]) for at in group}, set()
        for at in group:
            longer = folded(joined([lines[at - 1][0], entries[at]["title"]])) if at and at - 1 not in entries else ""
            if whole[at] not in alone and longer in alone:
                whole[at] = longer
                begun.add(at - 1)
        if len(group) >= FEWEST_ENTRIES and sum(title in alone for title in whole.values()) * 2 >= len(group):
            titles |= whole
            wrapped |= begun
    times = Counter(titles.values())
    indents = sorted({lines[at][2] for at in titles})
    levels = {}
    for at, title in titles.items():
        count = re.match(r"\d+(\.\d+)*", plain(entries[at]["title"]))
        if count and "." in count[0]:
            levels[title] = count[0].count(".") + 1
        elif len(indents) > 1:
            levels[title] = indents.index(lines[at][2]) + 1
        else:
            levels[title] = 2 if times[title] > 1 else 1
    return Contents(levels, frozenset(wrapped.union(titles)))


def groups_of(numbers: Iterable[int]) -> list[list[int]]:
    """The numbers in groups that stand close to each other."""
    groups: list[list[int]] = []
    for number in sorted(numbers):
        if groups and number - groups[-1][-1] <= FURTHEST:
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def joined(texts: Sequence[str]) -> str:
    """Lines of a title as one, the words whole that they divide."""
    return " ".join(texts).replace("- ", "")


def running_heads(
    lines: Sequence[tuple[str, int | None]], edges: Sequence[Sequence[int]], least: int = 0
) -> frozenset[int]:
    """The numbers of the lines, each with its text and page, that are heads or feet of pages.

    They stand at the edge of a page, and at the edge of other pages too, whatever their number: of ``least`` pages, or
    of a quarter of them. ``edges`` are the lines at the top and at the bottom of each page, from the edge inwards.
    """
    furniture = {at for at, (text, _) in enumerate(lines) if FURNITURE.fullmatch(text)}
    pages = {page for _, page in lines}
    if len(pages) < 2:
        return frozenset(furniture)
    looks = Counter(look_of(lines[at][0]) for at in {at for edge in edges for at in edge})
    least = least or (max(3, len(pages) // 4) if len(pages) > 3 else 2)
    for edge in edges:
        for at in edge:
            repeats = looks[look_of(lines[at][0])] >= least and is_open(lines[at][0])
            if not repeats and at not in furniture:
                break
            furniture.add(at)
    return frozenset(furniture)


def look_of(text: str) -> str:
    """A line as it looks on any page: its numbers are left out."""
    return re.sub(r"\d+", "0", text.casefold())
