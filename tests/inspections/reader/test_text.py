"""A report as plain text: what is a heading, an item, a table or furniture; the words of it are all kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError
from inspections.reader.structure.text import read_text

LABELS = {"Good", "Requires improvement"}

REPORT = """
Harbour watch 2031

An inspection of three harbours

Contents

Opening words\t1
Northport\t2
How it plans\t2
Eastport\t4

How it plans\t4
Closing words\t6

Opening words

This is why we looked.

Northport

Good

Northport is good at keeping watch.

How it plans

Area for improvement: Northport should write down what it <u>plans</u>

The harbour should:

- name an owner for every plan;
- review it each month, with those whom it
 concerns; and
- keep what it learnt.

We saw 14 plans. Each of them said less than it could, and we were told that the next would be better
by the end of the year.

Eastport

Requires improvement

How it plans

Eastport has no plan

It says so itself, and it has begun

to write one.

Closing words

1. The first harbour covers the north.
2. The second harbour covers the east.

March 2031 | © Harbour Inspectorate 2031
"""


def read(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_text(path, "report.txt", LABELS)


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.text for block in document if block.kind == kind]


def one(document: Document, start: str) -> Block:
    [block] = [block for block in document if block.text.startswith(start) and block.kind != BlockKind.CONTENTS]
    return block


def test_the_contents_say_which_headings_are_chief_ones(tmp_path: Path) -> None:
    document = read(tmp_path, REPORT)
    headings = [(block.level, block.text) for block in document if block.kind == BlockKind.HEADING]
    assert headings == [
        (3, "Harbour watch 2031"),
        (3, "An inspection of three harbours"),
        (1, "Opening words"),
        (1, "Northport"),
        (2, "How it plans"),
        (3, "Area for improvement: Northport should write down what it plans"),
        (1, "Eastport"),
        (2, "How it plans"),
        (3, "Eastport has no plan"),
        (1, "Closing words"),
    ]
    assert len(texts(document, BlockKind.CONTENTS)) == 7


def test_a_block_stands_below_its_headings_and_has_its_line(tmp_path: Path) -> None:
    block = one(read(tmp_path, REPORT), "The harbour should:")
    assert block.path == (
        "Northport",
        "How it plans",
        "Area for improvement: Northport should write down what it plans",
    )
    assert REPORT.splitlines()[block.line - 1] == block.text
    assert block.place == f"line {block.line}"


def test_a_grade_is_a_label_and_no_heading_of_what_follows(tmp_path: Path) -> None:
    document = read(tmp_path, REPORT)
    assert texts(document, BlockKind.LABEL) == ["Good", "Requires improvement"]
    assert one(document, "Northport is good").path == ("Northport",)


def test_items_are_whole_and_know_what_introduces_them(tmp_path: Path) -> None:
    document = read(tmp_path, REPORT)
    assert [item.text for item in document.items(one(document, "The harbour should:"))] == [
        "name an owner for every plan;",
        "review it each month, with those whom it concerns; and",
        "keep what it learnt.",
    ]
    assert [item.marker for item in document.items(one(document, "Closing words"))] == ["1.", "2."]


def test_a_paragraph_that_a_page_divided_is_whole(tmp_path: Path) -> None:
    assert one(read(tmp_path, REPORT), "It says so").text == "It says so itself, and it has begun to write one."


def test_items_within_items(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "The council should:\n\n1. train its staff:\n  (a) in law;\n  (b) in first aid;\n2. publish a plan that:\n"
        "- has a date; and\n- has an owner.\n3. report back.\n",
    )
    outer = document.items(one(document, "The council"))
    assert [(item.marker, item.level) for item in outer] == [("1.", 1), ("2.", 1), ("3.", 1)]
    assert [item.text for item in document.items(outer[0])] == ["in law;", "in first aid;"]
    assert [item.text for item in document.items(outer[1])] == ["has a date; and", "has an owner."]


def test_a_text_broken_at_a_width_is_put_together_and_its_pages_are_kept(tmp_path: Path) -> None:
    pages = [
        f"Harbour Inspectorate\n{'' if number == 2 else chr(10)}"
        f"The quay {word} was in good order when we came to see it in May, and the multi-\n"
        "agency team that looks after it told us of a re-\n"
        "organisation. A multi-agency team has its own minutes and its own budget for\nthe year.\n\n"
        f"Harbour watch {number}"
        for number, word in enumerate(("of stone", "of wood", "of brick"), start=1)
    ]
    document = read(tmp_path, "\f".join(pages))
    assert document.pages == 3
    assert len(texts(document, BlockKind.RUNNING_HEAD)) == 6
    paragraphs = [block for block in document if block.kind == BlockKind.PARAGRAPH]
    assert [block.place for block in paragraphs] == ["page 1, line 3", "page 2, line 2", "page 3, line 3"]
    assert "the multi-agency team that looks after it told us of a reorganisation." in paragraphs[0].text
    assert paragraphs[0].text.endswith("for the year.")


CRANES = (
    "Their master counts every boat that comes in before the gates are closed at nine, and so he registers what is in "
    "them. Two of the three cranes were repaired in May, and the oldest of them was given away."
)


def test_what_a_program_made_of_a_pdf_is_put_together(tmp_path: Path) -> None:
    """Nothing but the ends of lines parts headings from paragraphs, and soft hyphens stand at the ends of lines."""
    document = read(
        tmp_path,
        "Contents\nThe ports of the North and of\nEast Island . . . . \u20603\nPlans . . . 4\nMeans . . . 5\n\n1\n\n"
        "\x0cThe ports of the North and of\nEast Island\n"
        "Their master counts every boat that comes in before the gates are closed at nine, and so he re\u00ad\n"
        "gisters what is in them. Two of the three cranes were repaired in May, and the oldest of them\n"
        "was given away.\n"
        "Nobody could tell us who had the key to the store where ropes and lamps are kept in the winter\n"
        "months.\n"
        "Plans\nThe harbour should improve the quality of its\nA1 plans\nMeans\nIt has none.\n\n2\n",
    )
    assert [(block.kind, block.text) for block in document if block.page == 2][:-1] == [
        (BlockKind.HEADING, "The ports of the North and of East Island"),
        (
            BlockKind.PARAGRAPH,
            CRANES,
        ),
        (
            BlockKind.PARAGRAPH,
            "Nobody could tell us who had the key to the store where ropes and lamps are kept in the winter months.",
        ),
        (BlockKind.HEADING, "Plans"),
        (BlockKind.HEADING, "The harbour should improve the quality of its A1 plans"),
        (BlockKind.HEADING, "Means"),
        (BlockKind.PARAGRAPH, "It has none."),
    ]


def test_numbered_paragraphs_and_headings(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "2. What we saw\n\n2.1 Plans\n\n2.1.1 The harbour has 4 plans. Each is new.\n\n2.1.2 None has an owner.\n\n"
        "Recommendation 3 (to the Home Office)\n\nPublish the rules.\n",
    )
    assert [(block.kind, block.level, block.marker, block.text) for block in document][:4] == [
        (BlockKind.HEADING, 1, "2.", "What we saw"),
        (BlockKind.HEADING, 2, "2.1", "Plans"),
        (BlockKind.PARAGRAPH, 0, "2.1.1", "The harbour has 4 plans. Each is new."),
        (BlockKind.PARAGRAPH, 0, "2.1.2", "None has an owner."),
    ]
    assert one(document, "Publish").path[-1] == "Recommendation 3 (to the Home Office)"


def test_a_table(tmp_path: Path) -> None:
    document = read(tmp_path, "Changes\n\nNo.\tTo\tBy\n1\tThe council\tMay 2032\n2\tThe port\tJune 2032\n\nEnd.\n")
    [table] = [block for block in document if block.kind == BlockKind.TABLE]
    assert table.rows == (("No.", "To", "By"), ("1", "The council", "May 2032"), ("2", "The port", "June 2032"))
    assert table.text.startswith("No. | To | By / 1 | The council")
    assert table.path == ("Changes",)


@pytest.mark.parametrize("content", [b"", b" \n\n\x0c\n", bytes(range(256)) * 40, b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableReportError, match=r"^report\.txt "):
        read(tmp_path, content)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_no_word_of_a_text_is_lost(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Letters and digits come in the order of the file, each of them once."""
    try:
        document = read(tmp_path_factory.mktemp("texts"), text)
    except UnreadableReportError:
        return
    blocks = "".join(f"{block.marker}{block.text}" for block in document)
    assert letters(blocks) == letters(text)


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_a_bare_letter_that_follows_the_one_before_begins_a_line_of_its_own(tmp_path: Path) -> None:
    text = "The harbour should:\n\na count its boats;\n\nb write down what it counts; and\n\nc say who looks at it.\n"
    assert [block.text for block in read(tmp_path, text)][1:] == [
        "a count its boats;",
        "b write down what it counts; and",
        "c say who looks at it.",
    ]


def test_a_number_of_a_paragraph_may_stand_close_to_its_text(tmp_path: Path) -> None:
    blocks = read(
        tmp_path, "Boats\n\n4.36.We saw 2.5 of them.\n\n3.2b They were old, and nobody could say why.\n"
    ).blocks
    assert [(block.marker, block.text[:7]) for block in blocks[1:]] == [("4.36.", "We saw "), ("3.2b", "They we")]
