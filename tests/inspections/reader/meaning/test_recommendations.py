"""Recommendations, in each of the ways in which reports make them."""

from dataclasses import replace
from datetime import date

from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.meaning.reading import read
from inspections.reader.structure.blocks import Block, BlockKind, Document
from tests.inspections.reader.meaning.reports import (
    PHRASEBOOK,
    reading_of,
    reading_of_page,
    recommendations,
    values,
)

RECOMMENDATION = ProposalKind.RECOMMENDATION
NAMES = ("text", "label", "addressee", "addressed_to", "due_on")


def test_a_list_after_by_a_day_the_force_should(tmp_path):
    reading = reading_of(
        """
Wessex Police

Inadequate

Cause of concern: Wessex Police doesn't protect victims

It is raised for several reasons:

- officers should know more; and
- few do.

Recommendations

By 1 March 2026 the force should:

- train its officers; and
- visit every victim,
  within a week.

Resources and skills

The force should think

It may.
""",
        tmp_path,
    )
    assert values(reading, RECOMMENDATION, *NAMES) == [
        ("train its officers; and", "", "Wessex Police", "wessex", date(2026, 3, 1)),
        ("visit every victim, within a week.", "", "Wessex Police", "wessex", date(2026, 3, 1)),
    ]
    (concern,) = [
        each for each in reading.of(ProposalKind.FINDING) if each.values["finding_kind"] == "cause_of_concern"
    ]
    assert {each.part_of for each in reading.of(RECOMMENDATION)} == {concern.number}


def test_labels_with_numbers_and_brackets(tmp_path):
    text = """
Findings

People waited. Recommendation 7 of our last report has been met.

Recommendation 3 (to the Home Office): The rules should be written anew by the end of June 2025.

Recommendation 4

The College of Policing and the Home Office should publish them within six months.

This is why we say so.

R5 Wessex Police must stop immediately.

Published on 10 January 2025
"""
    assert recommendations(text, tmp_path) == [
        ("The rules should be written anew by the end of June 2025.", "3", "the Home Office", "", date(2025, 6, 30)),
        (
            "The College of Policing and the Home Office should publish them within six months.",
            *("4", "The College of Policing and the Home Office", "", date(2025, 7, 10)),
        ),
        ("Wessex Police must stop immediately.", "R5", "Wessex Police", "wessex", None),
    ]


def test_sentences_that_recommend(tmp_path):
    text = """
The hearing

We therefore recommend that the Department for Transport should review its rules. It was told so before.

In 2015 the panel recommended that nothing be done.

I recommend that ministers publish a plan.

It is recommended that: the operator trains its drivers.
"""
    assert recommendations(text, tmp_path, "addressee") == [("the Department for Transport",), ("ministers",), ("",)]


def test_a_numbered_list_below_a_heading(tmp_path):
    text = """
Recommendations

To the Ministry of Works

1. Publish a plan for repairs.

2. Report on it each year.

Conclusion

We should all be glad.
"""
    assert recommendations(text, tmp_path, "label", "addressee") == [
        ("1", "the Ministry of Works"),
        ("2", "the Ministry of Works"),
    ]


def test_a_paragraph_with_a_term_goes_on_with_those_of_a_cause_of_concern(tmp_path):
    page = """
<main><h1>Wessex Police</h1><div class="box"><p>Cause of concern</p><p>Wessex Police leaves threats without a plan</p>
<p>For most there was none.</p><p>By 30 September 2026, Wessex Police should:</p><ul><li>write one for each.</li></ul>
<p>Within nine months, the chief constable should review them.</p><p>Within a year much had changed.</p></div></main>
"""
    reading = reading_of_page(page, tmp_path)
    assert values(reading, RECOMMENDATION, "text", "addressee") == [
        ("write one for each.", "Wessex Police"),
        ("Within nine months, the chief constable should review them.", "Wessex Police"),
    ]


