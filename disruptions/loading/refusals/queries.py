"""What is refused of a file: faulty rows, references that stand twice, and bodies that its sender does not see."""

from collections.abc import Sequence

from disruptions.choices import ExtractContents
from disruptions.loading.queries import (
    DISRUPTION,
    FAULTS,
    NUMBERS,
    ORGANISATION,
    THREAT,
    Staging,
    Terms,
    rows,
    run,
    value,
)
from soc_tracker.core.imports.marks import MOST_DIGITS, ROUNDED
from soc_tracker.core.imports.outcome import Refusal
from soc_tracker.core.text.folding import keys_of

LONGEST_VALUE = 200  # characters of a faulty value that are kept
MOST_ZEROS = 13
LOST_ZEROS = (
    ". A spreadsheet drops those at the beginning of a number: give the column the format “Text”, and put it in again"
)


def refuse(refusals: Sequence[Refusal]) -> None:
    """Keep the faults of rows that are not taken over."""
    if refusals:
        lines, references, headings, values, expected = zip(*refusals, strict=True)
        shortened = [value[:LONGEST_VALUE] for value in values]
        columns = (lines, references, headings, shortened, expected, keys_of(references))
        FAULTS.add(dict(zip(FAULTS.columns, columns, strict=True)))


def list_refusals(*, between: tuple[int, int] | None = None, most: int | None = None) -> list[Refusal]:
    """The first faults in the order of the file, or those of the rows between two lines."""
    where = " WHERE line BETWEEN %s AND %s" if between else ""
    limit = f" LIMIT {most:d}" if most is not None else ""
    sql = f"SELECT {', '.join([*FAULTS.columns][:-1])} FROM {FAULTS.name}{where} ORDER BY line, heading{limit}"
    return [Refusal(*each) for each in rows(sql, between or ())]


OUTSIDE = "a body in your reach: have somebody load this row who sees that body, or the whole country"
TAKEN = "a reference that you may use: give the row another, or have somebody load it who sees the whole country"
"""What is said of a row of a body that the sender does not see; and of one whose reference is that of such a body's."""


def unseen(column: str, terms: Terms) -> str:
    """SQL of whether a body is none that the sender sees, or there is none."""
    if terms.sight.everything:
        return "FALSE"
    keys = ", ".join(map(str, sorted(terms.sight.bodies))) or "0"
    return f"COALESCE({column}, 0) NOT IN ({keys})"


def refuse_outside(staging: Staging, terms: Terms) -> None:
    """Refuse the rows of bodies that the sender does not see, before any is held against the record."""
    if terms.sight.everything:
        return
    name = f"(SELECT o.name FROM {ORGANISATION} o WHERE o.id = s.organisation_id)"
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)
        SELECT s.line, s.reference, s.reference_key, %s, COALESCE({name}, ''), %s FROM {staging.name} s
        WHERE {unseen("s.organisation_id", terms)}""",
        [terms.headings["organisation"], OUTSIDE],
    )
    run(f"DELETE FROM {staging.name} WHERE line IN (SELECT line FROM {FAULTS.name})")


def refuse_repeated(table: str, terms: Terms) -> None:
    """Refuse the rows of a table that share a reference with another, be that refused already: which of them is
    right, nobody knows.
    """
    columns = "line, reference, reference_key"
    refused = f"SELECT DISTINCT {columns} FROM {FAULTS.name} WHERE reference <> ''"
    source = table  # whose index serves
    if value(f"SELECT COUNT(*) FROM {FAULTS.name}"):
        source = f"(SELECT {columns} FROM {table} UNION ALL {refused})"
    run(
        f"""INSERT INTO {FAULTS.name} ({columns}, heading, value, expected)
        SELECT s.line, s.reference, s.reference_key, %s, s.reference, 'a reference that stands once in the file; row '
            || (CASE WHEN s.line = twice.first THEN twice.last ELSE twice.first END) || ' has it too'
            || (CASE WHEN twice.one = twice.other THEN '' ELSE ', written a little otherwise' END)
        FROM {source} s JOIN (
            SELECT reference_key, MIN(line) AS first, MAX(line) AS last, MIN(reference) AS one, MAX(reference) AS other
            FROM {source} r GROUP BY reference_key HAVING COUNT(*) > 1
        ) twice ON twice.reference_key = s.reference_key""",
        [terms.headings["reference"]],
    )
    refuse_numbers(terms)


def note_numbers(lines: Sequence[int], references: Sequence[str], keys: Sequence[str]) -> None:
    """Keep in mind the references that are numbers to a spreadsheet."""
    numbers = [each for each in zip(lines, references, keys, strict=True) if each[2].isdecimal()]
    if numbers:
        own_lines, own_references, own_keys = zip(*numbers, strict=True)
        bare = [key.lstrip("0") for key in own_keys]
        NUMBERS.add(dict(zip(NUMBERS.columns, (own_lines, own_references, own_keys, bare), strict=True)))


def refuse_numbers(terms: Terms) -> None:
    """Refuse numbers that a spreadsheet may have changed: of whose zeros some are lost, beside others of the file or of
    the record; and those of more digits than it keeps, where all of the file end in zeros.
    """
    if not value(f"SELECT COUNT(*) FROM {NUMBERS.name}"):
        return
    into = f"INSERT INTO {FAULTS.name} (line, reference, reference_key, heading, value, expected)"
    heading = terms.headings["reference"]
    zeros = " UNION ALL ".join(f"SELECT '{'0' * count}' AS zeros" for count in range(MOST_ZEROS))
    table = DISRUPTION if terms.contents == ExtractContents.DISRUPTIONS else THREAT
    now = "AND d.state_of_id IS NULL" if table == DISRUPTION else ""
    run(
        f"""{into} SELECT n.line, n.reference, n.reference_key, %s, n.reference,
            'a reference with all its zeros: row ' || MIN(o.line) || ' has ' || MIN(o.reference) || %s
        FROM {NUMBERS.name} n JOIN {NUMBERS.name} o ON o.bare = n.bare AND o.reference_key <> n.reference_key
        GROUP BY n.line, n.reference, n.reference_key""",
        [heading, LOST_ZEROS],
    )
    run(
        f"""{into} SELECT n.line, n.reference, n.reference_key, %s, n.reference,
            'a reference with all its zeros: on record is ' || MIN(d.reference) || %s
        FROM {NUMBERS.name} n CROSS JOIN ({zeros}) z
        JOIN {table} d ON d.reference_key = z.zeros || n.bare {now} AND NOT {unseen("d.organisation_id", terms)}
        GROUP BY n.line, n.reference, n.reference_key
        HAVING MAX(CASE WHEN d.reference_key = n.reference_key THEN 1 ELSE 0 END) = 0""",
        [heading, LOST_ZEROS],
    )
    long = f"FROM {NUMBERS.name} WHERE LENGTH(reference_key) > {MOST_DIGITS}"
    rounded = f"LTRIM(SUBSTR(reference_key, {MOST_DIGITS + 1}), '0') = ''"
    if not value(f"SELECT COUNT(*) {long} AND NOT {rounded}"):
        run(f"{into} SELECT line, reference, reference_key, %s, reference, %s {long}", [heading, ROUNDED])
