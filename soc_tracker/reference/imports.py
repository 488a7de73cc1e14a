"""A file of facts: looked through, and written as its check has shown."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from soc_tracker.core.imports.cells import ERROR_HEADING, Cell, as_text, with_guard
from soc_tracker.core.imports.outcome import (
    MOST_ADDITIONS,
    MOST_CHANGES,
    MOST_PASSED_OVER,
    MOST_REFUSALS,
    Decision,
    Outcome,
    Refusal,
    RowInWords,
)
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, are_open
from soc_tracker.core.imports.tables import Tables
from soc_tracker.core.imports.uploads.tasks import ChangedSinceError
from soc_tracker.core.lists.exports import OPTIONS
from soc_tracker.core.records.services import By
from soc_tracker.core.trail.services import digest_of_file, one_load
from soc_tracker.reference import rows as facts
from soc_tracker.reference.kinds import KINDS
from soc_tracker.reference.loader import load_rows
from soc_tracker.reference.rows import Line, Result
from soc_tracker.reference.sheets import FactSheet, read_facts

MOST_KEPT = 50


@dataclass(frozen=True)
class FactsOutcome(Outcome):
    """``kept`` are values that give way to what stands on record, of ``left_alone`` rows; ``fingerprint``
    is equal where the same becomes of the same rows.
    """

    kept: tuple[dict[str, Any], ...] = ()
    left_alone: int = 0
    fingerprint: str = ""


def load_file(
    path: Path,
    name: str,
    decision: Decision,
    *,
    by: By,
    errors: Path | None,
    accepted: str,
    finish: Callable[[], Any],
    overrules: bool = False,
    answers: Answers = NO_ANSWERS,
) -> FactsOutcome:
    """Read a file that its owner calls ``name``, and write it as decided. The refused rows go to ``errors``.

    ``accepted`` is the fingerprint of the check that was accepted.

    Raises UnreadableFileError; ChangedSinceError where something else would become of the rows than was accepted.
    """
    read, sheets = read_facts(path, name, answers)
    if are_open(read.questions):
        decision = Decision.CHECK
    became = facts.Outcome()
    with transaction.atomic(), one_load(name, by=by, why="A file of facts", sha256=digest_of_file(path)):
        rows = [row for sheet in sheets for row in sheet.rows]
        load_rows(rows, KINDS, became, origin=name, by=by, overrules=overrules)
        outcome = outcome_of(became, read, sheets, decision)
        if outcome.written and accepted and accepted != outcome.fingerprint:
            raise ChangedSinceError
        if outcome.written:
            finish()
        else:
            transaction.set_rollback(True)
    if errors and outcome.refused:
        write_refused(errors, sheets, became.of(Result.REFUSED))
    return outcome


def outcome_of(became: facts.Outcome, read: Tables, sheets: Sequence[FactSheet], decision: Decision) -> FactsOutcome:
    """What became of the rows, or would become of them, as a page shows it: causes before their consequences."""
    added, changed, refused, left_alone = (
        became.of(result) for result in (Result.ADDED, Result.CHANGED, Result.REFUSED, Result.LEFT_ALONE)
    )
    refused.sort(key=lambda line: line.is_consequence)
    rows = {row.place: (row, sheet.called) for sheet in sheets for row in sheet.rows}
    passed = [row for sheet in sheets for row in sheet.passed]
    lines = json.dumps([[line.kind, line.key, line.result, line.why] for line in became.lines])
    return FactsOutcome(
        written=decision.writes(new=len(added) + len(changed), refused=len(refused)),
        added=len(added),
        changed=len(changed),
        unchanged=len(became.of(Result.UNCHANGED)),
        refused=len(refused),
        missing=0,
        stray=tuple(f"{heading} ({sheet.place})" for sheet in sheets for heading in sheet.stray),
        form=read.form,
        additions=tuple(addition(line, *rows[line.place]) for line in added[:MOST_ADDITIONS]),
        changes=tuple(change(line, rows[line.place][1]) for line in changed[:MOST_CHANGES]),
        refusals=tuple(fault for line in refused[:MOST_REFUSALS] for fault in faults(line, rows[line.place][1])),
        missing_references=(),
        kept=tuple(value for line in left_alone[:MOST_KEPT] for value in kept_values(line, rows[line.place][1])),
        left_alone=len(left_alone),
        notes=(*read.notes, *notes_on(refused)),
        passed_over=tuple(passed[:MOST_PASSED_OVER]),
        passed_over_rows=len(passed),
        questions=read.questions,
        fingerprint=hashlib.sha256(lines.encode()).hexdigest(),
    )


def notes_on(refused: Sequence[Line]) -> Iterator[str]:
    if consequences := sum(line.is_consequence for line in refused):
        rows, stand = ("1 row is", "stands") if consequences == 1 else (f"{consequences:,} rows are", "stand")
        yield f"{rows} refused only for referring to what is refused itself, and {stand} last."


Called = Mapping[str, str]
"""The heading of each field in the file."""


def addition(line: Line, row: facts.Row, called: Called) -> RowInWords:
    values = tuple((called.get(name, name), "", str(value)) for name, value in row.data.items())
    return RowInWords(line.number, reference(line), values)


def change(line: Line, called: Called) -> RowInWords:
    differences = tuple((called.get(name, name), old, new) for name, old, new, _ in line.differences)
    return RowInWords(line.number, reference(line), differences)


def faults(line: Line, called: Called) -> Iterator[Refusal]:
    for problem in line.problems:
        value = "" if problem.value is None else str(problem.value)
        column = called.get(problem.field, problem.field)
        yield Refusal(line.number, reference(line), column, value, problem.expected)


def kept_values(line: Line, called: Called) -> Iterator[dict[str, Any]]:
    """The values of a row that give way; of a record that somebody has removed, that it is so."""
    row = {"line": line.number, "reference": reference(line)}
    for name, old, new, who in line.differences or (("the record", "", "", line.why),):
        yield {**row, "field": called.get(name, name), "before": old, "after": new, "who": who}


def reference(line: Line) -> str:
    return f"{line.kind}: {line.key}"


def write_refused(errors: Path, sheets: Sequence[FactSheet], refused: Sequence[Line]) -> None:
    """The refused rows as they were sent, sheet by sheet, with what is wrong with each in a column of its own."""
    import xlsxwriter  # here: the server starts without it

    why = {line.place: "; ".join(map(str, line.problems)) for line in refused}
    tables: dict[str, list[list[Cell]]] = {}
    for sheet in sheets:
        for row in (row for row in sheet.rows if row.place in why and row.kind == sheet.kind.name):
            table = tables.setdefault(sheet.kind.name, [[*sheet.headings, ERROR_HEADING]])
            table.append([*sheet.cells[row.number][: len(sheet.headings)], why[row.place]])
    texts = {name: [[with_guard(as_text(cell)) for cell in row] for row in rows] for name, rows in tables.items()}
    if errors.suffix == ".csv":
        with errors.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(row for rows in texts.values() for row in rows)
        return
    with xlsxwriter.Workbook(str(errors), OPTIONS) as book:
        for name, rows in texts.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)
