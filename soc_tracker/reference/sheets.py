"""Facts in spreadsheets: a workbook with a sheet for each kind, or one kind in a file, as rows that the loader takes.

A sheet says its kind by its name, the file's name, the title that an export of this site begins with, or its headings.
The headings may stand below other rows; those, and columns that are not known, are named.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import BooleanField, DateField, DecimalField, ForeignKey, IntegerField

from soc_tracker.core.imports.cells import ERROR_HEADING, Cell, as_text, in_message, plain, without_guard
from soc_tracker.core.imports.days import EXPECTED_DAY, NUMBERS, DayColumn, day_columns, parse_day
from soc_tracker.core.imports.no_records import NOTE, TOTAL
from soc_tracker.core.imports.outcome import PassedOver
from soc_tracker.core.imports.parsers import is_failed, parse_number, parse_yes_no, stands_for_nothing
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, UnreadableFileError
from soc_tracker.core.imports.tables import Table, Tables, read_tables
from soc_tracker.core.text.days import Precision
from soc_tracker.reference.kinds import BY_NAME, FIRST_DAY, KINDS, Kind
from soc_tracker.reference.rows import CLEAR, Problem, Row, parts_of

MOST_ROWS = 20_000
FURTHEST_HEADINGS = 30
"""Rows of a sheet among which its headings are looked for."""
MOST_NAMED = 20
"""Different signs for nothing of a column that are named."""
FEW = 2
"""Cells of a row that has a total; a record has more."""
FEWEST_HEADINGS = 2
"""That a sheet has which nothing but they says the kind of."""


@dataclass
class FactSheet:
    """One sheet: the rows of a kind, ``cells`` by the number of each, and what of the sheet was not read. ``called`` is
    the heading of each field.
    """

    kind: Kind
    place: str
    headings: Sequence[str]
    called: Mapping[str, str]
    stray: list[str] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)
    cells: dict[int, Sequence[Cell]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_facts(path: Path, name: str, answers: Answers = NO_ANSWERS) -> tuple[Tables, list[FactSheet]]:
    """What a file is that its owner calls ``name``, and its sheets of facts. Raises UnreadableFileError."""
    read = read_tables(path, name, most=MOST_ROWS, answers=answers)
    sheets = [read_sheet(table, name, answers, is_alone=len(read.tables) == 1) for table in read.tables]
    known = [sheet for sheet in sheets if sheet]
    if not known:
        raise UnreadableFileError(
            "No sheet of the file says what its rows are. Name each sheet, or the file, after their kind: "
            f"{', '.join(BY_NAME)}; and head its columns as the templates do."
        )
    questions = [question for sheet in known for question in sheet.questions]
    notes = [note for sheet in known for note in sheet.notes]
    return replace(read, questions=(*read.questions, *questions), notes=(*read.notes, *notes)), known


def read_sheet(table: Table, file_name: str, answers: Answers, *, is_alone: bool) -> FactSheet | None:
    """The facts of a sheet; None where it holds none, such as a cover."""
    texts = [[as_text(without_guard(cell)).strip() for cell in row] for _, row in table.rows[:FURTHEST_HEADINGS]]
    names = [table.name, *([Path(file_name).stem] if is_alone else [])]
    names += [row[1] for row in texts if len(row) > 1 and plain(row[0]) == "title"]
    where = f"{file_name}, sheet {table.name}" if table.name else file_name
    named = next((kind for name in names if (kind := kind_named(name))), None)
    fits = [
        (len(known(kind, row)), -at, kind) for kind in ([named] if named else KINDS) for at, row in enumerate(texts)
    ]
    best, place, kind = max(fits, key=lambda fit: fit[:2])
    if best < (1 if named else FEWEST_HEADINGS):
        return None
    like = dict.fromkeys(each.name for fit, _, each in fits if fit == best)
    if len(like) > 1:
        raise UnreadableFileError(
            f"The rows of “{where}” may be {' or '.join(like)}, by their headings. "
            "Name the sheet, or the file, after what they are, and try again."
        )
    headings = texts[-place]
    columns = known(kind, headings)
    called = {name: headings[at] for at, name in columns.items()}
    sheet = FactSheet(kind, where, headings, called)
    sheet.passed = [passed_over(table, line, "above the headings", row) for line, row in table.rows[:-place]]
    sheet.stray = [
        each for at, each in enumerate(headings) if at not in columns and plain(each) not in ("", ERROR_HEADING)
    ]
    rows = table.rows[1 - place :]
    days = judge_columns(sheet, rows, columns, answers)
    for line, row in rows:
        if why := why_no_fact(row, headings):
            sheet.passed.append(passed_over(table, line, why, row))
            continue
        cells = {name: without_guard(row[at]) for at, name in columns.items() if at < len(row)}
        data, problems = data_of(kind, cells, days)
        if data or problems:
            sheet.cells[line] = row
            sheet.rows += parts_of(Row(kind.name, where, line, data, tuple(problems)))
    return sheet


def judge_columns(
    sheet: FactSheet, rows: Sequence[tuple[int, Sequence[Cell]]], columns: Mapping[int, str], answers: Answers
) -> dict[str, DayColumn]:
    """What reads the days of each column, in the order that the column has them; and what of it is asked and noted."""
    fields = sheet.kind.columns
    names = [name for name in columns.values() if isinstance(fields.get(name), DateField)]
    judged = day_columns([f"{sheet.kind.name}:{name}" for name in names], answers)
    days = dict(zip(names, judged.values(), strict=True))
    unstated: dict[str, Counter[str]] = defaultdict(Counter)
    for _, row in rows:
        for at, name in columns.items():
            text = as_text(without_guard(row[at])).strip() if at < len(row) else ""
            if text and says_nothing(fields.get(name), text):
                unstated[name][text] += 1
            elif name in days:
                with suppress(ValueError):
                    days[name](without_guard(row[at]))
    for name, day in days.items():
        sheet.questions += day.questions(sheet.called[name], Counter())
        sheet.notes += day.notes(sheet.called[name])
    for name, texts in unstated.items():
        named = ", ".join(f"“{in_message(text)}” {count:,}" for text, count in texts.most_common(MOST_NAMED))
        sheet.notes.append(f"{sheet.called[name]}: taken as not stated, with the number of cells: {named}.")
    return days


def says_nothing(model_field: Any, text: str) -> bool:
    """Whether a cell is empty or a sign for nothing: no word of the column's own, and no 0 that may be one."""
    if text in {each for pair in getattr(model_field, "flatchoices", ()) for each in map(str, pair)}:
        return False
    is_number = not text.strip("0.%") and not isinstance(model_field, (DateField, ForeignKey))
    return not text or (stands_for_nothing(text) and not is_number)


