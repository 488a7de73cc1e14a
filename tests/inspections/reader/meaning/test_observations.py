"""Observations: the headings under which a report says something of a body, and those that only divide it."""

import pytest

from inspections.phrasebook.queries import get_phrasebook
from inspections.reader.meaning.headings import is_statement
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.meaning.standing import stand
from inspections.reader.structure.blocks import Block, BlockKind
from tests.inspections.reader.meaning.reports import PHRASEBOOK, reading_of, reading_of_page, values

FINDING = ProposalKind.FINDING


def test_headings_of_the_report_itself_are_no_observations(tmp_path):
    text = """
Rural crime in the Far West

An inspection of the Far West region

Published on 4 May 2023

Wessex Police

The force works with farmers

It meets them.

Appendix: About the data

Area codes are listed elsewhere.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, FINDING, "title", "organisation") == [("The force works with farmers", "wessex")]


def test_headings_that_only_divide_a_report_are_none(tmp_path):
    text = """
Wessex Police

How the force works

Published on 4 May 2023

Main findings

In this part we set out what we found.

The force works with farmers

It meets them.

What we found in the towns

We went to two of them.

Officers are seldom there

Nobody had met one.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, FINDING, "title") == [("The force works with farmers",), ("Officers are seldom there",)]


def test_a_title_that_asks_and_answers_is_a_title():
    heading = Block(BlockKind.HEADING, "Who counts? A review of Wessex Police by many", 1, 1, level=1)
    report = stand((heading, Block(BlockKind.PARAGRAPH, "It counts.", 1, 2, number=1)), PHRASEBOOK)
    assert (report.title, report.about and report.about.slug) == (heading.text, "wessex")


def test_a_question_that_a_table_grades_is_none(tmp_path):
    text = """
Wessex Police

| Question | Grade |
| Work with farmers in winter | Good |
| Work in towns | Adequate |

Work with farmers in winter

Wessex Police is good at this.

The force meets farmers often

It does so each month.
"""
    assert values(reading_of(text, tmp_path), FINDING, "title") == [("The force meets farmers often",)]


def test_a_heading_over_others_is_a_part_though_it_has_an_introduction(tmp_path):
    page = """
<main><h1>Wessex Police</h1><h2>Rural crime</h2><p>This is what we saw of it.</p>
<h3>The force works with farmers</h3><p>It meets them.</p><h3>Patrols</h3><p>They are rare.</p></main>
"""
    reading = reading_of_page(page, tmp_path)
    assert values(reading, FINDING, "title", "section_words") == [
        ("The force works with farmers", "Rural crime"),
        ("Patrols", "Rural crime"),
    ]


def test_the_few_headings_that_name_a_topic_are_none_where_others_say_something(tmp_path):
    text = """
Wessex Police

Officers ride through the woods

They do.

Horses are well kept

They are.

Use of force

It is rare.

Nobody counts the deer

It is said that there are many.
"""
    reading = reading_of(text, tmp_path)
    titles = [title for (title,) in values(reading, FINDING, "title")]
    assert titles == ["Officers ride through the woods", "Horses are well kept", "Nobody counts the deer"]
    assert {each.text: each.why for each in reading.unread}["Use of force"] == "A heading that only names a topic."
    few = "Wessex Police\n\nHorses are well kept\n\nThey are.\n\nUse of force\n\nIt is rare."
    assert len(values(reading_of(few, tmp_path), FINDING, "title")) == 2


def test_the_kind_of_a_finding_may_stand_below_its_title(tmp_path):
    page = """
<main><h1>Wessex Police</h1><h2>The force should use its data better</h2><p>Area for improvement</p>
<p>Calls are coded in four ways.</p><h2>Patrols are planned each week</h2><p>They are.</p></main>
"""
    assert values(reading_of_page(page, tmp_path), FINDING, "finding_kind", "title") == [
        ("area_for_improvement", "The force should use its data better"),
        ("observation", "Patrols are planned each week"),
    ]


def test_a_kind_over_a_list_that_counts_is_the_kind_of_each(tmp_path):
    text = """
Wessex Police

Innovative practice

We call so what others may learn from.

1. A farmer teaches a class.

2. Patrols ride horses.
"""
    assert values(reading_of(text, tmp_path), FINDING, "finding_kind", "title") == [
        ("innovative_practice", "A farmer teaches a class."),
        ("innovative_practice", "Patrols ride horses."),
    ]


def test_a_heading_that_is_a_grade_says_no_more(tmp_path):
    reading = reading_of("Wessex Police\n\nGrade: Good\n\nWe have changed it.\n\nPatrols are planned\n\nYes.", tmp_path)
    assert values(reading, FINDING, "title") == [("Patrols are planned",)]


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("Responding to fires and other incidents", False),
        ("Planning for floods and storms", False),
        ("Planning is done by one person", True),
        ("Training wasn’t given to those who asked", True),
        ("The force understands what its officers need", True),
    ],
)
def test_a_heading_that_names_an_activity_says_nothing(heading, says):
    assert is_statement(heading) is says


@pytest.mark.django_db
@pytest.mark.parametrize(
    "heading",
    [
        "1. Purpose of this document",
        "How the review was done",
        "What the audit cost",
        "About this review",
        "Background",
        "Our methods",
        "What we do not repeat in this report",
        "Annex B: Sign-off",
        "Terminology used in this report",
        "What we said about the harbours in 2030",
    ],
)
def test_headings_that_only_divide_a_report(reference, heading):
    assert get_phrasebook().is_background(heading)
