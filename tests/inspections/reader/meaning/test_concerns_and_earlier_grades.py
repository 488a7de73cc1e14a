"""Concerns that alternate with recommendations, and grades that stand beside those of an earlier inspection."""

import pytest

from inspections.phrasebook.queries import get_phrasebook
from inspections.reader.meaning.gradings import _earlier_columns
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.meaning.reading import read
from inspections.reader.structure.blocks import Block, BlockKind, Document, table
from inspections.reader.structure.outline import outlined
from inspections.reader.structure.text import read_text
from tests.inspections.reader.meaning.reports import PHRASEBOOK, reading_of, values

GRADING, FINDING, RECOMMENDATION = ProposalKind.GRADING, ProposalKind.FINDING, ProposalKind.RECOMMENDATION


def test_concerns_and_recommendations_that_alternate_in_one_numbered_list(tmp_path):
    text = """
Wessex Police

Causes of concern

1.1 Cause of concern: Keys were lost too often. In a year 31 were never found again.

Recommendation: Keys should be counted each night. (To: the Home Office)

1.2 Cause of concern: Cells were cold.

Recommendation: All heaters should be repaired. (To Works Board and the governor)
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, FINDING, "title") == [("Keys were lost too often.",), ("Cells were cold.",)]
    assert values(reading, RECOMMENDATION, "text", "addressee") == [
        ("Keys should be counted each night.", "the Home Office"),
        ("All heaters should be repaired.", "Works Board and the governor"),
    ]
    heads = {each.number: each.values["title"] for each in reading.of(FINDING)}
    assert [heads[each.part_of] for each in reading.of(RECOMMENDATION) if each.part_of is not None] == [
        "Keys were lost too often.",
        "Cells were cold.",
    ]


def test_paragraphs_of_a_chapter_below_a_line_that_says_recommendations(tmp_path):
    text = """
Wessex Police

Days in the cells were long. Nobody could say why, and no record was kept of how long anybody waited there.

Recommendations
2.6 Cameras should be switched on in each cell.

2.7 Hearings should not be put off for more than a week.

2.8 The force told us that it would buy a van.

Kitchens

2.9 Kitchen staff should wear a hat, we heard.
"""
    texts = values(reading_of(text, tmp_path), RECOMMENDATION, "text")
    assert texts == [
        ("Cameras should be switched on in each cell.",),
        ("Hearings should not be put off for more than a week.",),
    ]


@pytest.mark.parametrize(
    ("head", "earlier"),
    [
        (("Question", "Grade", "Last time"), {2}),
        (("Question", "Previous grade", "This inspection"), {1}),
        (("Question", "2022", "2026"), {1}),
        (("Question", "2021/22", "Now"), {1}),
        (("Question", "2026 inspection", "2023 inspection", "2019 inspection"), {2, 3}),
        (("Question", "Grade"), set()),
        (("Question", "Our grade in 2026"), set()),
    ],
)
def test_the_columns_of_earlier_grades(head, earlier):
    assert _earlier_columns(head) == earlier


@pytest.mark.parametrize("heading", ["Grades", "Introduction"])
def test_a_table_gives_the_present_grade_beside_the_earlier_one(heading, tmp_path):
    text = f"""
Wessex Police: Round 2017

{heading}

| Question | Last time | Now |
| Protecting vulnerable people | Good | Inadequate |
| Tackling serious and organised crime | Adequate | Good |

Protecting vulnerable people

It has a plan for them.

Tackling serious and organised crime

It has none for this.
"""
    assert values(reading_of(text, tmp_path), GRADING, "grade", "question_words") == [
        ("inadequate", "Protecting vulnerable people"),
        ("good", "Tackling serious and organised crime"),
    ]


def test_a_row_that_a_page_cuts_off_is_one_of_its_table():
    rows = (("Question", "Grade", "Last time"), ("Protecting vulnerable people", "Good", "Adequate"))
    heading, row = BlockKind.HEADING, "Tackling serious and organised crime"
    parts = [
        Block(heading, "Wessex Police: Round 2017", 1, 1, level=1),
        table(rows, page=1, line=2),
        Block(BlockKind.RUNNING_HEAD, "1", 1, 9),
        Block(BlockKind.PARAGRAPH, f"{row} Requires improvement Good", 2, 1),
        Block(heading, row, 2, 2, level=2),
        Block(BlockKind.PARAGRAPH, "It has a plan, and Wessex Police follows it where it can.", 2, 3),
    ]
    reading = read(Document("report.pdf", "PDF", outlined(parts), 2), PHRASEBOOK)
    assert values(reading, GRADING, "grade", "question_words") == [
        ("good", "Protecting vulnerable people"),
        ("requires_improvement", row),
    ]


def test_a_table_that_explains_grades_gives_none(tmp_path):
    text = """
Wessex Police

Introduction

| Grade | What it means |
| Good | It does what it should |
| Inadequate | It does not |

How it works

It works.
"""
    assert values(reading_of(text, tmp_path), GRADING, "grade") == []


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        ("We did not grade Wessex Police, because it took part in a trial.", [("ungraded", "Wessex Police")]),
        ("Wessex Police was not graded this time.", [("ungraded", "Wessex Police")]),
        ("We haven’t given a grade to the force, which is new.", [("ungraded", "Wessex Police")]),
        ("We did not grade Mercia Constabulary.", [("ungraded", "Mercia Constabulary")]),
        ("We do not grade Wessex Police or others of its size.", []),
        ("We did not grade the Far West region.", []),
        ("In 2019 Wessex Police was not graded.", []),
        ("We do not give a grade for the force as a whole.", []),
        ("Its roads are not graded by the council, and no grade was given to those officers.", []),
    ],
)
def test_a_sentence_that_says_that_no_grade_was_given(sentence, grades, tmp_path):
    text = f"Wessex Police\n\nHow it plans\n\n{sentence} It has nine stations."
    assert values(reading_of(text, tmp_path), GRADING, "grade", "body") == grades


@pytest.mark.django_db
def test_what_was_not_graded_is_ungraded_by_the_words_on_record(reference, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("Harbours\n\nAbout this report\n\nWe did not grade Kent Police, because it took part in a trial.\n")
    reading = read(read_text(path, path.name, ()), get_phrasebook())
    assert values(reading, GRADING, "grade", "organisation") == [("ungraded", "kent")]
