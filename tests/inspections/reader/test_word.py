"""A report as a Word document: styles, lists as Word counts them, boxes, notes and pages."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError
from inspections.reader.structure.word import read_word

LABELS = {"Good"}
ATTACK = '<!DOCTYPE x [<!ENTITY a "AAAA"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


def read(tmp_path: Path, write: Callable[[docx.document.Document], object]) -> Document:
    document = docx.Document()
    write(document)
    path = tmp_path / "report.docx"
    document.save(str(path))
    return read_word(path, "report.docx", LABELS)


def one(document: Document, start: str) -> Block:
    [block] = [block for block in document if block.text.startswith(start) and block.kind != BlockKind.CONTENTS]
    return block


def kinds(document: Document) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, block.text) for block in document if block.kind.is_body]


def test_styles_say_what_paragraphs_are(tmp_path: Path) -> None:
    def write(document: docx.document.Document) -> None:
        document.add_heading("Harbour watch", 0)
        document.add_paragraph("Northport\t2", style="Normal")
        document.add_paragraph("Plans\t3", style="Normal")
        document.add_paragraph("Eastport\t4", style="Normal")
        document.add_heading("Northport", 1)
        document.add_paragraph("Good")
        document.add_heading("Plans", 2)
        document.add_paragraph().add_run("Area for improvement: Northport should plan").bold = True
        document.add_paragraph("It has 118 boats.")
        document.add_heading("Eastport", 1)

    document = read(tmp_path, write)
    assert kinds(document) == [
        (BlockKind.HEADING, 1, "Harbour watch"),
        (BlockKind.HEADING, 1, "Northport"),
        (BlockKind.LABEL, 0, "Good"),
        (BlockKind.HEADING, 2, "Plans"),
        (BlockKind.HEADING, 3, "Area for improvement: Northport should plan"),
        (BlockKind.PARAGRAPH, 0, "It has 118 boats."),
        (BlockKind.HEADING, 1, "Eastport"),
    ]
    assert [block.text for block in document if block.kind == BlockKind.CONTENTS] == [
        "Northport 2",
        "Plans 3",
        "Eastport 4",
    ]
    assert one(document, "It has").path == ("Northport", "Plans", "Area for improvement: Northport should plan")
    assert one(document, "It has").place == "line 9"


def test_lists_are_counted_as_word_counts_them(tmp_path: Path) -> None:
    def write(document: docx.document.Document) -> None:
        document.add_paragraph("The harbour should:")
        document.add_paragraph("plan:", style="List Number")
        document.add_paragraph("each boat", style="List Bullet 2")
        document.add_paragraph("report.", style="List Number")
        document.add_paragraph("And then:")
        document.add_paragraph("• rest.")

    document = read(tmp_path, write)
    items = document.items(one(document, "The harbour"))
    assert [(item.marker, item.text) for item in items] == [("1.", "plan:"), ("•", "each boat"), ("2.", "report.")]
    assert [item.text for item in document.items(one(document, "And then:"))] == ["rest."]


def test_a_table_and_a_box(tmp_path: Path) -> None:
    def write(document: docx.document.Document) -> None:
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells), ["No.", "What", "1", "Plan"], strict=True
        ):
            cell.text = text
        box = document.add_table(rows=1, cols=1).rows[0].cells[0]
        box.text = "In the box."
        framed = document.add_paragraph("In a frame.")
        framed._p.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="DDEEFF"/>'))
        document.add_paragraph("Outside.")

    document = read(tmp_path, write)
    assert document.blocks[0].rows == (("No.", "What"), ("1", "Plan"))
    assert [(block.text, block.box) for block in document.blocks[1:4]] == [
        ("In the box.", 1),
        ("In a frame.", 2),
        ("Outside.", None),
    ]


def test_pages_heads_and_text_that_was_deleted(tmp_path: Path) -> None:
    def write(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Harbour watch"
        document.add_paragraph("First page.")
        second = document.add_paragraph()
        second.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
        second.add_run("Second page.")
        gone = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:t>Deleted.</w:t></w:r></w:del>")
        second._p.append(gone)

    document = read(tmp_path, write)
    assert [(block.text, block.place) for block in document][:2] == [
        ("First page.", "page 1, line 1"),
        ("Second page.", "page 2, line 1"),
    ]
    assert document.pages == 2
    assert [block.text for block in document if block.kind == BlockKind.RUNNING_HEAD] == ["Harbour watch"]


def test_entities_of_a_file_are_never_resolved(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    space = f'xmlns:w="{qn("w:p")[1:].split("}")[0]}"'
    with ZipFile(path, "w") as parts:
        parts.writestr(
            "word/document.xml",
            f"{ATTACK}<w:document {space}><w:body><w:p><w:r><w:t>Words &a;&b;</w:t></w:r></w:p></w:body></w:document>",
        )
    document = read_word(path, "report.docx", LABELS)
    assert [block.text for block in document] == ["Words"]


def test_what_is_no_word_document_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    file = BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr("word/document.xml", "<broken")
    for content in (b"", b"PK\x03\x04nonsense", file.getvalue()):
        path.write_bytes(content)
        with pytest.raises(UnreadableReportError, match=r"^report\.docx is damaged"):
            read_word(path, "report.docx", LABELS)
    with pytest.raises(UnreadableReportError, match=r"^report\.docx is empty"):
        read(tmp_path, lambda document: None)
