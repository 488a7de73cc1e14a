"""Grades, findings and observations, wherever their labels stand."""

from datetime import date

import pytest

from inspections.reader.meaning.phrasebook import Label
from inspections.reader.meaning.proposals import Confidence, ProposalKind
from tests.inspections.reader.meaning.reports import PHRASEBOOK, reading_of, values

GRADING, FINDING, REFERENCE = ProposalKind.GRADING, ProposalKind.FINDING, ProposalKind.REFERENCE
REPORT = """
Round 2022

An inspection of the Far West region

Introduction

We inspect areas for improvement, causes of concern and much else.

Regional findings

The region works together

They meet every month.

Area for improvement: The forces should share one list of threats

Each has a list of its own.

Wessex Police

Good

Wessex Police is good at tackling serious and organised crime.

Resources and skills

Area for improvement: There isn't enough time
for the officers who lead

They told us so.

The force trains its analysts well

All have been on a course.

Mercia Constabulary

Requires improvement

Mercia Constabulary requires improvement at tackling serious and organised crime.

Resources and skills

Innovative practice: Mercia Constabulary lends its drones to farmers

It began in 2021.

Appendix 1: The data

Area codes are listed elsewhere.

May 2023 | © An inspectorate 2023
"""


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    return reading_of(REPORT, tmp_path_factory.mktemp("report"))


def test_grades_are_of_the_body_above_them(reading):
    assert values(reading, GRADING, "organisation", "grade", "question") == [
        ("wessex", "good", "soc-2022"),
        ("mercia", "requires_improvement", "soc-2022"),
    ]
    assert {proposal.confidence for proposal in reading.of(GRADING)} == {Confidence.CERTAIN}


def test_findings_have_kind_body_and_section(reading):
    assert values(reading, FINDING, "finding_kind", "organisation", "region", "section") == [
        ("observation", None, "far-west", "regional"),
        ("area_for_improvement", None, "far-west", "regional"),
        ("area_for_improvement", "wessex", None, "resources"),
        ("observation", "wessex", None, "resources"),
        ("innovative_practice", "mercia", None, "resources"),
    ]
    titles = [title for (title,) in values(reading, FINDING, "title")]
    assert titles[2] == "There isn't enough time for the officers who lead"
    assert "They told us so." in reading.of(FINDING)[2].passage


def test_the_inspection_has_programme_region_and_month(reading):
    (proposal,) = reading.of(ProposalKind.INSPECTION)
    wanted = {"programme": "round-2022", "region": "far-west", "published_on": date(2023, 5, 1)}
    assert wanted.items() <= proposal.values.items()
    assert proposal.values["published_precision"] == "month"


def test_what_is_not_read_is_listed_with_its_place(reading):
    listed = {block.text[:10]: block.why for block in reading.unread}
    assert "tells of the report itself" in listed["We inspect"]
    assert all(block.line > 0 for block in reading.unread)


def test_grades_of_questions(tmp_path):
    reading = reading_of(
        """
Wessex Round 2017

Effectiveness

How effective is the force at protecting those who are vulnerable from harm, and supporting victims?

Good

Wessex Police is good at protecting those who are vulnerable.

Areas for improvement

  • The force should visit victims.
  • The force needs to train its officers:
    – in law; and
    – in care.

How effective is the force at tackling serious and organised crime?

Ungraded

We looked at plans.
""",
        tmp_path,
    )
    assert values(reading, GRADING, "organisation", "grade", "question") == [
        ("wessex", "good", "vulnerable-2017"),
        ("wessex", "ungraded", "soc-2017"),
    ]
    titles = [title for (title,) in values(reading, FINDING, "title")]
    assert titles == ["The force should visit victims.", "The force needs to train its officers:"]
    assert values(reading, FINDING, "organisation") == [("wessex",), ("wessex",)]


def test_a_label_that_stands_alone_takes_the_next_heading_as_its_title(tmp_path):
    text = "Wessex Police\n\nCause of concern\n\nVictims wait too long\n\nWe saw it.\n\nThe force knows\n\nIt does."
    reading = reading_of(text, tmp_path)
    assert values(reading, FINDING, "finding_kind", "title") == [
        ("cause_of_concern", "Victims wait too long"),
        ("observation", "The force knows"),
    ]


def test_a_label_in_a_paragraph_is_a_finding_that_is_less_certain(tmp_path):
    text = (
        "Wessex Police\n\nThe force knows\n\nIt does so.\n\nAFI 2: The force should mend its doors.\n\nMore was said."
    )
    (_, finding) = reading_of(text, tmp_path).of(FINDING)
    assert finding.values["title"] == "The force should mend its doors."
    assert finding.confidence == Confidence.LIKELY


def test_a_legend_of_grades_is_no_grading(tmp_path):
    text = "Wessex Police\n\nOur grades\n\nOutstanding\n\nGood\n\nAdequate\n\nInadequate\n\nThe force knows\n\nIt does."
    assert reading_of(text, tmp_path).of(GRADING) == []


def test_a_grade_that_its_sentence_contradicts_is_unsure(tmp_path):
    text = "Round 2022\n\nWessex Police\n\nGood\n\nWessex Police is adequate at tackling serious and organised crime."
    (grading,) = reading_of(text, tmp_path).of(GRADING)
    assert grading.confidence == Confidence.UNSURE
    assert "says otherwise" in grading.why


