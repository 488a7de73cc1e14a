"""Words that an administrator enters are on pages, in filters, charts, files and the API: no code, no migration."""

import csv
import io
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from forces.models import Force, Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import Measure, PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Programme, Question
from inspections.recommendations.models import Recommendation
from inspections.sources.models import SourceDocument
from inspections.vocabularies.models import (
    FindingKind,
    Grade,
    GradeScale,
    MonitoringStage,
    RequirementStatus,
    Section,
    Unit,
)
from inspections.vocabularies.services import REQUIREMENT_STATUSES
from tests.forms import admin_url, errors, form_of, press
from tests.makers import make_author

pytestmark = pytest.mark.usefixtures("reference")
WHY = {"change_reason": "As published."}


def enter(client: Client, model: type[Model], **values: Any) -> Any:
    """What the page for a new record holds, filled in and saved."""
    form = form_of(client.get(admin_url(model, "add"))).fill(values)
    answer = form.press(client, "Save", **WHY)
    assert answer.status_code == 302, errors(answer)
    return model._base_manager.latest("pk")


def csv_rows(client: Client, name: str, **filters: str) -> list[dict[str, str]]:
    response = client.get(reverse(f"inspections:{name}_list"), filters | {"format": "csv"})
    lines = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"), newline="")))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


@pytest.fixture
def kent() -> Organisation:
    return Force.objects.get(slug="kent")


@pytest.fixture
def source() -> SourceDocument:
    return SourceDocument.objects.earliest("pk")


@pytest.fixture
def inspection(administrator, kent, source) -> Inspection:
    """One of Kent under a programme with a scale of two new words."""
    enter(administrator, Grade, label="Strong", slug="strong", order=5, colour="purple")
    enter(administrator, Grade, label="Weak", slug="weak", order=6, colour="magenta")
    grades = [str(grade.pk) for grade in Grade.objects.filter(slug__in=("strong", "weak"))]
    enter(administrator, GradeScale, label="Two words", slug="two-words", order=5, grades=grades)
    programme = enter(administrator, Programme, name="Review 2027", slug="review-2027", year=2027, scale="two-words")
    enter(administrator, Question, programme=programme.pk, text="Tackling it", slug="review-2027-soc", theme="soc")
    about = {"organisation": kent.pk, "source": source.pk, "locator": "page 1"}
    return enter(
        administrator, Inspection, title="Kent, Review 2027", slug="kent-review", programme=programme.pk, **about
    )


@pytest.fixture
def grading(administrator, inspection, kent, source) -> Grading:
    question = Question.objects.get(slug="review-2027-soc")
    about = {"inspection": inspection.pk, "organisation": kent.pk, "question": question.pk, "source": source.pk}
    return enter(administrator, Grading, grade="strong", locator="page 2", **about)


def test_a_scale_with_words_of_its_own(administrator, inspector, grading):
    chosen = {"grade": "strong", "scale": "two-words"}
    page = inspector.get(reverse("inspections:grading_list"), chosen).content.decode()
    assert 'govuk-tag--purple">Strong</strong>' in page
    [row] = csv_rows(inspector, "grading", **chosen)
    assert (row["Grade"], row["Grade scale"]) == ("Strong", "Two words")
    assert row["Not comparable with"] == "Four grades (to 2018/19); Five grades (from 2021/22)"
    [fact] = inspector.get("/api/v1/gradings/", chosen).json()["results"]
    assert (fact["grade"], fact["scale"], fact["not_comparable_with"]) == ("strong", "two-words", ["four", "five"])
    pages = [grading.organisation.get_absolute_url(), reverse("directory"), reverse("body_summary", args=["kent"])]
    for url in [*pages, grading.get_absolute_url()]:
        assert "Strong</strong>" in inspector.get(url).content.decode(), url
    assert "Two words: strong, weak." in inspector.get(reverse("methods")).content.decode()


