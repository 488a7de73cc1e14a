"""When a report was published: by what says so, else by where a date stands."""

from datetime import date

import pytest

from inspections.reader.meaning.proposals import ProposalKind
from tests.inspections.reader.meaning.reports import reading_of, values

INSPECTION = ProposalKind.INSPECTION


@pytest.mark.parametrize(
    ("text", "on", "precision"),
    [
        ("Harbours\n\nPublished on 4 May 2026\n\n9 April 2026\n\nThey are safe.", date(2026, 5, 4), "day"),
        ("Harbours\n\n9 April 2026\n\nThey are safe.", date(2026, 4, 9), "day"),
        ("Harbours\n\nReport to the board of the region, 9 April 2026\n\nThey are safe.", date(2026, 4, 9), "day"),
        ("Harbours\n\nHarbour Office, April 2026\n\nThey are safe.", date(2026, 4, 1), "month"),
        ("Dear Sir\n\nHarbours are safe.\n\nYours,\n\nA. Warden\n\n9 April 2026", date(2026, 4, 9), "day"),
        ("Harbours\n\nSESSION 4 | 12 MARCH 2027 | No. 4\n\nIt published a plan in 2019.", date(2027, 3, 12), "day"),
        (
            "Harbours\n\nPresented to Parliament by the Minister of Works on 18 January 2028\n\nIn 2019, it was late.",
            date(2028, 1, 18),
            "day",
        ),
        ("Harbours\n\nThe second part will be published in April 2028.\n\n9 MARCH 2027", date(2027, 3, 9), "day"),
        ("Harbours\n\n12 MARCH 2027\n\nThe Board published its plan in May 2019. It is old.", date(2027, 3, 12), "day"),
        ("Harbours\n\nMarch 2027\n\n| What | When |\n| Mend the roof | 30 June 2027 |\n", date(2027, 3, 1), "month"),
        ("Harbours\n\nThey were safe in the spring, as we said in April 2026.\n\nNo more.", None, None),
        ("Harbours\n\nBoats by kind and by the harbour that they belong to, 2019\n\nThey are safe.", None, None),
    ],
)
def test_a_report_is_of_the_day_that_says_so_or_stands_alone(text, on, precision, tmp_path):
    assert values(reading_of(text, tmp_path), INSPECTION, "published_on", "published_precision") == [(on, precision)]


def test_a_term_counts_from_the_day_on_which_a_report_was_presented(tmp_path):
    text = """
Harbours

Presented to the Council on 18 January 2028

Recommendations

Recommendation 1: Within six months of the publication of this report, each harbour should have a boat.
"""
    assert values(reading_of(text, tmp_path), ProposalKind.RECOMMENDATION, "due_on") == [(date(2028, 7, 18),)]
