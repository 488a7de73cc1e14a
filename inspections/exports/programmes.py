"""Programmes and inspections."""

from inspections.exports.shared import LOCATOR, SOURCE, _url
from soc_tracker.lib.tables import Column

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
