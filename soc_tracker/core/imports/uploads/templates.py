"""Empty files to fill in, with the headings of what is read: one table as CSV, or a workbook."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO

from django.http import HttpResponse

from soc_tracker.core.lists.exports import CONTENT_TYPE, OPTIONS


def csv_template(name: str, headings: Sequence[str]) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers=as_attachment(f"{name}.csv"))
    answer.write("\ufeff")
    csv.writer(answer).writerow(headings)
    return answer


def workbook_template(name: str, sheets: Mapping[str, Sequence[str]], *, as_text: bool = False) -> HttpResponse:
    """With a sheet for each name. ``as_text``: no spreadsheet makes numbers or dates of what is put in."""
    import xlsxwriter  # here: the server starts without it

    answer = HttpResponse(content_type=CONTENT_TYPE, headers=as_attachment(f"{name}.xlsx"))
    with BytesIO() as file:
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
            for title, headings in sheets.items():
                page = book.add_worksheet(title)
                if as_text:
                    page.set_column(0, len(headings) - 1, 18, text)
                page.write_row(0, 0, headings, bold)
                page.freeze_panes(1, 0)
        answer.write(file.getvalue())
    return answer


def as_attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
