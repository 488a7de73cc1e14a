"""Values of plans in words, as a preview shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from disruptions.choices import FourP
from disruptions.loading.files.imports import Organisations, Understood, fields_of, value_of
from disruptions.threats.models import Threat
from plans4p.aims.models import Action, Aim
from plans4p.choices import ActionStatus, ResultKind
from plans4p.plans.models import Plan
from plans4p.plans.services import is_addressable
from soc_tracker.core.imports.cells import (
    Cell,
    Chunk,
    Fault,
    Field,
    Match,
    Memo,
    UnreadableFileError,
    match,
    parse_text,
    shown,
)
from soc_tracker.core.imports.outcome import Progress, nothing
from soc_tracker.core.imports.parsers import EXPECTED_DAY, one_of, optional, parse_day, parse_number
from soc_tracker.core.imports.sheet import ErrorFile, Sheet, open_sheet
from soc_tracker.core.text import days
from soc_tracker.core.text.clean import clean_code


def in_words(value: Any) -> str:
    """ "" for nothing; of a text the beginning, on one line."""
    match value:
        case None:
            return ""
        case date():
            return days.in_words(value, days.Precision.DAY)
        case Decimal():
            return f"{value.normalize():,f}"
        case Threat():
            return str(value.reference)
        case _:
            return shown(str(value))


# The form of a file of plans: what its columns are called, and what each cell may hold.


HEADINGS = {
    "reference": ("plan_ref", "plan reference", "plan id", "plan", "reference", "ref"),
    "title": ("title", "plan title", "plan name"),
    "organisation": ("organisation", "organization", "force", "force or ROCU", "body"),
    "threat": ("threat_ref", "threat reference", "threat id", "threat"),
    "theme": ("theme", "priority theme", "priority"),
    "owner": ("owner", "plan owner", "lead responsible officer", "LRO"),
    "starts_on": ("begins_on", "plan begins", "start date", "starts on", "plan from"),
    "ends_on": ("ends_by", "plan ends", "end date", "ends on", "plan to"),
    "review_due_on": ("review_due", "next review due", "next review", "review date"),
    "intelligence": ("intelligence", "intelligence used", "evidence"),
    "four_p": ("four_p", "4P", "4 P", "4Ps", "four Ps", "4P category", "4P strand", "strand"),
    "change": ("aim", "what should change", "objective", "aim of the plan"),
    "measure": ("measure", "how it is measured", "success measure"),
    "counts": ("counts", "what counts", "what counts towards it", "counted"),
    "baseline": ("baseline", "number before the plan"),
    "target": ("target", "target number"),
    "aim_due_on": ("aim_due", "aim by when", "aim by", "aim due on"),
    "omission": ("no_aim_because", "why there is no aim", "reason for no aim"),
    "action": ("action", "what is done", "tailored action", "task"),
    "action_owner": ("action_owner", "who does it", "action by", "action lead"),
    "action_due_on": ("action_due", "action by when", "action due on", "action due date"),
    "status": ("action_status", "status", "action progress"),
    "outcome": ("outcome", "what came of it", "action outcome"),
    "tactic": ("tactic", "tactic of the menu"),
    "partners": ("partners", "partner", "action partners", "partner agencies"),
}
"""What each column is called, the usual name first."""
PLAN = ("title", "organisation", "threat", "theme", "owner", "starts_on", "ends_on", "review_due_on", "intelligence")
AIM = ("measure", "counts", "baseline", "target", "aim_due_on")
ACTION = ("action_owner", "action_due_on", "status", "outcome", "tactic", "partners")
NEEDED = {"plan": ("title", "organisation"), "aim": ("measure", "target", "aim_due_on")}
"""What a new plan or aim cannot be without."""
PARTS = ("four_p", "change", *AIM, "omission", "action", *ACTION)
_LONGEST = Plan._meta.get_field("reference").max_length
_REFERENCE = f"a reference of at most {_LONGEST} characters on one line, without “/”"
HIGHEST = Decimal("9999999999.99")
STATUSES = {
    "open": ActionStatus.TO_DO,
    "in progress": ActionStatus.UNDER_WAY,
    "ongoing": ActionStatus.UNDER_WAY,
    "complete": ActionStatus.DONE,
    "completed": ActionStatus.DONE,
    "closed": ActionStatus.DONE,
    "cancelled": ActionStatus.DROPPED,
    "withdrawn": ActionStatus.DROPPED,
    "transferred": ActionStatus.PASSED_ON,
    "handed over": ActionStatus.PASSED_ON,
}


@dataclass(frozen=True)
class Expected:
    """What the columns of a file are called there, and what their cells should have held."""

    headings: Mapping[str, str]
    words: Mapping[str, str]

    def heading(self, key: str) -> str:
        """As in the file; for a column that it lacks, the usual name."""
        return self.headings.get(key, HEADINGS[key][0])


def plan_fields(organisations: Organisations) -> list[Field]:
    """The columns of a file of plans. All but the reference may be missing, or empty in any row."""
    parsers = _parsers(organisations)
    may_lack = HEADINGS.keys() - {"reference"}
    blank = {key: (optional(parse) if key in may_lack else parse, words) for key, (parse, words) in parsers.items()}
    return fields_of(HEADINGS, blank, may_lack)


def _parsers(organisations: Organisations) -> dict[str, Understood]:
    day: Understood = (parse_day, EXPECTED_DAY)
    text: Understood = (parse_text(None), "text")
    return {
        "reference": (_reference, _REFERENCE),
        "title": _words(Plan, "title"),
        "organisation": (lambda cell: int(organisations.key(cell)), organisations.expected),
        "threat": text,
        "theme": _words(Plan, "theme"),
        "owner": text,
        "starts_on": day,
        "ends_on": day,
        "review_due_on": day,
        "intelligence": text,
        "four_p": (value_of(FourP), one_of(FourP)),
        "change": text,
        "measure": _words(Aim, "measure"),
        "counts": (value_of(ResultKind), one_of(ResultKind)),
        "baseline": _number(Decimal(0), "a number of 0 or more with at most two decimals"),
        "target": _number(Decimal("0.01"), "a number above 0 with at most two decimals"),
        "aim_due_on": day,
        "omission": text,
        "action": text,
        "action_owner": _words(Action, "owner"),
        "action_due_on": day,
        "status": (value_of(ActionStatus, STATUSES), one_of(ActionStatus)),
        "outcome": text,
        "tactic": text,
        "partners": text,
    }


def _reference(cell: Cell) -> str:
    """Raises ValueError also for what could not stand in the address of the plan's page."""
    text: str = parse_text(_LONGEST, clean=clean_code)(cell)
    if not is_addressable(text):
        raise ValueError(text)
    return text