def test_a_grade_off_the_scale_is_refused_in_words(administrator, inspection, kent, source):
    question = Question.objects.get(slug="review-2027-soc")
    about = {"inspection": inspection.pk, "organisation": kent.pk, "question": question.pk, "source": source.pk}
    form = form_of(administrator.get(admin_url(Grading, "add"))).fill(grade="good", locator="page 2", **about)
    refusal = errors(form.press(administrator, "Save", **WHY))
    named = "Strong, Weak, Ungraded, Not inspected, Withheld"
    assert refusal["grade"] == [f"Review 2027 has no Good. Choose one of: {named}."]


def test_grades_of_two_scales_are_compared_only_where_that_is_declared(administrator, inspector, inspection):
    scale = GradeScale.objects.get(slug="two-words")
    change = admin_url(GradeScale, "change", scale.pk)
    assert [each.slug for each in GradeScale.named("two-words").not_comparable_with] == ["four", "five"]
    form = form_of(administrator.get(change)).fill(comparable_with="five")
    assert form.press(administrator, "Save", **WHY).status_code == 302
    assert [each.slug for each in GradeScale.named("two-words").not_comparable_with] == ["four"]
    assert [each.slug for each in GradeScale.named("five").not_comparable_with] == ["four"]
    chain = form_of(administrator.get(admin_url(GradeScale, "change", GradeScale.objects.get(slug="four").pk)))
    refusal = errors(chain.fill(comparable_with="two-words").press(administrator, "Save", **WHY))
    assert refusal["comparable_with"] == ["Choose Five grades (from 2021/22)."]


def test_a_scale_keeps_the_grades_that_were_given_on_it(administrator, grading):
    scale = GradeScale.objects.get(slug="two-words")
    form = form_of(administrator.get(admin_url(GradeScale, "change", scale.pk)))
    left = [str(Grade.objects.get(slug="weak").pk)]
    refusal = errors(form.fill(grades=left).press(administrator, "Save", **WHY))
    assert refusal["grades"] == ["Strong has been given on this scale, and stays on it."]
    assert {grade.slug for grade in scale.grades.all()} == {"strong", "weak"}


def test_a_kind_of_finding_that_must_be_followed_up_and_a_section(administrator, inspector, inspection, kent, source):
    words = {"plural": "warnings", "colour": "magenta", "must_be_followed_up": True}
    enter(administrator, FindingKind, label="Warning", slug="warning", order=15, meaning="Put right at once.", **words)
    enter(administrator, Section, label="Leadership", slug="leadership", order=5)
    about = {"inspection": inspection.pk, "organisation": kent.pk, "source": source.pk, "locator": "page 3"}
    said = {"title": "Nobody leads", "slug": "nobody-leads", "summary": "None does.", "tone": "shortcoming"}
    finding = enter(administrator, Finding, kind="warning", section="leadership", order=1, **said, **about)
    chosen = {"kind": "warning", "section": "leadership"}
    assert (
        'govuk-tag--magenta">Warning</strong>'
        in inspector.get(reverse("inspections:finding_list"), chosen).content.decode()
    )
    [row] = csv_rows(inspector, "finding", **chosen)
    assert (row["Kind"], row["Section of the report"]) == ("Warning", "Leadership")
    [fact] = inspector.get("/api/v1/findings/", chosen).json()["results"]
    assert (fact["kind"], fact["section"]) == ("warning", "leadership")
    assert "Put right at once." in inspector.get(finding.get_absolute_url()).content.decode()
    for name in ("force", "body_summary"):  # among what must change
        page = inspector.get(reverse(name, args=["kent"])).content.decode()
        assert "Nobody leads" in page, name
        assert "Warning</strong>" in page, name
    [eastern] = kent.regions.all()
    chart = b"".join(inspector.get(reverse("region_chart_csv", args=[eastern.slug, "findings-by-kind"]))).decode()
    assert "Warning" in chart


