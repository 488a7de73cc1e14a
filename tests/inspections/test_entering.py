"""An inspection is entered by hand: itself, the grades of its bodies on one page, then one finding after another."""

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme, Question
from inspections.sources.models import SourceDocument
from soc_tracker.core.access.roles import Role
from tests.forms import Page, press
from tests.makers import make_finding, make_inspection, make_member, make_programme

pytestmark = pytest.mark.django_db
NEW = "/inspections/new/"
FACTS = {
    "title": "Three foxes 2027",
    "locator": "Page 1",
    "document_title": "Foxes report",
    "document_publisher": "HMI",
}
DOCUMENT = {"document_kind": "report", "document_licence": "ogl"}


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="Inland", slug="inland")


@pytest.fixture
def bodies(region):
    return [make_member(region, name) for name in ("Alder Police", "Birch Police", "Cedar Police")]


@pytest.fixture
def programme() -> Programme:
    return make_programme("five", "Round 2027", 2027)


@pytest.fixture
def question(programme) -> Question:
    return baker.make(Question, programme=programme, theme="soc", text="Organised crime", slug="round-2027-soc")


@pytest.fixture
def inspection(region, programme) -> Inspection:
    return make_inspection(region, programme)


def address(step: str, inspection: Inspection) -> str:
    return reverse(f"inspections:{step}_new", args=[inspection.slug])


def test_an_inspection_with_a_document_that_is_new(inspector, region, programme):
    about = {"region": str(region.pk), "programme": str(programme.pk), "published_on": "2027-03-02"}
    answer = press(inspector, inspector.get(NEW), "Save, then its grades", **FACTS, **DOCUMENT, **about)
    stored = Inspection.objects.get()
    assert (answer.status_code, answer.url) == (302, address("grades", stored))
    assert (stored.slug, stored.source.slug, stored.published) == ("three-foxes-2027", "foxes-report", "2 March 2027")
    assert stored.history.get().history_change_reason == "Entered by hand from Foxes report."
    assert stored.source.published == "2 March 2027"


def test_without_a_title_it_is_called_after_region_and_programme_with_a_slug_of_its_own(inspector, region, programme):
    make_inspection(region, programme)
    source = baker.make(SourceDocument)
    values = {"region": str(region.pk), "programme": str(programme.pk), "source": str(source.pk), "locator": "Page 1"}
    press(inspector, inspector.get(NEW), "Save, then its grades", **values)
    assert Inspection.objects.get(source=source).title == "Inland: Round 2027"
    press(inspector, inspector.get(NEW), "Save, then its grades", **values)
    slugs = Inspection.objects.filter(source=source).order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["inland-round-2027-2", "inland-round-2027-3"]


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_comes_back(inspector, region, programme):
    make_inspection(region, programme)
    answer = press(inspector, inspector.get(NEW), "Save, then its grades", **FACTS, programme=str(programme.pk))
    page = Page(answer)
    assert answer.status_code == 400
    assert set(page.errors) == {"region", "document_kind", "document_licence"}
    assert 'value="Foxes report"' in answer.content.decode()
    assert not SourceDocument.objects.filter(title="Foxes report").exists()


def test_grades_of_several_bodies_in_one_form(inspector, inspection, question, bodies):
    alder, birch, cedar = bodies
    grades = {f"grade_{alder.pk}": "outstanding", f"grade_{birch.pk}": "ungraded", f"summary_{alder.pk}": "It leads."}
    url = address("grades", inspection)
    answer = press(inspector, inspector.get(url), "Save, then its findings", locator="Page 4", **grades)
    assert answer.url == address("finding", inspection)
    rows = Grading.objects.order_by("organisation__name").values_list("organisation", "grade", "summary", "locator")
    assert list(rows) == [(alder.pk, "outstanding", "It leads.", "Page 4"), (birch.pk, "ungraded", "", "Page 4")]
    assert {grading.question for grading in Grading.objects.all()} == {question}
    # Those who have their grade are no longer asked for.
    fields = {name for form in Page(inspector.get(url)).forms for name in form.fields}
    assert f"grade_{cedar.pk}" in fields
    assert not fields & {f"grade_{alder.pk}", f"grade_{birch.pk}"}


def test_a_programme_without_the_question_gets_it_with_the_grades(inspector, inspection, programme, bodies):
    grades = {f"grade_{bodies[0].pk}": "good", "question": "How well is organised crime tackled?"}
    press(
        inspector, inspector.get(address("grades", inspection)), "Save, then its findings", locator="Page 4", **grades
    )
    asked = Question.objects.get(programme=programme)
    assert (asked.text, asked.theme, asked.gradings.count()) == ("How well is organised crime tackled?", "soc", 1)


def test_a_body_graded_in_the_meantime_is_named_and_nothing_is_saved(inspector, inspection, question, bodies):
    url = address("grades", inspection)
    page = inspector.get(url)
    grades = {f"grade_{body.pk}": "good" for body in bodies}
    press(
        inspector, inspector.get(url), "Save, then its findings", locator="Page 4", **{f"grade_{bodies[1].pk}": "good"}
    )
    answer = press(inspector, page, "Save, then its findings", locator="Page 4", **grades)
    assert answer.status_code == 400
    assert "Birch Police: " in answer.content.decode()
    assert Grading.objects.count() == 1


