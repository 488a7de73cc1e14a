"""Two editions of a report, proposal by proposal."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from inspections.queries import User
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.review.queries import gist_of, in_order, reviewed

COMPARED = {
    ProposalKind.GRADING: ("grade",),
    ProposalKind.FINDING: ("finding_kind", "title", "section"),
    ProposalKind.RECOMMENDATION: ("text", "addressed_to", "due_on", "due_precision"),
    ProposalKind.FIGURE: ("value", "value_to", "unit", "qualifier", "period_from", "period_to", "as_at"),
}
"""What a proposal says, of each kind: where one of these differs, the edition says something else."""
ALIKE = 75
"""Percent of the letters of two passages, from which on they are of one fact."""


@dataclass(frozen=True)
class Pair:
    """The same fact in two editions; one of them is None where only the other has it. ``changes`` are field, before and
    after.
    """

    before: ProposedFact | None
    after: ProposedFact | None
    changes: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def is_same(self) -> bool:
        return bool(self.before and self.after) and not self.changes


def compare_editions(before: Iterable[ProposedFact], after: Iterable[ProposedFact]) -> list[Pair]:
    """Each fact of either edition once, in the order of the later one; what it no longer has stands last."""
    rest, pairs = list(before), []
    for fact in after:
        likeness, match = max(((likeness_of(each, fact), each) for each in rest), key=itemgetter(0), default=(0, None))
        if match is None or likeness < ALIKE:
            pairs.append(Pair(None, fact))
            continue
        rest.remove(match)
        names = ("body", *COMPARED[ProposalKind(fact.kind)])
        values = [(name, value_of(match, name), value_of(fact, name)) for name in names]
        pairs.append(Pair(match, fact, tuple(each for each in values if each[1] != each[2])))
    return pairs + [Pair(fact, None) for fact in rest]


def value_of(fact: ProposedFact, name: str) -> Any:
    return fact.body if name == "body" else fact.values.get(name)


def likeness_of(one: ProposedFact, other: ProposedFact) -> float:
    """How alike two proposals are, of 100: by their passages, and first by what they say. 0 of two kinds."""
    from rapidfuzz import fuzz  # here, since few pages need it

    if one.kind != other.kind:
        return 0
    same = sum(value_of(one, name) == value_of(other, name) for name in ("body", *COMPARED[ProposalKind(one.kind)]))
    return float(fuzz.ratio(one.passage, other.passage) + same / 10)


def reports_to_follow(user: User) -> Any:
    """The reports of which a later edition may come."""
    begun = ReportFile.objects.visible_to(user).filter(inspection__isnull=False)
    return begun.select_related("inspection").order_by("-uploaded_at", "-pk")


def editions_of(report: ReportFile) -> dict[str, Any]:
    """What a later edition changes, adds and leaves out, against the earlier one; nothing of a first edition."""
    if report.earlier is None:
        return {}
    pairs = compare_editions(in_order(reviewed(report.earlier)), in_order(reviewed(report)))
    return {
        "same": sum(pair.is_same for pair in pairs),
        "changed": [(pair.after, gist_of(pair.after), pair.changes) for pair in pairs if pair.after and pair.changes],
        "added": [(pair.after, gist_of(pair.after)) for pair in pairs if pair.after and pair.before is None],
        "gone": [(pair.before, gist_of(pair.before)) for pair in pairs if pair.before and pair.after is None],
    }