def test_a_rung_of_monitoring(administrator, inspector, kent, source):
    rung = {"order": 15, "meaning": "The chief is reminded in writing.", "delay": 28}
    enter(administrator, MonitoringStage, label="Reminder letter", slug="reminder-letter", **rung)
    about = {"organisation": kent.pk, "source": source.pk, "locator": "page 4", "reason": "No answer."}
    enter(administrator, MonitoringPeriod, stage="reminder-letter", started_on="2027-01-31", **about)
    for url in (reverse("force_inspections", args=["kent"]), source.get_absolute_url()):
        assert "Reminder letter" in inspector.get(url).content.decode(), url
    methods = inspector.get(reverse("methods")).content.decode()
    assert "Reminder letter: The chief is reminded in writing. 28 days to the next stage." in methods


def test_a_unit(administrator, inspector, kent, source):
    written = {"kind": "count", "one": "{} vehicle", "several": "{} vehicles"}
    enter(administrator, Unit, label="vehicles", slug="vehicles", order=15, **written)
    measure = Measure.objects.earliest("pk").pk
    about = {"organisation": kent.pk, "source": source.pk, "locator": "page 5", "said_by": "body"}
    number = {"value": 1200, "step": 100, "unit": "vehicles", "qualifier": "over"}
    figure = enter(administrator, PublishedFigure, measure=measure, slug="kent-vehicles", **number, **about)
    chosen = {"unit": "vehicles"}
    assert "over 1,200 vehicles" in inspector.get(reverse("inspections:figure_list"), chosen).content.decode()
    [row] = csv_rows(inspector, "figure", **chosen)
    assert (row["As published"], row["Unit"]) == ("over 1,200 vehicles", "vehicles")
    [fact] = inspector.get("/api/v1/figures/", chosen).json()["results"]
    assert (fact["unit"], fact["qualifier"]) == ("vehicles", "over")
    assert "over 1,200 vehicles" in inspector.get(reverse("force_figures", args=["kent"])).content.decode()
    assert "kind" not in form_of(administrator.get(admin_url(Unit, "change", figure.unit.pk))).fields


def test_a_status_with_its_next_steps(administrator, inspector):
    complete = str(RequirementStatus.objects.get(slug="complete").pk)
    appealed = {"order": 15, "colour": "purple", "is_open": True, "next_steps": [complete]}
    word = enter(administrator, RequirementStatus, label="Appealed", slug="appealed", **appealed)
    first = RequirementStatus.objects.get(slug="not_stated")
    steps = [*first.next_steps.all(), word]
    change = {"next_steps": steps}
    REQUIREMENT_STATUSES.change(first, change, by=make_author(), reason="Since 2026.", expected_version=first.version)
    recommendation = Recommendation.objects.earliest("pk")
    url, step = recommendation.get_absolute_url(), {"on": "2026-01-31", "note": "The body appealed."}
    assert press(inspector, inspector.get(url), "Add to the history", status="appealed", **step).status_code == 302
    page = inspector.get(url)
    assert "Appealed</strong>" in page.content.decode()
    offered = [control.value for control in form_of(page, "Add to the history").controls if control.name == "status"]
    assert sorted(offered) == ["appealed", "complete"]
    [row] = csv_rows(inspector, "recommendation", status="appealed")
    assert row["Status"] == "Appealed"
    [fact] = inspector.get("/api/v1/recommendations/", {"status": "appealed"}).json()["results"]
    assert fact["status"] == "appealed"


def test_a_word_that_a_fact_names_stays(administrator, grading):
    strong, weak = Grade.objects.get(slug="strong"), Grade.objects.get(slug="weak")
    page = administrator.get(admin_url(Grade, "delete", strong.pk)).content.decode()
    assert "1 grading" in page
    assert 'name="change_reason"' in administrator.get(admin_url(Grade, "delete", weak.pk)).content.decode()
