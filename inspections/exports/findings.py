"""Findings."""

from inspections.choices import FindingKind
from inspections.exports.shared import ABOUT, ABOUT_KIND, INSPECTION, LOCATOR, PROGRAMME, SINCE, SINCE_ON, SOURCE, _url
from inspections.presenters import STATUS_TAGS
from soc_tracker.lib.tables import Column

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
