"""Whatever a file holds: its rows come back, or a message that says what to do. In bounded memory, and nothing else."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.reader import read_rows
from soc_tracker.core.imports.sheet import open_sheet
from tests.core.imports.kinds import FIELDS, HEADINGS, ROWS, TOLD, WHOLE, csv_of
from tests.core.imports.reading import csv_text, folder, workbook

NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a", "a.txt"])
WHAT_TO_DO = ("try again", "Choose")
MEGABYTES = 1 << 20


def read_or_told(path: Path, name: str) -> None:
    """Read all, or a clear message; any other exception goes through."""
    try:
        with open_sheet(path, name) as sheet:
            width = len(sheet.headings)
            before = 0
            for chunk in sheet.chunks(rows=100):
                assert 0 < len(chunk.lines) <= 100
                assert [len(column) for column in chunk.columns] == [len(chunk.lines)] * width
                assert before < chunk.lines[0] <= chunk.lines[-1]
                before = chunk.lines[-1]
    except UnreadableFileError as told:
        assert any(words in str(told) for words in WHAT_TO_DO), told  # noqa: PT017 - there may be none


def tried(data: bytes, name: str) -> None:
    with folder() as place:
        (place / "upload").write_bytes(data)
        read_or_told(place / "upload", name)


@settings(max_examples=300)
@given(st.binary(max_size=2000), NAMES)
@example(b"\xff\xfe\xff", "a.csv")
@example(b"\xef\xbb\xbf", "a.csv")
@example(b"PK\x03\x04", "a.csv")
def test_random_bytes(data, name) -> None:
    tried(data, name)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [b'"', b'""', b",", b";", b"\n", b"\r", b"\t", b"\0", b"a", b"\xe9", b"\xc3\xa9", b"'=", b"\x81"]
        )
    )
)
def test_random_signs_of_csv(pieces) -> None:
    tried(b"a,b\n1,2\n" + b"".join(pieces), "a.csv")


TABLE = [["reference", "day", "summary"], *([f"DIS-{n}", "2022-07-03", f'"café", £{n},\nline two'] for n in range(200))]


@settings(max_examples=100)
@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "cp437", "utf-7"]),
    st.integers(0, 12_000),
)
def test_a_csv_in_any_encoding_cut_off_anywhere(encoding, end) -> None:
    tried(csv_text(TABLE).encode(encoding)[:end], "a.csv")


@settings(max_examples=100)
@given(st.integers(0, 12_000), st.binary(min_size=1, max_size=4))
def test_a_csv_with_damage_anywhere(place, damage) -> None:
    data = csv_text(TABLE).encode()
    tried(data[:place] + damage + data[place + len(damage) :], "a.csv")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook(tmp_path_factory.mktemp("book") / "a.xlsx", TABLE).read_bytes()


@settings(max_examples=15)
@given(st.integers(0, 9_000), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_damage_anywhere(book, place, damage) -> None:
    tried(book[:place] + damage + book[place + len(damage) :], "a.xlsx")


@settings(max_examples=15)
@given(st.floats(0, 1))
def test_a_workbook_cut_off_anywhere(book, share) -> None:
    tried(book[: int(len(book) * share)], "a.xlsx")


@settings(max_examples=15)
@given(st.binary(max_size=200), st.integers(0, 5_000))
def test_a_workbook_with_a_broken_sheet(book, damage, place) -> None:
    with folder() as where:
        path = where / "a.xlsx"
        path.write_bytes(book)
        with zipfile.ZipFile(path) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet[:place] + damage + sheet[place + len(damage) :]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in parts.items():
                file.writestr(name, data)
        read_or_told(path, "a.xlsx")


OF_ANY_KIND = [*WHOLE.values(), *((name, data) for name, data, _ in TOLD.values())]


@settings(max_examples=60)
@given(st.sampled_from(OF_ANY_KIND), st.floats(0, 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_file_of_any_kind_damaged_or_cut_anywhere(file, share, damage, is_cut) -> None:
    name, data = file
    place = int(len(data) * share)
    changed = data[:place] if is_cut else data[:place] + damage + data[place + len(damage) :]
    with folder() as where:
        (where / "upload").write_bytes(changed)
        try:
            read_rows(where / "upload", name, FIELDS)
        except UnreadableFileError as told:
            words = str(told)
            assert any(what in words for what in (*WHAT_TO_DO, "Choose", "Unpack")), words


KINDS_OF_ROWS = st.sampled_from(
    [HEADINGS, *ROWS, [], ["Total", "", "", "2"], ["[note 1] x"], ["Title of it"], ["", "", "", "x"], ["PB-9"]]
)


@settings(max_examples=200)
@given(st.lists(KINDS_OF_ROWS, max_size=12), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_every_row_of_a_file_is_a_record_or_told(rows, delimiter, encoding) -> None:
    """No row is passed over without a word: each is read, refused, or stands with its number among those not read."""
    with folder() as where:
        (where / "upload").write_bytes(csv_of(*rows, delimiter=delimiter, encoding=encoding))
        try:
            read = read_rows(where / "upload", "a.csv", FIELDS)
        except UnreadableFileError:
            return
        told = {row.line for row in read.sheet.passed.rows} | {row.line for row in read}
        filled = {line for line, row in enumerate(rows, 1) if any(row)}
        assert told | {read.sheet.line} == filled
        assert not any(row.values["reference"] == "Total" for row in read)


HUGE = 200 * MEGABYTES
SHAPES = {
    "one line": (b"", b"x" * MEGABYTES),
    "one row of commas": (b"", b"," * MEGABYTES),
    "one quoted cell": (b'"', b"x\n" * (MEGABYTES // 2)),
    "one quoted row": (b'"', b'x","' * (MEGABYTES // 4)),
    "one row of quoted lines": (b'"', b'x\n","' * (MEGABYTES // 5)),
}


def peak_of_reading(path: Path) -> int:
    """Bytes at most in use at once, beside what was in use before."""
    tracemalloc.start()
    try:
        read_or_told(path, "a.csv")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("start", "piece"), SHAPES.values(), ids=SHAPES)
def test_a_row_of_200_megabytes_takes_little_memory(tmp_path, start, piece) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n" + start)
        for _ in range(HUGE // MEGABYTES):
            file.write(piece)
    assert peak_of_reading(path) < 40 * MEGABYTES


@pytest.mark.parametrize("row", [b"", b"x", b","])
def test_many_short_rows_under_many_headings_take_little_memory(tmp_path, row) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b",".join([b"a"] * 200) + b"\n" + (row + b"\n") * 10_000)
    assert peak_of_reading(path) < 8 * MEGABYTES


def test_a_heading_line_of_200_megabytes_takes_little_memory(tmp_path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(HUGE)
    assert peak_of_reading(path) < 40 * MEGABYTES
