"""How well the comparison tells copies from honest likeness, on the labelled pairs."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.likeness.labelled import COPIED, HONEST, Pair
from bench.likeness.words import BODIES, PLACES, TACTICS
from soc_tracker.core.text.likeness import Apart, Phrases, Text, Texts, wording

APART = Apart(names=Phrases((*PLACES, *BODIES)), menu=Phrases(TACTICS))
"""The places, bodies and tactics that are on record; some of the pairs written by hand name others."""


@dataclass(frozen=True)
class Told:
    """What became of the labelled pairs. ``by_kind`` has how many were called alike, and of how many."""

    by_kind: dict[str, tuple[int, int]]
    wrong: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        """Of the pairs that are called alike, the share that were copied."""
        return self._alike(COPIED) / self._alike((*COPIED, *HONEST))

    @property
    def recall(self) -> float:
        """Of the pairs that were copied, the share that are called alike."""
        return self._alike(COPIED) / sum(self.by_kind[kind][1] for kind in COPIED)

    def _alike(self, kinds: Iterable[str]) -> int:
        return sum(self.by_kind[kind][0] for kind in kinds)


def tell(pairs: Iterable[Pair]) -> Told:
    found = [(pair, is_alike(pair)) for pair in pairs]
    by_kind = {}
    for kind in (*COPIED, *HONEST):
        of_kind = [alike for pair, alike in found if pair.kind == kind]
        by_kind[kind] = (sum(of_kind), len(of_kind))
    return Told(by_kind, tuple(pair for pair, alike in found if alike is not pair.is_copied))


def is_alike(pair: Pair) -> bool:
    first, second = (Text(0, number, wording(text, APART)) for number, text in enumerate((pair.first, pair.second)))
    return bool(Texts([first, second]).alike(first))


def in_words(told: Told) -> str:
    """The counts of each kind, precision and recall, and the pairs that are told wrong."""
    lines = ["| kind | nearly word for word? | pairs | called alike |", "| --- | --- | --- | --- |"]
    for kind, (alike, pairs) in told.by_kind.items():
        lines.append(f"| {kind.replace('_', ' ')} | {'yes' if kind in COPIED else 'no'} | {pairs} | {alike} |")
    lines += ["", f"Precision {told.precision:.3f}, recall {told.recall:.3f}. Told wrong:"]
    lines += [f"- {pair.kind.replace('_', ' ')}: “{pair.first}” / “{pair.second}”" for pair in told.wrong]
    return "\n".join(lines) + "\n"
