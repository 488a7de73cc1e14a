"""A report as a PDF: its letters, lines, columns, frames and tables are put together as a reader would."""

from itertools import pairwise
from pathlib import Path

import pytest
import typst

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError
from inspections.reader.structure.letters import Letter, runs_of
from inspections.reader.structure.pdf import read_pdf

LABELS = {"Good"}
SENTENCES = (
    "The harbour master counts every boat that comes in before the gates are closed at night.",
    "Two of the three cranes were repaired in May, and the oldest was given to a school of engineers.",
    "Nobody could tell us who had the key to the store where ropes and lamps are kept.",
    "A multi-agency team meets each month to look at what was stolen and what was given back.",
)
PARAGRAPHS = [" ".join(SENTENCES[at % 4 :] + SENTENCES[: at % 4]) for at in range(16)]
HEAD = """
#set page(paper: "a4", header: [Harbour watch 2031], footer: context align(right)[#counter(page).display()])
#set text(font: "Libertinus Serif", size: 11pt, lang: "en", hyphenate: true)
#set par(justify: true)
#show heading.where(level: 1): it => { pagebreak(weak: true); text(size: 20pt, it) }
"""
REPORT = f"""{HEAD}
#text(size: 30pt)[Harbour watch of the year]
#outline()
= Northport
#box(fill: luma(220), inset: 6pt)[*Good*]

Northport is good at keeping watch over its #underline[waters]#footnote[As counted in the spring.]. It has 118 boats.
== How it plans, and what becomes of plans that were long in the making and are old by now
#block(stroke: 1pt, inset: 10pt, width: 100%)[
*Area for improvement: Northport should write down what it plans and who is to do it, for each of them*

The harbour should:
- name an owner for every plan, and say when the plan is to be looked at again, by whom and with which aim in view;
- review it:
  - in spring; and
  - in autumn
- keep what it learnt.
]
{PARAGRAPHS[0]}
== Changes to come
#table(columns: 3, [No.], [What], [By], [1], [The council should plan], [May 2032], [2], [Report], [June 2032])
= Eastport
#columns(2)[
{"#parbreak()".join(PARAGRAPHS)}
== A heading in a column
+ One
+ Two
]
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return read(REPORT, tmp_path_factory.mktemp("pdf"))


def read(source: str, folder: Path) -> Document:
    path = folder / "report.pdf"
    path.write_bytes(typst.compile(source.encode()))
    return read_pdf(path, "report.pdf", LABELS, lambda done, of: None)


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document if block.kind == kind]


def one(document: Document, start: str) -> Block:
    [block] = [block for block in document if block.text.startswith(start) and block.kind != BlockKind.CONTENTS]
    return block


def test_headings_have_their_levels_and_are_whole_over_two_lines(report: Document) -> None:
    headings = [(block.level, block.text) for block in of_kind(report, BlockKind.HEADING)]
    assert headings == [
        (1, "Harbour watch of the year"),
        (1, "Northport"),
        (2, "How it plans, and what becomes of plans that were long in the making and are old by now"),
        (
            3,
            "Area for improvement: Northport should write down what it plans and who is to do it, for each of them",
        ),
        (2, "Changes to come"),
        (1, "Eastport"),
        (2, "A heading in a column"),
    ]


def test_a_heading_is_whole_wherever_its_lines_are_broken(tmp_path: Path) -> None:
    """A line of it may end early, the next begin with a capital or stand at the top of a page; a label is another."""
    text = f"""{HEAD}
#set par(justify: false)
#let title(body) = block(width: 60%, text(size: 14pt, weight: "bold", hyphenate: false, body))
#title[What the Northport and Eastport \\ Harbour Watch does about Pilots]
#text(weight: "bold")[Good]

