"""Workbooks made to keep the server busy or to fill its memory: refused by what they say, before they are read; and
whatever gets past that is ended by a clock, a limit of processor time or one of memory.
"""

import zipfile
from pathlib import Path

import pytest

from soc_tracker.core.imports import files
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.sheet import open_sheet
from soc_tracker.core.imports.workbooks import program, source
from soc_tracker.core.imports.workbooks.parts import UnfitError
from tests.core.imports.reading import rows_in, workbook
from tests.core.imports.test_workbooks import SHEET, archive, changed, parts_of, refused

BOOK, TEXTS, RELATIONS = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
A_CELL, A_PLACE = b'<c r="B2" t="s"><v>3</v></c>', b'r="B2"'
HOSTILE = {
    "a cell far beyond": (SHEET, A_PLACE, b'r="ZZZZZZ4294967295"', "“ZZZZZZ4294967295”"),
    "a cell below the last row": (SHEET, A_PLACE, b'r="B1048577"', "“B1048577”"),
    "a cell after the last column": (SHEET, A_PLACE, b'r="XFE2"', "“XFE2”"),
    "a cell above the first row": (SHEET, A_PLACE, b'r="B0"', "“B0”"),
    "a cell without a row": (SHEET, A_PLACE, b'r="B"', "“B”"),
    "a cell in single quotes": (SHEET, A_PLACE, b"r='ZZZZ1'", "“ZZZZ1”"),
    "a cell written with an entity": (SHEET, A_PLACE, b'r="&#90;ZZZ1"', "“ZZZZ1”"),
    "a cell in figures of another script": (SHEET, A_PLACE, 'r="B١"'.encode(), "no sheet has"),
    "a row far beyond": (SHEET, b'<row r="2"', b'<row r="4294967295"', "“row 4294967295”"),
    "more cells than columns": (SHEET, A_CELL, b"<c/>" * 16_385, "“column 16385, row 2”"),
    "a dimension far beyond": (SHEET, b'ref="A1:B2"', b'ref="A1:ZZZZZZ4294967295"', "“ZZZZZZ4294967295”"),
    "merged cells far beyond": (
        *(SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFE2"/></mergeCells>', "“XFE2”"),
    ),
    "two cells in opposite corners": (
        *(SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "spread over 1,048,576 rows and 16,384 columns",
    ),
    "a text below the first": (SHEET, b"<v>3</v>", b"<v>-1</v>", "text number “-1”"),
    "a text far beyond the last": (SHEET, b"<v>3</v>", b"<v>99999999999999999999</v>", "text number “9999"),
    "more texts than can be": (TEXTS, b'uniqueCount="4"', b'uniqueCount="4294967295"', "4294967295 texts"),
    "entities in the sheet": (SHEET, b"<worksheet ", LAUGHS + b"<worksheet ", "declarations"),
    "entities in the texts": (TEXTS, b"<sst ", LAUGHS + b"<sst ", "declarations"),
    "entities in the workbook": (BOOK, b"<workbook ", LAUGHS + b"<workbook ", "declarations"),
    "entities in the relations": (RELATIONS, b"<Relationships ", LAUGHS + b"<Relationships ", "declarations"),
    "two sheets of one name": (
        BOOK,
        b"</sheets>",
        b'<sheet name="SHEET1" sheetId="1" r:id="rId1"/></sheets>',
        "damaged",
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "a.xlsx", [["a", "b"], ["x", "y"]])


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that reads workbooks must not be asked."""

    def load_workbook(file: object) -> None:
        pytest.fail("the library was given the workbook")

    monkeypatch.setattr(program.calamine, "load_workbook", load_workbook)


def unfit(path: Path) -> list[object]:
    """Why the workbook, or its sheets, are not read, as the program finds it in this process."""
    try:
        return [look["unfit"] for look in program.Book(str(path)).looks()]
    except UnfitError as error:
        return [error.args]


@pytest.mark.usefixtures("never_read")
@pytest.mark.parametrize(("part", "old", "new", "words"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_is_refused_before_it_is_read(book: Path, part: str, old: bytes, new: bytes, words: str) -> None:
    path = changed(book, part, old, new)
    assert unfit(path)
    assert words in refused(path)
    assert "try again" in refused(path)


def test_two_parts_of_one_name_are_refused(book: Path) -> None:
    parts = parts_of(book)
    with zipfile.ZipFile(book, "a") as file:
        file.writestr(SHEET.upper(), parts[SHEET])
    assert "damaged" in refused(book)


def test_a_text_beyond_the_last_one_is_no_blank(book: Path) -> None:
    assert "damaged" in refused(changed(book, SHEET, b"<v>3</v>", b"<v>4</v>"))


@pytest.mark.parametrize("place", ["XFD1048576", "B1048576"])
def test_the_last_cell_of_a_sheet_may_be_named(book: Path, place: str) -> None:
    path = changed(book, SHEET, b'ref="A1:B2"', f'ref="A1:{place}"'.encode())
    assert rows_in(path)[1] == {2: ["x", "y"]}


def test_blank_cells_that_only_have_a_format_count_for_nothing(book: Path) -> None:
    rest = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    assert rows_in(changed(book, SHEET, b"</sheetData>", rest))[1] == {2: ["x", "y"]}


def test_places_may_be_left_out(book: Path) -> None:
    parts = parts_of(book)
    bare = parts[SHEET]
    for place in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"', b' r="1"', b' r="2"'):
        bare = bare.replace(place, b"")
    assert rows_in(archive(book, parts | {SHEET: bare})) == (("a", "b"), {2: ["x", "y"]})


def test_a_row_longer_than_any_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["b"]])
    text = b'<c r="A2" t="inlineStr"><is><t>' + bytes(range(97, 123)) * 50_000 + b"</t></is></c>"
    assert "Row 2 cannot be read" in refused(changed(path, SHEET, b'<c r="A2" t="s"><v>1</v></c>', text))


def test_elements_within_elements_without_end_are_read_over(book: Path) -> None:
    deep = b"<x>" * 20_000 + b"</x>" * 20_000
    path = changed(book, SHEET, b"</sheetData>", b"</sheetData><extLst>" + deep + b"</extLst>")
    assert rows_in(path)[1] == {2: ["x", "y"]}


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SECONDS", 0)


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the reader, a program that never answers, and that nobody can ask to end."""
    hangs = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals()); signal.pause()"
    monkeypatch.setattr(source, "PROGRAM", hangs)


@pytest.mark.usefixtures("no_time", "hung")
def test_a_reader_that_hangs_is_ended(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    start = source._start
    monkeypatch.setattr(source, "_start", lambda *how: started.append(start(*how)) or started[0])
    with pytest.raises(UnreadableFileError, match="took longer than 0 seconds, so it was stopped"):
        source.WorkbookSource(book, files.XLSX)
    assert started[0].poll() is not None


@pytest.mark.usefixtures("no_time")
def test_a_csv_is_read_no_longer_than_its_time(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n" + b"\n" * 1000)
    assert "took longer than 0 seconds" in refused(tmp_path / "a.csv", "a.csv")


def test_the_time_that_the_rows_take_elsewhere_is_not_counted(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(files, "monotonic", lambda: now[0])
    with open_sheet(book, "a.xlsx") as sheet:
        now[0] += 1000
        assert [chunk.row(0) for chunk in sheet.chunks()] == [["x", "y"]]


def test_a_larger_file_may_take_longer() -> None:
    assert files.Clock(0).seconds == files.SECONDS
    assert files.Clock(10 * files.BYTES_A_SECOND).seconds == files.SECONDS + 10


def test_beyond_its_processor_time_the_reader_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = source._start
    monkeypatch.setattr(source, "_start", lambda path, seconds: start(path, 0))
    path = workbook(tmp_path / "a.xlsx", [["a"], *[["x" * 50] * 20] * 5000])
    assert "so it was stopped" in refused(path)
