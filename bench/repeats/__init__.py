"""How well findings that speak of one problem are told from others, on 50 pairs of findings on record.

pairs.csv says of each pair whether an inspector would call it one problem; half of the pairs that are not share a
subject, a body or many words all the same.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from soc_tracker.core.text.gist import LIKELY, Gists, Passage

PAIRS = Path(__file__).with_name("pairs.csv")
PUBLISHED = Path(__file__).resolve().parents[2] / "fixtures" / "published"


@dataclass(frozen=True)
class Pair:
    first: str
    second: str
    is_one_problem: bool
    likeness: float

    @property
    def is_likely(self) -> bool:
        return self.likeness >= LIKELY


def passages() -> dict[str, Passage]:
    """What is on record as a shortcoming, wholly or in part, by slug."""
    rows = [row for path in sorted(PUBLISHED.rglob("findings.json")) for row in json.loads(path.read_text())]
    return {
        row["slug"]: Passage(row["title"], row["summary"], frozenset(row.get("topics") or ()))
        for row in rows
        if row["tone"] in ("shortcoming", "mixed")
    }


def labelled() -> Iterator[Pair]:
    found = passages()
    gists = Gists(found.values())
    with PAIRS.open(newline="") as file:
        for row in csv.DictReader(file):
            first, second = row["first"], row["second"]
            likeness = gists.likeness(found[first], found[second])
            yield Pair(first, second, row["one_problem"] == "yes", likeness)


@dataclass(frozen=True)
class Told:
    """What became of labelled pairs."""

    pairs: list[Pair]

    @property
    def precision(self) -> float:
        """Of the pairs that are called one problem, the share that are."""
        called = [pair for pair in self.pairs if pair.is_likely]
        return sum(pair.is_one_problem for pair in called) / len(called)

    @property
    def recall(self) -> float:
        """Of the pairs that are one problem, the share that are called so."""
        true = [pair for pair in self.pairs if pair.is_one_problem]
        return sum(pair.is_likely for pair in true) / len(true)


def in_words(told: Told) -> str:
    lines = [f"{len(told.pairs)} pairs: precision {told.precision:.3f}, recall {told.recall:.3f}. Told wrong:"]
    for pair in told.pairs:
        if pair.is_likely is not pair.is_one_problem:
            truth = "one problem" if pair.is_one_problem else "not one problem"
            lines.append(f"- {truth}, {pair.likeness:.2f}: {pair.first} / {pair.second}")
    return "\n".join(lines)
