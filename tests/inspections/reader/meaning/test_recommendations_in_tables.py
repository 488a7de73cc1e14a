"""Recommendations in tables, whose columns stand in any order."""

from datetime import date

import pytest

from inspections.reader.meaning.tables import Tables
from inspections.reader.structure.blocks import table
from tests.inspections.reader.meaning.reports import PHRASEBOOK, recommendations


def test_a_table_of_recommendations(tmp_path):
    text = """
Recommendations

| No. | Recommendation | Responsible | By when |
| 1 | Write down who decides. | Chief executive | 31 March 2026 |
| 2 | Train everybody. | Board of Wessex | June 2026 |
"""
    assert recommendations(text, tmp_path) == [
        ("Write down who decides.", "1", "Chief executive", "", date(2026, 3, 31)),
        ("Train everybody.", "2", "Board of Wessex", "", date(2026, 6, 1)),
    ]


def test_columns_are_known_by_who_what_and_when_in_any_order(tmp_path):
    text = """
Table of recommendations

| Reference | Who | What | When |
| A | Mercia Constabulary | Keep a record of every child | By 28 February 2027 |
| B | Ministry of Works | Tell schools how to report | Within six months |

Published on 8 September 2026
"""
    assert recommendations(text, tmp_path) == [
        ("Keep a record of every child", "A", "Mercia Constabulary", "mercia", date(2027, 2, 28)),
        ("Tell schools how to report", "B", "Ministry of Works", "", date(2027, 3, 8)),
    ]


def test_a_plan_with_owners_and_terms_is_one_of_recommendations_wherever_it_stands():
    """Cells that are merged are empty below the first, and a name in a row of its own is the owner of what follows."""
    rows = (
        ("Ref", "Risk", "Agreed action", "Responsible officer", "Target date"),
        ("1.1", "High", "Count all exhibits", "Head of property", "30/11/2026"),
        ("1.2", "Low", "Keep a register of keys", "", "3 months"),
        ("Ministry of Works", "", "", "", ""),
        ("2.1", "Low", "Mend the roof", "", "March 2027"),
    )
    read = [*Tables(PHRASEBOOK).rows(table(rows, page=1, line=1), is_listed=False)]
    assert [(row.number, row.text, row.owner, row.due) for row in read] == [
        ("1.1", "Count all exhibits", "Head of property", "30/11/2026"),
        ("1.2", "Keep a register of keys", "Head of property", "3 months"),
        ("2.1", "Mend the roof", "Ministry of Works", "March 2027"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "| Recommendation (2019) | Who | What was done |",
        "| Recommendation | Status | What we saw |",
        "| What | When | Guests |",
    ],
)
def test_a_table_of_what_became_of_others_or_of_something_else_has_none(head, tmp_path):
    text = f"The visit\n\n{head}\n| The Ministry should publish a plan | June 2020 | A plan was published |"
    assert recommendations(text, tmp_path) == []


def test_a_day_behind_the_owner_is_when_it_is_due(tmp_path):
    text = """
Recommendations

| Recommendation | Owner and date |
| a. Log each disclosure. | Head of information, 31 July 2026 |
"""
    assert recommendations(text, tmp_path) == [
        ("Log each disclosure.", "", "Head of information", "", date(2026, 7, 31))
    ]


def test_what_is_asked_for_stands_beside_a_column_of_titles(tmp_path):
    text = """
Action plan

| Recommendation | Action | Who | By when |
| Training | Train all officers who answer calls | Wessex Police | May 2027 |
| Audit of cases | Audit 50 cases and report | Wessex Police | 30 June 2027 |
"""
    assert recommendations(text, tmp_path, "text", "addressed_to") == [
        ("Train all officers who answer calls", "wessex"),
        ("Audit 50 cases and report", "wessex"),
    ]


def test_the_number_of_a_row_may_begin_its_text(tmp_path):
    text = """
Recommendations

| Recommendation | When | Page |
| 1. Wessex Police should shorten its plan. | 31 March 2027 | 14 |
"""
    assert recommendations(text, tmp_path) == [
        ("Wessex Police should shorten its plan.", "1", "Wessex Police", "wessex", date(2027, 3, 31))
    ]


def test_a_recommendation_in_merged_cells_is_one_and_its_rows_are_actions():
    """The heading stands over number and text; the owners and terms are those of the actions."""
    rows = (
        ("Recommendation", "", "Agreed action", "Owner", "When"),
        ("1", "The force should keep a register of keys", "Register bought", "Head of property", "1 May 2031"),
        ("", "", "Keys counted", "Head of custody", "1 June 2031"),
        ("2", "Doors should be locked at night", "Locks mended", "Ministry of Works", "1 July 2031"),
    )
    read = [*Tables(PHRASEBOOK).rows(table(rows, page=1, line=1), is_listed=True)]
    assert [(row.number, row.text, row.owner, row.due) for row in read] == [
        ("1", "The force should keep a register of keys", "", ""),
        ("2", "Doors should be locked at night", "Ministry of Works", "1 July 2031"),
    ]
