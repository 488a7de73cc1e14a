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
from disruptions.extracts.services import CRIME_TYPES, EXTRACTS
from disruptions.loading.database.queries import is_postgresql, lock_out_others, make_joinable, more_memory, value
from disruptions.loading.staging import queries as staging
from disruptions.loading.staging.queries import FAULTS, Numbers, Staging, Terms, list_refusals
from soc_tracker.core.imports.outcome import Decision, Refusal, RowInWords
from soc_tracker.core.records.services import By

MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50


class Loader(Protocol):
    """What differs between files of threats and of disruptions."""

    @property
    def rows(self) -> Staging: ...
    @property
    def tables(self) -> tuple[Staging, ...]: ...

    def newest(self) -> date | None: ...
    def compare(self, terms: Terms, /) -> Numbers: ...
    def additions(self, terms: Terms, first: int, /) -> list[RowInWords]: ...
    def changes(self, terms: Terms, first: int, /) -> list[RowInWords]: ...
    def missing(self, terms: Terms, first: int, /) -> tuple[int, list[str]]: ...
    def write(self, extract: Extract, terms: Terms, numbers: Numbers, by: By) -> None: ...
    def tidy(self, numbers: Numbers) -> None: ...


@dataclass(frozen=True)
class Result:
    """What became of the rows of a file, or would: without ``extract``, nothing was written. Lists hold the first."""

    numbers: Numbers
    refused: int
    missing: int
    additions: list[RowInWords]
    changes: list[RowInWords]
    refusals: list[Refusal]
    missing_references: list[str]
    extract: Extract | None


def settle(
    loader: Loader, terms: Terms, decision: Decision, *, by: By, follow: Callable[[Extract], None] | None = None
) -> Result:
    """Compare the rows that are in the loader's table with the record and, as decided, write them in one transaction.

    ``follow`` is called with the extract once its rows are written, in that transaction: what it raises undoes them.
    """
    extract = None
    with alone(decision):
        make_joinable(loader.rows.name, "reference")
        make_joinable(FAULTS.name, "reference", "line")
        numbers = loader.compare(terms)
        refused = value(f"SELECT COUNT(DISTINCT line) FROM {FAULTS.name}")
        missing, missing_references = loader.missing(terms, MOST_MISSING)
        additions = loader.additions(terms, MOST_ADDITIONS) if numbers.added else []
        changes = loader.changes(terms, MOST_CHANGES) if numbers.changed else []
        is_accepted = decision is Decision.GOOD or (decision is Decision.ALL and not refused)
        if is_accepted and (numbers.added or numbers.changed):
            extract = EXTRACTS.create(
                contents=terms.contents,
                kind_of_data=terms.kind,
                file_name=terms.file_name,
                sha256=terms.sha256,
                as_at=terms.as_at,
                loaded_at=now(),
                loaded_by=by,
                rows_added=numbers.added,
                rows_changed=numbers.changed,
                rows_unchanged=numbers.unchanged,
                rows_refused=refused,
                rows_missing=missing,
                by=by,
                reason=f"Loaded from {terms.file_name}",
            )
            loader.write(extract, terms, numbers, by)
            if follow:
                follow(extract)
    if extract:
        loader.tidy(numbers)
    refusals = list_refusals(most=MOST_REFUSALS)
    return Result(numbers, refused, missing, additions, changes, refusals, missing_references, extract)


@contextmanager
def alone(decision: Decision) -> Iterator[None]:
    """A check reads beside others; what may write is alone from its first comparison to its last row."""
    if decision is Decision.CHECK and not is_postgresql():  # a transaction of SQLite would lock out others
        with more_memory():
            yield
        return
    with transaction.atomic(), more_memory():
        if decision is not Decision.CHECK:
            lock_out_others(staging.DISRUPTION, staging.THREAT, staging.STATE, staging.ASSESSMENT)
        yield


def add_crime_types(terms: Terms, numbers: Numbers, by: By) -> dict[int, int]:
    """Add those that a file names and the record does not know yet; their keys by the numbers by which the rows of
    the file know them, also for use in the database.
    """
    keys = {}
    for number in numbers.crime_types:
        name = terms.crime_types[number]
        reason = f"Named by {terms.file_name}"
        keys[number] = CRIME_TYPES.create(name=name, slug=slugify(name), by=by, reason=reason).pk
    if keys:
        staging.CRIME_TYPES.add({"number": list(keys), "id": list(keys.values())})
    return keys
