"""Which of the rows that an extract adds may be on record already under another reference."""

from collections.abc import Iterator

from disruptions.extracts.models import Extract
from disruptions.loading.queries import DISRUPTION, rows
from disruptions.resemblances.models import Resemblance, ResemblanceQuerySet

ALIKE = 84
"""The likeness of two summaries, of at most 100, from which on they may speak of one event."""
MOST_COMPARED = 2_000
"""Pairs of one body, threat and day: of an extract that brings more, the first are compared."""
SAME = ("threat_id", "activity_date", "organisation_id")
"""What two disruptions that may be one have in common; the index of a threat's disruptions finds them."""
ALL_ELSE = "{0}.four_p || {0}.size || {0}.involvement || COALESCE({0}.crime_type_id, 0)"
"""What else they must have in common where one of them has no summary."""


def resembling(extract: Extract, after: int) -> Iterator[Resemblance]:
    """Of the rows with keys after one, which the extract added: those that may be another, older or of its own."""
    from rapidfuzz import fuzz  # here: few processes load files

    same = " AND ".join(f"o.{column} = d.{column}" for column in SAME)
    pairs = rows(
        f"""SELECT d.id, o.id, d.summary, o.summary, {ALL_ELSE.format("d")} = {ALL_ELSE.format("o")}
        FROM {DISRUPTION} d CROSS JOIN {DISRUPTION} o
        WHERE d.id > %s AND d.extract_id = %s AND {same} AND o.id < d.id
            AND o.state_of_id IS NULL AND o.known_to IS NULL
        ORDER BY d.id, o.id LIMIT {MOST_COMPARED:d}""",
        [after, extract.pk],
    )
    for disruption, other, summary, of_other, is_same in pairs:
        likeness = None
        if summary and of_other:
            likeness = int(fuzz.token_sort_ratio(summary.casefold(), of_other.casefold()))
        if (likeness or 0) >= ALIKE or (likeness is None and is_same):
            yield Resemblance(extract=extract, disruption_id=disruption, other_id=other, likeness=likeness)


def list_resemblances(extract: Extract) -> ResemblanceQuerySet:
    """Those of which both are still on record, in the order of the file."""
    still: ResemblanceQuerySet = Resemblance.objects.filter(
        extract=extract, disruption__known_to__isnull=True, other__known_to__isnull=True
    )
    linked = ("disruption__organisation", "disruption__threat", "other__extract")
    return still.select_related("disruption", "other", *linked).order_by("disruption__extract_line", "pk")
