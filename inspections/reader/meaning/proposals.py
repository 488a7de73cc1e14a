"""What a report seems to say, for a person to accept: one proposal for each fact, with the passage it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class ProposalKind(StrEnum):
    """What a proposal would become, with what its ``values`` hold.

    A body is in ``organisation`` or ``region`` by its slug, or ``national`` is true; ``body`` is its name as printed,
    which is all there is of a body that is not on record.

    =============== =================================================================================================
    INSPECTION      title, programme, programme_words, region, published_on, published_precision, fieldwork_from,
                    fieldwork_to, fieldwork_precision: once for a report, with what was found of it
    GRADING         grade, question, question_words, and the body
    FINDING         finding_kind, title, section, section_words, order, and the body; an observation is a finding too
    RECOMMENDATION  text, number, label, addressed_to, addressee (as printed), addressees (the slugs of several),
                    due_on, due_precision, due_as_published
    FIGURE          value, value_to, unit, qualifier, step, measure, period_from, period_to, period_words, as_at,
                    said_by, noun, words, and the body
    ANSWER          requirement (its key), acceptance, answer_kind, due_on: what a response says of one
    REFERENCE       year, programme, finding_kind, words, and the body: what the report recalls of an earlier one
    =============== =================================================================================================
    """

    INSPECTION = "inspection"
    GRADING = "grading"
    FINDING = "finding"
    RECOMMENDATION = "recommendation"
    FIGURE = "figure"
    REFERENCE = "reference"
    ANSWER = "answer"


class Confidence(StrEnum):
    """How sure the reader is: all signs agree; most do; a person must look at every word."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"

    @property
    def weaker(self) -> "Confidence":
        return Confidence.LIKELY if self == Confidence.CERTAIN else Confidence.UNSURE


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact that a report seems to state.

    ``why`` says what the confidence rests on. ``passage`` is the exact text that it was read from, ``blocks`` the
    numbers of the blocks that hold it, ``page`` and ``line`` where the first of them begins. ``number`` is its place
    among the proposals of its report, from 0; ``part_of`` the number of the proposal that it belongs to: a
    recommendation to its cause of concern, a figure to the finding that it stands in.
    """

    kind: ProposalKind
    values: Mapping[str, Any]
    confidence: Confidence
    why: str
    passage: str
    blocks: tuple[int, ...]
    page: int | None
    line: int
    number: int = 0
    part_of: int | None = None

    def as_json(self) -> dict[str, Any]:
        values = {name: _plain(value) for name, value in self.values.items()}
        places = {"page": self.page, "line": self.line, "blocks": list(self.blocks)}
        known = {"number": self.number, "kind": self.kind.value, "part_of": self.part_of, "values": values}
        return {**known, "confidence": self.confidence.value, "why": self.why, "passage": self.passage, **places}


@dataclass(frozen=True, slots=True)
class Unread:
    """A block that no rule made anything of, and why."""

    block: int
    page: int | None
    line: int
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """All that was read of a report; ``unread`` lists the blocks of which nothing was made."""

    proposals: tuple[Proposal, ...] = ()
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def of(self, kind: ProposalKind) -> list[Proposal]:
        return [proposal for proposal in self.proposals if proposal.kind == kind]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
