"""How well the comparison tells copies from honest likeness, on the labelled pairs."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.databases import MEGABYTE, NAMES, databases, new_database, prepare, run
from bench.likeness.texts import ACTIONS_OF_A_PLAN, COPIED, HONEST, Pair
from bench.likeness.words import BODIES, PLACES, TACTICS
from bench.loading import idle
from bench.table import Row
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


# How long it takes to compare all plans with each other, and how much memory.


SECONDS = 60
"""The most that the plans of the whole country may take in the background."""


def measure_comparing(vendor: str, plans: int, folder: Path) -> list[Row]:
    """Fill a new database and run ``manage.py compare_plans`` over it, from its start to its end."""
    with databases(vendor, folder) as place:
        url = new_database(place, "plans")
        prepare(url)
        run(url, "-m", "bench.likeness.fill", str(plans))
        before, compared = idle(url), run(url, "manage.py", "compare_plans")
    print(compared.last_line)
    what = f"comparing {plans:,} plans with {ACTIONS_OF_A_PLAN} actions each"
    return [
        Row(what, NAMES[vendor], compared.seconds, "s", most=SECONDS),
        Row(f"memory of {what} over idle", NAMES[vendor], (compared.peak - before) / MEGABYTE, "MB"),
    ]