def test_a_box_for_each_paragraph_is_one_where_headings_and_colons_lead_on(tmp_path):
    page = """
<main><h1>Wessex Police</h1><div class="box"><h3>Area for improvement 1</h3></div>
<div class="box"><p>Wessex Police should check doors.</p></div><div class="box"><h3>Recommendation 2</h3></div>
<div class="box"><p>By 1 May 2026 Wessex Police should:</p></div>
<div class="box"><ul><li>mend doors; and</li><li>say so.</li></ul></div></main>
"""
    reading = reading_of_page(page, tmp_path)
    assert values(reading, ProposalKind.FINDING, "title") == [("Wessex Police should check doors.",)]
    assert values(reading, RECOMMENDATION, "text", "label") == [
        ("By 1 May 2026 Wessex Police should:\nmend doors; and\nsay so.", "2")
    ]


def test_a_page_that_ends_within_a_box_divides_no_recommendation():
    blocks = (
        Block(BlockKind.PARAGRAPH, "Recommendation 2", 1, 1, box=5),
        Block(BlockKind.PARAGRAPH, "By 1 May 2026 chief constables should have in place:", 1, 2, box=5),
        Block(BlockKind.FOOTNOTE, "¹See our last report.", 1, 3),
        Block(BlockKind.LABEL, "1", 1, 4),
        Block(BlockKind.ITEM, "a plan; and", 2, 1, level=1, marker="•", box=6),
        Block(BlockKind.ITEM, "an officer.", 2, 2, level=1, marker="•", box=6),
        Block(BlockKind.PARAGRAPH, "It is late.", 2, 3, box=7),
    )
    numbered = tuple(replace(block, number=number) for number, block in enumerate(blocks))
    (proposal,) = read(Document("report.pdf", "PDF", numbered), PHRASEBOOK).of(RECOMMENDATION)
    assert proposal.values["text"].split("\n")[1:] == ["a plan; and", "an officer."]
    assert proposal.values["addressee"] == "chief constables"


def test_a_lead_may_end_without_a_colon(tmp_path):
    text = """
Recommendations

Wessex Police and the Ministry of Works should jointly

- decide who closes a house; and
- visit it.
"""
    assert recommendations(text, tmp_path, "text", "addressee") == [
        ("decide who closes a house; and", "Wessex Police and the Ministry of Works"),
        ("visit it.", "Wessex Police and the Ministry of Works"),
    ]


def test_the_intent_of_a_recommendation_stands_before_it_with_its_number(tmp_path):
    text = """
Recommendations

1 The intent of this recommendation is to reduce the risk of trains going too fast.

Mere Rail should fit signs at all speed limits.

2 The intent of this recommendation is to improve training.

South Mere Trains should review how it trains drivers.
"""
    assert recommendations(text, tmp_path, "label", "text") == [
        ("1", "Mere Rail should fit signs at all speed limits."),
        ("2", "South Mere Trains should review how it trains drivers."),
    ]


def test_paragraphs_that_count_after_i_recommend(tmp_path):
    text = """
The schemes

6.10. I have made other proposals. If, as I recommend, the rule changes, this is easy. Accordingly, I recommend:

17. As soon as is reasonably practicable, HM Treasury shall set up a standing fund.

6.11. I turn to families. They wait.

6.12. For these reasons, I recommend:

18. By 31 October 2025, the Department and the Post Office shall publish a plan.

6.13. It is for them to say how.
"""
    assert recommendations(text, tmp_path) == [
        (
            "As soon as is reasonably practicable, HM Treasury shall set up a standing fund.",
            *("17", "HM Treasury", "", None),
        ),
        (
            "By 31 October 2025, the Department and the Post Office shall publish a plan.",
            *("18", "the Department and the Post Office", "", date(2025, 10, 31)),
        ),
    ]


