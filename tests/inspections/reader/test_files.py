"""A file in any form is known by its contents and read within limits; whatever cannot be read is refused in words."""

import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.reader.structure import files
from inspections.reader.structure.blocks import UnreadableReportError
from inspections.reader.structure.files import read_document
from inspections.reader.structure.kinds import kind_of_file
from inspections.reader.structure.text import read_text

TEXT = "Northport\n\nGood\n\nThe harbour should:\n\n- plan; and\n- report.\n\nNo.\tBy\n1\tMay\n"
PAGE = b"<!doctype html><title>x</title><p>Words of a page.</p>"


def write_word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Words of a document.")
    document.save(str(path))


def test_a_report_is_read_by_a_process_of_its_own_as_it_would_be_here(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    assert read_document(path, "report.txt", ["Good"]) == read_text(path, "report.txt", ["Good"])


def test_every_form_is_known_by_its_contents_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    for content, form in (
        (typst.compile(b"Words of a file, more than five."), "PDF"),
        (PAGE, "web page"),
        (PAGE.decode().encode("utf-16"), "web page"),
        (TEXT.encode(), "text"),
    ):
        path.write_bytes(content)
        assert read_document(path, "report.xyz").form == form
    write_word(path)
    assert read_document(path, "report.pdf").form == "Word document"


def test_progress_is_told_and_what_it_raises_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(typst.compile("#pagebreak()".join(["Words of a page, more than five."] * 3).encode()))
    steps: list[tuple[int, int]] = []
    read_document(path, "report.pdf", progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 3), (2, 3), (3, 3)]

    class GivenUpError(Exception):
        pass

    def give_up(done: int, of: int) -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        read_document(path, "report.pdf", progress=give_up)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00" * 5000, "is empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "is damaged"),
        (b"PK\x03\x04" + bytes(range(256)), "is damaged"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"{\\rtf1 words}", "Open it in Word and save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word document .*locked by a password"),
        (bytes(range(256)) * 40, "is no text"),
    ],
)
def test_what_is_no_report_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "report"
    path.write_bytes(content)
    with pytest.raises(UnreadableReportError, match=rf"^report\.xyz .*{words}"):
        read_document(path, "report.xyz")


def test_an_archive_of_something_else_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "report"
    for part, words in (("xl/workbook.xml", "a workbook"), ("content.xml", "an archive of files")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "<x/>")
        with pytest.raises(UnreadableReportError, match=rf"^report\.docx is {words}"):
            kind_of_file(path, "report.docx")


@pytest.mark.parametrize(("start", "form"), [(b"%PDF-1.7\n", "PDF"), (b"Words.\n", "text"), (b"<html>", "web page")])
def test_a_file_of_200_mb_is_refused_by_its_size(tmp_path: Path, start: bytes, form: str) -> None:
    path = tmp_path / "report"
    with path.open("wb") as file:
        file.write(start)
        file.truncate(200 << 20)
    with pytest.raises(UnreadableReportError, match=rf"^report has 200 MB, and a {form} of up to \d+ MB is read"):
        read_document(path, "report")


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (80 << 20))
    with pytest.raises(UnreadableReportError, match=r"^report\.docx is damaged"):
        read_document(path, "report.docx")


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    monkeypatch.setattr(files, "SECONDS", 0)
    with pytest.raises(UnreadableReportError, match=r"^Reading report\.txt was stopped after 0 seconds"):
        read_document(path, "report.txt")


def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The harbour is in order.\n\n" * 60_000)
    monkeypatch.setattr(files, "MOST_MEMORY", 70 << 20)
    with pytest.raises(UnreadableReportError, match=r"^report\.txt .*memory"):
        read_document(path, "report.txt")


def test_a_page_of_elements_that_stand_very_deep_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("<html>" + "<div>" * 3000 + "<p>Words.</p>")
    try:
        document = read_document(path, "report.html")
    except UnreadableReportError:
        return
    assert [block.text for block in document] == ["Words."]


STARTS = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><p>", b"\xff\xfe", b"Words \xe9\n\n"])


@settings(max_examples=300)
@given(STARTS, st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    from inspections.reader.structure.program import read

    path = tmp_path_factory.mktemp("any") / "report"
    path.write_bytes(start + rest)
    with suppress(UnreadableReportError):
        assert read(path, "report", ["good"]).blocks
