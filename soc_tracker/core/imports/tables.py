"""Every sheet of a small file whole, for forms that find their headings themselves."""

from dataclasses import dataclass
from pathlib import Path

from soc_tracker.core.imports.cells import Cell, is_blank
from soc_tracker.core.imports.heads import Head
from soc_tracker.core.imports.questions import NO_ANSWERS, Answers, Question, UnreadableFileError
from soc_tracker.core.imports.sheet import MOST_COLUMNS, Names, questions_on, source_of


@dataclass(frozen=True)
class Table:
    """All rows of one sheet of a small file that are not blank, each with its number. A CSV file has no ``name``."""

    name: str
    rows: list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Tables:
    """``notes`` say what was read otherwise than it may seem, ``questions`` what only the sender can say."""

    form: str
    tables: list[Table]
    notes: tuple[str, ...]
    questions: tuple[Question, ...]


def read_tables(path: Path, name: str, *, most: int, answers: Answers = NO_ANSWERS) -> Tables:
    """Every sheet with rows of a file that its owner calls ``name``. Raises UnreadableFileError, also beyond ``most``
    rows.
    """
    source = source_of(path, name, answers, Names(()))
    try:
        heads = [head for head in source.heads if head.rows]
        if not heads:
            raise UnreadableFileError("The file is empty. Choose a file with a row of headings.")
        # What the sheets hide and merge is asked of all together. Columns that are hidden are read.
        hidden = [run for head in heads for run in head.hidden_rows]
        whole = Head("", [], hidden_rows=hidden, merged=[cells for head in heads for cells in head.merged])
        questions = (*source.questions, *questions_on(whole, 0, answers))
        answered = {question.key: question.answer for question in questions}
        tables: list[Table] = []
        for number, head in ((number, head) for number, head in enumerate(source.heads) if head.rows):
            line, _ = head.rows[0]
            rows = [(line, source.begin(number, line, fills=answered.get("merged") == "all"))]
            for chunk in source.chunks(MOST_COLUMNS):
                rows += [(line, row) for at, line in enumerate(chunk.lines) if not is_blank(row := chunk.row(at))]
                if len(rows) + sum(len(table.rows) for table in tables) > most:
                    raise UnreadableFileError(f"The file has more than {most:,} rows. Split it, and try again.")
            if answered.get("hidden_rows") == "visible":
                rows = [(line, row) for line, row in rows if not head.hides(line)]
            tables.append(Table(head.name, rows))
        return Tables(source.form, tables, tuple(source.notes), questions)
    finally:
        source.close()
