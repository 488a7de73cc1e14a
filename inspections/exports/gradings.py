"""Gradings."""

from inspections.choices import Grade
from inspections.exports.shared import INSPECTION, LOCATOR, PROGRAMME, SOURCE, _url
from soc_tracker.lib.tables import Column

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
