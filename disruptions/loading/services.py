"""From the rows of a file, as they were understood, to the record: compared, decided, written; or not."""

import fcntl
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.timezone import now

from disruptions.extracts.models import Extract
from disruptions.extracts.services import EXTRACTS
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
    refuse_outside,
    rows,
    run,
    value,
)
from disruptions.pending.models import Pending
from disruptions.pending.services import hide, in_slices, put_on_record
from disruptions.threats.services import CRIME_TYPES
from disruptions.words import models as words
from soc_tracker.core.imports.outcome import (
    MOST_ADDITIONS,
    MOST_CHANGES,
    MOST_MISSING,
    MOST_REFUSALS,
    Decision,
    Refusal,
    RowInWords,
)
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.records.services import By
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

LARGE = 2_000
"""New rows from which on they are written in slices: fewer take SQLite a fraction of a second."""
SOON_READ = 200_000
"""Rows that SQLite reads whole in a fraction of a second."""
FEWEST_SHARED, MOST_EXAMPLES = 5, 3
"""Rows on record from which on "most" says something; of the rows that change, how many are told in a sentence."""


@dataclass(frozen=True)
class Loader:
    """What differs between files of threats and of disruptions.

    ``rows`` is the table of the rows of the file, beside ``others``. ``compare`` leaves the good ones in it; of these,
    ``additions`` and ``changes`` give the first in words, and ``missing`` what the file lacks: how many records, and
    the first references; where it ``keeps_missing``, they stand with the extract, to be withdrawn. ``newest`` is the
    day that the rows themselves are of, None where they do not say. ``write`` puts them on record, in the ``tables``
    written to. ``add`` writes the new ones alone, in many short transactions, and ``change`` all else after them.
    ``overtaken`` says, for a moment, whether somebody has written since then what the rows were compared with.
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
    overtaken: Callable[[datetime], bool]
    add: Callable[[Extract, Terms, Numbers, By], None] | None = None
    change: Callable[[Extract, Terms, Numbers], None] | None = None


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
    at_once: bool = False,
    follow: Callable[[Extract], None] | None = None,
) -> Result:
    """Compare the rows that are in the loader's table with the record and, as decided, put all of them on record.

    Where most of the rows that are on record would become others, nothing is written unless ``accepts_changes``.
    ``keeps_missing``: a file that lacks some is written even where it says nothing new.
    ``at_once``: in one transaction, however many they are, so that nobody else writes meanwhile.
    ``follow`` is called with the extract once its rows are written, before anybody sees them: what it raises undoes
    them. Raises OvertakenError.
    """
    extract, since = None, now()
    with alone(decision):
        make_joinable(loader.rows().name, "reference_key")
        make_joinable(FAULTS.name, "reference_key", "line")
        make_joinable(NUMBERS.name, "bare")
        refuse_outside(loader.rows(), terms)
        numbers = loader.compare(terms)
        refused = value(f"SELECT COUNT(DISTINCT line) FROM {FAULTS.name}")
        missing, missing_references = loader.missing(terms, MOST_MISSING) if terms.is_complete else (0, [])
        additions = loader.additions(terms, MOST_ADDITIONS) if numbers.added else []
        changes = loader.changes(terms, MOST_CHANGES) if numbers.changed else []
        alarm = alarm_of(numbers, changes, terms)
        is_accepted = decision is Decision.GOOD or (decision is Decision.ALL and not refused)
        is_accepted &= accepts_changes or not alarm
        if is_accepted and (numbers.added or numbers.changed or (missing and keeps_missing)):
            new = partial(
                EXTRACTS.create,
                contents=terms.contents,
                kind_of_data=terms.kind,
                file_name=terms.file_name,
                sha256=terms.sha256,
                as_at=terms.as_at,
                is_complete=terms.is_complete,
                part_of=terms.part_of,
                answers=dict(terms.answers) or None,
                loaded_by=by,
                rows_added=numbers.added,
                rows_changed=numbers.changed,
                rows_unchanged=numbers.unchanged,
                rows_refused=refused,
                rows_missing=missing,
                after_key=value(f"SELECT MAX(id) FROM {DISRUPTION}") or 0,
                **terms.sight.fields,
                by=by,
                reason=f"Loaded from {terms.file_name}",
            )
            # Rows so many that others, who save, would wait for them; SQLite alone makes them wait
            is_sliced = (
                bool(loader.add) and numbers.added >= LARGE and not (is_postgresql() or connection.in_atomic_block)
            )
            write = write_in_slices if is_sliced and not at_once else write_at_once
            extract = write(loader, new, Writing(terms, numbers, by, since, follow))
    if extract:
        tidy(loader.tables, changed_much=numbers.added + numbers.changed >= MANY)
    refusals = list_refusals(most=MOST_REFUSALS)
    return Result(numbers, refused, missing, additions, changes, refusals, missing_references, alarm, extract)


def alarm_of(numbers: Numbers, changes: Sequence[RowInWords], terms: Terms) -> str:
    """With figures and examples: that most of the rows that are on record would become other events or threats.
    "" where they would not.
    """
    shared = numbers.changed + numbers.unchanged  # with the record
    if shared < FEWEST_SHARED:
        return ""
    most = {terms.headings[name]: count for name, count in numbers.moved.items() if 2 * count > shared}
    if not most:
        return ""
    shares = [f"“{heading}” in {count:,} ({100 * count // shared} %)" for heading, count in most.items()]
    examples = [
        f"row {row.line}, {row.reference}: {heading} “{before}” would become “{after}”"
        for row in changes
        for heading, before, after in row.differences
        if heading in most
    ]
    return (
        f"This file would change most of the {shared:,} rows that it shares with the record: "
        f"{'; '.join(shares)}. For example {'; '.join(examples[:MOST_EXAMPLES])}. Is the file right?"
    )


class OvertakenError(UnreadableFileError):
    """Somebody wrote what the rows of the file speak of, after they were compared with it."""


OVERTAKEN = (
    "Nothing was loaded: while the file was compared with the record, somebody changed a record that it speaks of. "
    "Load it again."
)


@dataclass(frozen=True)
class Writing:
    """What is to be written: the rows were compared with the record as it was at a moment, and not before ``since``."""

    terms: Terms
    numbers: Numbers
    by: By
    since: datetime
    follow: Callable[[Extract], None] | None


def write_at_once(loader: Loader, new: Callable[..., Extract], writing: Writing) -> Extract:
    with transaction.atomic():
        if loader.overtaken(writing.since):
            raise OvertakenError(OVERTAKEN)
        extract = new(loaded_at=now())
        loader.write(extract, writing.terms, writing.numbers, writing.by)
        record_load(extract, writing.by)
        if writing.follow:
            writing.follow(extract)
    return extract


def write_in_slices(loader: Loader, new: Callable[..., Extract], writing: Writing) -> Extract:
    """The new rows some at a time, seen by nobody; in the end, in one short transaction, all comes on record."""
    terms, numbers, by = writing.terms, writing.numbers, writing.by
    try:
        with transaction.atomic():
            extract = new(loaded_at=now())
            for model in (Extract, Extract.history.model):
                hide(model, extract.pk, extract.pk)
        if loader.add:
            loader.add(extract, terms, numbers, by)
        with transaction.atomic():
            if loader.overtaken(writing.since):
                raise OvertakenError(OVERTAKEN)
            put_on_record()
            reason = f"On record with all its rows: {terms.file_name}"
            extract = EXTRACTS.change(extract, loaded_at=now(), by=by, reason=reason, expected_version=1)
            if loader.change:
                loader.change(extract, terms, numbers)
            record_load(extract, by)
            if writing.follow:
                writing.follow(extract)
    except BaseException:
        remove_pending()
        raise
    return extract


def record_load(extract: Extract, by: By) -> None:
    """One entry on the trail for all rows: each has its own history."""
    rows = {name: getattr(extract, f"rows_{name}") for name in ("added", "changed", "unchanged", "refused", "missing")}
    record_event(
        Kind.LOAD,
        by=by,
        subject=extract,
        why=f"Loaded from {extract.file_name}",
        rows=rows,
        file=extract.file_name,
        sha256=extract.sha256,
        contents=extract.contents,
    )


# Who else may write meanwhile, and what the planner is told afterwards.


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other process loads or counts anew; what a loading left that was killed is removed first.

    PostgreSQL needs none of this: its tables are locked, and what a killed process wrote is undone.
    """
    if is_postgresql():
        yield
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "loading.lock").open("w") as lock:  # which the system releases when the process dies
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_pending()
        yield


