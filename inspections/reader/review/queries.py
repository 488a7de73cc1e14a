"""What a review shows: how far it is, what comes next, what stands around a passage, what is on record already."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.queries import User
from inspections.reader.desk.choices import Decision
from inspections.reader.desk.models import ProposedFact, ProposedFactQuerySet, ReportBlock, ReportFile
from inspections.reader.meaning.proposals import Confidence, ProposalKind
from inspections.reader.structure.blocks import BlockKind
from inspections.recommendations.models import Recommendation
from inspections.vocabularies.models import FindingKind, Grade

REVIEWED = (ProposalKind.GRADING, ProposalKind.FINDING, ProposalKind.RECOMMENDATION, ProposalKind.FIGURE)
"""The kinds of which records are made, in the order in which a review takes them: what others belong to comes first."""
KIND_WORDS: dict[str, tuple[str, str]] = {
    ProposalKind.GRADING: ("grading", "gradings"),
    ProposalKind.FINDING: ("finding", "findings"),
    ProposalKind.RECOMMENDATION: ("recommendation", "recommendations"),
    ProposalKind.FIGURE: ("figure", "figures"),
}
MODELS: dict[str, Any] = {
    ProposalKind.GRADING: Grading,
    ProposalKind.FINDING: Finding,
    ProposalKind.RECOMMENDATION: Recommendation,
    ProposalKind.FIGURE: PublishedFigure,
}
AROUND = 2
"""Blocks shown before and after those that a proposal was read from."""
MOST_LIKE_IT = 5


@dataclass(frozen=True)
class Progress:
    """How far the proposals of one kind, or all, are: how many there are, and how many wait still."""

    kind: str
    total: int
    waiting: int
    certain: int
    accepted: int
    dropped: int

    @property
    def name(self) -> str:
        return KIND_WORDS[self.kind][1].capitalize()


def reviewed(report: ReportFile) -> ProposedFactQuerySet:
    """The proposals of which records can be made."""
    return ProposedFact.objects.filter(report=report, kind__in=REVIEWED).select_related("report")


def progress_of(report: ReportFile) -> list[Progress]:
    """By kind, in the order of their review; of kinds that the report has none of, nothing."""
    rows: Any = reviewed(report).values("kind").order_by("kind")
    open_now = Q(decision=Decision.WAITING)
    rows = rows.annotate(
        total=Count("pk"),
        waiting=Count("pk", filter=open_now),
        certain=Count("pk", filter=open_now & Q(confidence=Confidence.CERTAIN)),
        accepted=Count("pk", filter=Q(decision=Decision.ACCEPTED)),
        dropped=Count("pk", filter=Q(decision=Decision.DROPPED)),
    )
    by_kind = {row["kind"]: Progress(**row) for row in rows}
    return [by_kind[kind] for kind in REVIEWED if kind in by_kind]


def count_in_words(kind: str, number: int) -> str:
    """ "12 findings"."""
    return f"{number:,} {KIND_WORDS[kind][number != 1]}"


def bodies_of(report: ReportFile) -> list[tuple[str, str, int]]:
    """Slug, name and number of waiting proposals of each body or region that the report speaks of; the rest last."""
    counts: Counter[str] = Counter(reviewed(report).open().values_list("body", flat=True))
    slugs = set(reviewed(report).values_list("body", flat=True))
    names = dict(Region.objects.filter(slug__in=slugs).values_list("slug", "name"))
    names |= dict(Organisation.objects.filter(slug__in=slugs).values_list("slug", "name"))
    rows = [(slug, names.get(slug, slug), counts[slug]) for slug in slugs if slug]
    unknown = [("none", "No body on record", counts[""])] if "" in slugs else []
    return sorted(rows, key=lambda row: row[1]) + unknown


def narrowed(proposals: QuerySet[ProposedFact], query: Mapping[str, str]) -> QuerySet[ProposedFact]:
    """Those of a kind, a body, a decision or a confidence: of what the address says."""
    for name in ("kind", "decision", "confidence"):
        if query.get(name):
            proposals = proposals.filter(**{name: query[name]})
    if body := query.get("body"):
        proposals = proposals.filter(body="" if body == "none" else body)
    return proposals


def in_order(proposals: Iterable[ProposedFact]) -> list[ProposedFact]:
    """As a review takes them: kind by kind, each in the order of the report."""
    return sorted(proposals, key=lambda fact: (REVIEWED.index(ProposalKind(fact.kind)), fact.number))


def neighbours(fact: ProposedFact, query: Mapping[str, str]) -> tuple[int | None, int | None]:
    """The numbers of the waiting proposals before and after one, among those that the address narrows to."""
    rows = narrowed(reviewed(fact.report).open(), {**query, "decision": ""}).values_list("kind", "number")
    places = sorted((REVIEWED.index(ProposalKind(kind)), number) for kind, number in rows)
    own = (REVIEWED.index(ProposalKind(fact.kind)), fact.number)
    before = [number for place, number in places if (place, number) < own]
    after = [number for place, number in places if (place, number) > own]
    return (before[-1] if before else None), (after[0] if after else before[0] if before else None)


@dataclass(frozen=True)
class BlockBeside:
    """A block beside a proposal. ``is_read``: the proposal was read from it."""

    block: ReportBlock
    is_read: bool


def passage_of(fact: ProposedFact) -> list[BlockBeside]:
    """The blocks that a proposal was read from, with those around them."""
    if not fact.blocks:
        return []
    span = range(min(fact.blocks) - AROUND, max(fact.blocks) + AROUND + 1)
    blocks = fact.report.blocks.filter(number__gte=span.start, number__lt=span.stop)
    return [BlockBeside(block, block.number in fact.blocks) for block in blocks.order_by("number")]


def path_of(fact: ProposedFact) -> list[str]:
    """The headings over its passage, the chief one first; where none is, the heading that it begins with."""
    first = fact.report.blocks.filter(number__in=fact.blocks[:1]).first()
    if first is None:
        return []
    return list(first.path) or ([first.text] if first.kind == BlockKind.HEADING else [])


def record_of(fact: ProposedFact) -> Any:
    """The record that was made of a proposal; None where there is none."""
    if not fact.record_key:
        return None
    return MODELS[fact.kind].objects.filter(pk=fact.record_key).first()


def finding_of(fact: ProposedFact) -> Finding | None:
    """The finding on record that a proposal belongs to, once it was accepted."""
    if fact.part_of is None:
        return None
    whole = fact.report.proposals.filter(number=fact.part_of, record_kind="finding").first()
    return Finding.objects.filter(pk=whole.record_key or 0).first() if whole else None


def like_it(fact: ProposedFact, user: User) -> Sequence[Any]:
    """What is on record and may say the same: of the same body, and of the same grade, section, due date or value."""
    values: Mapping[str, Any] = fact.values
    rows = MODELS[fact.kind].objects.open_to(user).for_list()
    body, region = values.get("organisation") or "", values.get("region") or ""
    about = Q(organisation__slug=body) if body else Q(region__slug=region)
    match fact.kind:
        case ProposalKind.GRADING:
            rows = rows.filter(organisation__slug=body, grade=values.get("grade") or "")
        case ProposalKind.FINDING:
            rows = rows.filter(about, kind=values.get("finding_kind") or "", section=values.get("section") or "")
        case ProposalKind.RECOMMENDATION:
            rows = rows.filter(addressed_to__slug=values.get("addressed_to") or "", due_on=values.get("due_on"))
        case _:
            rows = rows.filter(about, value=values.get("value"), unit=values.get("unit") or "")
    return list(rows.exclude(pk=fact.record_key or 0).order_by("-pk")[:MOST_LIKE_IT])


def gist_of(fact: ProposedFact) -> str:
    """A proposal in a few words."""
    values = fact.values
    match fact.kind:
        case ProposalKind.GRADING:
            return f"Grade: {Grade.named(values.get('grade') or '').label}"
        case ProposalKind.FINDING:
            return f"{FindingKind.named(values.get('finding_kind') or '').label}: {values.get('title')}"
        case ProposalKind.RECOMMENDATION:
            return f"Recommendation {values.get('number') or ''}: {values.get('text')}"
        case _:
            return f"Figure: {values.get('words')}"
