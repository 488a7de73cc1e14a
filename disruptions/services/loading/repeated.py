"""References that stand more than once in a file: which of the rows is right, nobody knows, so none goes in."""

from disruptions.services.loading.databases import run, value
from disruptions.services.loading.scratch import FAULTS
from disruptions.services.loading.terms import Terms


def refuse_repeated(table: str, terms: Terms) -> None:
    """Refuse the rows of a table that share a reference with another, be that refused already."""
    refused = f"SELECT DISTINCT line, reference FROM {FAULTS.name} WHERE reference <> ''"
    read = table  # whose index serves
    if value(f"SELECT COUNT(*) FROM {FAULTS.name}"):
        read = f"(SELECT line, reference FROM {table} UNION ALL {refused})"
    run(
        f"""INSERT INTO {FAULTS.name} (line, reference, heading, value, expected)
        SELECT s.line, s.reference, %s, s.reference, 'a reference that stands once in the file; row '
            || (CASE WHEN s.line = twice.first THEN twice.last ELSE twice.first END) || ' has it too'
        FROM {read} s JOIN (
            SELECT reference, MIN(line) AS first, MAX(line) AS last FROM {read} r
            GROUP BY reference HAVING COUNT(*) > 1
        ) twice ON twice.reference = s.reference""",
        [terms.headings["reference"]],
    )
