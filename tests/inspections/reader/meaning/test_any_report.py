"""Whatever stands in a report, it is read: each proposal has its place, and nothing is made up."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.reader.meaning.proposals import ProposalKind, Reading
from inspections.reader.meaning.reading import read
from inspections.reader.structure.blocks import Document
from tests.inspections.reader.meaning.reports import PHRASEBOOK, reading_of

PIECES = [
    *(
        "Wessex Police",
        "Mercia Constabulary",
        "Far West Regional Organised Crime Unit",
        "Regional findings",
        "Introduction",
    ),
    *(
        "Good",
        "Requires improvement",
        "Inadequate",
        "Ungraded",
        "Resources and skills",
        "Recommendations",
        "Appendix 1: Data",
    ),
    *("Area for improvement: The force should record more", "Area for improvement", "Areas for improvement"),
    *(
        "Cause of concern: Victims wait",
        "Innovative practice: Drones",
        "The force trains its officers",
        "1. Leadership",
    ),
    *("Wessex Police is good at tackling serious and organised crime.", "It recorded over 3,000 disruptions in 2022."),
    *(
        "- make a plan; and",
        "- publish it.",
        "1. Write it down.",
        "a. read it;",
        "6 The Department should:",
        "a say so;",
    ),
    *(
        "By 1 March 2026 the force should:",
        "I recommend that ministers act.",
        "Recommendation 3 (to the Home Office): Stop.",
    ),
    *(
        "| No. | Recommendation | To | By |",
        "| 1 | Write it down | Wessex Police | May 2026 |",
        "R4 The Council must count.",
        "R5 To the Home Office: write it down by the end of 2026/27.",
        "| Who | What | When |",
        "Progress on previous recommendations",
        "What we found in Wessex",
        "We call on banks to act.",
    ),
    *(
        "In 2017, we gave the force an area for improvement.",
        "Published on 4 May 2023",
        "It must stop. (Recommendation 2)",
    ),
]


def assert_sound(reading: Reading) -> None:
    assert [proposal.number for proposal in reading.proposals] == list(range(len(reading.proposals)))
    findings = {proposal.number for proposal in reading.of(ProposalKind.FINDING)}
    for proposal in reading.proposals:
        assert proposal.part_of is None or proposal.part_of in findings
        assert proposal.why
        assert proposal.line > 0
        assert proposal.passage or proposal.kind == ProposalKind.INSPECTION
        assert proposal.as_json()["kind"] == proposal.kind.value


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
def test_pieces_of_reports_in_any_order(pieces):
    with TemporaryDirectory() as folder:
        text = "\n\n".join(pieces)
        reading = reading_of(text, Path(folder))
    assert_sound(reading)
    plain = re.sub(r"\W+", " ", text)
    for proposal in reading.proposals:
        for line in proposal.passage.split("\n"):
            words = re.sub(r"\W+", " ", line).strip()
            assert words in plain or proposal.passage in text or " / " in line, line


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400))
def test_any_text(text):
    with TemporaryDirectory() as folder:
        assert_sound(reading_of(f"Report\n\n{text}", Path(folder)))


def test_a_document_without_blocks_says_so():
    assert read(Document("empty.pdf", "PDF", ()), PHRASEBOOK).notes == ("The file holds no text.",)
