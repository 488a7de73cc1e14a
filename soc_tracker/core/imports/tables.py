"""Every sheet of a small file whole, for forms that find their headings themselves."""

from dataclasses import dataclass
from pathlib import Path

from soc_tracker.core.imports.cells import Cell, is_blank
from soc_tracker.core.imports.layout import Names
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, UnreadableFileError
from soc_tracker.core.imports.sheet import MOST_COLUMNS, source_of


@dataclass(frozen=True)
class Table:
    """All rows of one sheet of a small file that are not blank, each with its number. A CSV file has no ``name``."""

    name: str
    form: str
    rows: list[tuple[int, list[Cell]]]


def read_tables(path: Path, name: str, *, most: int, answers: Answers = NO_ANSWERS) -> list[Table]:
    """Every sheet with rows of a file that its owner calls ``name``. Raises UnreadableFileError, also beyond ``most``
    rows.
    """
    source = source_of(path, name, answers, Names(()))
    try:
        tables: list[Table] = []
        for number, head in enumerate(source.heads):
            if not head.rows:
                continue
            line, _ = head.rows[0]
            rows = [(line, source.begin(number, line))]
            for chunk in source.chunks(MOST_COLUMNS):
                rows += [(line, row) for at, line in enumerate(chunk.lines) if not is_blank(row := chunk.row(at))]
                if len(rows) + sum(len(table.rows) for table in tables) > most:
                    raise UnreadableFileError(f"The file has more than {most:,} rows. Split it, and try again.")
            tables.append(Table(head.name, source.form, rows))
    finally:
        source.close()
    if not tables:
        raise UnreadableFileError("The file is empty. Choose a file with a row of headings.")
    return tables
