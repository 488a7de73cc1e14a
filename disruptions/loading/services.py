"""From the rows of a file, as they were understood, to the record: compared, decided, written; or not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import now

from disruptions.extracts.models import Extract
from disruptions.loading.queries import (
    ASSESSMENT,
    DISRUPTION,
    FAULTS,
    MANY,
    NAMED_CRIME_TYPES,
    NUMBERS,
    STATE,
    THREAT,
    Numbers,
    Staging,
    Terms,
    is_postgresql,
    list_refusals,
    make_joinable,
    more_memory,
    run,
    tidy,
    value,
)
from disruptions.services import CRIME_TYPES, EXTRACTS
from soc_tracker.core.imports.outcome import Decision, Refusal, RowInWords
from soc_tracker.core.records.services import By

MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50
FEWEST_SHARED, MOST_EXAMPLES = 5, 3
"""Rows on record from which on "most" says something; of the rows that change, how many are told in a sentence."""


@dataclass(frozen=True)
class Loader:
    """What differs between files of threats and of disruptions.

    ``rows`` is the table of the rows of the file, beside ``others``. ``compare`` leaves the good ones in it; of these,
    ``additions`` and ``changes`` give the first in words, and ``missing`` what the file lacks: how many records, and
    the first references; where it ``keeps_missing``, they stand with the extract, to be withdrawn. ``newest`` is the
    day that the rows themselves are of, None where they do not say. ``write`` puts them on record, in the ``tables``
    written to.
    """

    rows: Callable[[], Staging]
    others: tuple[Staging, ...]
    newest: Callable[[], date | None]
    compare: Callable[[Terms], Numbers]
    additions: Callable[[Terms, int], list[RowInWords]]
    changes: Callable[[Terms, int], list[RowInWords]]
    missing: Callable[[Terms, int], tuple[int, list[str]]]
    keeps_missing: bool
    write: Callable[[Extract, Terms, Numbers, By], None]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What became of the rows of a file, or would: without ``extract``, nothing was written. Lists hold the first.

    ``alarm`` says that most of the rows that are on record become others, "" where they do not.
    """

    numbers: Numbers
    refused: int
    missing: int
    additions: list[RowInWords]
    changes: list[RowInWords]
    refusals: list[Refusal]
    missing_references: list[str]
    alarm: str
    extract: Extract | None


def settle(
    loader: Loader,
    terms: Terms,
    decision: Decision,
    *,
    by: By,
    accepts_changes: bool = False,
    keeps_missing: bool = False,
    follow: Callable[[Extract], None] | None = None,
) -> Result:
    """Compare the rows that are in the loader's table with the record and, as decided, write them in one transaction.

    Where most of the rows that are on record would become others, nothing is written unless ``accepts_changes``.
    ``keeps_missing``: a file that lacks some is written even where it says nothing new.
    ``follow`` is called with the extract once its rows are written, in that transaction: what it raises undoes them.
    """
    extract = None
    with alone(decision):
        make_joinable(loader.rows().name, "reference_key")
        make_joinable(FAULTS.name, "reference_key", "line")
        make_joinable(NUMBERS.name, "bare")
        numbers = loader.compare(terms)
        refused = value(f"SELECT COUNT(DISTINCT line) FROM {FAULTS.name}")
        missing, missing_references = loader.missing(terms, MOST_MISSING) if terms.is_complete else (0, [])
        additions = loader.additions(terms, MOST_ADDITIONS) if numbers.added else []
        changes = loader.changes(terms, MOST_CHANGES) if numbers.changed else []
        alarm = alarm_of(numbers, changes, terms)
        is_accepted = decision is Decision.GOOD or (decision is Decision.ALL and not refused)
        is_accepted &= accepts_changes or not alarm
        if is_accepted and (numbers.added or numbers.changed or (missing and keeps_missing)):
            extract = EXTRACTS.create(
                contents=terms.contents,
                kind_of_data=terms.kind,
                file_name=terms.file_name,
                sha256=terms.sha256,
                as_at=terms.as_at,
                is_complete=terms.is_complete,
                part_of=terms.part_of,
                answers=dict(terms.answers) or None,
                loaded_at=now(),
                loaded_by=by,
                rows_added=numbers.added,
                rows_changed=numbers.changed,
                rows_unchanged=numbers.unchanged,
                rows_refused=refused,
                rows_missing=missing,
                after_key=value(f"SELECT MAX(id) FROM {DISRUPTION}") or 0,
                by=by,
                reason=f"Loaded from {terms.file_name}",
            )
            loader.write(extract, terms, numbers, by)
            if follow:
                follow(extract)
    if extract:
        tidy(loader.tables, changed_much=numbers.added + numbers.changed >= MANY)
    refusals = list_refusals(most=MOST_REFUSALS)
    return Result(numbers, refused, missing, additions, changes, refusals, missing_references, alarm, extract)


def alarm_of(numbers: Numbers, changes: Sequence[RowInWords], terms: Terms) -> str:
    """With figures and examples: that most of the rows that are on record would become other events or threats.
    "" where they would not.
    """
    if numbers.shared < FEWEST_SHARED:
        return ""
    most = {terms.headings[name]: count for name, count in numbers.moved.items() if 2 * count > numbers.shared}
    if not most:
        return ""
    shares = [f"“{heading}” in {count:,} ({100 * count // numbers.shared} %)" for heading, count in most.items()]
    examples = [
        f"row {row.line}, {row.reference}: {heading} “{before}” would become “{after}”"
        for row in changes
        for heading, before, after in row.differences
        if heading in most
    ]
    return (
        f"This file would change most of the {numbers.shared:,} rows that it shares with the record: "
        f"{'; '.join(shares)}. For example {'; '.join(examples[:MOST_EXAMPLES])}. Is the file right?"
    )


@contextmanager
def alone(decision: Decision) -> Iterator[None]:
    """A check reads beside others; what may write is alone from its first comparison to its last row."""
    if decision is Decision.CHECK and not is_postgresql():  # a transaction of SQLite would lock out others
        with more_memory():
            yield
        return
    with transaction.atomic(), more_memory():
        if decision is not Decision.CHECK and is_postgresql():  # a transaction of SQLite has begun by locking
            tables = f"{DISRUPTION}, {THREAT}, {STATE}, {ASSESSMENT}"
            run(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")  # all may read them
        yield


def add_crime_types(extract: Extract, terms: Terms, numbers: Numbers, by: By) -> dict[int, int]:
    """Add those that a file names and the record does not know yet; their keys by the numbers by which the rows of
    the file know them, also for use in the database.
    """
    keys = {}
    for number in numbers.crime_types:
        name = terms.crime_types[number]
        reason = f"Named by {terms.file_name}"
        keys[number] = CRIME_TYPES.create(name=name, slug=slugify(name), extract=extract, by=by, reason=reason).pk
    if keys:
        NAMED_CRIME_TYPES.add({"number": list(keys), "id": list(keys.values())})
    return keys
