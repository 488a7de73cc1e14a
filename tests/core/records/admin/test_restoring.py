"""Earlier versions and removed records come back from their history, as somebody who reads the pages would do it."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from model_bakery import baker
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from forces.models import Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from soc_tracker.core.records.history import changes_of
from tests.forms import admin_url, press
from tests.makers import (
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_recommendation,
    make_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding() -> Finding:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    return make_finding(make_inspection(region), title="Weak plans", region=None, organisation=force)


def link(page: HttpResponse, words: str) -> str:
    """Where a link with these words leads."""
    html = page.content.decode()
    start = html.rindex('href="', 0, html.index(f">{words}<")) + len('href="')
    return html[start : html.index('"', start)]


def test_an_earlier_version_comes_back_from_the_history_of_a_record(administrator: Client, finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    history = administrator.get(admin_url(Finding, "history", finding.pk))
    page = administrator.get(link(history, "Bring back version 1"))
    assertContains(page, "Good plans")
    assertContains(page, "Weak plans")
    answer = press(administrator, page, "Bring it back", change_reason="It was right.")
    assertRedirects(answer, admin_url(Finding, "change", finding.pk))
    finding.refresh_from_db()
    assert (finding.title, finding.version) == ("Weak plans", 3)
    newest = changes_of(finding)[0]
    assert (newest.who, newest.reason) == ("Demo administrator", "Brought back version 1: It was right.")


def test_a_removed_grading_comes_back_from_the_latest_changes(administrator: Client, finding: Finding) -> None:
    grading = make_grading(finding.inspection, finding.organisation, "adequate")
    key = grading.pk
    GRADINGS.remove(grading, by=make_author(), reason="Wrong row.", expected_version=1)
    latest = administrator.get(admin_url(Grading, "changes"))
    page = administrator.get(link(latest, "Bring it back"))
    assertContains(page, "Adequate")
    answer = press(administrator, page, "Bring it back", change_reason="Removed by mistake.")
    assertRedirects(answer, admin_url(Grading, "change", key))
    assert Grading.objects.get(pk=key).grade_id == "adequate"
    assertNotContains(administrator.get(admin_url(Grading, "changes")), "Bring it back")


def test_what_went_with_it_is_named_and_comes_back_too(administrator: Client, finding: Finding) -> None:
    recommendation = make_recommendation(finding, finding.organisation)
    make_step(recommendation.requirement, "awaiting_review", date(2024, 5, 1))
    key, version = recommendation.pk, recommendation.version
    RECOMMENDATIONS.remove(recommendation, by=make_author(), reason="No.", expected_version=version)
    page = administrator.get(admin_url(Recommendation, "restore", key, version))
    assertContains(page, "What went with it comes back too")
    assertRedirects(
        press(administrator, page, "Bring it back", change_reason="Yes."), admin_url(Recommendation, "change", key)
    )
    assert [step.note for step in Recommendation.objects.get(pk=key).requirement.steps.all()] == ["Seen."]


def test_without_a_reason_nothing_comes_back_and_the_page_says_so(administrator: Client, finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    page = administrator.get(admin_url(Finding, "restore", finding.pk, 1))
    answer = press(administrator, page, "Bring it back")
    assertContains(answer, "This field is required", status_code=400)
    finding.refresh_from_db()
    assert finding.title == "Good plans"


def test_who_lost_the_race_sees_what_is_stored_now(administrator: Client, finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    page = administrator.get(admin_url(Finding, "restore", finding.pk, 1))
    FINDINGS.change(finding, {"title": "Best plans"}, by=make_author(), reason="Read.", expected_version=2)
    answer = press(administrator, page, "Bring it back", change_reason="It was right.")
    assertContains(answer, "Somebody else was faster", status_code=409)
    assertContains(answer, "It was right.", status_code=409)
    assertRedirects(press(administrator, answer, "Bring it back"), admin_url(Finding, "change", finding.pk))
    finding.refresh_from_db()
    assert finding.title == "Weak plans"


def test_a_rule_that_stands_against_it_is_told(administrator: Client, finding: Finding) -> None:
    key, about = finding.pk, {"region": None, "organisation": finding.organisation, "slug": finding.slug}
    FINDINGS.remove(finding, by=make_author(), reason="No.", expected_version=1)
    make_finding(finding.inspection, title="Another", **about)
    page = administrator.get(admin_url(Finding, "restore", key, 1))
    answer = press(administrator, page, "Bring it back", change_reason="Yes.")
    assertContains(answer, "Finding with this Slug already exists", status_code=400)


def test_versions_that_never_were_are_not_found(administrator: Client, finding: Finding) -> None:
    for key, number in ((finding.pk, 99), (finding.pk + 1, 1), (2**70, 1), (finding.pk, 2**70)):
        assert administrator.get(admin_url(Finding, "restore", key, number)).status_code == 404


def test_others_than_administrators_bring_nothing_back(inspector: Client, finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    assert inspector.get(admin_url(Finding, "restore", finding.pk, 1)).status_code == 403
