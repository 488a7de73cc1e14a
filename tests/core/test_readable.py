"""A request that nobody can read gets a page that says so, wherever it is sent."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from forces.models import Region
from plans4p.editing.pages import KINDS
from tests.dashboards.making import make_region
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db
WITHOUT_PARENT = [name for name, kind in KINDS.items() if kind.parent is None]


@pytest.mark.parametrize("path", ["/disruptions/%00/", "/threats/%00/", "/plans/4P%00/", "/admin/%00/", "/%00"])
def test_no_address_holds_a_null_character(administrator, path):
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/search/?q=%00", "/disruptions/?q=%00", "/compare/?to=%00"])
def test_one_in_the_query_is_named(inspector, path):
    assert "a character that no text may hold" in inspector.get(path).content.decode()


@pytest.mark.parametrize("query", ["q=%00", "name__contains=%00", "%00=a"])
def test_one_is_refused_by_the_administration(administrator, query):
    assert administrator.get(f"/admin/forces/region/?{query}").status_code == 400


def test_none_comes_with_a_cookie(client):
    client.cookies["sessionid"] = "\x00" * 32
    assert client.get("/").status_code == 400


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "hex", "latin-1", "nonsense", "utf-8-sig", "é", ""])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=line", "application/x-www-form-urlencoded"])
def test_a_form_in_another_encoding_is_refused(analyst, kind, charset):
    answer = analyst.generic("POST", "/extracts/upload/", b"a=b", content_type=f"{kind}; charset={charset}")
    assertContains(answer, "The request was not understood", status_code=400)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_utf_8_under_any_of_its_names_is_read(analyst, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assertContains(analyst.post("/extracts/upload/", b"a=b", content_type=kind), "Choose a file", status_code=400)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--line\r\n\r\n"),
        ("multipart/form-data; boundary=é", b"--line\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(2000))),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * (3 << 20)),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(analyst, kind, body):
    answer = analyst.generic("POST", "/extracts/upload/", body, content_type=kind)
    assertContains(answer, "The request was not understood", status_code=400)


@pytest.mark.parametrize("query", ["&".join(f"a{number}=1" for number in range(2000)), "organisation=a&" * 2000])
def test_an_address_with_too_many_parts_is_refused(inspector, query):
    assert inspector.get(f"/findings/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("&".join(f"topic={number}" for number in range(1000)), "“topic” too often: it may have 250 values at most"),
        ("q=" + "a" * 16_000, "too long: after its question mark it may have 16,000 characters"),
        ("a=1&" * 10_000, "The address is too long"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/findings/", "/disruptions/", "/api/v1/findings/", "/admin/forces/region/", "/search/"]
)
def test_an_address_that_asks_for_too_much_is_refused_before_anything_is_read(
    administrator, django_assert_num_queries, path, query, why
):
    with django_assert_num_queries(0):
        answer = administrator.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert why in (answer.json()["detail"] if "api" in path else answer.content.decode())


def test_the_api_never_reads_a_body(analyst):
    answer = analyst.post("/api/v1/findings/", "[" * 100_000, content_type="application/json")
    assert answer.status_code == 405


@pytest.mark.parametrize("kind", [name for name in KINDS if name not in WITHOUT_PARENT])
def test_a_part_of_nothing_is_not_begun(administrator, kind):
    assert administrator.get(reverse("plans4p:record_new", args=[kind])).status_code == 404


@pytest.mark.parametrize("kind", WITHOUT_PARENT)
def test_what_belongs_to_nothing_is_not_begun_below_something(administrator, kind):
    assert administrator.get(reverse("plans4p:record_new", args=[kind])).status_code == 200
    assert administrator.get(reverse("plans4p:part_new", args=[kind, 1])).status_code == 404


BEYOND = 10**20


@pytest.mark.parametrize(
    "path",
    [
        *(f"/{page}/{BEYOND}/" for page in ("gradings", "recommendations", "views", "extracts", "lead-officers")),
        *(f"/plans/parts/aim/{path}/" for path in (BEYOND, f"new/{BEYOND}", f"{BEYOND}/remove")),
        *(f"/api/v1/{kind}/{BEYOND}/" for kind in ("gradings", "extracts", "lead-officers")),
        f"/gradings/{'9' * 5000}/",
    ],
)
def test_a_number_beyond_all_rows_finds_none(administrator, path):
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/api/v1/findings/?page_size=", "page_size"),
        ("/api/v1/partners/?from_age=", "from_age"),
        ("/api/v1/threats/?area=", "area"),
        ("/api/v1/threats/?extract=", "extract"),
        ("/api/v1/plans/?owner=", "owner"),
    ],
)
@pytest.mark.parametrize("number", [BEYOND, -BEYOND, "9" * 5000, "1e999", "NaN"])
def test_a_number_that_cannot_be_is_named(inspector, path, parameter, number):
    answer = inspector.get(f"{path}{number}")
    assert answer.status_code == 400
    assert {problem["parameter"] for problem in answer.json()["problems"]} == {parameter}


def test_rows_are_asked_for_by_numbers_of_any_size():
    region = make_region()
    found = Region.objects.filter(pk__in=[region.pk, BEYOND, -BEYOND, 2**63])
    assert list(found) == [region]
    assert not Region.objects.filter(pk__in=[BEYOND]).exists()
    assert list(Region.objects.filter(pk__in=Region.objects.values("pk"))) == [region]


@pytest.mark.parametrize("value", ["kent", BEYOND, "9" * 5000])
def test_what_is_no_key_is_no_choice_in_the_administration_and_opens_nothing_there(administrator, value):
    body = make_organisation()
    page = administrator.get(f"/admin/forces/alias/add/?organisation={value}")
    answer = administrator.post(page.request["PATH_INFO"], {"organisation": value, "name": "A", "change_reason": "B"})
    assert page.status_code == answer.status_code == 200
    assert "Select a valid choice" in answer.content.decode()
    assert administrator.get(f"/admin/forces/alias/{value}/history/").status_code == 404
    assert administrator.get(f"/admin/forces/alias/add/?organisation={body.pk}").status_code == 200
