"""To whom recommendations speak, and by when."""

from datetime import date

import pytest

from inspections.reader.meaning.addressees import subject
from inspections.reader.meaning.proposals import Confidence, ProposalKind
from tests.inspections.reader.meaning.reports import reading_of, reading_of_page, recommendations

RECOMMENDATION = ProposalKind.RECOMMENDATION


def test_one_that_speaks_to_nobody_is_less_certain(tmp_path):
    (proposal,) = reading_of("Recommendations\n\n• Wardens should mend all lamps.", tmp_path).of(RECOMMENDATION)
    assert (proposal.values["addressee"], proposal.confidence) == ("Wardens", Confidence.CERTAIN)
    (proposal,) = reading_of("Recommendations\n\n• Lamps should be mended soon.", tmp_path).of(RECOMMENDATION)
    assert (proposal.values["addressee"], proposal.confidence) == ("", Confidence.LIKELY)
    (proposal,) = reading_of("Recommendations\n\n• Mend all lamps.", tmp_path).of(RECOMMENDATION)
    assert (proposal.values["addressee"], proposal.confidence) == ("", Confidence.UNSURE)


def test_a_heading_under_recommendations_says_to_whom(tmp_path):
    text = """
Recommendations

Home Office

• Publish the rules anew.
"""
    assert recommendations(text, tmp_path, "addressee", "text") == [("Home Office", "Publish the rules anew.")]


def test_what_stands_in_brackets_is_somebody_or_nothing(tmp_path):
    text = """
Recommendations

Recommendation 1 (Accepted): The rules should be written anew.

Recommendation 2 (Home Office): Lamps should be mended.
"""
    assert recommendations(text, tmp_path, "addressee") == [("",), ("Home Office",)]


def test_brackets_behind_a_recommendation_say_to_whom(tmp_path):
    text = """
Recommendations

• Lamps should be mended within a week. (To: the harbour master)

• Each gate should be shut at night (to Harbour Trust and the governor).

• Ferries should be counted. (Home Office)

• Crews should wear a lifejacket (PFD).
"""
    assert recommendations(text, tmp_path, "addressee", "text") == [
        ("the harbour master", "Lamps should be mended within a week."),
        ("Harbour Trust and the governor", "Each gate should be shut at night"),
        ("Home Office", "Ferries should be counted."),
        ("Crews", "Crews should wear a lifejacket (PFD)."),
    ]


def test_lines_below_a_label_say_to_whom_and_by_when(tmp_path):
    text = """
Recommendations

Recommendation 1

Lamps in all yards should be mended.

Addressed to: Ministry of Works

By when: 31 March 2026

Recommendation 2

The rules should be read aloud.

Responsible body: Wessex Police
"""
    assert recommendations(text, tmp_path, "label", "addressee", "addressed_to", "due_on") == [
        ("1", "Ministry of Works", "", date(2026, 3, 31)),
        ("2", "Wessex Police", "wessex", None),
    ]


def test_a_list_goes_on_for_several_bodies(tmp_path):
    text = """
Recommendations

The Dale service should:

1. assess every case

2. review its plans.

The Ministry of Works should:

3. fill its posts.
"""
    assert recommendations(text, tmp_path, "label", "addressee") == [
        ("1", "The Dale service"),
        ("2", "The Dale service"),
        ("3", "The Ministry of Works"),
    ]


def test_a_name_before_the_text_says_to_whom(tmp_path):
    text = """
The police

The unit had offered to help. It should have insisted.

R1 To Mercia Constabulary: bring reports together within six months of this report.

R2 To the Home Office and the Ministry of Works: publish each year how many there were.

R3 To all chief constables: read this.

MR4: Wessex Police should review its plan.

Published on 3 February 2026
"""
    assert recommendations(text, tmp_path, "text", "addressee", "due_on") == [
        ("bring reports together within six months of this report.", "Mercia Constabulary", date(2026, 8, 3)),
        ("publish each year how many there were.", "the Home Office and the Ministry of Works", None),
        ("read this.", "all chief constables", None),
        ("Wessex Police should review its plan.", "Wessex Police", None),
    ]


