"""A booklet: every row of its tables, on as many tagged pages as they need, and nothing of them read as markup."""

from datetime import date
from typing import Any

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.paper.booklet import LONGEST_CELL, Booklet, pdf_of_booklet
from soc_tracker.core.reports import Report
from tests.core.paper.papers import SITE, read
from tests.core.paper.test_pdf import MARKUP

COLUMNS = (
    Column("what", "What", lambda row: row[0], lambda row: "/requirements/1/"),
    Column("on", "Day", lambda row: row[1]),
    Column("days", "Days", lambda row: row[2], numeric=True),
    Column("source", "Source", lambda row: "A document", wide_only=True),
)
DAY = date(2024, 3, 31)


def report(*rows: tuple[Any, ...], **more: Any) -> Report:
    shared: dict[str, Any] = {"slug": "moves", "kind_of_data": "published", "columns": COLUMNS, "rows": rows}
    return Report(**{"title": "Movements", **shared, **more})


def pages_of(*reports: Report) -> list[str]:
    booklet = Booklet("Fenland", "Quarterly pack", ("4 are open.",), DAY, f"{SITE}/pack/", "Ada Lowe", reports)
    pdf = pdf_of_booklet(booklet, site=SITE)
    assert b"/StructTreeRoot" in pdf or "/StructTreeRoot" in read(pdf).trailer["/Root"]
    return [" ".join(page.extract_text().split()) for page in read(pdf).pages]


def test_it_says_what_its_reports_say() -> None:
    (page,) = pages_of(report(("Mend the plans", DAY, 1234), sentence="One was made.", notes=("Days are inclusive.",)))
    for words in ("Fenland", "Quarterly pack", "As at 31 March 2024", "4 are open.", "Movements", "One was made."):
        assert words in page
    for words in ("Mend the plans", "31 March 2024", "1,234", "Days are inclusive.", "Ada Lowe", "Page 1 of 1"):
        assert words in page
    assert "A document" not in page


def test_every_row_stands_on_one_of_the_pages() -> None:
    pages = pages_of(report(*((f"Requirement number {number}", DAY, number) for number in range(300))))
    assert len(pages) > 3
    text = " ".join(pages)
    assert all(f"Requirement number {number} " in text for number in range(300))
    assert all("What Day Days" in page for page in pages)


def test_a_table_without_rows_says_which_nothing_it_is() -> None:
    (page,) = pages_of(report(none="Nothing was closed in the quarter."))
    assert "Nothing was closed in the quarter." in page


def test_nothing_is_read_as_markup_and_a_very_long_text_is_cut() -> None:
    pages = pages_of(report((MARKUP, DAY, 1), ("x" * 40_000, None, None)))
    assert "*bold* _it_ $x^2$" in " ".join(pages)
    assert sum(page.count("x") for page in pages) < LONGEST_CELL + 100
    assert "not stated" in " ".join(pages)
