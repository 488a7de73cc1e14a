"""Recommendations."""

from dataclasses import replace
from datetime import date

from inspections.exports.shared import LOCATOR, SINCE, SINCE_ON, SOURCE, _url
from inspections.presenters import STATUS_TAGS, due_in_words
from soc_tracker.lib.tables import Column

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


MONITORING_COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: _url(row.organisation)),
    Column("stage", "Stage", lambda period: period.get_stage_display()),
    Column("started", "Since", lambda period: period.started),
    Column("ended", "Until", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason, wide_only=True),
    LOCATOR,
)
