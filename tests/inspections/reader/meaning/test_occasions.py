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
        ("Harbours\n\nThey were safe in the spring, as we said in April 2026.\n\nNo more.", None, None),
        ("Harbours\n\nBoats by kind and by the harbour that they belong to, 2019\n\nThey are safe.", None, None),
    ],
)
def test_a_report_is_of_the_day_that_says_so_or_stands_alone(text, on, precision, tmp_path):
    assert values(reading_of(text, tmp_path), INSPECTION, "published_on", "published_precision") == [(on, precision)]
