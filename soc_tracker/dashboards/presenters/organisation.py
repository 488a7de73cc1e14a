"""What the page of a body shows: its grades over time, its findings in order, its neighbours and what it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forces.choices import SuccessionKind
from inspections.choices import FindingKind, Grade, QuestionTheme, Tone
from inspections.exports import GRADING_COLUMNS
from inspections.models import Finding, Grading, Inspection
from inspections.presenters import by_section
from soc_tracker.dashboards.presenters.columns import SOURCE
from soc_tracker.dashboards.presenters.topics import SIGNS
from soc_tracker.dashboards.selectors.changes import GradeChange
from soc_tracker.dashboards.selectors.links import Link, Relation
from soc_tracker.dashboards.selectors.organisation import OrganisationPage
from soc_tracker.lib.periods import Precision, in_words, to_words
from soc_tracker.lib.tables import Column, picked

PUBLISHED = Column("published", "Published", lambda grading: grading.inspection.published)
PROGRAMME = Column(
    "programme",
    "Programme",
    lambda grading: grading.inspection.programme.name,
    lambda grading: grading.get_absolute_url(),
)
GRADINGS = (PROGRAMME, *picked(GRADING_COLUMNS, "grade", "scale"), PUBLISHED, SOURCE)
OTHER_GRADINGS = (*picked(GRADING_COLUMNS, "question", "programme", "grade", "scale"), SOURCE)
MONITORING = (
    Column("stage", "Stage", lambda period: period.get_stage_display()),
    Column("started", "From", lambda period: period.started),
    Column("ended", "To", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason),
    SOURCE,
)

CHANGES = (
    Column("grading", "Grading", lambda row: _title(row.grading), lambda row: row.grading.get_absolute_url()),
    Column(
        "before", "Old grade", lambda row: Grade(row.change.before).label, tag=lambda row: Grade(row.change.before).tag
    ),
    Column(
        "after", "New grade", lambda row: Grade(row.change.after).label, tag=lambda row: Grade(row.change.after).tag
    ),
    Column("reason", "Reason", lambda row: row.change.reason),
    Column("who", "By", lambda row: row.change.who),
    Column("when", "When", lambda row: row.change.when),
)


@dataclass(frozen=True)
class ChangeRow:
    """One change of a grade, with the grading that it was made on."""

    change: GradeChange
    grading: Grading


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
    """The findings of one inspection, section by section in the order of the report."""

    inspection: Inspection
    sections: tuple[SectionFindings, ...]


def _title(grading: Grading) -> str:
    return f"{grading.question.text}, {grading.inspection.programme.name}"


def on_soc(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    return tuple(grading for grading in gradings if grading.question.theme == QuestionTheme.SOC)


def on_other_questions(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    return tuple(grading for grading in gradings if grading.question.theme != QuestionTheme.SOC)


def changes(page: OrganisationPage) -> tuple[ChangeRow, ...]:
    """The changes of grade, newest first."""
    gradings = {grading.pk: grading for grading in page.gradings.rows}
    return tuple(ChangeRow(change, gradings[change.grading]) for change in page.changes if change.grading in gradings)


def findings_in_order(findings: Iterable[Finding]) -> tuple[InspectionFindings, ...]:
    """Findings by inspection, in the order given, and by section, in the order of a report."""
    inspections: dict[Inspection, list[Finding]] = {}
    for finding in findings:
        inspections.setdefault(finding.inspection, []).append(finding)
    return tuple(
        InspectionFindings(
            inspection,
            tuple(SectionFindings(section, tuple(map(_line, rows))) for section, rows in by_section(found)),
        )
        for inspection, found in inspections.items()
    )


def _line(finding: Finding) -> FindingLine:
    kind, tone = FindingKind(finding.kind), Tone(finding.tone)
    observed = kind == FindingKind.OBSERVATION
    return FindingLine(
        title=finding.title,
        url=finding.get_absolute_url(),
        word=str(tone.label if observed else kind.label),
        colour="" if observed else kind.tag,
        tone=tone.value,
        sign=SIGNS.get(tone, ""),
    )


def key_facts(page: OrganisationPage) -> list[tuple[str, ...]]:
    """Label, value and address of what the body is; a number stands with the day to which it belongs."""
    body = page.organisation
    return [
        *((_region_label(link, page.today), link.name, link.url) for link in page.linked(Relation.REGION)),
        *((_was_label(link), _on_day(link), link.url) for link in page.linked(Relation.PREDECESSOR)),
        *((_became_label(link), _on_day(link), link.url) for link in page.linked(Relation.SUCCESSOR)),
        *_optional("Existed", to_words(body.valid_from, body.valid_to)),
        *_optional("Population", _counted(body.population, body.population_as_at)),
        *_optional("Officers (full-time equivalent)", _counted(body.officers, body.officers_as_at)),
        *_optional("Also known as", "; ".join(page.aliases)),
        *_optional("ONS code", body.ons_code),
    ]


def ended(page: OrganisationPage) -> str:
    """A sentence that says that the body is no more, and since when; "" while it exists."""
    last = page.organisation.valid_to
    if last is None or last >= page.today:
        return ""
    return f"{page.organisation.name} ended on {in_words(last, Precision.DAY)}. What was published of it stays here."


WAS = {
    SuccessionKind.RENAMED: "Formerly",
    SuccessionKind.MERGED: "Formed from, or took in by merger",
    SuccessionKind.ABSORBED: "Absorbed",
}


def _was_label(link: Link) -> str:
    return WAS[SuccessionKind(link.word)]


def _became_label(link: Link) -> str:
    return str(SuccessionKind(link.word).label)


def _on_day(link: Link) -> str:
    return f"{link.name}, {in_words(link.first, Precision.DAY)}" if link.first else link.name


def _region_label(link: Link, today: date) -> str:
    return "Region" if link.covers(today) else f"Region {to_words(link.first, link.last)}"


def _optional(label: str, value: str) -> list[tuple[str, ...]]:
    return [(label, value)] if value else []


def _counted(number: int | Decimal | None, as_at: date | None) -> str:
    return f"{number:,} as at {in_words(as_at, Precision.DAY)}" if number is not None and as_at else ""
