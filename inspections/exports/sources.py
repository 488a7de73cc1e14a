"""Sources."""

from inspections.exports.shared import _url
from soc_tracker.lib.tables import Column

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