def _words(model: Any, field: str) -> Understood:
    longest = model._meta.get_field(field).max_length
    return parse_text(longest), f"text of at most {longest} characters"


def _number(lowest: Decimal, words: str) -> Understood:
    return parse_number(lowest, HIGHEST, places=2), words


# The rows of a file of plans understood, all of them in memory: such files are small.


MOST_ROWS = 20_000


@dataclass
class Row:
    """``said`` holds what was understood, by key; None where the cell is empty or could not be understood."""

    line: int
    cells: list[Cell]
    said: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults

    def says(self, *keys: str) -> str:
        """The first of the keys of which the row says something; "" for none."""
        return next((key for key in keys if self.said.get(key) is not None), "")


@dataclass
class Table:
    """A file as it was read. ``places`` are its columns by key, ``expected`` the words for what is wrong."""

    sheet: Sheet
    match: Match
    rows: list[Row]
    expected: Expected

    def refuse(self, row: Row, key: str, expected: str) -> None:
        """Say that what a row holds in a column cannot be, and take nothing from there."""
        place = self.match.places.get(key)
        value = "" if place is None else shown(row.cells[place])
        row.faults.append(Fault(self.expected.heading(key), value, expected))

    def is_faulty(self, row: Row, key: str) -> bool:
        """Whether the row has a fault in a column already."""
        heading = self.expected.heading(key)
        return any(fault.column == heading for fault in row.faults)

    def named(self, key: str) -> set[Any]:
        """Every value that stands in a column."""
        return {row.said[key] for row in self.rows if row.says(key)}

    def write_errors(self, errors: Path) -> None:
        """Copy the rows that have a fault, each with what is wrong with it."""
        with ErrorFile(errors, self.sheet) as file:
            for row in self.rows:
                if row.faults:
                    file.add(row.cells, [str(fault) for fault in row.faults])


def read(path: Path, name: str, organisations: Organisations, progress: Progress = nothing) -> Table:
    """Raises UnreadableFileError, also for a file of more rows than plans have."""
    fields = plan_fields(organisations)
    with open_sheet(path, name) as sheet:
        found = match(sheet.headings, fields)
        headings = {key: sheet.headings[place] for key, place in found.places.items()}
        memos = {f.key: Memo(f, headings[f.key]) for f in fields if f.key in headings}
        table = Table(sheet, found, [], Expected(headings, {f.key: f.expected for f in fields}))
        for chunk in sheet.chunks():
            table.rows += _rows(chunk, found, memos)
            progress(sheet.position, sheet.size)
            if len(table.rows) > MOST_ROWS:
                raise UnreadableFileError(
                    f"The file has more than {MOST_ROWS:,} rows, and plans are read up to that many at a time. "
                    "Split it into several files, each with the headings."
                )
    return table


def _rows(chunk: Chunk, found: Match, memos: dict[str, Memo]) -> Iterator[Row]:
    columns = {key: memo.column(chunk.columns[found.places[key]]) for key, memo in memos.items()}
    for at, line in enumerate(chunk.lines):
        row = Row(line, chunk.row(at), {})
        if line in chunk.faults:
            row.faults.append(chunk.faults[line])
        for key, column in columns.items():
            value = column[at]
            row.said[key] = None if type(value) is Fault else value
            if type(value) is Fault:
                row.faults.append(value)
        yield row
