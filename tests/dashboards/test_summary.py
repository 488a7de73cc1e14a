"""The summary of a body, a region, an inspection or a plan: one sheet that page and PDF say alike."""

from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pypdf import PdfReader

from forces.models import Organisation, Region
from forces.services import REGIONS
from inspections.models import Finding, Inspection, Recommendation
from plans4p.models import Plan
from tests.answers import read
from tests.makers import (
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_extract,
    make_officer,
    make_plan,
    make_step,
    make_threat,
)
from tests.pages import READERS

pytestmark = pytest.mark.django_db
NAMES = ("body_summary", "region_summary", "inspection_summary", "plan_summary")


@pytest.fixture
def plan(reference) -> Plan:
    cheshire = Organisation.objects.get(slug="cheshire")
    threat = make_threat("OCG-0009001", cheshire, name="Fenland")
    plan = make_plan(cheshire, "4P-09001", threat=threat, title="Fenland", owner=make_officer(cheshire, "Ada Lowe"))
    make_action(make_aim(plan))
    return plan


def text(client: Client, name: str, *key: str) -> str:
    """What the page says."""
    answer = client.get(reverse(name, args=key))
    assert answer.status_code == 200
    return " ".join(
        unescape(strip_tags(answer.content.decode().partition("<article")[2].partition("</article")[0])).split()
    )


def pdf(client: Client, name: str, *key: str) -> PdfReader:
    answer = client.get(reverse(f"{name}_pdf", args=key))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    return PdfReader(BytesIO(answer.content))


