"""What a report asks of a force, in the words of its record and its own, and the passages that were matched with it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from inspections.choices import DuePrecision
from inspections.reader.desk.models import ProposedFact, ReportFile
from inspections.reader.meaning.answers import Point
from inspections.reader.meaning.days import days_in
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.structure.blocks import BlockKind
from inspections.requirements.models import Requirement
from inspections.responses.queries import Reply

HEAD_BLOCKS, LONGEST_LINE = 8, 60


def points_of(requirements: Sequence[Requirement]) -> list[Point]:
    """What must change as the matching takes it, in the words of the record and, where the report was read here, its
    own; findings that must be put right are counted in their order.
    """
    keys = [each.fact.pk for each in requirements]
    facts = ProposedFact.objects.filter(record_key__in=keys, record_kind__in=("finding", "recommendation"))
    printed: dict[tuple[str | None, int | None], list[str]] = defaultdict(list)
    for fact in facts.order_by("pk"):
        text = fact.values.get("title") or fact.values.get("text") or ""
        printed[fact.record_kind, fact.record_key].append(text)
    points, findings = [], 0
    for each in requirements:
        findings += not each.recommendation_id
        texts = (each.text, *printed[each.fact._meta.model_name, each.fact.pk])
        number = each.number if each.recommendation_id else findings
        points.append(Point(each.pk, bool(each.recommendation_id), number, texts))
    return points


def matches_of(report: ReportFile) -> dict[int, list[ProposedFact]]:
    """By the key of what must change, the passages that may answer it, in the order of the document."""
    matches: dict[int, list[ProposedFact]] = {}
    for fact in report.proposals.filter(kind=ProposalKind.ANSWER).order_by("number"):
        matches.setdefault(fact.values["requirement"], []).append(fact)
    return matches


def initial_of(replies: Sequence[Reply], matches: dict[int, list[ProposedFact]]) -> dict[str, Any]:
    """What the passages seem to say, for the fields of the response's form; what is on record already stands."""
    initial: dict[str, Any] = {}
    for each in replies:
        key, facts = each.requirement.pk, matches.get(each.requirement.pk, [])
        if each.answer or not facts:
            continue
        for name in ("kind", "acceptance", "due_on"):
            values = {fact.values[name] for fact in facts if fact.values[name]}
            initial[f"of{key}_{name}"] = values.pop() if len(values) == 1 else ""
        initial[f"of{key}_kind"] = initial[f"of{key}_kind"] or "action"
    return initial


def head_of(report: ReportFile) -> dict[str, Any]:
    """Title and day of the document, for the form: its first heading, and the one day in short lines of its head."""
    blocks = report.blocks.order_by("number")[:HEAD_BLOCKS]
    title = next((block.text for block in blocks if block.kind == BlockKind.HEADING), "")
    days = {
        day.on
        for block in blocks
        if len(block.text) <= LONGEST_LINE
        for day in days_in(block.text)
        if day.on and day.precision == DuePrecision.DAY
    }
    return {"document_title": title[:200], "published_on": days.pop() if len(days) == 1 else None}


def unmatched_of(report: ReportFile) -> list[str]:
    """The passages that were matched with nothing, for whoever looks for an answer that was missed."""
    used = {number for facts in matches_of(report).values() for fact in facts for number in fact.blocks}
    blocks = report.blocks.filter(kind__in=("paragraph", "item", "table")).order_by("number")
    return [block.text for block in blocks if block.number not in used]
