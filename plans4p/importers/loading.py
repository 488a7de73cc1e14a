"""Loading a file of plans: read, compared with the record, and written as decided."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from disruptions.choices import DataKind
from disruptions.importers.names import Organisations
from plans4p.importers.comparing import Comparison, Found
from plans4p.importers.groups import complete
from plans4p.importers.missing import in_words, missing
from plans4p.importers.outcome import Outcome
from plans4p.importers.reading import Table, read
from plans4p.importers.record import Record
from plans4p.importers.rules import check
from plans4p.services.importing import Terms, write_plans
from soc_tracker.lib.imports import Decision, Progress, Refusal, nothing

MOST_REFUSALS, MOST_ADDITIONS, MOST_CHANGES, MOST_MISSING = 200, 20, 50, 50


@dataclass(frozen=True)
class Loading:
    """A file of plans to load. ``today`` is when new plans begin of which it does not say so."""

    path: Path
    file_name: str
    kind: DataKind
    today: date
    by: AbstractBaseUser | None = None


def load(
    loading: Loading,
    decision: Decision,
    *,
    errors: Path | None = None,
    shown: str = "",
    progress: Progress = nothing,
    follow: Callable[[], None] = lambda: None,
) -> Outcome:
    """Check a file and, as decided, put its rows on record.

    ``errors`` is where the refused rows go, if there are any: in the form of the file, with a column that says what
    is wrong with each. ``shown`` is the fingerprint of the check on which was decided: where the record has changed
    since, so that the file would do something else, nothing is written. ``progress`` is told how many bytes have
    been read, and of how many. ``follow`` is called when the rows are written, before that is final: what it raises
    undoes it.
    Raises UnreadableFileError, which says what is wrong with the file as a whole, and NotWrittenError where somebody
    else wrote to the same plans at that moment.
    """
    table = read(loading.path, loading.file_name, Organisations(), progress)
    with _alone(decision):
        record = Record(table, loading.kind, by=loading.by, locked=decision is not Decision.CHECK)
        groups = check(table, record, loading.today)
        found = Comparison(table, record, groups).run()
        outcome = _outcome(table, found, missing(table, record, found.writes))
        if _is_to_write(decision, outcome) and shown in ("", outcome.fingerprint):
            write_plans(found.writes, Terms(loading.file_name, loading.kind, loading.by, loading.today))
            follow()
            outcome = replace(outcome, written=True)
    if errors and outcome.refused:
        complete(table, groups)
        table.write_errors(errors)
    return outcome


@contextmanager
def _alone(decision: Decision) -> Iterator[None]:
    """A check reads beside others; what may write holds its plans from the first comparison to the last row."""
    if decision is Decision.CHECK:
        yield
        return
    with transaction.atomic():
        yield


def _is_to_write(decision: Decision, outcome: Outcome) -> bool:
    accepted = decision is Decision.GOOD or (decision is Decision.ALL and not outcome.refused)
    return accepted and bool(outcome.added or outcome.changed)


def _outcome(table: Table, found: Found, missed: dict[str, Counter[str]]) -> Outcome:
    refusals = _refusals(table)
    additions, changes, references = found.additions, found.changes, in_words(missed)
    return Outcome(
        written=False,
        added=len(additions),
        changed=len(changes),
        unchanged=found.unchanged,
        refused=sum(1 for row in table.rows if not row.is_good),
        missing=sum(counts.total() for counts in missed.values()),
        stray=table.match.stray,
        form=table.sheet.form,
        additions=tuple(additions[:MOST_ADDITIONS]),
        changes=tuple(changes[:MOST_CHANGES]),
        refusals=tuple(refusals[:MOST_REFUSALS]),
        missing_references=tuple(references[:MOST_MISSING]),
        fingerprint=found.fingerprint(refusals, references),
    )


def _refusals(table: Table) -> list[Refusal]:
    return [Refusal(row.line, str(row.said["reference"] or ""), *fault) for row in table.rows for fault in row.faults]