def remove_pending() -> None:
    """Remove what a loading has written that did not come to its end: nobody has seen any of it."""
    # In the reverse of the order in which they were written, so that nothing refers to what is removed.
    for pending in Pending.objects.order_by("-pk"):
        table = pending.table_name

        def remove(first: int, last: int, table: str = table) -> None:
            if table == words.ROWS:
                words.forget(f"SELECT id FROM {words.ROWS} WHERE id BETWEEN %s AND %s", [first, last])
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE id BETWEEN %s AND %s", [first, last])

        with connection.cursor() as cursor:
            span = f"SELECT MIN(id), MAX(id) FROM {table} WHERE id BETWEEN %s AND %s"
            cursor.execute(span, [pending.first, pending.last])
            first, last = cursor.fetchone()
        if first is not None:
            in_slices(first, last, remove)
        pending.delete()


@contextmanager
def alone(decision: Decision) -> Iterator[None]:
    """On PostgreSQL, what may write is alone from its first comparison to its last row. SQLite, whose every
    transaction locks out others, compares beside them.
    """
    if not is_postgresql():
        with more_memory():
            yield
        return
    with transaction.atomic(), more_memory():
        if decision is not Decision.CHECK:
            tables = f"{DISRUPTION}, {THREAT}, {STATE}, {ASSESSMENT}"
            run(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")  # all may read them
        yield


def tidy(tables: Iterable[str], *, changed_much: bool = False) -> None:
    """Tell the planner what is in the tables: it must not wait until the database gets round to it by itself.

    SQLite must read an index whole to know how many rows share a body or a kind of data; a sample makes both look
    equally rare. That takes a second or two a million rows, so a large table of which little has changed is left alone.
    """
    if is_postgresql():
        # PostgreSQL does not vacuum inside a transaction.
        vacuum = changed_much and not connection.in_atomic_block
        for table in tables:
            run(f"VACUUM (ANALYZE) {table}" if vacuum else f"ANALYZE {table}")
        return
    run("PRAGMA analysis_limit = 0")
    for table in tables:
        if changed_much or (value(f"SELECT MAX(rowid) FROM {table}") or 0) <= SOON_READ:
            # One index after the other: meanwhile nobody else can write.
            for (index,) in rows("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table]):
                run(f'ANALYZE "{index}"')


# What both kinds of file bring.


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