{PARAGRAPHS[0]}
#v(1fr)
#title[Boats that nobody has looked after for years #colbreak() and those who own them]
{PARAGRAPHS[1]}
"""
    document = read(text, tmp_path)
    headings = [block.text for block in document.blocks if block.kind == BlockKind.HEADING]
    assert headings == [
        "What the Northport and Eastport Harbour Watch does about Pilots",
        "Boats that nobody has looked after for years and those who own them",
    ]


def test_a_frame_holds_its_blocks_and_its_heading_ends_with_it(report: Document) -> None:
    title = one(report, "Area for improvement")
    items = report.items(one(report, "The harbour should:"))
    assert title.box is not None
    assert {item.box for item in items} == {title.box}
    assert items[0].path == ("Northport", one(report, "How it plans").text, title.text)
    assert items[0].text.endswith("by whom and with which aim in view;")
    after = report.blocks[items[-1].number + 1]
    assert (after.box, after.path[-1]) == (None, one(report, "How it plans").text)


def test_items_within_items(report: Document) -> None:
    _, review, _ = report.items(one(report, "The harbour should:"))
    assert [(item.text, item.level) for item in report.items(review)] == [("in spring; and", 2), ("in autumn", 2)]


def test_a_reference_to_a_footnote_is_no_figure(report: Document) -> None:
    assert one(report, "Northport is good").text == (
        "Northport is good at keeping watch over its waters. It has 118 boats."
    )
    assert [block.text for block in of_kind(report, BlockKind.FOOTNOTE)] == ["¹As counted in the spring."]


def test_a_footnote_of_several_lines_is_one_block(tmp_path: Path) -> None:
    note = "See what we said of the harbour in the spring, when the gates had just been mended. " * 3
    boats = f"It has 118 boats.#footnote[{note}] They are counted.#footnote[By hand.]"
    page = f"{HEAD}\n= Northport\n{PARAGRAPHS[0]} {PARAGRAPHS[1]}\n\n{boats}\n"
    document = read(page, tmp_path)
    notes = [block.text for block in document if block.kind == BlockKind.FOOTNOTE]
    assert [text[1:].strip() for text in notes] == [note.strip(), "By hand."]


def test_a_table_has_its_cells(report: Document) -> None:
    [table] = of_kind(report, BlockKind.TABLE)
    assert table.rows == (
        ("No.", "What", "By"),
        ("1", "The council should plan", "May 2032"),
        ("2", "Report", "June 2032"),
    )


def test_columns_are_read_one_after_the_other_and_divided_words_are_whole(report: Document) -> None:
    below = [block for block in of_kind(report, BlockKind.PARAGRAPH) if block.path == ("Eastport",)]
    assert " ".join(block.text for block in below) == " ".join(PARAGRAPHS)
    assert len(below) == len(PARAGRAPHS)
    assert [item.text for item in report.items(one(report, "A heading in a column"))] == ["One", "Two"]


def test_heads_feet_and_contents_are_furniture(report: Document) -> None:
    heads = [block.text for block in of_kind(report, BlockKind.RUNNING_HEAD)]
    assert heads.count("Harbour watch 2031") == report.pages
    assert set(heads) - {"Harbour watch 2031"} == {str(page) for page in range(1, 1 + (report.pages or 0))}
    assert len(of_kind(report, BlockKind.CONTENTS)) == 6


def test_a_grade_is_a_label(report: Document) -> None:
    assert [block.text for block in of_kind(report, BlockKind.LABEL)] == ["Good"]


def test_blocks_have_their_page_and_line(report: Document) -> None:
    assert one(report, "Harbour watch of the year").place == "page 1, line 2"
    assert one(report, "Northport is good").page == 3
    by_page = [(block.page or 0, block.line) for block in report]
    assert all(before < after for before, after in pairwise(by_page))


def test_a_table_without_rules_bullets_that_are_drawn_and_heads_of_chapters(tmp_path: Path) -> None:
    pages = "#pagebreak()".join(f"{paragraph} {paragraph}" for paragraph in PARAGRAPHS[:6])
    document = read(
        """
        #let chapter = state("chapter", "Ports")
        #set page(header: context align(right)[#chapter.get() #h(2em) #counter(page).display()])
        #set list(marker: box(baseline: -2pt, circle(radius: 2pt, fill: black)))
        #text(size: 16pt)[*2 #h(1em) Ports*]

        #table(columns: (5em, 12em, 6em), stroke: none,
          [No.], [What], [By],
          [1], [The council should now publish all it plans], [May 2032], [2], [Report], [June 2032])
        The harbour should:
        - plan; and
        - report.
        #pagebreak()
        """
        + pages,
        tmp_path,
    )
    assert [(block.marker, block.text) for block in of_kind(document, BlockKind.HEADING)] == [
        ("2", "Ports"),
    ]
    [table] = of_kind(document, BlockKind.TABLE)
    assert table.rows == (
        ("No.", "What", "By"),
        ("1", "The council should now publish all it plans", "May 2032"),
        ("2", "Report", "June 2032"),
    )
    assert [item.text for item in document.items(one(document, "The harbour should:"))] == ["plan; and", "report."]
    heads = [block.text for block in of_kind(document, BlockKind.RUNNING_HEAD)]
    assert heads == [f"Ports {page}" for page in range(1, 8)]


def test_a_page_on_its_side_is_read(tmp_path: Path) -> None:
    document = read(f"{HEAD} #rotate(90deg, reflow: true)[#block(width: 600pt)[{PARAGRAPHS[0]}]]", tmp_path)
    assert [block.text for block in of_kind(document, BlockKind.PARAGRAPH)] == [PARAGRAPHS[0]]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"%PDF-1.7\nnonsense" + bytes(range(256)), "is damaged"), (b"%PDF-1.4\n%%EOF", "is damaged")],
)
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableReportError, match=f"^report.pdf {message}"):
        read_pdf(path, "report.pdf", LABELS, lambda done, of: None)


def test_a_file_of_which_one_page_is_damaged_says_which(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    path = tmp_path / "report.pdf"
    path.write_bytes(typst.compile("#pagebreak()".join(["Words of a page, more than five."] * 3).encode()))
    writer = PdfWriter(PdfReader(path))
    writer.pages[1][NameObject("/Type")] = NameObject("/Nonsense")
    writer.write(path)
    document = read_pdf(path, "report.pdf", LABELS, lambda done, of: None)
    assert [block.page for block in document] == [1, 3]
    assert document.notes == ("The file is damaged: page 2 could not be read.",)


def test_a_locked_file_is_refused_in_words(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    path = tmp_path / "report.pdf"
    path.write_bytes(typst.compile(b"Words."))
    writer = PdfWriter(PdfReader(path))
    writer.encrypt("secret")
    writer.write(path)
    with pytest.raises(UnreadableReportError, match=r"^report\.pdf is locked by a password"):
        read_pdf(path, "report.pdf", LABELS, lambda done, of: None)


def test_a_file_without_words_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReportError, match=r"^report\.pdf has no words that can be read"):
        read("#rect(width: 1cm)", tmp_path)


def test_a_scanned_file_is_refused_in_words(tmp_path: Path) -> None:
    gif = "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
    pixels = ", ".join(str(byte) for byte in bytes.fromhex(gif))
    with pytest.raises(UnreadableReportError, match=r"^report\.pdf is scanned"):
        read(f'#image(bytes(({pixels})), format: "gif", width: 10cm)', tmp_path)


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(typst.compile(b"One two three four five. #pagebreak() Six seven eight nine ten."))
    steps: list[tuple[int, int]] = []
    read_pdf(path, "report.pdf", LABELS, lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]


FONTS = {1: "Helvetica", 2: "Helvetica-Bold"}


def test_a_space_without_width_divides_no_word():
    """Small capitals are letters of two sizes, between which some programs put a space."""
    places = [("C", 0, 7), (" ", 0, 0), ("O", 7.1, 13), ("D", 13, 19), (" ", 0, 0), ("I", 19.5, 25), ("S", 25, 30)]
    letters = [Letter(text, left, right, 100, 10, bold=False, quarter=0) for text, left, right in places]
    assert [run.text for run in runs_of(letters, [])] == ["COD IS"]


def test_what_counts_a_line_does_not_say_whether_it_is_bold():
    bold = [Letter(letter, at * 5, at * 5 + 5, 100, 10, bold=at > 1, quarter=0) for at, letter in enumerate("4.We")]
    plain = [Letter(letter, at * 5, at * 5 + 5, 100, 10, bold=at < 1, quarter=0) for at, letter in enumerate("We")]
    assert [run.bold for letters in (bold, plain) for run in runs_of(letters, [])] == [True, False]


def test_a_raised_number_that_only_its_matrix_makes_small_is_of_a_note(tmp_path: Path) -> None:
    """Some programs set all letters in one size by name; a line in bold letters goes on where a sentence is cut."""
    text = b"""BT /F1 1 Tf 12 0 0 12 72 700 Tm (It ended in spring.) Tj 7 0 0 7 173 704 Tm (38) Tj
12 0 0 12 185 700 Tm (Its fleet has nine boats and belongs to the) Tj
/F2 1 Tf 12 0 0 12 72 686 Tm (Harbour Trust of the whole of the long and windy coast.) Tj ET"""
    fonts = " ".join(
        f"/F{at} << /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for at, name in FONTS.items()
    ).encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 800] /Contents 4 0 R /Resources << /Font << %b >> >> >>"
        % fonts,
        b"<< /Length %d >> stream\n%b\nendstream" % (len(text), text),
    ]
    objects = b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, part) for at, part in enumerate(parts, start=1))
    path = tmp_path / "notes.pdf"
    path.write_bytes(b"%PDF-1.4\n" + objects + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF")
    [block] = read_pdf(path, path.name, (), lambda done, of: None)
    assert block.text == (
        "It ended in spring. Its fleet has nine boats and belongs to the "
        "Harbour Trust of the whole of the long and windy coast."
    )