def test_a_grade_in_a_sentence_alone(tmp_path):
    text = (
        "Round 2022\n\nWessex Police\n\nWessex Police was graded as adequate at tackling serious and organised crime."
    )
    (grading,) = reading_of(text, tmp_path).of(GRADING)
    assert (grading.values["grade"], grading.confidence) == ("adequate", Confidence.LIKELY)


ALONE = "Wessex Police\n\nGood\n\n"
SENTENCE = "Wessex Police is good at tackling serious and organised crime."
TABLE = "Our grades\n\nBody\tGrade\nWessex Police\t{}\nMercia Constabulary\tAdequate\n\n"


@pytest.mark.parametrize(
    ("title", "text", "confidence", "why"),
    [
        ("Round 2022", f"{ALONE}{SENTENCE}", "certain", "a sentence repeats it"),
        ("Round 2022", f"{ALONE}It knows its threats.", "likely", "no sentence repeats it"),
        ("Round 2022", f"{TABLE.format('Good')}Wessex Police\n\n{SENTENCE}", "certain", "says the same"),
        ("Round 2022", TABLE.format("Good"), "likely", "A table gives the grade."),
        ("Round 2022", f"{TABLE.format('Adequate')}{ALONE}{SENTENCE}", "unsure", "But elsewhere"),
        ("A report", f"{ALONE}{SENTENCE}", "likely", "not on record: “tackling serious and organised crime”"),
        ("A report", f"{ALONE}It knows its threats.", "likely", "Which question it answers is not said."),
    ],
)
def test_a_grade_is_as_certain_as_the_places_that_agree_on_it(tmp_path, title, text, confidence, why):
    reading = reading_of(f"{title}\n\n{text}", tmp_path)
    grading = next(each for each in reading.of(GRADING) if each.values["organisation"] == "wessex")
    assert (grading.confidence, grading.values["grade"]) == (confidence, "good"), grading.why
    assert why in grading.why


def test_what_it_recalls_of_earlier_inspections(tmp_path):
    text = """
Wessex Police

The force doesn't learn

In 2017, we gave Wessex Police an area for improvement on this. It hasn't changed.

It talks to partners

Since our last inspection, it has begun to.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, REFERENCE, "year", "programme", "finding_kind", "organisation") == [
        (2017, "round-2017", "area_for_improvement", "wessex"),
        (None, "", "", "wessex"),
    ]


def test_a_table_with_a_column_for_each_grade_adds_what_no_heading_grades(tmp_path):
    text = """
Round 2017: Wessex Police

Our grades

| Good | Adequate |
| Preventing crime | Investigating crime |

Preventing and deterring crime

Good

Wessex Police is good at preventing crime.
"""
    graded = values(reading_of(text, tmp_path), GRADING, "question_words", "grade", "organisation")
    assert sorted(graded) == [
        ("Investigating crime", "adequate", "wessex"),
        ("Preventing and deterring crime", "good", "wessex"),
    ]


def test_a_place_is_not_its_police_unless_the_report_names_them(tmp_path):
    text = """
An inspection of the prison in Wessex

Wessex

Good

The prison trains its staff

It has 40 teachers.
"""
    reading = reading_of(text, tmp_path)
    assert {each.values.get("organisation") for each in reading.proposals} == {None}
    reading = reading_of(text + "\nWessex Police was there too.", tmp_path)
    assert values(reading, GRADING, "organisation") == [("wessex",)]


def test_a_section_ends_with_the_next_heading_of_its_level(tmp_path):
    text = """
Wessex Police

1. Leadership ..... 1
1.1 Officers lead ..... 2
2. Cause of concern ..... 3

1. Leadership

1.1 Officers lead

They do.

2. Cause of concern

Victims wait.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, FINDING, "finding_kind", "section_words") == [
        ("observation", "Leadership"),
        ("cause_of_concern", ""),
    ]


def test_a_list_of_findings_in_two_parts(tmp_path):
    text = """
Areas for improvement

Action that must be taken

• Wessex Police must store medicines safely.
• Wessex Police must train its staff.

Action that should be taken

• Wessex Police should review its signs.
"""
    titles = [title for (title,) in values(reading_of(text, tmp_path), FINDING, "title")]
    assert titles == [
        "Wessex Police must store medicines safely.",
        "Wessex Police must train its staff.",
        "Wessex Police should review its signs.",
    ]


def test_a_grade_behind_the_name_of_a_body(tmp_path):
    text = """
Round 2022

Wessex Police - good

The force works with schools

It does.

Mercia Constabulary: Requires improvement

Wessex Police were there.
"""
    graded = values(reading_of(text, tmp_path), GRADING, "organisation", "grade", "question")
    assert graded == [("wessex", "good", "soc-2022"), ("mercia", "requires_improvement", "soc-2022")]


@pytest.mark.parametrize(
    "sentence",
    [
        "We judge that Wessex Police is good at this.",
        "In our judgment, Wessex Police is good at this.",
        "Overall, we find Wessex Police is good at this.",
    ],
)
def test_a_judgement_that_inspectors_say_is_theirs(sentence, tmp_path):
    assert values(reading_of(f"Wessex Police\n\n{sentence}", tmp_path), GRADING, "grade") == [("good",)]


def test_a_kind_over_a_list_may_be_a_question():
    assert PHRASEBOOK.kind_label("Areas for improvement?") == Label("area_for_improvement", "", "", is_plural=True)
