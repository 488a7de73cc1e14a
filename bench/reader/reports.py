"""Reports of our own making, each with the facts that a reader should take from it, beside the passage that says them.

Those in ``reports/`` may be read by whoever writes rules of the reader; those in ``unseen/`` are for measuring alone.

A ``.report`` file is read line by line. It begins with ``file:`` (the name that its layout follows from) and perhaps
``layout:``. Then ``=`` to ``====`` begin a heading of that level, ``-`` and ``--`` an item, ``1)`` one with a number,
``| a | b |`` a row of a table (a cell ``^`` is one with that above, ``<`` with that on its left), ``[footnote 1]`` a
note; ``[box]`` and ``[/box]`` set apart what is between them, ``[contents]`` stands for the table of contents. ``#`` is
a remark; every other line is a paragraph, in which ``_words_`` are underlined. A line ``>>> kind value field=value …``
is a fact of the line before it, with ``cell=2`` of the second cell of the row, and ``>>> maybe …`` one that may be
proposed or not. All bodies are made up:
``bodies/``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("reports")
TUNING, UNSEEN = "tuning", "unseen"
FOLDERS = {TUNING: FOLDER, UNSEEN: FOLDER.with_name("unseen")}
MERGED = ("^", "<")
"""Cells that are one with the cell above, and with the one on the left."""
FIRST = {"grading": "grade", "finding": "finding_kind", "recommendation": "number", "figure": "value"}
"""The field that the word after the kind of a fact fills."""


@dataclass(frozen=True)
class Part:
    """A line of a report: ``kind`` is heading, item, step, row, note, contents or paragraph.

    ``level`` is that of a heading or item, and the number of a step or note. ``box`` numbers its box.
    """

    kind: str
    text: str
    level: int = 0
    box: int = 0

    @property
    def cells(self) -> list[str]:
        return [cell.strip() for cell in self.text.strip("|").split("|")]

    @property
    def plain(self) -> str:
        """Without what is only set: underlines, the marks of notes and of cells."""
        cells = (cell for cell in self.cells if cell not in MERGED)
        text = " ".join(cells) if self.kind == "row" else self.text
        return re.sub(r"\[\d+\]", "", text).replace("_", "")


@dataclass(frozen=True)
class Fact:
    """What a report says: its kind, its fields as words, and the passage that says it."""

    kind: str
    fields: dict[str, str]
    passage: str
    is_required: bool = True


@dataclass
class Report:
    name: str
    half: str
    layout: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def all_reports(half: str = "") -> list[Report]:
    """Those of one half, or all, in the order of their names."""
    return [
        read_report(path, each)
        for each, folder in FOLDERS.items()
        if half in ("", each)
        for path in sorted(folder.glob("*.report"))
    ]


def read_report(path: Path, half: str = TUNING) -> Report:
    report, boxes, is_boxed = Report(name=path.stem, half=half), 0, False
    for line in filter(None, map(str.strip, path.read_text().splitlines())):
        if line.startswith("#"):
            continue
        head, _, value = line.partition(": ")
        if not report.parts and head == "file":
            report.name = value
        elif not report.parts and head == "layout":
            report.layout = dict(pair.split("=") for pair in value.split())
        elif line.startswith(">>> "):
            report.facts.append(fact(line.removeprefix(">>> "), report.parts[-1]))
        elif line in ("[box]", "[/box]"):
            is_boxed = line == "[box]"
            boxes += is_boxed
        else:
            report.parts.append(part(line, boxes if is_boxed else 0))
    return report


def part(line: str, box: int) -> Part:
    if heading := re.match(r"(=+) ", line):
        return Part("heading", line[heading.end() :], len(heading[1]), box)
    if item := re.match(r"(-+) ", line):
        return Part("item", line[item.end() :], len(item[1]), box)
    if step := re.match(r"(\d+)\) ", line):
        return Part("step", line[step.end() :], int(step[1]), box)
    if note := re.match(r"\[footnote \d+\] ", line):
        return Part("note", line[note.end() :], int(re.findall(r"\d+", line)[0]), box)
    if line == "[contents]":
        return Part("contents", "Contents")
    return Part("row" if line.startswith("|") else "paragraph", line, box=box)


def fact(line: str, said_in: Part) -> Fact:
    is_required = not line.startswith("maybe ")
    kind, *words = line.removeprefix("maybe ").split()
    fields = dict(pairs(kind, words))
    cell = fields.pop("cell", None)
    passage = said_in.cells[int(cell) - 1] if cell else said_in.plain
    return Fact(kind, fields, passage, is_required)


def pairs(kind: str, words: list[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, is_named, value = word.partition("=")
        if is_named:
            yield name, value
        elif word != "words":  # a figure that is said in words has no value
            yield FIRST[kind], word
