"""Writing what inspections said: always on the programme's scale, about a body that was inspected, with its trace."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from model_bakery import baker

from forces.models import Organisation, Region
from inspections.escalation.models import MonitoringPeriod
from inspections.escalation.services import MONITORING
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Question
from inspections.programmes.services import INSPECTIONS, PROGRAMMES, QUESTIONS, SOURCES
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.services import SERVICES
from inspections.vocabularies.models import Grade
from soc_tracker.core.imports.uploads.models import UploadRecord
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.records.services import ReasonRequiredError, StaleRecordError
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def said() -> dict:
    """Who writes and why."""
    return {"by": make_author(), "reason": REASON}


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def cheshire(region) -> Organisation:
    return make_member(region)


@pytest.fixture
def grading(region, cheshire) -> Grading:
    return make_grading(make_inspection(region), cheshire, grade="adequate")


def test_every_model_has_its_service():
    models = list(apps.get_app_config("inspections").get_models())
    uploaded = {model for model in models if issubclass(model, UploadRecord)}  # served where files are taken in
    assert set(SERVICES) == {model for model in models if issubclass(model, Tracked)} - uploaded


# Gradings


def test_a_regrade_keeps_who_why_and_the_grade_before(grading):
    author = make_author("sam", "Sam", "Okafor")
    changed = GRADINGS.change(
        grading, by=author, reason="Corrected by the inspectorate.", expected_version=1, grade="good"
    )
    newest, oldest = grading.history.all()
    assert (changed.grade_id, changed.version) == ("good", 2)
    assert (newest.grade_id, newest.history_user, newest.history_change_reason) == (
        "good",
        author,
        "Corrected by the inspectorate.",
    )
    assert oldest.grade_id == "adequate"


def test_a_regrade_may_change_the_summary_or_leave_it(grading, said):
    kept = GRADINGS.change(grading, grade="good", expected_version=1, **said)
    emptied = GRADINGS.change(kept, grade="good", summary="Better plans.", expected_version=2, **said)
    assert (kept.summary, emptied.summary) == ("", "Better plans.")


def test_the_second_of_two_regrades_is_refused(grading, said):
    GRADINGS.change(grading, grade="good", expected_version=1, **said)
    with pytest.raises(StaleRecordError) as refusal:
        GRADINGS.change(grading, grade="inadequate", expected_version=1, **said)
    assert (refusal.value.current.grade_id, refusal.value.attempted["grade"]) == ("good", "inadequate")
    assert Grading.objects.get().grade_id == "good"


def test_a_regrade_needs_a_reason(grading):
    with pytest.raises(ReasonRequiredError):
        GRADINGS.change(grading, by=make_author(), reason="", expected_version=1, grade="good")


@pytest.mark.parametrize("scale", ["four", "five", "not_stated"])
def test_the_scale_is_the_programmes_and_refuses_what_it_lacks(scale, region, cheshire):
    inspection = make_inspection(region, make_programme(scale))
    scale = inspection.programme.scale
    for grade in Grade.rows():
        if grade in scale.grades.all() or not grade.is_judgement:
            assert make_grading(inspection, cheshire, grade=grade.slug).scale == scale
        else:
            with pytest.raises(ValidationError, match=f"has no {grade.label}") as refusal:
                make_grading(inspection, cheshire, grade=grade.slug)
            assert set(refusal.value.message_dict) == {"grade"}


def test_no_caller_can_choose_the_scale(region, cheshire):
    inspection = make_inspection(region, make_programme("four"))
    with pytest.raises(ValidationError):
        make_grading(inspection, cheshire, grade="adequate", scale="five")
    assert make_grading(inspection, cheshire, grade="good", scale="five").scale_id == "four"


@pytest.mark.parametrize("grade", ["excellent", ""])
def test_the_database_itself_refuses_what_is_no_grade(grade, region, cheshire):
    grading = make_grading(make_inspection(region, make_programme("four")), cheshire, grade="good")

    def write() -> None:
        Grading.objects.filter(pk=grading.pk).update(grade=grade)
        connection.check_constraints()

    with pytest.raises(IntegrityError), transaction.atomic():
        write()


def test_a_grading_answers_a_question_of_its_programme(region, cheshire):
    inspection = make_inspection(region)
    foreign = baker.make(Question, programme=make_programme(name="PEEL 2017"))
    with pytest.raises(ValidationError, match="Choose a question of PEEL 2022/23") as refusal:
        make_grading(inspection, cheshire, question=foreign)
    assert set(refusal.value.message_dict) == {"question"}


def test_a_body_that_was_not_inspected_is_not_graded(region, cheshire):
    kent = make_member(baker.make(Region, name="Eastern"), "Kent Police")
    with pytest.raises(ValidationError, match="“North West, PEEL 2022/23” is not about Kent Police"):
        make_grading(make_inspection(region), kent)
    with pytest.raises(ValidationError, match="is not about Kent Police"):
        make_grading(make_inspection(cheshire, make_programme(name="PEEL 2017")), kent)


def test_a_grading_is_made_once(grading, cheshire):
    with pytest.raises(ValidationError, match="already exists"):
        make_grading(grading.inspection, cheshire, question=grading.question)


# Programmes, questions, inspections


def test_a_programme_keeps_its_scale_once_it_has_gradings(grading, said):
    programme = grading.inspection.programme
    with pytest.raises(ValidationError, match="scale can no longer change"):
        PROGRAMMES.change(programme, scale="four", expected_version=1, **said)
    renamed = PROGRAMMES.change(programme, name="PEEL 2022 to 2023", expected_version=1, **said)
    GRADINGS.remove(grading, expected_version=1, **said)
    assert PROGRAMMES.change(renamed, scale="four", expected_version=2, **said).scale_id == "four"


def test_an_inspection_that_judged_keeps_its_programme_and_subject(grading, said, cheshire):
    inspection = grading.inspection
    for values in ({"programme": make_programme(name="PEEL 2017")}, {"region": None, "organisation": cheshire}):
        with pytest.raises(ValidationError, match="can no longer change"):
            INSPECTIONS.change(inspection, values, expected_version=1, **said)
    assert INSPECTIONS.change(inspection, title="A better title", expected_version=1, **said).version == 2


def test_a_question_is_part_of_another_of_its_programme(grading, said):
    question = grading.question
    foreign = baker.make(Question, programme=make_programme(name="PEEL 2017"))
    for parent in (foreign, question):
        with pytest.raises(ValidationError, match="Choose another question of PEEL 2022/23"):
            QUESTIONS.change(question, parent=parent, expected_version=1, **said)


def test_a_date_is_stored_as_the_first_day_of_what_is_known(region, said):
    inspection = make_inspection(region)
    values = {"published_on": date(2023, 11, 20), "published_precision": "month", "fieldwork_on": date(2022, 5, 6)}
    changed = INSPECTIONS.change(inspection, values, expected_version=1, **said)
    assert (changed.published_on, changed.fieldwork_on) == (date(2023, 11, 1), date(2022, 1, 1))
    again = INSPECTIONS.change(changed, values, expected_version=2, **said)
    assert again.version == 2


def test_a_document_keeps_its_address(grading, said):
    with pytest.raises(ValidationError, match="slug can no longer change"):
        SOURCES.change(grading.source, slug="other", expected_version=1, **said)


# Findings


def test_a_finding_is_about_what_was_inspected(region, said):
    inspection = make_inspection(region)
    elsewhere = baker.make(Region, name="London")
    with pytest.raises(ValidationError, match="is not about London"):
        make_finding(inspection, region=elsewhere)
    with pytest.raises(ValidationError, match="is not about Kent Police"):
        make_finding(inspection, region=None, organisation=make_member(elsewhere, "Kent Police"))
    with pytest.raises(ValidationError, match="Choose a region or an organisation"):
        make_finding(inspection, region=None, organisation=None)


def test_a_finding_repeats_one_about_the_same_body(region, cheshire, said):
    inspection = make_inspection(region)
    earlier = make_finding(make_inspection(cheshire, make_programme(name="PEEL 2017")), title="Plans of 2017")
    other = make_finding(inspection, title="Of the region")
    again = make_finding(inspection, title="Plans again", region=None, organisation=cheshire, repeats=earlier)
    assert again.repeats == earlier
    with pytest.raises(ValidationError, match="That finding is about North West, not Cheshire Constabulary"):
        FINDINGS.change(again, repeats=other, expected_version=1, **said)


def test_a_finding_that_a_figure_stands_beside_stays(region, said):
    finding = make_finding(make_inspection(region))
    baker.make(
        "inspections.PublishedFigure", region=region, finding=finding, value=1, step=1, unit="count", said_by="body"
    )
    with pytest.raises(Exception, match="protected"):
        FINDINGS.remove(finding, expected_version=1, **said)


# Recommendations


@pytest.fixture
def recommendation(region, cheshire) -> Recommendation:
    finding = make_finding(make_inspection(region), "cause_of_concern")
    return make_recommendation(finding, cheshire)


def test_a_cause_of_concern_keeps_a_recommendation(recommendation, cheshire, said):
    with pytest.raises(ValidationError, match="keeps at least one recommendation"):
        RECOMMENDATIONS.remove(recommendation, expected_version=1, **said)
    second = make_recommendation(recommendation.finding, cheshire, number=2)
    RECOMMENDATIONS.remove(recommendation, expected_version=1, **said)
    assert Recommendation.objects.get() == second


def test_a_due_date_is_as_precise_as_published(recommendation, said):
    dated = {"due_on": date(2024, 11, 15), "due_precision": "month"}
    assert RECOMMENDATIONS.change(recommendation, dated, expected_version=1, **said).due_on == date(2024, 11, 1)
    without_year = {"due_on": None, "due_precision": "year_not_stated", "due_as_published": ""}
    with pytest.raises(ValidationError, match="Give a date only where its year is stated"):
        RECOMMENDATIONS.change(recommendation, without_year, expected_version=2, **said)


# Monitoring


def watch(organisation: Organisation, started: int, ended: int | None, precision: str = "day") -> MonitoringPeriod:
    """A stage from the first day of a year to the last day of another; in years, from some day to some day of them."""
    values = {
        "organisation": organisation,
        "stage": "engage",
        "started_on": date(started, 1, 1),
        "started_precision": precision,
        "ended_on": ended and date(ended, 12, 31),
        "ended_precision": precision,
        "reason": "Too few analysts.",
        "skipped": "Not known.",
        "source": baker.make("inspections.SourceDocument"),
        "locator": "paragraph 1",
    }
    return MONITORING.create(values, by=make_author(), reason=REASON)


def test_a_force_is_at_one_stage_at_a_time():
    force = make_organisation()
    watch(force, 2017, 2019)
    for started, ended in ((2018, None), (2016, 2017), (2019, 2020)):
        with pytest.raises(ValidationError, match="already at Engage"):
            watch(force, started, ended)
    watch(force, 2020, None)
    watch(make_organisation("Kent Police"), 2018, 2019)
    assert MonitoringPeriod.objects.count() == 3


def test_coarse_dates_that_may_follow_each_other_are_let_through():
    force = make_organisation()
    watch(force, 2017, 2019, "year")
    assert watch(force, 2019, None, "year").started == "2019"
    with pytest.raises(ValidationError, match="already at Engage"):
        watch(force, 2018, None, "year")