@pytest.mark.parametrize(
    "heading",
    ["Recommendation 2 to the Home Office", "Recommendation two – Home Office", "Recommendation 2: Home Office"],
)
def test_a_label_with_a_name_has_its_text_below(heading, tmp_path):
    text = f"Recommendations\n\n{heading}\n\nThe rules should be written anew.\n\nThat is why we say so."
    ((words, label, addressee),) = recommendations(text, tmp_path, "text", "label", "addressee")
    assert (words, label) == ("The rules should be written anew.", "2")
    assert addressee.removeprefix("the ") == "Home Office"


def test_groups_and_several_bodies(tmp_path):
    text = """
Recommendations

• Chief constables and police and crime commissioners should jointly review referrals within six months.

• That Wessex Police and the Board of Works review how they name others.

• It is recommended that all ambulance trusts train some of their staff.

All forces

• Tell every victim what became of the report.
"""
    assert recommendations(text, tmp_path, "addressee") == [
        ("Chief constables and police and crime commissioners",),
        ("Wessex Police and the Board of Works",),
        ("all ambulance trusts",),
        ("All forces",),
    ]


def test_a_body_agreed_to_do_what_is_listed(tmp_path):
    text = """
Recommendations

3. Within one month of the date of this report, the Council has agreed to:

- apologise in writing; and
- pay for the damage.

Published on 10 December 2025
"""
    assert recommendations(text, tmp_path, "text", "addressee", "due_on") == [
        ("apologise in writing; and", "the Council", date(2026, 1, 10)),
        ("pay for the damage.", "the Council", date(2026, 1, 10)),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A review should be undertaken by Mercia Constabulary.", "Mercia Constabulary"),
        ("Consideration should be given by 1 May 2027 by the Ministry of Works to a licence.", "Ministry of Works"),
        ("Steps should be taken by the autumn.", ""),
        ("The staff of the unit should be trained.", "The staff of the unit"),
        ("Training: all staff should attend.", "all staff"),
        ("Mercia Constabulary to audit its cases.", "Mercia Constabulary"),
        ("That the Ministry of Works reviews the form.", "Ministry of Works"),
        ("It is recommended that all NHS trusts and others train.", "all NHS trusts"),
        ("Chief constables of forces that border the sea should have a boat.", "Chief constables"),
        ("I recommend to the Minister of Works that a manager be put in charge.", "the Minister of Works"),
        ("We call on banks to hold large payments for a day.", "banks"),
        ("We invite Wardens and the Ministry of Works to report on it.", "Wardens and the Ministry of Works"),
        ("Publish what it costs.", ""),
        ("If the Harbour Trust wishes to grow, it should consider a second quay.", "the Harbour Trust"),
        ("New boats should be painted. The Ministry of Works should pay for the lamps.", "The Ministry of Works"),
        ("There are two clubs. It should be a matter of pride to help them.", ""),
    ],
)
def test_who_should_do_it(text, name):
    assert subject(text) == name


def test_the_nearest_heading_that_names_somebody_says_to_whom(tmp_path):
    page = """
<main><h1>Hidden trade</h1><h2>Recommendations</h2><h3>Recommendations to government</h3><h4>Recommendation 1.1</h4>
<p>Publish what the trade costs.</p><h3>Recommendations to Mercia Constabulary</h3><h4>Recommendation 2.1</h4>
<p>Close shops.</p></main>
"""
    proposals = reading_of_page(page, tmp_path).of(RECOMMENDATION)
    assert [(each.values["label"], each.values["addressee"]) for each in proposals] == [
        ("1.1", "government"),
        ("2.1", "Mercia Constabulary"),
    ]