def subjects(name: str) -> list[tuple[str, str]]:
    """Everything that there is a sheet of: its key and what its sheet must say of it."""
    of = {
        "body_summary": ((body.slug, body.name) for body in Organisation.objects.all()),
        "region_summary": ((region.slug, region.name) for region in Region.objects.all()),
        "inspection_summary": ((inspection.slug, inspection.title) for inspection in Inspection.objects.all()),
        "plan_summary": ((plan.reference, plan.title) for plan in Plan.objects.all()),
    }
    return list(of[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_sheet_is_one_tagged_page(name, plan, inspector):
    found = subjects(name)
    assert found
    for key, title in found:
        document = pdf(inspector, name, key)
        assert len(document.pages) == 1, key
        root = document.trailer["/Root"]
        assert "/StructTreeRoot" in root
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        words = " ".join(document.pages[0].extract_text().split())
        assert "".join(title.split()) in "".join(words.split()), key


@pytest.mark.parametrize(
    ("slug", "grade"),
    [
        ("cheshire", "Adequate"),
        ("north-wales", "Inadequate"),
        ("nwrocu", "Outstanding"),
        ("kent", "No inspection held here"),
    ],
)
def test_a_body_s_sheet_says_its_grade_and_why(slug, grade, reference, inspector):
    page, words = text(inspector, "body_summary", slug), pdf(inspector, "body_summary", slug).pages[0].extract_text()
    assert grade in page
    assert grade in words
    why = {"kent": "That says nothing about how good it is."}
    summary = why.get(slug) or Organisation.objects.get(slug=slug).gradings.latest("pk").summary
    assert summary[:60] in page


def test_what_must_change_comes_by_weight_with_its_recommendations_and_their_days(reference, inspector):
    page = text(inspector, "body_summary", "north-wales")
    places = [page.index("Cause of concern"), page.index("See that everyone in the workforce"), page.index("Area for")]
    assert places == sorted(places)
    assert "1 November 2024" in page.replace("\xa0", " ")
    assert "overdue" in page


def test_how_a_recommendation_stands_says_what_is_published_and_what_is_recorded(reference, inspector):
    recommendation = Recommendation.objects.filter(addressed_to__slug="north-wales").earliest("pk")
    before = text(inspector, "body_summary", "north-wales").replace("\xa0", " ")
    assert "No later information; published 10 November 2023; overdue" in before
    make_step(recommendation.requirement, "being_progressed", date(2024, 6, 2))
    after = text(inspector, "body_summary", "north-wales").replace("\xa0", " ")
    assert "Being progressed, recorded 2 June 2024; overdue" in after


def test_a_region_is_not_graded_but_all_its_bodies_are_named_with_theirs(reference, inspector):
    page = text(inspector, "region_summary", "north-west")
    assert "the region itself is not graded" in page
    for body in Organisation.objects.filter(memberships__region__slug="north-west", memberships__valid_to=None):
        assert body.name in page


def test_practice_is_what_the_reports_set_apart_else_strengths(reference, inspector):
    assert "Innovative practice" in text(inspector, "body_summary", "nwrocu")
    cheshire = text(inspector, "body_summary", "cheshire")
    assert "Strength" in cheshire
    assert "practice Innovative" not in cheshire


def test_what_has_no_room_is_counted_and_its_list_is_one_click_away(reference, inspector):
    url = reverse("region_summary", args=["north-west"])
    page = inspector.get(url)
    (part,) = [part for part in page.context["paper"].parts if part.heading.startswith("What must change")]
    assert part.more > 0
    assert f"and {part.more} more on" in text(inspector, "region_summary", "north-west")
    assert inspector.get(part.url).status_code == 200


def test_every_fact_has_its_source(reference, inspector):
    paper = inspector.get(reverse("body_summary", args=["cheshire"])).context["paper"]
    rows = [row for part in paper.parts for row in part.rows]
    assert rows
    assert all(row.source and row.source.number for row in rows)
    assert all(figure.source for figure in paper.figures if figure.kind == "published")
    page = text(inspector, "body_summary", "cheshire")
    for document in paper.documents:
        assert document.title.replace("\xa0", " ") in page


def test_recorded_figures_stand_apart_from_published_ones_and_say_their_day(reference, inspector):
    cheshire = Organisation.objects.get(slug="cheshire")
    make_extract()
    make_disruption("DIS-2022-0000001", cheshire)
    page = text(inspector, "body_summary", "cheshire")
    assert "Published figures" in page
    assert "From the record" in page
    assert "lead disruptions" in page.partition("From the record")[2]
    assert "made up" not in page


def test_illustrative_figures_are_marked(reference, inspector):
    cheshire = Organisation.objects.get(slug="cheshire")
    make_disruption("DIS-2022-0000001", cheshire, kind="illustrative")
    assert "made up" in text(inspector, "body_summary", "cheshire")
    assert "made up" in pdf(inspector, "body_summary", "cheshire").pages[0].extract_text()


def test_a_plan_s_sheet_says_aims_actions_and_open_questions(plan, inspector):
    page = text(inspector, "plan_summary", plan.reference)
    for words in ("Aims", "What is due next", "Inspectors’ questions", "Ada Lowe", "Fenland"):
        assert words in page


def test_no_stored_text_is_read_as_markup_of_page_or_pdf(reference, inspector):
    finding = Finding.objects.get(slug="nw-2022-cheshire-4p-plans")
    Finding.objects.filter(pk=finding.pk).update(title="<b>#panic()</b> *bold* & $x$")
    page = inspector.get(reverse("body_summary", args=["cheshire"])).content.decode()
    assert "&lt;b&gt;#panic()&lt;/b&gt; *bold* &amp; $x$" in page
    assert "<b>#panic()</b> *bold* & $x$" in pdf(inspector, "body_summary", "cheshire").pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_exist_is_not_found(name, reference, inspector):
    assert inspector.get(reverse(name, args=["nothing-like-it"])).status_code == 404
    assert inspector.get(reverse(f"{name}_pdf", args=["nothing-like-it"])).status_code == 404


@pytest.mark.parametrize("suffix", ["", "_pdf"])
def test_what_the_sheet_cannot_be_asked_is_named(suffix, reference, inspector):
    answer = inspector.get(reverse(f"body_summary{suffix}", args=["cheshire"]), {"colour": "green"})
    assert answer.status_code == 400
    assert "colour" in answer.content.decode()


@pytest.mark.parametrize("role", READERS)
def test_every_role_may_print_a_sheet(role, plan, sign_in):
    client = sign_in(role)
    for name in NAMES:
        key, _ = subjects(name)[0]
        assert read(client.get(reverse(f"{name}_pdf", args=[key]))).status_code == 200


# Three of the queries read the units and qualifiers of figures, which are rows, and whether these have changed.
@pytest.mark.parametrize(("name", "most"), [("body_summary", 15), ("region_summary", 16), ("inspection_summary", 12)])
def test_the_number_of_queries_does_not_grow_with_the_subject(
    name, most, reference, inspector, django_assert_max_num_queries
):
    cheshire = Organisation.objects.get(slug="cheshire")
    make_disruption("DIS-2022-0000001", cheshire)
    for key, _ in subjects(name):
        with django_assert_max_num_queries(most):
            inspector.get(reverse(name, args=[key]))


def test_a_region_without_bodies_has_a_sheet_too(reference, inspector):
    REGIONS.create({"name": "Isles", "slug": "isles"}, by=make_author(), reason="New.")
    assert "No body is in the region on this day." in text(inspector, "region_summary", "isles")
    assert len(pdf(inspector, "region_summary", "isles").pages) == 1
