"""One view answers a page of reports and their files, and refuses for both what it does not understand."""

import csv
import json
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import path, resolve, reverse
from django.utils.timezone import localdate

from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report, ReportPage, files_of

ROWS = ({"body": "Cheshire", "n": 3}, {"body": "Cumbria", "n": 4})
COLUMNS = (Column("body", "Body", lambda row: row["body"]), Column("n", "Number", lambda row: row["n"], numeric=True))


class Numbers(ReportPage):
    title = "Numbers"
    template_name = "components/not_understood.html"
    parameters = {"kind": ("lead", "support")}
    parents = (("Lists", "/lists/"),)
    files = "numbers_csv"

    @property
    def subject(self) -> str:
        return str(self.kwargs["slug"])

    def list_reports(self):
        return {"by-body": self.by_body, "none": self.none}

    def by_body(self):
        return Report(slug="by-body", title="By body", kind_of_data="recorded", columns=COLUMNS, rows=ROWS)

    def none(self):
        return Report(slug="none", title="None", kind_of_data="recorded", columns=COLUMNS, rows=(), as_at="2023")


urlpatterns = [
    path("", Numbers.as_view(), name="home"),
    path("numbers/<slug:slug>/", Numbers.as_view(), {"kind": "body"}, name="numbers"),
    *files_of("numbers/<slug:slug>/<str:report>", Numbers, name="numbers_csv"),
]
pytestmark = pytest.mark.urls(__name__)


READER = SimpleNamespace(get_full_name=lambda: "Ada Lowe", get_username=lambda: "ada", is_authenticated=False)


def answer(url: str) -> HttpResponseBase:
    request = RequestFactory().get(url)
    request.user, request.resolver_match = READER, resolve(request.path)
    view, args, kwargs = request.resolver_match
    return view(request, *args, **kwargs)


def page(url: str) -> Numbers:
    request = RequestFactory().get(url)
    request.user, request.resolver_match = READER, resolve(request.path)
    view = Numbers()
    view.setup(request, *request.resolver_match.args, **request.resolver_match.kwargs)
    return view


def rows(response: HttpResponseBase) -> list[list[str]]:
    return list(csv.reader(b"".join(response).decode("utf-8-sig").splitlines()))


def test_the_name_of_the_files_alone_leads_to_the_csv():
    assert reverse("numbers_csv", args=["north-west", "by-body"]) == "/numbers/north-west/by-body.csv"
    assert reverse("numbers_csv", kwargs={"slug": "a", "report": "b"}) == "/numbers/a/b.csv"


def test_the_page_gives_its_reports_the_addresses_of_their_files():
    report = page("/numbers/north-west/?kind=lead").reports["by-body"]
    assert report.urls["csv"] == "/numbers/north-west/by-body.csv?kind=lead"
    assert report.urls["xlsx"] == "/numbers/north-west/by-body.xlsx?kind=lead"
    assert answer(report.urls["csv"]).status_code == 200


def test_templates_name_reports_without_hyphens():
    reports = page("/numbers/north-west/").context()["reports"]
    assert list(reports) == ["by-body", "none"]
    assert reports["by_body"] is reports["by-body"]


def test_a_report_is_made_once_and_only_where_it_is_looked_at(monkeypatch):
    made = []
    monkeypatch.setattr(Numbers, "by_body", lambda self, make=Numbers.by_body: made.append("by-body") or make(self))
    monkeypatch.setattr(Numbers, "none", lambda self, make=Numbers.none: made.append("none") or make(self))
    numbers = page("/numbers/north-west/")
    assert numbers.context()["reports"]
    assert not made
    assert numbers.reports["by-body"].title == numbers.reports["by_body"].title
    assert made == ["by-body"]
    answer("/numbers/north-west/none.csv")
    assert made == ["by-body", "none"]


def test_a_file_says_whom_it_is_about_and_as_at_which_day():
    about = dict(line for line in rows(answer("/numbers/north-west/by-body.csv")) if len(line) == 2)
    assert (about["Title"], about["Cheshire"]) == ("north-west: By body", "3")
    assert about["As at"] == localdate().isoformat()
    assert "2023" in [line[-1] for line in rows(answer("/numbers/north-west/none.csv")) if line]


def test_a_program_gets_the_same_rows():
    table = json.loads(answer("/numbers/north-west/by-body.json").content)
    assert table["rows"] == [{"body": "Cheshire", "n": 3}, {"body": "Cumbria", "n": 4}]


def test_a_table_that_there_is_not_is_not_found():
    with pytest.raises(Http404, match="There are by-body, none"):
        answer("/numbers/north-west/by-crime.csv")


def test_the_way_to_a_page_begins_at_home():
    assert page("/numbers/north-west/").breadcrumbs() == [("Home", "/"), ("Lists", "/lists/")]


@pytest.mark.parametrize("place", ["", "by-body.csv", "by-body.xlsx"])
def test_page_and_files_refuse_what_they_do_not_understand(place, monkeypatch):
    refused = []
    monkeypatch.setattr(Numbers, "refuse", lambda self: refused.append(self.problems) or HttpResponse(status=400))
    assert answer(f"/numbers/north-west/{place}?kind=rumour").status_code == 400
    assert refused[0][0].allowed == ("lead", "support")
    assert answer(f"/numbers/north-west/{place}?colour=red").status_code == 400
