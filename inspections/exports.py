"""The columns of every list, once: page, CSV and XLSX take their order and headings from here.

A page shows those that its view names in ``on_page``; files hold all. Every
related record that a column reads is loaded by the model's ``for_list()``.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from inspections.choices import FindingKind, Grade
from inspections.presenters import STATUS_TAGS, due_in_words, figure_in_words, period_in_words
from soc_tracker.lib.decimals import as_given, as_printed
from soc_tracker.lib.tables import Column


def _url(record: Any) -> str:
    return record.get_absolute_url()


SOURCE = Column("source", "Source", lambda fact: fact.source.title, lambda fact: _url(fact.source), wide_only=True)
LOCATOR = Column("locator", "Place in the source", lambda fact: fact.locator, wide_only=True)
PROGRAMME = Column("programme", "Programme", lambda fact: fact.inspection.programme.name)
INSPECTION = Column(
    "inspection", "Inspection", lambda fact: fact.inspection.title, lambda fact: _url(fact.inspection), wide_only=True
)
ABOUT = Column("about", "About", lambda fact: fact.about.name, lambda fact: _url(fact.about))
ABOUT_KIND = Column(
    "about_kind", "Kind of body", lambda fact: fact.organisation.get_kind_display() if fact.organisation else "Region"
)

SINCE = Column("since", "Since (published)", lambda finding: finding.inspection.published, whole=True)
SINCE_ON = Column("since_on", "Since (first day of the span known)", lambda finding: finding.inspection.published_on)

INSPECTION_COLUMNS = (
    Column("title", "Inspection", lambda inspection: inspection.title, _url),
    Column("programme", "Programme", lambda inspection: inspection.programme.name),
    Column(
        "about",
        "Region or organisation",
        lambda inspection: (inspection.region or inspection.organisation).name,
        lambda inspection: _url(inspection.region or inspection.organisation),
    ),
    Column("fieldwork", "Fieldwork", lambda inspection: inspection.fieldwork, wide_only=True),
    Column("published", "Published", lambda inspection: inspection.published),
    Column("published_on", "Published (first day of the span known)", lambda inspection: inspection.published_on),
    Column("published_precision", "Precision", lambda inspection: inspection.get_published_precision_display()),
    Column("scale", "Grade scale", lambda inspection: inspection.programme.get_scale_display(), wide_only=True),
    Column("note", "Note", lambda inspection: inspection.note),
    SOURCE,
    LOCATOR,
    Column("slug", "Slug", lambda inspection: inspection.slug),
)

GRADING_COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: _url(row.organisation)),
    Column("grade", "Grade", lambda grading: grading.get_grade_display(), tag=lambda grading: Grade(grading.grade).tag),
    Column("question", "Question", lambda grading: grading.question.text, _url),
    PROGRAMME,
    Column("scale", "Grade scale", lambda grading: grading.get_scale_display(), wide_only=True),
    Column("published", "Published", lambda grading: grading.inspection.published, wide_only=True),
    INSPECTION,
    Column("summary", "In support", lambda grading: grading.summary),
    SOURCE,
    LOCATOR,
)

FINDING_COLUMNS = (
    Column("title", "Finding", lambda finding: finding.title, _url),
    Column(
        "kind", "Kind", lambda finding: finding.get_kind_display(), tag=lambda finding: FindingKind(finding.kind).tag
    ),
    ABOUT,
    ABOUT_KIND,
    Column("tone", "Tone", lambda finding: finding.get_tone_display()),
    Column("section", "Section of the report", lambda finding: finding.get_section_display(), wide_only=True),
    Column("topics", "Topics", lambda finding: "; ".join(topic.name for topic in finding.topics.all()), wide_only=True),
    Column("status", "Status", lambda finding: finding.get_status_display(), tag=lambda row: STATUS_TAGS[row.status]),
    SINCE,
    SINCE_ON,
    PROGRAMME,
    INSPECTION,
    Column("summary", "Summary", lambda finding: finding.summary),
    SOURCE,
    LOCATOR,
    Column("slug", "Slug", lambda finding: finding.slug),
)

RECOMMENDATION_COLUMNS = (
    Column("text", "Recommendation", lambda recommendation: recommendation.text, _url),
    Column(
        "addressed_to",
        "For",
        lambda recommendation: recommendation.addressed_to.name,
        lambda recommendation: _url(recommendation.addressed_to),
    ),
    Column("due", "Due", lambda recommendation: recommendation.due),
    Column("status", "Status", lambda row: row.get_status_display(), tag=lambda row: STATUS_TAGS[row.status]),
    Column("due_on", "Due (first day of the span known)", lambda recommendation: recommendation.due_on),
    Column("due_precision", "Precision", lambda recommendation: recommendation.get_due_precision_display()),
    Column("number", "Number", lambda recommendation: recommendation.number, numeric=True),
    Column(
        "finding",
        "Finding",
        lambda recommendation: recommendation.finding.title,
        lambda recommendation: _url(recommendation.finding),
        wide_only=True,
    ),
    replace(SINCE, value=lambda recommendation: SINCE.value(recommendation.finding)),
    replace(SINCE_ON, value=lambda recommendation: SINCE_ON.value(recommendation.finding)),
    Column("programme", "Programme", lambda recommendation: recommendation.finding.inspection.programme.name),
    SOURCE,
    LOCATOR,
)


def recommendation_columns(today: date) -> tuple[Column, ...]:
    """The columns with what is overdue on a day."""
    due = Column("due", "Due", lambda recommendation: due_in_words(recommendation, today))
    return tuple(due if column.key == "due" else column for column in RECOMMENDATION_COLUMNS)


FIGURE_COLUMNS = (
    Column("measure", "Measure", lambda figure: figure.measure.name),
    Column("figure", "As published", figure_in_words, _url),
    ABOUT,
    ABOUT_KIND,
    Column("period", "Period", period_in_words),
    Column("said_by", "Whose figure", lambda figure: figure.get_said_by_display(), wide_only=True),
    Column("group", "Group of measures", lambda figure: figure.measure.group),
    Column("qualifier", "Qualifier", lambda figure: figure.get_qualifier_display()),
    Column("value", "Value", lambda figure: as_printed(figure.value, figure.step), numeric=True),
    Column("unit", "Unit", lambda figure: figure.get_unit_display()),
    Column("step", "Unit of the last digit printed", lambda figure: as_given(figure.step), numeric=True),
    Column("period_from", "From", lambda figure: figure.period_from),
    Column("period_to", "To", lambda figure: figure.period_to),
    Column("as_at", "As at", lambda figure: figure.as_at),
    Column("note", "What it covers", lambda figure: figure.note, wide_only=True),
    SOURCE,
    LOCATOR,
    Column("slug", "Slug", lambda figure: figure.slug),
)

SOURCE_COLUMNS = (
    Column("title", "Document", lambda source: source.title, _url),
    Column("publisher", "Publisher", lambda source: source.publisher),
    Column("kind", "Kind", lambda source: source.get_kind_display()),
    Column("published", "Published", lambda source: source.published),
    Column("licence", "Licence", lambda source: source.get_licence_display(), wide_only=True),
    Column("published_on", "Published (first day of the span known)", lambda source: source.published_on),
    Column("published_precision", "Precision", lambda source: source.get_published_precision_display()),
    Column("note", "Note", lambda source: source.note),
    Column("slug", "Slug", lambda source: source.slug),
)

MONITORING_COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: _url(row.organisation)),
    Column("stage", "Stage", lambda period: period.get_stage_display()),
    Column("started", "Since", lambda period: period.started),
    Column("ended", "Until", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason, wide_only=True),
    LOCATOR,
)
