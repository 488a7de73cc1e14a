"""What was published, in the tables of these pages: columns of the lists, picked; findings by section; key figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from forces.models import Organisation
from inspections.choices import Tone
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from inspections.figures.pages import FIGURE_COLUMNS
from inspections.findings.models import Finding, by_section
from inspections.findings.pages import FINDING_COLUMNS
from inspections.programmes.models import Inspection
from inspections.programmes.pages import INSPECTION_COLUMNS
from inspections.recommendations.pages import RECOMMENDATION_COLUMNS
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.dashboards.published.queries import FindingRow
from soc_tracker.dashboards.words import WHOLE_REGION

RECORDED = "Recorded here"
SOURCE = Column(
    "source",
    "Source",
    lambda fact: f"{fact.source.publisher}, {fact.source.published}: {fact.locator}" if fact.source else RECORDED,
    lambda fact: fact.source.get_absolute_url() if fact.source else "",
)
FIGURES_OF_BODIES = (*pick(FIGURE_COLUMNS, "measure", "about", "figure", "period"), SOURCE)
FIGURES_OF_ONE_BODY = (*pick(FIGURE_COLUMNS, "measure", "figure", "note", "period", "said_by"), SOURCE)
RECOMMENDATIONS = pick(RECOMMENDATION_COLUMNS, "text", "due", "status", "known")
RECOMMENDATIONS_TO_BODIES = pick(RECOMMENDATION_COLUMNS, "text", "addressed_to", "due", "status", "known")
FINDINGS = pick(FINDING_COLUMNS, "title", "kind", "tone", "topics")
INSPECTIONS = pick(INSPECTION_COLUMNS, "title", "about", "programme", "published", "taken_in")


MONITORING = (
    Column("stage", "Stage", lambda period: period.stage.label),
    Column("started", "From", lambda period: period.started),
    Column("ended", "To", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason),
    SOURCE,
)
OPEN_ITEMS = (
    Column("text", "What must change", lambda item: item.text, lambda item: item.url),
    Column("kind", "Kind", lambda item: item.kind.label, tag=lambda item: item.kind.colour),
    Column(
        "body",
        "Body",
        lambda item: item.body.short_name if item.body else WHOLE_REGION,
        lambda item: item.body.get_absolute_url() if item.body else "",
    ),
    Column("due", "By when", lambda item: item.due),
    Column("standing", "How it stands", lambda item: item.standing),
)
OPEN_ITEMS_OF_ONE_BODY = pick(OPEN_ITEMS, "text", "kind", "due", "standing")


@dataclass(frozen=True)
class PracticeLine:
    """A good finding; ``body`` is "" where all are about one."""

    title: str
    url: str
    kind: FindingKind
    body: str


def practice_lines(findings: Iterable[FindingRow], bodies: Sequence[Organisation]) -> list[PracticeLine]:
    """Innovative and promising practice that others may copy, innovative first, each with the body that it is about."""
    names = {body.pk: body.short_name for body in bodies} if len(bodies) > 1 else {}
    good = sorted((row for row in findings if row.kind.is_practice), key=lambda row: row.kind.order)
    return [
        PracticeLine(row.title, row.url, row.kind, names.get(row.organisation or 0, WHOLE_REGION) if names else "")
        for row in good
    ]


def key_figures(
    figures: Iterable[PublishedFigure], most: int = 5, named: Sequence[Organisation] = ()
) -> list[tuple[str, str, str]]:
    """The first measures that say of when they are, with the latest figure of each: label, figure, address.

    Figures about the bodies that are ``named`` stand with their name.
    """
    latest: dict[str, PublishedFigure] = {}
    names = {body.pk: body.short_name for body in named}
    for figure in figures:
        theirs = names.get(figure.organisation_id or 0)
        label = f"{figure.measure.name}, {theirs}" if theirs else figure.measure.name
        known, day = latest.get(label), figure.as_at or figure.period_to
        if day and (known is None or day > (known.as_at or known.period_to or date.min)):
            latest[label] = figure
    return [
        (name, f"{figure_in_words(figure)}, {period_in_words(figure)}", figure.get_absolute_url())
        for name, figure in list(latest.items())[:most]
    ]


@dataclass(frozen=True)
class FindingLine:
    """One finding: its kind where the report sets it apart, else whether it speaks for or against the body.

    ``colour`` is that of the kind's tag, "" for an observation; ``sign`` tells tones apart without colour.
    """

    title: str
    url: str
    word: str
    colour: str
    tone: str
    sign: str


@dataclass(frozen=True)
class SectionFindings:
    """The findings in one section of a report."""

    name: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True)
class InspectionFindings:
    """The findings of one inspection by section, the weightiest first; ``context`` speaks neither for nor against.

    ``body`` is whom they are about where that is another than the page is of.
    """

    inspection: Inspection
    sections: tuple[SectionFindings, ...]
    context: tuple[FindingLine, ...]
    body: str = ""

    @property
    def number(self) -> int:
        return sum(len(section.findings) for section in self.sections)


def findings_in_order(findings: Iterable[Finding], named: Sequence[Organisation] = ()) -> list[InspectionFindings]:
    """Findings by inspection, in the order given, and by section, in the order of a report; apart from the others those
    about each of the bodies that are ``named``.
    """
    inspections: dict[tuple[Inspection, str], list[Finding]] = {}
    names = {body.pk: body.short_name for body in named}
    for finding in findings:
        whose = names.get(finding.organisation_id or 0, "")
        inspections.setdefault((finding.inspection, whose), []).append(finding)
    return [
        InspectionFindings(
            inspection=inspection,
            sections=tuple(
                SectionFindings(section, tuple(_line(row) for row in by_weight(rows)))
                for section, rows in by_section(row for row in each if row.tone != Tone.CONTEXT)
            ),
            context=tuple(_line(row) for row in each if row.tone == Tone.CONTEXT),
            body=whose,
        )
        for (inspection, whose), each in inspections.items()
    ]


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """What must change first, then what works, then what was seen in passing; each in the order of the report."""
    return sorted(findings, key=lambda each: (each.kind.order, Tone(each.tone).weight))


def _line(finding: Finding) -> FindingLine:
    kind, tone = finding.kind, Tone(finding.tone)
    return FindingLine(
        title=finding.title,
        url=finding.get_absolute_url(),
        word=kind.label if kind.is_set_apart else str(tone.label),
        colour=kind.colour if kind.is_set_apart else "",
        tone=tone.value,
        sign=tone.sign,
    )
