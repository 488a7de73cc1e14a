"""Every file of a list or a report in its form for programs: the headings in its first row, and the same rows."""

import csv
import io

import pandas
import pytest

from tests.pages import DOWNLOADS

LISTS = [page for page in DOWNLOADS if "format=csv" in page.query]
REPORTS = [page for page in DOWNLOADS if page.name.endswith(("_csv", "_file"))]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def record(db):
    """Of extracts, threats and disruptions, so that each file has something to tell."""
    for page in DOWNLOADS:
        assert page.url


def rows_of(client, url: str) -> list[list[str]]:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))


def data_only(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}form=data"


@pytest.mark.parametrize("page", [*LISTS, *REPORTS], ids=str)
def test_the_data_alone_are_the_same_rows_below_the_same_headings(page, record, administrator):
    whole, data = (rows_of(administrator, url) for url in (page.url, data_only(page.url)))
    above = whole.index([])
    kind = dict(whole[:above])["Kind of data"]
    headings, *rows = whole[above + 1 :]
    if "Kind of data" not in headings:
        headings, rows = [*headings, "Kind of data"], [[*row, kind] for row in rows]
    assert data == [headings, *rows]


@pytest.mark.parametrize("page", LISTS, ids=str)
def test_pandas_reads_the_sheet_as_it_is(page, administrator):
    headings, *rows = rows_of(administrator, data_only(page.url))
    sheet = administrator.get(data_only(page.url).replace("format=csv", "format=xlsx"))
    frame = pandas.read_excel(io.BytesIO(b"".join(sheet)), engine="calamine")
    assert list(frame.columns) == headings
    assert len(frame) == len(rows)


def test_another_form_is_named_and_no_file_made(administrator):
    for url in (LISTS[0].url, REPORTS[0].url):
        answer = administrator.get(f"{url}{'&' if '?' in url else '?'}form=plain")
        assert answer.status_code == 400
        assert "data" in answer.content.decode()


def test_pages_of_lists_lead_to_it(record, administrator):
    page = administrator.get("/disruptions/?involvement=lead").content.decode()
    assert 'href="?involvement=lead&amp;format=csv&amp;form=data"' in page
    assert 'href="?involvement=lead&amp;format=xlsx&amp;form=data"' in page