def test_no_grade_at_all_is_refused(inspector, inspection, question, bodies):
    answer = press(inspector, inspector.get(address("grades", inspection)), "Save, then its findings", locator="Page 4")
    assert answer.status_code == 400
    assert "Choose the grade of one body at least." in answer.content.decode()


def test_findings_one_after_another_remember_document_section_and_body(inspector, inspection, bodies):
    url, birch = address("finding", inspection), bodies[1]
    first = {"about": birch.slug, "kind": "area_for_improvement", "tone": "shortcoming", "section": "tackling"}
    words = {"title": "Plans say too little", "summary": "They do not say who does what.", "locator": "Page 5"}
    other = baker.make(SourceDocument, title="Annex")
    answer = press(inspector, inspector.get(url), "Save, then the next finding", **first, **words, source=str(other.pk))
    assert answer.url == url
    form = next(form for form in Page(inspector.get(url)).forms if "title" in form.fields)
    remembered = {name: form.value(name) for name in ("about", "section", "source", "order", "title", "locator")}
    assert remembered == {
        "about": birch.slug,
        "section": "tackling",
        "source": str(other.pk),
        "order": "2",
        "title": "",
        "locator": "",
    }
    second = {"about": "region", "kind": "observation", "tone": "strength", "order": "7"}
    press(inspector, inspector.get(url), "Save, then the next finding", **second, **words)
    one, two = Finding.objects.order_by("pk")
    assert (one.organisation, one.order, one.slug) == (birch, 1, f"{inspection.slug}-birch-plans-say-too-little")
    assert (two.region, two.order, two.slug) == (inspection.region, 7, f"{inspection.slug}-plans-say-too-little")
    assert one.history.get().history_change_reason == "Entered by hand from Annex."


def test_the_recommendations_of_a_finding_come_straight_after_it(inspector, inspection, bodies):
    url, birch = address("finding", inspection), bodies[1]
    words = {"about": birch.slug, "kind": "area_for_improvement", "tone": "shortcoming", "section": "tackling"}
    words |= {"title": "Nobody leads", "summary": "Nobody does.", "locator": "Page 5"}
    answer = press(inspector, inspector.get(url), "Save, then its recommendations", **words)
    finding = Finding.objects.get()
    step = reverse("inspections:recommendation_new", args=[finding.slug])
    assert answer.url == step
    form = next(form for form in Page(inspector.get(step)).forms if "addressed_to" in form.fields)
    remembered = {name: form.value(name) for name in ("number", "addressed_to", "source", "locator")}
    assert remembered == {
        "number": "1",
        "addressed_to": str(birch.pk),
        "source": str(inspection.source_id),
        "locator": "Page 5",
    }
    due = {"due_on": "2027-11-01", "due_precision": "month"}
    press(inspector, inspector.get(step), "Save, then the next recommendation", text="Say who leads.", **due)
    answer = press(inspector, inspector.get(step), "Save, then the next recommendation", text="Train them.")
    assert answer.url == step
    stored = [(each.number, each.text, each.addressed_to, each.due) for each in finding.recommendations.order_by("pk")]
    assert stored == [(1, "Say who leads.", birch, "November 2027"), (2, "Train them.", birch, "November 2027")]
    assert finding.recommendations.earliest("pk").history.get().history_change_reason == (
        f"Entered by hand from {inspection.source}."
    )
    press(inspector, inspector.get(url), "Save, then the next finding", **words | {"title": "Two", "order": "2"})
    concern = {"title": "Nobody plans", "kind": "cause_of_concern", "order": "3"}
    answer = press(inspector, inspector.get(url), "Save, then the next finding", **words | concern)
    assert answer.url == reverse("inspections:recommendation_new", args=[Finding.objects.latest("pk").slug])


def test_a_recommendation_without_its_date_is_refused_with_all_that_was_typed(inspector, inspection, bodies):
    finding = make_finding(inspection, organisation=bodies[0], region=None)
    step = reverse("inspections:recommendation_new", args=[finding.slug])
    answer = press(inspector, inspector.get(step), "Save, then the next recommendation", text="Say who leads.")
    assert answer.status_code == 400
    assert "Say who leads." in answer.content.decode()
    assert not finding.recommendations.exists()


@pytest.mark.parametrize(("role", "may"), [(role, role in (Role.INSPECTOR, Role.ADMINISTRATOR)) for role in Role])
def test_inspectors_and_administrators_enter(sign_in, role, may, inspection):
    client = sign_in(role)
    for url in (NEW, address("grades", inspection), address("finding", inspection)):
        assert client.get(url).status_code == (200 if may else 403)
    assert ("Add an inspection" in client.get("/inspections/").content.decode()) == may
    assert ("Add a finding" in client.get(inspection.get_absolute_url()).content.decode()) == may


def test_a_finding_that_may_repeat_an_earlier_one_says_so(inspector, inspection, bodies):
    birch, words = bodies[1], {"title": "Plans say too little", "summary": "They do not say who does what."}
    before = make_inspection(birch, make_programme("five", "Round 2025", 2025))
    make_finding(before, region=None, organisation=birch, tone="shortcoming", **words)
    values = {"about": birch.slug, "kind": "observation", "tone": "shortcoming", "section": "tackling"}
    page = inspector.get(address("finding", inspection))
    answer = press(inspector, page, "Save, then the next finding", locator="Page 5", **values, **words)
    assert "may repeat “Plans say too little” (Round 2025)" in inspector.get(answer.url).content.decode()
