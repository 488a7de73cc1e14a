"""Files as people send them, each of a kind that once went wrong: made here, with what is right for it."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from soc_tracker.core.imports.cells import Field, as_text
from tests.core.imports.old_books import xls_of, xlsb_of

HEADINGS = ["reference", "organisation", "day", "summary"]
FIELDS = tuple(Field(name, name, (name.upper(),), as_text, "text", required=name != "summary") for name in HEADINGS)
ROWS = [["PB-1", "Cheshire", "2022-07-13", "One."], ["PB-2", "Cumbria", "2022-07-14", "Two."]]
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


def csv_of(*lines: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in lines)
    return f"{text}\r\n".encode(encoding)


def book_of(
    *sheets: tuple[str, Sequence[Sequence[Any]]], then: Callable[[xlsxwriter.Workbook], None] = lambda book: None
) -> bytes:
    """An Excel workbook of these sheets, with what is done to it ``then``."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        then(book)
    return file.getvalue()


def ods_of(rows: str, *, name: str = "Data", columns: str = "", manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet of one sheet, its rows as XML."""
    spaces = "office table text calcext"
    declared = " ".join(f'xmlns:{space}="urn:{space}"' for space in spaces.split())
    for space in ("office", "table", "text"):
        declared = declared.replace(f'"urn:{space}"', f'"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"')
    content = (
        f'<?xml version="1.0"?><office:document-content {declared}><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{columns}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", OPEN_DOCUMENT, zipfile.ZIP_STORED)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return file.getvalue()


def ods_row(cells: Sequence[str], how: str = "") -> str:
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{how}>{texts}</table:table-row>"


TABLE = [HEADINGS, *ROWS]
ODS_ROWS = "".join(map(ods_row, TABLE))
WHOLE = {
    "plain": ("a.csv", csv_of(*TABLE)),
    "title rows": ("a.csv", csv_of(["Table 4: Disruptions, by force"], ["Source: a return [note 1]"], [""], *TABLE)),
    "a title with commas": ("a.csv", csv_of(["Title", "for 2022", "revised"], [], *TABLE)),
    "a preamble like ours": ("a.csv", csv_of(["Title", "All"], ["As at", "2023-01-01"], ["Made by", "x"], [], *TABLE)),
    "twenty rows above": ("a.csv", csv_of(*[[f"Note {number}"] for number in range(20)], *TABLE)),
    "a total below": ("a.csv", csv_of(*TABLE, ["Total", "", "", "2"])),
    "a grand total in the second column": ("a.csv", csv_of(*TABLE, ["", "Grand total", "", "2"])),
    "a subtotal within": ("a.csv", csv_of(HEADINGS, ROWS[0], ["Cheshire Total", "", "", "1"], ROWS[1])),
    "notes below": ("a.csv", csv_of(*TABLE, [], ["[note 1] Figures may be revised."], ["* provisional"])),
    "the end said": ("a.csv", csv_of(*TABLE, ["End of report"])),
    "headings again": ("a.csv", csv_of(HEADINGS, ROWS[0], HEADINGS, ROWS[1])),
    "a group's name within": ("a.csv", csv_of(HEADINGS, ROWS[0], ["Yorkshire and the Humber"], ROWS[1])),
    "a line for Excel": ("a.csv", b"sep=;\r\n" + csv_of(*TABLE, delimiter=";")),
    "a line for Excel in quotes": ("a.csv", b'"sep=|"\r\n' + csv_of(*TABLE, delimiter="|")),
    "semicolons under a title": ("a.csv", csv_of(["Title, with commas, in it"], *TABLE, delimiter=";")),
    "tabs": ("a.tsv", csv_of(*TABLE, delimiter="\t")),
    "bars": ("a.txt", csv_of(*TABLE, delimiter="|")),
    "carets": ("a.txt", csv_of(*TABLE, delimiter="^")),
    "UTF-16 without a mark": ("a.csv", csv_of(*TABLE, encoding="utf-16-le")),
    "UTF-16, the other way": ("a.csv", csv_of(*TABLE, encoding="utf-16-be")),
    "UTF-16 with a mark": ("a.csv", csv_of(*TABLE, encoding="utf-16")),
    "UTF-32": ("a.csv", csv_of(*TABLE, encoding="utf-32")),
    "a workbook": ("a.xlsx", book_of(("Data", TABLE))),
    "a workbook named CSV": ("a.csv", book_of(("Data", TABLE))),
    "CSV named a workbook": ("a.xlsx", csv_of(*TABLE)),
    "tabs named a workbook": ("a.xls", csv_of(*TABLE, delimiter="\t")),
    "a cover sheet": ("a.xlsx", book_of(("Cover", [["Disruptions"], ["Contact", "x"]]), ("Data", TABLE))),
    "two sheets before": ("a.xlsx", book_of(("Cover", [["x"]]), ("Notes", [["[1]", "y"]]), ("Data", TABLE))),
    "lookups behind": ("a.xlsx", book_of(("Data", TABLE), ("Lookups", [["organisation"], ["Cheshire"]]))),
    "a cover and title rows": ("a.xlsx", book_of(("Cover", [["x"]]), ("Data", [["Title"], [], *TABLE]))),
    "a table in the middle": ("a.xlsx", book_of(("Data", [[], [], *[["", "", *row] for row in TABLE]]))),
    "a stray cell below": ("a.xlsx", book_of(("Data", TABLE), then=lambda b: b.worksheets()[0].write(900, 60, "x"))),
    "a stray cell beside": ("a.xlsx", book_of(("Data", TABLE), then=lambda b: b.worksheets()[0].write(1, 60, "x"))),
    "a total in a workbook": ("a.xlsx", book_of(("Data", [*TABLE, ["Total", "", "", 2]]))),
    "Excel 97–2003": ("a.xls", xls_of(TABLE)),
    "Excel 97–2003 named otherwise": ("a.xlsx", xls_of([["Title"], *TABLE])),
    "a binary workbook": ("a.xlsb", xlsb_of(TABLE)),
    "a binary workbook with a total": ("a.xlsx", xlsb_of([*TABLE, ["Total", "", "", 2.0]])),
    "OpenDocument": ("a.ods", ods_of(ODS_ROWS)),
    "OpenDocument named a workbook": ("a.xlsx", ods_of(ODS_ROWS)),
    "OpenDocument under a title": ("a.ods", ods_of(ods_row(["Title of it"]) + ODS_ROWS)),
    "OpenDocument filled to the last row": (
        "a.ods",
        ods_of(
            f'{ODS_ROWS}<table:table-row table:number-rows-repeated="1048573">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        ),
    ),
    "OpenDocument with a total": ("a.ods", ods_of(ODS_ROWS + ods_row(["Total", "", "", "2"]))),
}
"""Name and contents of files that have these rows and nothing that must be asked."""
TOLD = {
    "a web page": ("a.xls", b"<html><table><tr><td>reference</td></tr></table></html>", "is a web page"),
    "a web page after a mark": ("a.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "is a web page"),
    "a page in one file": ("a.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a web page in one file"),
    "a workbook in XML": (
        "a.xls",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>',
        "a workbook in XML",
    ),
    "SYLK": ("a.slk", b"ID;PWXL;N;E\r\n", "a SYLK file"),
    "a database": ("a.csv", b"SQLite format 3\0", "a database"),
    "bzip2": ("a.csv.bz2", b"BZh91AY", "a compressed file"),
    "Parquet": ("a.parquet", b"PAR1\0\0", "a Parquet file"),
}
"""Name and contents of files that are something else, and the words that say so."""
