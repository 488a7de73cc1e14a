"""What the lists and pages of all facts share."""

Rows = list[tuple[str, str] | tuple[str, str, str]]


NOT_COMPARABLE = "Grades of another scale are not comparable with these step by step."


def _stated(label: str, value: str) -> Rows:
    """A pair, or none where the value is empty and its absence says nothing."""
    return [(label, value)] if value else []


def _url(record: object) -> str:
    return record.get_absolute_url()
