"""How a file is encoded is told by what its letters look like; where that does not say enough, the sender is asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.questions import NO_ANSWERS, Answers
from soc_tracker.core.imports.sheet import open_sheet
from tests.core.imports.reading import folder

ENCODINGS = {"cp1252": "Windows-1252", "mac-roman": "Mac Roman", "cp850": "code page 850"}
TEXTS = [
    "£2,500 seized in a café",
    "Siân and Zoë met Renée at the Brasserie Étoile",
    "a crèche, a fête, a naïve façade",
    "fined £40 – and £60 more",
    "José and François fled to Málaga",
]
UTF8_ONLY = "Gŵyl yn Llŷn, £5 a “chaffi”"


def text_of(data: bytes, answers: Answers = NO_ANSWERS) -> tuple[list[str], str, list[str], bool]:
    """The second column, the form, what is told, and whether the encoding must be answered."""
    with folder() as place:
        path = place / "a.csv"
        path.write_bytes(data)
        with open_sheet(path, "a.csv", answers) as sheet:
            cells = [str(cell) for chunk in sheet.chunks() for cell in chunk.columns[1]]
            is_open = any(question.key == "encoding" and question.is_open for question in sheet.questions)
            return cells, sheet.form, list(sheet.notes), is_open


def lines(*texts: str, encoding: str = "utf-8", ends: str = "\n") -> bytes:
    return b"".join(f'{number},"{text}"{ends}'.encode(encoding) for number, text in enumerate(texts))


HEAD = b"a,b\n"


def is_in(text: str, encoding: str) -> bool:
    try:
        return bool(text.encode(encoding))
    except UnicodeEncodeError:
        return False


CASES = [(text, encoding) for encoding in ENCODINGS for text in TEXTS if is_in(text, encoding)]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_it_is_told_by_the_letters(text: str, encoding: str) -> None:
    cells, form, notes, _ = text_of(HEAD + lines(text, "plain", encoding=encoding))
    assert cells == [text, "plain"]
    assert ENCODINGS[encoding] in form
    assert notes == [f"The file is not UTF-8: by its letters it was read as {ENCODINGS[encoding]}."]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_line_breaks_of_an_old_macintosh(encoding: str) -> None:
    cells, _, _, _ = text_of(b"a,b\r" + lines("Renée", "café", encoding=encoding, ends="\r"))
    assert cells == ["Renée", "café"]


@pytest.mark.parametrize(
    ("odd", "encoding"),
    [
        ("The nominal’s car", "cp1252"),
        ("£500 in a café", "cp1252"),
        ("fined £40", "cp850"),
        ("the café’s till", "mac-roman"),
    ],
)
@pytest.mark.parametrize("place", [0, 5, 20])
def test_a_row_in_another_encoding_is_read_so_and_named(odd: str, encoding: str, place: int) -> None:
    texts = [UTF8_ONLY] * 20
    data = HEAD + lines(*texts[:place]) + lines(odd, encoding=encoding) + lines(*texts[place:])
    cells, form, notes, is_open = text_of(data)
    assert cells == [*texts[:place], odd, *texts[place:]]
    assert form == f"CSV, UTF-8 and {ENCODINGS[encoding]}, commas"
    assert f"row {place + 2} is not: read as {ENCODINGS[encoding]}" in notes[0]
    assert not is_open


def test_rows_are_named_as_a_spreadsheet_numbers_them() -> None:
    """A row of several lines is one row; a line for Excel is none."""
    data = b"sep=,\r\n" + HEAD + lines("two\nlines", UTF8_ONLY) + lines("the café’s", encoding="cp1252") + lines("x")
    assert "row 4 is not" in text_of(data)[2][0]


def test_many_odd_rows_are_counted() -> None:
    data = HEAD + lines(UTF8_ONLY) + lines(*["a café"] * 50_000, encoding="cp1252")
    cells, _, notes, _ = text_of(data)
    assert cells == [UTF8_ONLY, *["a café"] * 50_000]
    assert "rows 3, 4, 5" in notes[0]
    assert "and 49,980 more are not" in notes[0]


def test_a_mixed_file_with_a_mark() -> None:
    cells, _, notes, _ = text_of(b"\xef\xbb\xbf" + HEAD + lines(UTF8_ONLY) + lines("a café", encoding="cp1252"))
    assert cells == [UTF8_ONLY, "a café"]
    assert "row 3 is not" in notes[0]


@pytest.mark.parametrize("data", [b"\xff", b"x\x80y", b"\xb0\xb0", b"q\xd7q", b"A\xd0B"])
def test_where_little_speaks_for_any_it_is_asked(data: bytes) -> None:
    assert text_of(HEAD + b'1,"' + data + b'"\n')[3]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_answer_counts(encoding: str) -> None:
    answers = {"encoding": encoding}
    cells, form, _, is_open = text_of(HEAD + b'1,"caf\x8e \xa3"\n', answers)
    assert cells == [b"caf\x8e \xa3".decode(encoding)]
    assert ENCODINGS[encoding] in form
    assert not is_open


@pytest.mark.parametrize("text", ["cafÃ©", "Itâ€™s", "Â£500", "caf\ufffd"])
def test_text_that_was_garbled_before_is_told(tmp_path: Path, text: str) -> None:
    cells, _, notes, _ = text_of(HEAD + lines("plain", text))
    assert cells == ["plain", text]
    assert notes == [f"Some text was garbled before the file was saved, and is read so: row 3, b: “{text}”."]


@pytest.mark.parametrize("text", ["SÂL", "Ã", "Château £5", "naïve"])
def test_right_text_is_not_called_garbled(text: str) -> None:
    assert text_of(HEAD + lines(text))[2] == []


WORDS = st.sampled_from(["café", "£250", "Renée", "José", "it’s", "Siân", "“quoted”", "crèche", "plain", "fête"])


@given(st.lists(WORDS, min_size=4, max_size=30), st.sampled_from(["cp1252", "mac-roman"]))
def test_sentences_of_usual_words_come_back(words: list[str], encoding: str) -> None:
    text = " ".join(words)
    assert text_of(HEAD + lines(text, encoding=encoding))[0] == [text]
