"""Extracts in words."""

from urllib.parse import urlencode

from django.urls import reverse

from disruptions.choices import ExtractContents
from disruptions.models import Extract
from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of

COMMAND_LINE = "the command line"


def loaded_by(extract: Extract) -> str:
    """Who loaded it; extracts loaded by a command of the server have no account behind them."""
    user = extract.loaded_by
    return name_of(user) if user else COMMAND_LINE


EXTRACT_COLUMNS = (
    Column("file_name", "File", lambda extract: extract.file_name, lambda extract: extract.get_absolute_url()),
    Column("contents", "Contents", lambda extract: extract.get_contents_display()),
    Column("as_at", "As at", lambda extract: extract.as_at),
    Column("loaded_at", "Loaded", lambda extract: extract.loaded_at, wide_only=True),
    Column("loaded_by", "By", loaded_by, wide_only=True),
    Column("added", "Added", lambda extract: extract.rows_added, numeric=True),
    Column("changed", "Changed", lambda extract: extract.rows_changed, numeric=True),
    Column("unchanged", "Unchanged", lambda extract: extract.rows_unchanged, numeric=True),
    Column("refused", "Refused", lambda extract: extract.rows_refused, numeric=True),
    Column("missing", "Missing from it", lambda extract: extract.rows_missing, numeric=True),
    Column("id", "Number", lambda extract: extract.pk, numeric=True),
    Column("sha256", "SHA-256", lambda extract: extract.sha256),
)


def extract_summary(extract: Extract) -> list[tuple]:
    return [
        ("Contents", extract.get_contents_display()),
        ("As at", extract.as_at),
        ("Loaded", extract.loaded_at),
        ("By", loaded_by(extract)),
        ("Rows added", extract.rows_added),
        ("Rows changed", extract.rows_changed),
        ("Rows unchanged", extract.rows_unchanged),
        ("Rows refused", extract.rows_refused),
        ("Rows missing from it", extract.rows_missing),
        ("SHA-256 of the file", extract.sha256),
    ]


def rows_url(extract: Extract) -> str:
    """The list of what the record now has from the extract."""
    name = "threat_list" if extract.contents == ExtractContents.THREATS else "disruption_list"
    query = urlencode({"data": extract.kind_of_data, "extract": extract.pk})
    return f"{reverse(f'disruptions:{name}')}?{query}"
