"""Extracts in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from disruptions.choices import ExtractContents, FourP, Involvement, Size, ThreatType
from disruptions.models import Extract
from disruptions.selectors.effects import ADDED
from soc_tracker.lib.history import Change, Difference
from soc_tracker.lib.tables import Column
from soc_tracker.lib.wording import name_of

COMMAND_LINE = "the command line"
PROVENANCE = ("Extract", "Extract line")
"""Fields of a record that say where its values come from: every change by an extract moves them."""

ADDED_HEADINGS = {
    "extract_line": "Row of the file",
    "reference": "Reference",
    "activity_date": "Activity",
    "added_date": "Added",
    "organisation__name": "Organisation",
    "threat__reference": "Threat",
    "four_p": "4P",
    "size": "Size",
    "involvement": "Lead or support",
    "crime_type__name": "Crime type",
    "summary": "Summary",
    "name": "Name",
    "first_type": "Type when first named",
    "area__name": "Local policing area",
    "lead_responsible_officer": "Lead responsible officer",
}


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


@dataclass(frozen=True)
class Effect:
    """One field that an extract changed on one record; ``change`` says on which, and by which row of the file."""

    change: Change
    difference: Difference


def effects(changes: Iterable[Change]) -> Iterator[Effect]:
    """Field by field, without those that only say where the values come from."""
    for change in changes:
        for difference in change.differences:
            if difference.field not in PROVENANCE:
                yield Effect(change, difference)


CHANGE_COLUMNS = (
    Column("record", "Record", lambda effect: effect.change.title, lambda effect: effect.change.url),
    Column("kind", "Added or changed", lambda effect: str(effect.change.kind.label), wide_only=True),
    Column("field", "Field", lambda effect: effect.difference.field),
    Column("before", "Before", lambda effect: effect.difference.before),
    Column("after", "After", lambda effect: effect.difference.after),
    Column("from", "Read from", lambda effect: effect.change.reason, wide_only=True),
)


def added_columns(contents: str) -> tuple[Column, ...]:
    """The columns of the rows that an extract added, as they were then."""
    words: dict[str, Callable[[Any], Any]] = {
        "four_p": dict(FourP.choices).get,
        "size": dict(Size.choices).get,
        "involvement": dict(Involvement.choices).get,
        "first_type": dict(ThreatType.choices).get,
    }

    def of(field: str) -> Callable[[Mapping[str, Any]], Any]:
        return lambda row: words.get(field, lambda value: value)(row[field])

    return tuple(Column(field, ADDED_HEADINGS[field], of(field)) for field in ADDED[ExtractContents(contents)])