def test_safety_recommendations_with_references(tmp_path):
    text = """
Safety recommendations

Safety recommendation R/2023/220:

HSIB recommends that NHS England reviews the guidance on alarms.

Safety Recommendation 2023-012: It is recommended that the Civil Aviation Authority publish its checks.
"""
    assert recommendations(text, tmp_path, "label", "addressee") == [
        ("R/2023/220", "NHS England"),
        ("2023-012", "the Civil Aviation Authority"),
    ]


def test_bare_numbers_and_letters_of_an_audit_office(tmp_path):
    text = """
Summary

5 The Department has no register. It told us so.

Recommendations

6 The Department should:

a complete its register by December 2025;

b say which repairs come first.

7 HM Treasury should say by the end of July 2025 what it will pay.
"""
    assert recommendations(text, tmp_path, "text", "label", "addressee") == [
        ("complete its register by December 2025;", "", "The Department"),
        ("say which repairs come first.", "", "The Department"),
        ("HM Treasury should say by the end of July 2025 what it will pay.", "7", "HM Treasury"),
    ]


def test_a_number_behind_the_recommendation(tmp_path):
    text = """
Recommendations

The Secretary should measure this. (Recommendation 1)

The Secretary should publish it. (Recommendation 2)
"""
    assert recommendations(text, tmp_path, "label", "addressee") == [("1", "The Secretary"), ("2", "The Secretary")]


def test_a_list_within_one_of_many_that_have_numbers_is_part_of_it(tmp_path):
    text = """
Summary of recommendations

1. The board should meet each month.

2. The panel:

(a) should be appointed in the open; and
(b) should include no editor.

3. The board should publish a code.

4. The board should hear complaints.

5. The Home Office should report each year on:

- what the board costs; and
- what it has done.

6. The board should keep a record.
"""
    assert recommendations(text, tmp_path, "label", "text") == [
        ("1", "The board should meet each month."),
        ("2", "The panel:\nshould be appointed in the open; and\nshould include no editor."),
        ("3", "The board should publish a code."),
        ("4", "The board should hear complaints."),
        ("5", "The Home Office should report each year on:\nwhat the board costs; and\nwhat it has done."),
        ("6", "The board should keep a record."),
    ]


def test_recommendations_after_a_list_of_causes_of_concern_are_part_of_the_last(tmp_path):
    text = """
Wessex Police

Causes of concern

• Victims wait too long.
• Files are lost.

Recommendations

By 1 May 2026 the force should:

- keep its files.
"""
    reading = reading_of(text, tmp_path)
    (recommendation,) = reading.of(RECOMMENDATION)
    titles = {each.number: each.values["title"] for each in reading.of(ProposalKind.FINDING)}
    assert titles[recommendation.part_of] == "Files are lost."


def test_a_list_of_conclusions_and_recommendations_goes_on_as_far_as_its_numbers(tmp_path):
    text = """
Summary of conclusions and recommendations

Introduction

1. The harbours of the coast are old, and few people know how they are paid for.

2. The Department should publish what each harbour costs.

Boats

3. Boats are counted in three ways. The Government has promised one, and must not delay it again.

4. Crews like their boats.

What we did

We sat on nine days. The clerk should be thanked.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, ProposalKind.RECOMMENDATION, "label") == [("2",), ("3",)]


def test_items_below_one_that_only_names_what_they_are_about(tmp_path):
    text = """
Recommendations

(a) Watching the coast

  (i) A register of boats should be kept.
  (ii) That the register be open to all harbours.

(b) All harbours should do the following:

  (i) each quay should be lit; and
  (ii) each gate should be shut at night.
"""
    texts = values(reading_of(text, tmp_path), ProposalKind.RECOMMENDATION, "text")
    assert [str(each).split("\n")[0][:40] for (each,) in texts] == [
        "A register of boats should be kept.",
        "That the register be open to all harbour",
        "each quay should be lit; and",
        "each gate should be shut at night.",
    ]
