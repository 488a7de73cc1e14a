"""What the reader proposes of a report against the facts in it: precision and recall of each kind and field."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

from bench.reader.reports import Fact

OBSERVATION = "observation"
IDENTITY = {
    "inspection": (),
    "grading": ("body", "grade"),
    "finding": ("finding_kind",),
    OBSERVATION: (),
    "recommendation": (),
    "figure": ("value",),
}
"""The fields that a proposal must share with a fact to be of it, beside the passage."""
KINDS = tuple(IDENTITY)
NAMES = {"organisation": "body", "region": "body", "addressed_to": "addressee"}
"""What the facts call fields of the proposals."""
ALIKE = 88
"""Percent of its letters that the shorter of two passages shares with a part of the longer."""


@dataclass
class Count:
    """``expected`` facts, ``proposed`` proposals, of which ``matched`` are of a fact and ``spare`` may be there or not;
    ``right`` are right in each field. ``fields`` has, of the matched, how many are right and how many there are.
    """

    expected: int = 0
    proposed: int = 0
    matched: int = 0
    spare: int = 0
    right: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what is proposed, the share that is a fact; what may be there or not is left out."""
        of = self.proposed - self.spare
        return self.matched / of if of else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 1.0

    def add(self, other: "Count") -> None:
        for name in ("expected", "proposed", "matched", "spare", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name, (right, of) in other.fields.items():
            self.fields[name][0] += right
            self.fields[name][1] += of
        for name in ("missed", "invented", "wrong"):
            getattr(self, name).extend(getattr(other, name))


def compare(facts: Iterable[Fact], proposals: Iterable[Mapping[str, Any]]) -> dict[str, Count]:
    """The counts of each kind. ``proposals`` are as the command ``read_report`` writes them."""
    facts_of, proposals_of = defaultdict(list), defaultdict(list)
    for fact in facts:
        facts_of[fact.kind].append(fact)
    for proposal in proposals:
        proposals_of[kind_of(proposal)].append(flat(proposal))
    return {kind: count(kind, facts_of[kind], proposals_of[kind]) for kind in KINDS}


def kind_of(proposal: Mapping[str, Any]) -> str:
    is_observation = proposal["values"].get("finding_kind") == OBSERVATION
    return OBSERVATION if is_observation else str(proposal["kind"])


def flat(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """Its values under the names that facts have for them, beside its passage."""
    values: dict[str, Any] = {"passage": proposal["passage"]}
    for name, value in proposal["values"].items():
        if name == "addressee" or (value in (None, "") and NAMES.get(name, name) in values):
            continue
        values[NAMES.get(name, name)] = value
    if "addressee" in proposal["values"]:
        values["addressee"] = f"{values.get('addressee') or ''} {proposal['values']['addressee'] or ''}"
    return values


def count(kind: str, facts: Sequence[Fact], proposals: Sequence[dict[str, Any]]) -> Count:
    """Each proposal is of one fact at most: of the one with which it shares most, the likeliest pairs first."""
    pairs = [
        (sum(is_right(fact, name, proposal) for name in fact.fields), -one, -other)
        for one, fact in enumerate(facts)
        for other, proposal in enumerate(proposals)
        if is_of(kind, fact, proposal)
    ]
    of_fact: dict[int, int] = {}
    for _, one, other in sorted(pairs, reverse=True):
        if -one not in of_fact and -other not in of_fact.values():
            of_fact[-one] = -other
    result = Count(expected=sum(fact.is_required for fact in facts), proposed=len(proposals))
    result.invented = [words(each) for n, each in enumerate(proposals) if n not in of_fact.values()]
    for number, fact in enumerate(facts):
        if not fact.is_required:
            result.spare += number in of_fact
        elif number not in of_fact:
            result.missed.append(words({"passage": fact.passage, **fact.fields}))
        else:
            mark(result, fact, proposals[of_fact[number]])
    return result


def is_of(kind: str, fact: Fact, proposal: Mapping[str, Any]) -> bool:
    """Whether a proposal speaks of the fact. Where the passage of the fact is not known, all its fields decide.

    Where the proposal was read from a table, which holds several facts, its text decides.
    """
    if not fact.passage:
        return all(is_right(fact, name, proposal) for name in fact.fields if name in (*IDENTITY[kind], *ESSENTIAL))
    if kind == "inspection":
        return True
    same = all(is_right(fact, name, proposal) for name in IDENTITY[kind] if name in fact.fields)
    if "value" not in fact.fields and kind == "figure" and proposal.get("value") is not None:
        return False
    text = str(proposal.get("title") or proposal.get("text") or "")
    texts = [text] if text and " | " in proposal["passage"] else [text, proposal["passage"]]
    return same and (kind == "grading" or any(alike(fact.passage, text) for text in texts))


ESSENTIAL = ("body", "national", "finding_kind", "section", "grade", "addressee", "due_on", "unit")


def mark(result: Count, fact: Fact, proposal: Mapping[str, Any]) -> None:
    result.matched += 1
    wrong = []
    for name, expected in fact.fields.items():
        right = is_right(fact, name, proposal)
        result.fields[name][0] += right
        result.fields[name][1] += 1
        if not right:
            wrong.append(f"{name} {proposal.get(name)!r} for {expected!r}")
    result.right += not wrong
    if wrong:
        result.wrong.append(f"{', '.join(wrong)}: {words({'passage': fact.passage, **fact.fields})}")


def is_right(fact: Fact, name: str, proposal: Mapping[str, Any]) -> bool:
    expected, value = fact.fields[name], proposal.get(name)
    if name == "addressee":
        return all(plain(one) in plain(str(value)) for one in expected.split(","))
    if name == "value":
        return number(value) is not None and number(value) == number(expected)
    return plain(expected) == plain("" if value is None else str(value))


def number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def alike(one: str, other: str) -> bool:
    one, other = plain(one), plain(other)
    return bool(one and other) and fuzz.partial_ratio(one, other) >= ALIKE and min(len(one), len(other)) > 3


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9£]+", text.casefold().replace("’", "'").replace("'", "")))


def words(values: Mapping[str, Any]) -> str:
    """What stands in a list of what went wrong."""
    more = " ".join(
        f"{name}={value}" for name, value in values.items() if name != "passage" and value not in (None, "")
    )
    return f"{' '.join(values['passage'].split())[:90]} [{more[:120]}]"


def in_table(counts: Mapping[str, Count]) -> str:
    """A line for each kind; its fields stand in the last column as right of matched."""
    lines = [
        "| kind | in the reports | proposed | precision | recall | right in every field | fields |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for kind, each in counts.items():
        if not (each.expected or each.proposed):
            continue
        fields = ", ".join(f"{name} {right}/{of}" for name, (right, of) in sorted(each.fields.items()))
        rates = f"{each.precision:.2f} | {each.recall:.2f} | {each.right}/{each.matched}"
        lines.append(f"| {kind} | {each.expected} | {each.proposed - each.spare} | {rates} | {fields} |")
    return "\n".join(lines) + "\n"


def add_up(several: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    total = {kind: Count() for kind in KINDS}
    for counts in several:
        for kind, each in counts.items():
            total[kind].add(each)
    return total
