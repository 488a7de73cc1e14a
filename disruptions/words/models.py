"""Words in the reference or summary of a disruption, found by an index of their trigrams.

Every word must occur, folded as ``soc_tracker.core.text.normal`` does, anywhere in
the reference or the summary, whose folded texts each row keeps. What an index
of trigrams cannot tell is compared row by row: words of less than three
letters, and that the trigrams stand together.

PostgreSQL keeps its index (``pg_trgm``) by itself. SQLite's is a table of FTS5
that must be told what is written: it holds the trigrams of each row, of
whichever state, under the row's key, and not the text.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from disruptions.standpoint.models import KNOWN
from soc_tracker.core.text.normal import words_of

Rows = TypeVar("Rows", bound=QuerySet[Any])
ROWS, INDEX = "disruptions_disruption", "disruptions_text"
TEXT = "folded"
CREATE = {
    "postgresql": f"CREATE INDEX {INDEX} ON {ROWS} USING gin ({TEXT} gin_trgm_ops)",
    "sqlite": f"CREATE VIRTUAL TABLE {INDEX}"
    " USING fts5(text, content='', tokenize='trigram', detail='none', columnsize=0)",
}
DROP = {"postgresql": f"DROP INDEX {INDEX}", "sqlite": f"DROP TABLE {INDEX}"}
FEW = 20_000  # rows: their keys are read in some hundredths of a second
MOST_TRIGRAMS = 32  # of one search; FTS5 takes no endless list, and the rows are compared anyway


def matching(rows: Rows, text: str) -> Rows:
    """The disruptions that hold every word of a text.

    SQLite reads all that its index names before the first row. Of words that many rows hold, the first rows of a list
    are found sooner by reading it: PostgreSQL knows by itself.
    """
    wanted = words_of(text)
    for word in wanted:
        rows = rows.filter(folded__contains=word)
    trigrams = sorted({word[at : at + 3] for word in wanted for at in range(len(word) - 2)})
    if not trigrams or connection.vendor != "sqlite" or KNOWN.get():  # the index has what rows say now
        return rows
    # FTS5 takes what stands in quotation marks as it is.
    query = " ".join('"{}"'.format(each.replace('"', '""')) for each in trigrams[:MOST_TRIGRAMS])
    with connection.cursor() as cursor:
        some = f"SELECT 1 FROM {INDEX} WHERE {INDEX} MATCH %s LIMIT {FEW + 1:d}"
        cursor.execute(f"SELECT COUNT(*) FROM ({some})", [query])
        are_few = cursor.fetchone()[0] <= FEW
    if not are_few:
        return rows
    return rows.filter(pk__in=RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [query]))  # noqa: S611


def store(ids_sql: str, params: Sequence[Any] = ()) -> None:
    """Take up rows just written, whose keys a list or a SELECT gives."""
    write("rowid, text", f"SELECT id, {TEXT} FROM {ROWS} WHERE id IN ({ids_sql})", params)


def forget(ids_sql: str, params: Sequence[Any] = ()) -> None:
    """Leave out rows that are about to change: they must still say what they said when they were taken up."""
    write(f"{INDEX}, rowid, text", f"SELECT 'delete', id, {TEXT} FROM {ROWS} WHERE id IN ({ids_sql})", params)


def forget_text(key: int, text: str) -> None:
    """Leave out a row that has changed, by the text that it was taken up with."""
    write(f"{INDEX}, rowid, text", "VALUES ('delete', %s, %s)", [key, text])


def create() -> None:
    """Make the index, with all rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no index is made of rows that are still to be checked
        cursor.execute(CREATE[connection.vendor])
    write("rowid, text", f"SELECT id, {TEXT} FROM {ROWS}")


def drop() -> None:
    """Do without the index, as a first load does while it fills the table."""
    with connection.cursor() as cursor:
        cursor.execute(DROP[connection.vendor])


def write(columns: str, rows: str, params: Sequence[Any] = ()) -> None:
    """Tell SQLite's index of rows; PostgreSQL keeps its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({columns}) {rows}", params)
