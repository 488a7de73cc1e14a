"""From the rows of a file, as they were understood, to the record: compared, decided, written; or not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import now

from disruptions.extracts.models import Extract
from disruptions.extracts.services import CRIME_TYPES as SERVICE
from disruptions.extracts.services import EXTRACTS
from disruptions.loading.staging.queries import (
    ASSESSMENT,
    CRIME_TYPES,
    DISRUPTION,
    FAULTS,
    STATE,
    THREAT,
    Found,
    Scratch,
    Terms,
    first_refusals,
    is_postgresql,
    lock_out_others,
    make_joinable,
    more_memory,
    value,
)
from soc_tracker.core.imports.outcome import Decision, Refusal, Told
from soc_tracker.core.records.services import By

MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50


class Loader(Protocol):
    """What differs between files of threats and of disruptions."""

    rows: Scratch
    tables: tuple[Scratch, ...]

    def newest(self) -> date | None: ...
    def compare(self, terms: Terms, /) -> Found: ...
    def additions(self, terms: Terms, first: int, /) -> list[Told]: ...
    def changes(self, terms: Terms, first: int, /) -> list[Told]: ...
    def missing(self, terms: Terms, first: int, /) -> tuple[int, list[str]]: ...
    def write(self, extract: Extract, terms: Terms, found: Found, by: By) -> None: ...
    def tidy(self, found: Found) -> None: ...


@dataclass(frozen=True)
class Result:
    """What became of the rows of a file, or would: without ``extract``, nothing was written. Lists hold the first."""

    found: Found
    refused: int
    missing: int
    additions: list[Told]
    changes: list[Told]
    refusals: list[Refusal]
    missing_references: list[str]
    extract: Extract | None


def settle(
    loader: Loader, terms: Terms, decision: Decision, *, by: By, follow: Callable[[Extract], None] | None = None
) -> Result:
    """Compare the rows that are in the loader's table with the record and, as decided, write them in one transaction.

    ``follow`` is called with the extract once its rows are written, in that transaction: what it raises undoes them.
    """
    with _alone(decision):
        make_joinable(loader.rows.name, "reference")
        make_joinable(FAULTS.name, "reference", "line")
        found = loader.compare(terms)
        refused = value(f"SELECT COUNT(DISTINCT line) FROM {FAULTS.name}")
        missing, missing_references = loader.missing(terms, MOST_MISSING)
        additions = loader.additions(terms, MOST_ADDITIONS) if found.added else []
        changes = loader.changes(terms, MOST_CHANGES) if found.changed else []
        extract = None
        if _is_to_write(decision, found, refused):
            extract = _record_extract(terms, found, refused, missing, by=by)
            loader.write(extract, terms, found, by)
            if follow:
                follow(extract)
    if extract:
        loader.tidy(found)
    return Result(
        found, refused, missing, additions, changes, first_refusals(MOST_REFUSALS), missing_references, extract
    )


@contextmanager
def _alone(decision: Decision) -> Iterator[None]:
    """A check reads beside others; what may write is alone from its first comparison to its last row."""
    if decision is Decision.CHECK and not is_postgresql():  # a transaction of SQLite would lock out others
        with more_memory():
            yield
        return
    with transaction.atomic(), more_memory():
        if decision is not Decision.CHECK:
            lock_out_others(DISRUPTION, THREAT, STATE, ASSESSMENT)
        yield


def _is_to_write(decision: Decision, found: Found, refused: int) -> bool:
    accepted = decision is Decision.GOOD or (decision is Decision.ALL and not refused)
    return accepted and bool(found.added or found.changed)


def _record_extract(terms: Terms, found: Found, refused: int, missing: int, *, by: By) -> Extract:
    return EXTRACTS.create(
        contents=terms.contents,
        kind_of_data=terms.kind,
        file_name=terms.file_name,
        sha256=terms.sha256,
        as_at=terms.as_at,
        loaded_at=now(),
        loaded_by=by,
        rows_added=found.added,
        rows_changed=found.changed,
        rows_unchanged=found.unchanged,
        rows_refused=refused,
        rows_missing=missing,
        by=by,
        reason=f"Loaded from {terms.file_name}",
    )


# Crime types that a file names and the record does not know yet.


def add_crime_types(terms: Terms, found: Found, by: By) -> dict[int, int]:
    """Add them; their keys by the numbers by which the rows of the file know them, also for use in the database."""
    keys = {}
    for number in found.crime_types:
        name = terms.crime_types[number]
        keys[number] = SERVICE.create(name=name, slug=slugify(name), by=by, reason=f"Named by {terms.file_name}").pk
    if keys:
        CRIME_TYPES.add({"number": list(keys), "id": list(keys.values())})
    return keys
