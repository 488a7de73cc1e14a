"""XLSX: values as they are, rows as the sheet numbers them, and clear words for files that are something else."""

import io
import pickle
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.sheet import open_sheet
from soc_tracker.core.imports.workbooks import source
from tests.core.imports.reading import rows_in, workbook


def test_values_come_as_they_are(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2022-07-03 04:05:06")
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["text", "whole", "part", "truth", "day", "moment", "time", "formula", "link"])
        sheet.write_row(1, 0, ["007", 12, 4.5, True])
        sheet.write_datetime(1, 4, date(2022, 7, 3), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(1, 5, moment, book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}))
        sheet.write_datetime(1, 6, time(4, 5), book.add_format({"num_format": "hh:mm"}))
        sheet.write_formula(1, 7, '="a"&"b"', None, "ab")
        sheet.write_string(1, 8, "=1+1")
    _, rows = rows_in(tmp_path / "a.xlsx")
    assert rows == {2: ["007", 12, 4.5, "TRUE", date(2022, 7, 3), moment, time(4, 5), "ab", "=1+1"]}
    assert [type(cell) for cell in rows[2][1:3]] == [int, float]


def test_numbers_beyond_what_is_exact_stay_as_they_are(tmp_path: Path) -> None:
    _, rows = rows_in(workbook(tmp_path / "a.xlsx", [["a", "b", "c"], [2**53, 2**53 - 1, -3]]))
    assert [(type(cell), cell) for cell in rows[2]] == [(float, 2.0**53), (int, 2**53 - 1), (int, -3)]


def test_lines_are_those_of_the_sheet(tmp_path: Path) -> None:
    table = [[], [], [None, "a", "b"], [], [None, 1, None], [None, "  "], [None, None, 0], [None, 1, 2, "x"]]
    path = workbook(tmp_path / "a.xlsx", table)
    assert rows_in(path) == (("a", "b"), {5: [1, ""], 7: ["", 0], 8: [1, 2]})
    with open_sheet(path, "a.xlsx") as sheet:
        assert [(line, fault.value) for chunk in sheet.chunks() for line, fault in chunk.faults.items()] == [(8, "x")]
        assert sheet.position == sheet.size == path.stat().st_size
        assert (sheet.form, sheet.suffix) == ("XLSX", ".xlsx")


def test_the_first_sheet_that_has_rows_and_is_seen(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Hidden").write_row(0, 0, ["x"])
        book.add_worksheet("Table & <notes>").write_column(0, 0, ["a", "1"])
        book.add_worksheet("Later").write_column(0, 0, ["b", "2"])
        book.get_worksheet_by_name("Hidden").hide()
    assert rows_in(tmp_path / "a.xlsx") == (("a",), {2: ["1"]})


def test_an_error_of_the_spreadsheet_is_not_taken_for_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet = book.add_worksheet()
        sheet.write_row(1, 1, ["a", "b", "c"])
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 3, "=NA()", None, "#N/A")
        sheet.write_string(4, 2, '<c r="D9" t="e"><v>#REF!</v></c>')
        book.get_worksheet_by_name("Sheet1").hide()
        sheet.activate()
    rows = rows_in(tmp_path / "a.xlsx")[1]
    assert rows == {4: ["#DIV/0!", "", "#N/A"], 5: ["", '<c r="D9" t="e"><v>#REF!</v></c>', ""]}


def test_many_errors_in_a_large_sheet_are_found_wherever_the_file_is_cut(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        for row in range(1, 12_001):
            sheet.write_string(row, 0, "x" * 100)
            sheet.write_formula(row, 1, f"=VLOOKUP(A{row},names,2)", None, "#N/A")
    rows = rows_in(tmp_path / "a.xlsx")[1]
    assert len(rows) == 12_000
    assert {row[1] for row in rows.values()} == {"#N/A"}


def test_more_rows_than_are_sent_at_once(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], *([number, "x"] for number in range(12_000))])
    with open_sheet(path, "a.xlsx") as sheet:
        lines = [line for chunk in sheet.chunks(rows=4000) for line in chunk.lines]
    assert lines == list(range(2, 12_002))
    assert rows_in(path)[1][11_000] == [10_998, "x"]


