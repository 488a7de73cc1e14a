"""CSV: what is recognised, which rows come back, and what is said about rows that cannot be read."""

import pytest

from soc_tracker.core.imports.cells import Fault
from soc_tracker.core.imports.csv_source import AT_A_TIME, LONGEST_ROW
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.sheet import open_sheet
from tests.core.imports.reading import faults_of, form_of, rows_in, rows_of


@pytest.mark.parametrize(
    ("text", "encoding", "form"),
    [
        ("a,b\n1,2\n", "utf-8", "CSV, UTF-8, commas"),
        ("a;b\n1,5;2\n", "utf-8-sig", "CSV, UTF-8, semicolons"),
        ("a\tb\n1;2\t3,4\n", "utf-16", "CSV, UTF-16, tabs"),
        ("a,b\n£,é\n", "utf-16-be", "CSV, UTF-16, commas"),
        ("a,b\n£,é\n", "cp1252", "CSV, Windows-1252, commas"),
        ("a,b\n£,é\n", "utf-8", "CSV, UTF-8, commas"),
        ('"a;b","c;d"\n1,2\n', "utf-8", "CSV, UTF-8, commas"),
        ('"a,b,c";"d,""e,f,g"\n1;2\n', "utf-8", "CSV, UTF-8, semicolons"),
        ('"a\nb,c,d";e\n1;2\n', "utf-8", "CSV, UTF-8, semicolons"),
        ("a\n1\n", "utf-8", "CSV, UTF-8, commas"),
        ('5" pipe;b\n1;2\n3,4,5;6\n', "utf-8", "CSV, UTF-8, semicolons"),
    ],
)
def test_its_form_is_recognised(text, encoding, form) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert form_of(mark + text.encode(encoding)) == form


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_its_text_comes_back(encoding) -> None:
    assert rows_of("name,café\nO’Neill,£5\n".encode(encoding)) == (("name", "café"), {2: ["O’Neill", "£5"]})


def test_a_byte_far_behind_decides_for_windows() -> None:
    many = "x,y\n" * AT_A_TIME
    _, rows = rows_of(("a,b\n" + many + "£,y\n").encode("cp1252"))
    assert list(rows.values())[-1] == ["£", "y"]
    assert len(rows) == AT_A_TIME + 1


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_break(breaks) -> None:
    assert rows_of(breaks.join(["a,b", "1,2", "", "3,4"]).encode()) == (("a", "b"), {2: ["1", "2"], 4: ["3", "4"]})


def test_lines_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'a,b\n1,"two\nlines"\n\n , \n,,,\n"x\n\ny",2\n3,4'
    headings, rows = rows_of(text.encode())
    assert headings == ("a", "b")
    assert rows == {2: ["1", "two\nlines"], 6: ["x\n\ny", "2"], 7: ["3", "4"]}


def test_blank_lines_before_the_headings_are_counted() -> None:
    assert rows_of(b"\n ,,\n\na,b\n1,2\n") == (("a", "b"), {5: ["1", "2"]})


def test_short_rows_are_filled_up() -> None:
    assert rows_of(b"a,b,c\n1\n1,2\n1,2,3\n")[1] == {2: ["1", "", ""], 3: ["1", "2", ""], 4: ["1", "2", "3"]}


def test_blank_headings_at_the_end_are_no_columns() -> None:
    assert rows_of(b"a,b,,\n1,2,,\n") == (("a", "b"), {2: ["1", "2"]})


def test_a_row_longer_than_the_headings_is_a_fault_of_that_row() -> None:
    data = b"a,b\n1,2\n1,2,three,four\n1,2,,\n5,6\n"
    expected = "a row of at most 2 cells, as many as there are headings"
    assert faults_of(data) == {3: Fault("after the last heading", "three, four", expected)}
    assert rows_of(data)[1] == {2: ["1", "2"], 3: ["1", "2"], 4: ["1", "2"], 5: ["5", "6"]}


def test_too_long_and_too_short_do_not_make_up_for_each_other() -> None:
    data = b"a,b\n1,2,3\n4\n5,6\n"
    assert list(faults_of(data)) == [2]
    assert rows_of(data)[1] == {2: ["1", "2"], 3: ["4", ""], 4: ["5", "6"]}


