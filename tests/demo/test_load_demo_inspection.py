"""The demo inspection: under way, made up, marked so, and never among what was published."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from forces.models import Organisation
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.gradings.queries import list_beside
from inspections.programmes.models import Inspection
from inspections.programmes.services import INSPECTIONS
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Requirement
from inspections.responses.models import Response
from inspections.work.models import EvidenceNote, TeamMember
from inspections.work.queries import list_gaps
from inspections.work.services import move_on
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.reach.planted import account, client_of
from tests.reach.test_sweep import texts_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
MODELS = (Inspection, Finding, Grading, Recommendation, Requirement, Response)
LISTS = ("inspection_list", "finding_list", "requirement_list", "requirement_board", "pack", "response_list")
BADGE = "soc-kind--illustrative"
MADE_UP = "made up"
MARK = re.compile(r"\(made up\)|made up:|made up for the demonstration")


def published() -> list[list[int]]:
    return [sorted(model.objects.published().values_list("pk", flat=True)) for model in MODELS]


@pytest.fixture
def inspection(reference) -> Inspection:
    call_command("load_demo_inspection", today=TODAY, verbosity=0)
    return Inspection.objects.get(is_illustrative=True)


def test_it_has_a_team_notes_findings_a_recommendation_and_some_grades(inspection):
    of_it = {"inspection": inspection}
    assert inspection.stage.checked_by_body
    assert [str(member) for member in TeamMember.objects.filter(**of_it)] == [
        "Demo inspector (lead)",
        "Demo second inspector",
    ]
    assert EvidenceNote.objects.filter(**of_it, findings__isnull=False).exists()
    assert Recommendation.objects.filter(finding__inspection=inspection).count() == 1
    gaps = list_gaps(inspection)
    assert any("has no grade" in gap for gap in gaps)
    assert not any("has no recommendation" in gap for gap in gaps)
    call_command("load_demo_inspection", today=TODAY, verbosity=0)
    assert Inspection.objects.filter(is_illustrative=True).count() == 1


def test_all_that_it_says_says_that_it_is_made_up(inspection):
    findings = Finding.objects.filter(inspection=inspection)
    notes = EvidenceNote.objects.filter(inspection=inspection)
    texts = [inspection.title, inspection.note, inspection.source.publisher]
    texts += [text for each in findings for text in (each.title, each.summary, each.locator)]
    texts += [text for each in notes for text in (each.what, each.place)]
    texts += [each.summary for each in Grading.objects.filter(inspection=inspection)]
    texts += [each.text for each in Recommendation.objects.filter(finding__inspection=inspection)]
    assert [text for text in texts if MADE_UP not in text.lower()] == []


def test_its_pages_are_marked(inspection):
    client = client_of(demo_account(Role.INSPECTOR))
    finding, grading = inspection.findings.first(), inspection.gradings.first()
    recommendation = Recommendation.objects.get(finding__inspection=inspection)
    pages = [each.get_absolute_url() for each in (inspection, finding, grading, recommendation)]
    pages += [reverse(f"inspections:{page}", args=[inspection.slug]) for page in ("work", "consistency")]
    pages += [reverse("inspections:under_way")]
    assert [page for page in pages if BADGE not in client.get(page).content.decode()] == []


def test_its_two_inspectors_differ_on_a_grade_and_on_the_kinds_of_a_topic(inspection):
    """And the files that say so say that it is made up."""
    client = client_of(demo_account(Role.INSPECTOR))
    for report, words in (("drafted-grades", "they differ"), ("drafted-findings", "of other kinds")):
        file = client.get(reverse("inspections:consistency_file", args=[inspection.slug, report]))
        text = file.getvalue().decode()
        assert words in text
        assert "illustrative" in text


def test_its_grades_stand_beside_none_of_another_inspection(inspection):
    published = Inspection.objects.get(slug="north-west-soc-2022-23")
    cheshire = Organisation.objects.get(slug="cheshire")
    beside = list_beside(demo_account(Role.INSPECTOR), published, [cheshire])[cheshire.pk]
    given = [*beside.earlier, *(each.grading for each in beside.neighbours if each.grading)]
    assert given
    assert not any(grading.inspection.is_illustrative for grading in given)


def test_it_adds_nothing_to_what_was_published(reference):
    before = published()
    call_command("load_demo_inspection", today=TODAY, verbosity=0)
    assert published() == before
    pages = [reverse(f"inspections:{name}") for name in LISTS]
    pages += [f"{page}?format=csv" for page in pages if page.endswith("s/")]
    pages += [f"/api/v1/{path}/" for path in ("inspections", "findings", "recommendations", "requirements", "gradings")]
    pages += [reverse("home"), reverse("region", args=["north-west"]), reverse("force", args=["cheshire"])]
    for client in (client_of(account(Role.INSPECTOR, "another")), client_of(account(Role.ANALYST, "analyst"))):
        assert [page for page in pages if MARK.search(texts_of(client.get(page)))] == []


def test_the_officer_of_a_body_checks_its_facts(inspection):
    officer = account(Role.LEAD_RESPONSIBLE_OFFICER, "officer", organisation=Organisation.objects.get(slug="cheshire"))
    client = client_of(officer)
    page = client.get(reverse("inspections:check", args=[inspection.slug, "cheshire"])).content.decode()
    assert "Plans are signed and then left (made up)" in page
    assert BADGE in page
    assert BADGE in client.get(reverse("inspections:to_check")).content.decode()


def test_it_is_never_published(inspection):
    lead = demo_account(Role.INSPECTOR)
    second = TeamMember.objects.get(inspection=inspection, is_lead=False).account
    assert any("never published" in gap for gap in list_gaps(inspection))
    step = {"note": "", "expected_version": inspection.version}
    inspection = move_on(inspection, "quality_assurance", by=lead, **step)
    step["expected_version"] = inspection.version
    with pytest.raises(ValidationError, match="never published"):
        move_on(inspection, "published", by=second, **step)
    values = {"stage": "published"}
    with pytest.raises(ValidationError, match="never published"):
        INSPECTIONS.move(inspection, values, by=lead, reason="No.", expected_version=inspection.version)
    why = {"by": lead, "reason": "No.", "expected_version": inspection.version}
    with pytest.raises(ValidationError, match="can no longer change"):
        INSPECTIONS.change(inspection, {"is_illustrative": False}, **why)


def test_without_the_reference_data_it_says_what_to_run_first():
    with pytest.raises(CommandError, match="run load_reference first"):
        call_command("load_demo_inspection", verbosity=0)