def refused(path: Path, name: str = "extract.xlsx") -> str:
    with pytest.raises(UnreadableFileError) as told:
        rows_in(path, name)
    return str(told.value)


def test_a_workbook_without_rows(tmp_path: Path) -> None:
    assert "no sheet with rows" in refused(workbook(tmp_path / "a.xlsx", [], [[" "]]))


def test_a_workbook_of_too_many_columns(tmp_path: Path) -> None:
    assert "5,000 cells; at most 200 columns" in refused(workbook(tmp_path / "a.xlsx", [["x"] * 5000]))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls", "97–2003, but no workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2**20 - 20) + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "password",
        ),
        (b"PK\x03\x04" + b"x" * 500, "a.xlsx", "damaged: it may be cut off"),
        (b"PK\x03\x04", "a.csv", "damaged: it may be cut off"),
        (b"PK\x05\x06" + bytes(18), "a.xlsx", "empty compressed file"),
        (b"%PDF-1.7 ...", "a.csv", "“a.csv” is a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.xlsx", "is a picture"),
        (b"\x1f\x8b\x08\0", "a.csv.gz", "is a compressed file"),
        (b"<html><table><tr><td>a", "a.xls", "is a web page"),
        (b"\x00\x01\x02\x03" * 50, "a.xlsx", "named like a workbook, but it is none"),
        (b"", "a.xlsx", "The file is empty"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, data: bytes, name: str, words: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(data)
    told = refused(path, name)
    assert words in told
    assert "try again" in told or "Choose" in told


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    assert "no Excel workbook" in refused(archive(tmp_path / "a.xlsx", {"photo.txt": b"x"}))
    assert "damaged" in refused(archive(tmp_path / "b.xlsx", {"xl/workbook.xml": b"<x"}))
    assert "no Excel workbook" in refused(archive(tmp_path / "c.ods", {"content.xml": b"<x/>"}), "c.ods")


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    parts = parts_of(path)
    assert old in parts[part]
    return archive(path, parts | {part: parts[part].replace(old, new)})


SHEET = "xl/worksheets/sheet1.xml"


def test_a_bomb_that_says_how_large_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])
    changed(path, SHEET, b"<sheetData>", b"<sheetData>" + b" " * (64 << 20))
    assert path.stat().st_size < 100_000
    assert "too large" in refused(path)


def test_a_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred megabytes of text that the archive gives as a few bytes."""
    monkeypatch.setattr(source, "MOST_MEMORY", 100 << 20)
    path = workbook(tmp_path / "a.xlsx", [["a"], ["b"]])
    text = b'<c r="A2" t="inlineStr"><is><t>' + b"x" * (100 << 20) + b"</t></is></c>"
    changed(path, SHEET, b'<c r="A2" t="s"><v>1</v></c>', text)
    data = path.read_bytes()
    size = len(parts_of(path)[SHEET])
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 1000)))
    assert "try again" in refused(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_off(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], *([number] for number in range(1000))])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refused(path)


def test_a_workbook_with_a_broken_part(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], [1]])
    changed(path, SHEET, b"</sheetData>", b"</sheetDat")
    assert "damaged" in refused(path)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["a"] * 20, *([f"{number} {place}" for place in range(20)] for number in range(4000))]
    )
    with open_sheet(path, "a.xlsx") as sheet:
        process = sheet._source._process
        next(sheet.chunks())
        assert process.poll() is None
    assert process.poll() is not None


def test_values_of_the_process_are_only_values() -> None:
    harmless = [["a", 1, 2.5, date(2022, 7, 3), time(1), timedelta(1), datetime.fromisoformat("2022-07-03")]]
    assert source._Values(io.BytesIO(pickle.dumps(harmless))).load() == harmless
    with pytest.raises(pickle.UnpicklingError):
        source._Values(io.BytesIO(pickle.dumps(print))).load()