def test_quotation_marks_inside_a_bare_cell_are_text() -> None:
    assert rows_of(b'a,b\n5" pipe,6"\n"x""y",\'z\'\n')[1] == {2: ['5" pipe', '6"'], 3: ['x"y', "'z'"]}


def test_the_column_of_errors_of_a_former_round_is_left_out() -> None:
    headings, rows = rows_of(b"a,Error ,b\n1,wrong,2\n,also wrong,\n3,,4\n")
    assert headings == ("a", "b")
    assert rows == {2: ["1", "2"], 3: ["", ""], 4: ["3", "4"]}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'a,b\n1,2\n3,"four\n5,6\n', "Row 3 cannot be read: a quotation mark opens a cell that is never closed"),
        (b'a,b\n\n3,"4"5\n', "Row 3 cannot be read: a quotation mark stands inside a quoted cell"),
        (b'a,b\n1,"2\n2"\n3,\0\n', "Row 3 cannot be read: it holds a NUL character"),
        (b"\0\1\2\0", "Row 1 cannot be read: it holds a NUL character"),
        (b'"a,b\n1,2\n', "Row 1 cannot be read: a quotation mark opens a cell"),
        (
            b"a,b\n1," + b"x" * (LONGEST_ROW + AT_A_TIME * 2),
            "Row 2 cannot be read: it is longer than 1,048,576 characters",
        ),
        (b"x" * (LONGEST_ROW * 2), "Row 1 cannot be read: it is longer than 1,048,576 characters"),
        (b"a,b\n1,2\n" + b'"x\n",' * LONGEST_ROW, "Row 3 cannot be read: it is longer than 1,048,576 characters"),
        (b'a,b\n1,2\n"' + b"x\n" * LONGEST_ROW, "Row 3 cannot be read: a cell is too long"),
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\n\n ,,\n", "The file is empty"),
        (",".join(["a"] * 5000).encode(), "The row of headings has 5,000 cells; at most 200 columns are read"),
        (b"a,b\n\xb0\x81\xb2,\xdb\xdb\n", "should be UTF-8 or Windows-1252"),
        ("a,b\n1,2".encode("utf-16")[:-1], "ends in the middle of a character"),
        ("a,b\né,é".encode()[:-1], "ends in the middle of a character"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(data, words) -> None:
    with pytest.raises(UnreadableFileError) as told:
        rows_of(data)
    assert words in str(told.value)
    assert "try again" in str(told.value) or "Choose a file" in str(told.value)


def test_a_windows_file_that_ends_in_an_accent_is_not_cut_off() -> None:
    assert rows_of(b"a,b\n1,caf\xe9")[1] == {2: ["1", "café"]}


def test_rows_come_in_chunks_of_the_size_asked_for(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * 25 + "1,2,3\n" + "5,6\n")
    with open_sheet(path, "a.csv") as sheet:
        chunks = list(sheet.chunks(rows=10))
    assert [len(chunk.lines) for chunk in chunks] == [10, 10, 7]
    assert [list(chunk.faults) for chunk in chunks] == [[], [], [27]]
    assert [*chunks[2].lines] == list(range(22, 29))
    assert chunks[2].rows[-1] == chunks[2].row(6) == ["5", "6"]


def test_a_stretch_of_blank_rows_makes_no_empty_chunk(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "\n" * 5000 + ",\n" * 200_000 + "5,6\n")
    with open_sheet(path, "a.csv") as sheet:
        (chunk,) = sheet.chunks()
    assert [*chunk.lines] == [205_002]


def test_how_far_it_is_read(tmp_path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "1,2\n" * AT_A_TIME)
    with open_sheet(path, "a.csv") as sheet:
        positions = [sheet.position for _ in sheet.chunks()]
        assert positions == sorted(positions)
        assert 0 < positions[0] <= sheet.size // 2
        assert positions[-1] == sheet.position == sheet.size == path.stat().st_size


def test_an_extract_named_otherwise_is_read_by_its_contents(tmp_path) -> None:
    path = tmp_path / "upload-1234"
    path.write_text("a\n1\n")
    assert rows_in(path, "Extract.TXT") == (("a",), {2: ["1"]})
