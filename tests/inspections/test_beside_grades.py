"""While a grade is chosen, the form shows what the words of the scale mean, and what else was given."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.gradings.models import Characteristic
from inspections.gradings.queries import list_beside, list_meanings
from inspections.gradings.services import CHARACTERISTICS
from inspections.programmes.models import Question
from inspections.sources.models import SourceDocument, SourceKind
from inspections.vocabularies.models import Grade, GradeScale, InspectionStage
from inspections.vocabularies.services import GRADE_SCALES, GRADES
from inspections.work.services import plan_inspection
from soc_tracker.core.access.roles import Role
from tests.forms import press
from tests.makers import make_author, make_grading, make_inspection, make_member, make_programme
from tests.reach.planted import account

pytestmark = pytest.mark.django_db
WHY = {"reason": "For a test."}


@pytest.fixture
def region():
    return baker.make(Region, name="Inland", slug="inland")


@pytest.fixture
def bodies(region):
    return [make_member(region, name) for name in ("Alder Police", "Birch Police", "Cedar Police")]


@pytest.fixture
def before(region, bodies):
    """Of 2017, on the scale of that time: Alder was good, Birch inadequate; Cedar has no grade."""
    inspection = make_inspection(region, make_programme("four", "Round 2017", 2017), published_on=date(2017, 3, 2))
    return [make_grading(inspection, body, grade) for body, grade in zip(bodies, ("good", "inadequate"), strict=False)]


@pytest.fixture
def inspection(region, before):
    programme = make_programme("five", "Round 2027", 2027)
    baker.make(Question, programme=programme, theme="soc", text="Organised crime", slug="round-2027-soc")
    return make_inspection(region, programme, published_on=date(2027, 3, 2))


def says(scale, grade, text):
    source, _ = SourceDocument.objects.get_or_create(slug=scale, title=f"Framework of {scale}", kind_id="report")
    values = {"scale": scale, "grade": grade, "text": text, "source": source, "locator": "Page 9"}
    return CHARACTERISTICS.create(values, by=make_author(), **WHY)


def test_the_words_of_any_scale_stand_with_what_documents_say_of_them(inspector, region, bodies):
    by = make_author()
    for order, slug in enumerate(("strong", "weak")):
        GRADES.create(slug=slug, label=slug.capitalize(), order=order, colour="grey", by=by, **WHY)
    grades = list(Grade.objects.filter(slug__in=("strong", "weak")))
    GRADE_SCALES.create(slug="two", label="Two words", grades=grades, by=by, **WHY)
    says("two", "strong", "Plans drive the work.")
    inspection = make_inspection(region, make_programme("two", "Round 2030", 2030))
    text = " ".join(inspector.get(reverse("inspections:grades_new", args=[inspection.slug])).content.decode().split())
    assert "What the words of the scale mean: Two words" in text
    assert "Plans drive the work." in text
    assert "Framework of two</a>, Page 9" in text
    assert text.count("No document held here says what it stands for on this scale.") == 1


def test_a_characteristic_is_of_a_grade_that_its_scale_has():
    with pytest.raises(ValidationError, match="has no Adequate"):
        says("four", "adequate", "Enough is done.")
    assert not Characteristic.objects.exists()
    says("four", "good", "Much is done.")
    meanings = list_meanings(make_author(), GradeScale.named("four"))
    assert {each.grade.slug: len(each.characteristics) for each in meanings}["good"] == 1
    assert [each.grade.slug for each in list_meanings(make_author(), GradeScale.named("five"))][:3] == [
        *("outstanding", "good", "adequate")
    ]


def test_programs_read_what_the_grades_of_a_scale_stand_for(inspector):
    says("four", "good", "Much is done.")
    says("five", "good", "More is done.")
    [row] = inspector.get("/api/v1/characteristics/?scale=five&grade=good").json()["results"]
    assert (row["text"], row["source"], row["locator"]) == ("More is done.", "five", "Page 9")
    assert inspector.get("/api/v1/characteristics/?scale=nine").status_code == 400


def test_beside_a_body_stand_its_other_grades_and_those_of_its_region(inspector, inspection, bodies, before):
    alder, birch, cedar = bodies
    given = make_grading(inspection, cedar, "adequate", question=Question.objects.get(slug="round-2027-soc"))
    page = inspector.get(reverse("inspections:grades_new", args=[inspection.slug]))
    beside = page.context["form"].beside
    assert set(beside) == {alder.pk, birch.pk}
    assert beside[alder.pk].earlier == [before[0]]
    told = [(each.body, each.grading, each.is_same_inspection) for each in beside[alder.pk].neighbours]
    assert told == [(birch, before[1], False), (cedar, given, True)]
    text = " ".join(page.content.decode().split())
    assert 'Round 2017<span class="govuk-visually-hidden"> of Alder</span></a>, published 2 March 2017' in text
    assert "on another scale" in text
    assert before[0].get_absolute_url() in text


def test_a_body_without_any_grade_is_no_gap_that_looks_like_one(inspector, inspection, bodies, before):
    text = " ".join(inspector.get(reverse("inspections:grades_new", args=[inspection.slug])).content.decode().split())
    assert "Cedar: no grade held here" in text
    assert "No grade of it on this question is held here." in text


def test_a_refused_form_keeps_what_stands_beside_it(inspector, inspection, bodies):
    url = reverse("inspections:grades_new", args=[inspection.slug])
    refused = press(inspector, inspector.get(url), "Save, then its findings", locator="Page 4")
    assert refused.status_code == 400
    assert "Alder in other inspections" in refused.content.decode()


def test_what_another_team_drafts_stands_beside_nothing(region, bodies, before, inspection):
    """One's own team's does, marked as not published."""
    InspectionStage.objects.update_or_create(slug="planned", defaults={"label": "Planned", "order": 0})
    SourceKind.objects.update_or_create(slug="report", defaults={"first_hand": True, "label": "Report"})
    first, second = (account(Role.INSPECTOR, name, is_national=True) for name in ("first", "second"))
    values = {"programme": before[0].inspection.programme, "region": region, "organisation": None, "title": "A draft"}
    draft = plan_inspection({**values, "publisher": "HMI", "fieldwork_on": date(2027, 1, 1), "note": ""}, by=first)
    drafted = make_grading(draft, bodies[2], "good")
    seen = {
        user: [each.grading for each in list_beside(user, inspection, bodies)[bodies[0].pk].neighbours]
        for user in (first, second)
    }
    assert seen[first] == [before[1], drafted]
    assert seen[second] == [before[1], None]
