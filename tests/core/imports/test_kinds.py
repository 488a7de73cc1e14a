"""Files as people send them: the table is found wherever it stands, and what is no record is told with its row."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from soc_tracker.core.imports.cells import as_text
from soc_tracker.core.imports.questions import Answers, UnreadableFileError
from soc_tracker.core.imports.reader import Rows, read_rows
from tests.core.imports.kinds import (
    FIELDS,
    HEADINGS,
    ODS_ROWS,
    ROWS,
    TABLE,
    TOLD,
    WHOLE,
    book_of,
    csv_of,
    ods_of,
    ods_row,
)
from tests.core.imports.old_books import xls_of, xlsb_of


def read(place: Path, name: str, data: bytes, **answers: str) -> Rows:
    path = place / "upload"
    path.write_bytes(data)
    return read_rows(path, name, FIELDS, answers=answers)


def values(rows: Rows) -> list[list[str]]:
    return [[as_text(row.values[name]) for name in HEADINGS] for row in rows]


def passed(rows: Rows) -> list[tuple[int, str]]:
    return [(row.line, row.why) for row in rows.sheet.passed.rows]


def is_asked(rows: Rows, key: str) -> bool:
    return any(question.key == key and question.is_open for question in rows.questions)


@pytest.mark.parametrize(("name", "data"), WHOLE.values(), ids=WHOLE)
def test_the_rows_are_found(tmp_path: Path, name: str, data: bytes) -> None:
    rows = read(tmp_path, name, data)
    assert values(rows) == ROWS
    assert not any(question.is_open for question in rows.questions)
    assert not rows.refusals()


@pytest.mark.parametrize(("name", "data", "words"), TOLD.values(), ids=TOLD)
def test_what_is_something_else_is_told(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words) as told:
        read(tmp_path, name, data)
    assert "try again" in str(told.value) or "Choose" in str(told.value)


def test_what_is_passed_over_is_told_with_its_row(tmp_path: Path) -> None:
    note = ["[note 1] Figures may be revised."]
    data = csv_of(
        ["Table 4"], ["Source: x"], [], HEADINGS, ROWS[0], HEADINGS, ROWS[1], ["Total", "", "", "2"], [], note
    )
    rows = read(tmp_path, "a.csv", data)
    assert passed(rows) == [
        (1, "above the headings"),
        (2, "above the headings"),
        (6, "the headings again"),
        (8, "a total"),
        (10, "a note"),
    ]
    assert rows.sheet.place == "headings in row 4"
    assert [row.line for row in rows] == [5, 7]


@pytest.mark.parametrize(
    "row",
    [
        ["PB-3", "", "", ""],
        ["PB-3", "Cheshire", "", "Total loss of a vehicle."],
        ["", "Cheshire", "2022-07-13", "Note to all"],
        ["TOTAL-1", "Cheshire", "2022-07-13", "x"],
    ],
)
def test_a_record_that_lacks_something_is_no_note(tmp_path: Path, row: list[str]) -> None:
    rows = read(tmp_path, "a.csv", csv_of(HEADINGS, ROWS[0], row))
    assert len(rows.rows) == 2
    assert passed(rows) == []


def test_a_file_that_says_it_broke_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    broken = "THIS FILE IS INCOMPLETE: it broke off here because of an error. Please export it again."
    with pytest.raises(UnreadableFileError, match="says of itself that it is incomplete"):
        read(tmp_path, "a.csv", csv_of(*TABLE, [broken]))


def test_another_row_of_headings_can_be_chosen(tmp_path: Path) -> None:
    other = [heading.upper() for heading in HEADINGS]
    data = csv_of(["x"], HEADINGS, ROWS[0], other, ROWS[1])
    assert [question.key for question in read(tmp_path, "a.csv", data).questions] == ["heading_row"]
    rows = read(tmp_path, "a.csv", data, heading_row="4")
    assert values(rows) == [ROWS[1]]
    with pytest.raises(UnreadableFileError, match="Row 1 does not have these headings") as told:
        read(tmp_path, "a.csv", data, heading_row="1")
    assert [question.key for question in told.value.questions] == ["heading_row"]
    for wrong in ("0", "-1", "one", "99"):
        with pytest.raises(UnreadableFileError, match=r"no answer|no row 99"):
            read(tmp_path, "a.csv", data, heading_row=wrong)


def test_of_two_sheets_with_rows_the_sender_chooses(tmp_path: Path) -> None:
    data = book_of(("Q1", [HEADINGS, ROWS[0]]), ("Q2", [HEADINGS, ROWS[1]]))
    rows = read(tmp_path, "a.xlsx", data)
    assert is_asked(rows, "sheet")
    for sheet, row in (("Q1", ROWS[0]), ("Q2", ROWS[1])):
        rows = read(tmp_path, "a.xlsx", data, sheet=sheet)
        assert values(rows) == [row]
        assert not is_asked(rows, "sheet")
        assert sheet in rows.sheet.place
    with pytest.raises(UnreadableFileError, match="Choose one of “Q1”, “Q2”"):
        read(tmp_path, "a.xlsx", data, sheet="Q3")


@pytest.mark.parametrize("kind", ["Excel 97–2003", "a binary workbook"])
def test_of_binary_workbooks_is_told_what_is_not_seen(tmp_path: Path, kind: str) -> None:
    assert "it is not seen which rows are hidden" in read(tmp_path, *WHOLE[kind]).sheet.notes[0]


@pytest.mark.parametrize(
    "data", [xls_of(TABLE)[:-3000], xlsb_of(TABLE)[:-300], xls_of(TABLE).replace(b"Data", b"\xff" * 4)]
)
def test_a_damaged_binary_workbook_is_told_or_read(tmp_path: Path, data: bytes) -> None:
    try:
        assert len(values(read(tmp_path, "a.xls", data))) <= len(ROWS)
    except UnreadableFileError as told:
        assert "damaged" in str(told)  # noqa: PT017 - it may be read all the same


@pytest.mark.parametrize("furthest", [1 << 16, 1 << 24, 0xFFFFFFF0])
def test_a_binary_workbook_with_a_cell_far_beyond_holds_nobody(tmp_path: Path, furthest: int) -> None:
    data = xlsb_of(TABLE, furthest=furthest)
    try:
        assert values(read(tmp_path, "a.xlsb", data))[: len(ROWS)] == ROWS
    except UnreadableFileError as told:
        assert "try again" in str(told)  # noqa: PT017 - it may be read all the same


def test_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    data = book_of(("Data", TABLE), ("Old", TABLE), then=lambda book: book.worksheets()[1].hide())
    assert "The sheet “Old” is hidden, and is not read." in read(tmp_path, "a.xlsx", data).sheet.notes


def hide_second_row(book: Any) -> None:
    book.worksheets()[0].set_row(2, None, None, {"hidden": True})


def flat_second_row(book: Any) -> None:
    book.worksheets()[0].set_row(2, 0)


def filter_second_row(book: Any) -> None:
    book.worksheets()[0].autofilter("A1:D3")
    book.worksheets()[0].filter_column(1, "x == Cheshire")
    hide_second_row(book)


HIDDEN = {
    "hidden by hand": ("a.xlsx", book_of(("Data", TABLE), then=hide_second_row)),
    "of no height": ("a.xlsx", book_of(("Data", TABLE), then=flat_second_row)),
    "filtered": ("a.xlsx", book_of(("Data", TABLE), then=filter_second_row)),
    "under a title": (
        "a.xlsx",
        book_of(("Data", [["x"], *TABLE]), then=lambda b: b.worksheets()[0].set_row(3, None, None, {"hidden": True})),
    ),
    "OpenDocument, filtered": (
        "a.ods",
        ods_of(ods_row(HEADINGS) + ods_row(ROWS[0]) + ods_row(ROWS[1], ' table:visibility="filter"')),
    ),
    "OpenDocument, hidden": (
        "a.ods",
        ods_of(ods_row(HEADINGS) + ods_row(ROWS[0]) + ods_row(ROWS[1], ' table:visibility="collapse"')),
    ),
}


@pytest.mark.parametrize(("name", "data"), HIDDEN.values(), ids=HIDDEN)
def test_hidden_rows_are_told_and_chosen(tmp_path: Path, name: str, data: bytes) -> None:
    assert is_asked(read(tmp_path, name, data), "hidden_rows")
    assert values(read(tmp_path, name, data, hidden_rows="all")) == ROWS
    rows = read(tmp_path, name, data, hidden_rows="visible")
    assert values(rows) == [ROWS[0]]
    assert [why for _, why in passed(rows)][-1] == "hidden in the sheet"


def test_a_hidden_row_above_the_headings_is_nobodys_business(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.worksheets()[0].set_row(0, None, None, {"hidden": True})

    assert not is_asked(read(tmp_path, "a.xlsx", book_of(("Data", [["x"], *TABLE]), then=hide)), "hidden_rows")


def test_hidden_columns_are_told_and_chosen(tmp_path: Path) -> None:
    data = book_of(("Data", TABLE), then=lambda book: book.worksheets()[0].set_column("D:D", None, None, {"hidden": 1}))
    rows = read(tmp_path, "a.xlsx", data)
    assert values(rows) == ROWS
    assert [question.key for question in rows.questions] == ["hidden_columns"]
    assert "summary" not in read(tmp_path, "a.xlsx", data, hidden_columns="visible").match.places


def merge(book: Any) -> None:
    book.worksheets()[0].merge_range("B2:B3", "Cheshire")


MERGED = {
    "Excel": ("a.xlsx", book_of(("Data", [HEADINGS, ROWS[0], [ROWS[1][0], None, *ROWS[1][2:]]]), then=merge)),
    "OpenDocument": (
        "a.ods",
        ods_of(
            ods_row(HEADINGS)
            + ods_row(ROWS[0]).replace(
                '<table:table-cell office:value-type="string"><text:p>Cheshire',
                '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Cheshire',
            )
            + ods_row(ROWS[1]).replace(
                '<table:table-cell office:value-type="string"><text:p>Cumbria</text:p></table:table-cell>',
                "<table:covered-table-cell/>",
            )
        ),
    ),
}


@pytest.mark.parametrize(("name", "data"), MERGED.values(), ids=MERGED)
def test_merged_cells_are_told_and_chosen(tmp_path: Path, name: str, data: bytes) -> None:
    assert is_asked(read(tmp_path, name, data), "merged")
    bodies = [row[1] for row in values(read(tmp_path, name, data, merged="all"))]
    assert bodies == ["Cheshire", "Cheshire"]
    assert [row[1] for row in values(read(tmp_path, name, data, merged="first"))] == ["Cheshire", ""]


def test_a_merged_title_is_nobodys_business(tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.worksheets()[0].merge_range("A1:D2", "Title")

    assert not is_asked(read(tmp_path, "a.xlsx", book_of(("Data", [[], [], *TABLE]), then=merge)), "merged")


@pytest.mark.parametrize("form", ["0%", "0.0%", '0.00" of "%', 9, 10])
def test_percentages_are_read_as_they_are_shown(tmp_path: Path, form: Any) -> None:
    def write(book: Any) -> None:
        book.worksheets()[0].write_number(1, 3, 0.45, book.add_format({"num_format": form}))

    rows = read(tmp_path, "a.xlsx", book_of(("Data", [HEADINGS, ROWS[0][:3]]), then=write))
    assert values(rows)[0][3] == "45%"
    assert "“summary” shows percentages" in rows.sheet.notes[0]


def test_a_percent_sign_that_is_only_text_is_no_percentage(tmp_path: Path) -> None:
    def write(book: Any) -> None:
        book.worksheets()[0].write_number(1, 3, 0.45, book.add_format({"num_format": '0.00"%"'}))

    assert values(read(tmp_path, "a.xlsx", book_of(("Data", [HEADINGS, ROWS[0][:3]]), then=write)))[0][3] == "0.45"


def test_a_workbook_that_counts_days_from_1904_says_so(tmp_path: Path) -> None:
    assert not read(tmp_path, "a.xlsx", book_of(("Data", TABLE))).sheet.is_1904
    file = BytesIO(book_of(("Data", TABLE)))
    with zipfile.ZipFile(file) as parts:
        kept = {name: parts.read(name) for name in parts.namelist()}
    kept["xl/workbook.xml"] = kept["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    with zipfile.ZipFile(file := BytesIO(), "w") as parts:
        for name, data in kept.items():
            parts.writestr(name, data)
    assert read(tmp_path, "a.xlsx", file.getvalue()).sheet.is_1904


def test_an_error_in_an_open_document_is_not_taken_for_nothing(tmp_path: Path) -> None:
    kinds = 'office:value-type="string" calcext:value-type="error"'
    faulty = f"<table:table-cell {kinds}><text:p>#N/A</text:p></table:table-cell>"
    row = ods_row(ROWS[0][:3]).replace("</table:table-row>", f"{faulty}</table:table-row>")
    assert values(read(tmp_path, "a.ods", ods_of(ods_row(HEADINGS) + row)))[0][3] == "#N/A"


HOSTILE_ODS = {
    "more columns than any sheet": (
        ODS_ROWS.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="99999" ', 1),
        "no sheet has",
    ),
    "more rows than any sheet": (
        ODS_ROWS.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="4294967295">', 1),
        "no sheet has",
    ),
    "a number that is none": (
        ODS_ROWS.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="x">', 1),
        "no sheet has",
    ),
    "a full sheet from a few bytes": (
        ods_row(["x"], ' table:number-rows-repeated="1048576"').replace(
            "<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" '
        ),
        "spread over 1,048,576 rows and 16,384 columns",
    ),
}


@pytest.mark.parametrize(("rows", "words"), HOSTILE_ODS.values(), ids=HOSTILE_ODS)
def test_an_open_document_asks_for_no_more_than_a_sheet(tmp_path: Path, rows: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        read(tmp_path, "a.ods", ods_of(rows))


def test_an_open_document_with_entities_is_refused(tmp_path: Path) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')
    with pytest.raises(UnreadableFileError, match="declarations"):
        read(tmp_path, "a.ods", file.getvalue())


def test_an_open_document_with_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="password"):
        read(tmp_path, "a.ods", ods_of(ODS_ROWS, manifest="<m><encryption-data/></m>"))


ARCHIVES: dict[str, tuple[dict[str, str], str]] = {
    "a zipped CSV": ({"extract.csv": "a,b"}, "compressed folder.*“extract.csv”. Unpack it"),
    "several files": ({f"{letter}.csv": "a" for letter in "abcd"}, "“a.csv”, “b.csv”, “c.csv”, more"),
    "a Word document": ({"word/document.xml": "<x/>"}, "is a Word document"),
    "slides": ({"ppt/presentation.xml": "<x/>"}, "is a presentation"),
    "Numbers": ({"Index/Document.iwa": "x"}, "is a Numbers or Pages document"),
    "an OpenDocument text": (
        {"mimetype": "application/vnd.oasis.opendocument.text"},
        "is an OpenDocument file, but no spreadsheet",
    ),
}


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.csv"])
@pytest.mark.parametrize(("parts", "words"), ARCHIVES.values(), ids=ARCHIVES)
def test_an_archive_says_what_it_is(tmp_path: Path, name: str, parts: dict[str, str], words: str) -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    with pytest.raises(UnreadableFileError, match=words):
        read(tmp_path, name, file.getvalue())


def test_answers_are_of_no_account_to_a_file_that_asks_nothing(tmp_path: Path) -> None:
    answers: Answers = {"hidden_rows": "visible", "merged": "all"}
    assert values(read(tmp_path, "a.csv", csv_of(*TABLE), **answers)) == ROWS