def why_no_fact(row: Sequence[Cell], headings: Sequence[str]) -> str:
    """Why a row is no fact, such as a note below them; "" where it may be one."""
    texts = [text for cell in row if (text := as_text(cell).strip())]
    if len(texts) > 1 and texts == [heading for heading in headings if heading]:
        return "the headings again"
    if len(texts) <= FEW and TOTAL.fullmatch(texts[0]):
        return "a total"
    return "a note" if len(texts) == 1 and NOTE.match(texts[0]) else ""


def passed_over(table: Table, line: int, why: str, row: Sequence[Cell]) -> PassedOver:
    value = in_message(", ".join(text for cell in row if (text := as_text(cell).strip())))
    return PassedOver(line, why, value, table.name)


def kind_named(name: str) -> Kind | None:
    """The kind that a name speaks of, such as "Findings" or "Our findings 2026"; of several, the longest word."""
    words = f" {plain(name)} "
    called = [(len(each), kind) for kind in KINDS for each in (kind.name, *kind.titles) if f" {each} " in words]
    return max(called, key=lambda pair: pair[0])[1] if called else None


def known(kind: Kind, headings: Sequence[str]) -> dict[int, str]:
    """The field of each column that is known, by its place; of two for one field, the first whose days are no words."""
    columns: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = kind.headings.get(plain(heading)) if heading else None
        if name and (name not in columns or heading.endswith(FIRST_DAY)):
            columns[name] = at
    return {at: name for name, at in columns.items()}


def data_of(
    kind: Kind, cells: Mapping[str, Cell], days: Mapping[str, DayColumn]
) -> tuple[dict[str, Any], list[Problem]]:
    """What the cells say of each field, as a JSON file would; and which of them cannot be understood."""
    data: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, cell in cells.items():
        text = as_text(cell).strip()
        if says_nothing(kind.columns.get(name), text):
            continue
        if is_failed(text):
            problems.append(Problem(name, text, "a value: a formula of the spreadsheet has failed here"))
            continue
        if text == CLEAR or name not in kind.columns:  # of which a row makes others, or finds out what it is
            data[name] = parts(text) if name == "aliases" else text
            continue
        try:
            value, precision = value_of(kind.columns[name], cell, days.get(name))
        except ValueError as error:
            problems.append(Problem(name, text, str(error)))
            continue
        data[name] = value
        sibling = name.removesuffix("_on") + "_precision"
        if precision and sibling in kind.fields and not as_text(cells.get(sibling, "")).strip():
            data[sibling] = precision
    return data, problems


def value_of(model_field: Any, cell: Cell, days: DayColumn | None) -> tuple[Any, str]:
    """The value of a cell; and of a day, how much of it is known. Raises ValueError, which says what was expected."""
    text = as_text(cell).strip()
    if model_field.many_to_many:
        return parts(text), ""
    if model_field.choices:
        labels = {plain(str(label)): value for value, label in model_field.flatchoices}
        return labels.get(plain(text), text), ""
    for kind, read, expected in READERS:
        if isinstance(model_field, kind):
            try:
                return day_in_iso(cell, days) if days else read(cell)
            except ValueError as error:
                raise ValueError(expected) from error
    return text, ""


def parts(text: str) -> list[str]:
    """The names in a cell, between semicolons or on lines of their own."""
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def day_in_iso(cell: Cell, read: Callable[[Cell], date] = parse_day) -> tuple[str, str]:
    """A day, or the first of a month or year ("November 2023", "2023"), with what of it is known. Raises ValueError."""
    words = plain(as_text(cell)).split()
    match words:
        case [year] if len(year) == len("2023") and year.isdecimal():
            return f"{year}-01-01", Precision.YEAR
        case [month, year] if month in NUMBERS and len(year) == len("2023") and year.isdecimal():
            return f"{year}-{NUMBERS[month]:02}-01", Precision.MONTH
    return read(cell).isoformat(), Precision.DAY


READERS: tuple[tuple[type[Any], Callable[[Cell], tuple[Any, str]], str], ...] = (
    (DateField, day_in_iso, f"{EXPECTED_DAY}; or a month or a year"),
    (BooleanField, lambda cell: (parse_yes_no(cell), ""), "yes or no"),
    (IntegerField, lambda cell: (int(parse_number(places=0)(cell)), ""), "a whole number"),
    (DecimalField, lambda cell: (parse_number()(cell), ""), "a number"),
)
