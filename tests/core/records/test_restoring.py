"""What a record was, brought back as a new change."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Alias, Membership, Organisation, Region
from forces.services import ALIASES, MEMBERSHIPS, ORGANISATIONS
from inspections.findings.models import Finding, Topic
from inspections.findings.services import FINDINGS, TOPICS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.requirements.services import STEPS
from inspections.services import SERVICES
from plans4p.directory.services import OFFICERS
from plans4p.officers.models import LeadOfficer
from soc_tracker.core.records.history import changes_of
from soc_tracker.core.records.restoring import get_version, parts_removed_with, restore
from soc_tracker.core.records.services import StaleRecordError
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_officer,
    make_organisation,
    make_recommendation,
    make_step,
)

pytestmark = pytest.mark.django_db
ALL = {**SERVICES, Alias: ALIASES, Membership: MEMBERSHIPS, Organisation: ORGANISATIONS}


def brought_back(model: type, key: int, number: int, expected_version: int, reason: str = "Removed by mistake."):
    version = get_version(ALL[model], key, number)
    assert version is not None
    return restore(version, ALL.get, by=make_author(), reason=reason, expected_version=expected_version)


@pytest.fixture
def finding() -> Finding:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    return make_finding(make_inspection(region), title="Weak plans", region=None, organisation=force)


def test_an_earlier_version_comes_back_as_a_new_one(finding: Finding) -> None:
    topic = TOPICS.create(name="Plans", slug="plans", by=make_author(), reason=REASON)
    FINDINGS.change(finding, {"topics": [topic]}, by=make_author(), reason="Its topic.", expected_version=1)
    FINDINGS.change(finding, {"title": "Good plans", "topics": []}, by=make_author(), reason="No.", expected_version=2)
    restored = brought_back(Finding, finding.pk, 2, expected_version=3)
    assert (restored.title, list(restored.topics.all()), restored.version) == ("Weak plans", [topic], 4)
    newest = changes_of(restored)[0]
    assert newest.reason == "Brought back version 2: Removed by mistake."
    assert {each.field for each in newest.differences} == {"Title", "Topics"}


def test_a_version_says_what_would_change(finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    (difference,) = get_version(FINDINGS, finding.pk, 1).differences()
    assert (difference.field, difference.before, difference.after) == ("Title", "Good plans", "Weak plans")


def test_what_somebody_changed_meanwhile_is_not_overwritten(finding: Finding) -> None:
    FINDINGS.change(finding, {"title": "Good plans"}, by=make_author(), reason="No.", expected_version=1)
    with pytest.raises(StaleRecordError):
        brought_back(Finding, finding.pk, 1, expected_version=1)
    assert Finding.objects.get().title == "Good plans"


def test_a_removed_record_comes_back_under_its_key_with_what_went_with_it(finding: Finding) -> None:
    first, second = (make_recommendation(finding, finding.organisation, number) for number in (1, 2))
    for status in ("awaiting_review", "being_progressed"):
        make_step(first.requirement, status, date(2024, 1, 1))
    followed, key, number = first.requirement.pk, first.pk, first.version
    steps = set(first.requirement.steps.values_list("pk", "status"))
    RECOMMENDATIONS.remove(first, by=make_author(), reason="No.", expected_version=number)
    parts = list(parts_removed_with(get_version(RECOMMENDATIONS, key, number), ALL.get))
    assert {part.row.id for part in parts if part.service is STEPS} == {pk for pk, _ in steps}
    restored = brought_back(Recommendation, key, number, expected_version=number)
    assert (restored.pk, restored.version, restored.requirement.pk) == (key, number + 1, followed)
    assert restored.requirement.status_id == "being_progressed"
    assert set(restored.requirement.steps.values_list("pk", "status")) == steps
    assert [change.kind for change in changes_of(restored)][:2] == ["changed", "removed"]
    assert Recommendation.objects.filter(pk=second.pk).exists()


def test_links_to_many_come_back_too(finding: Finding) -> None:
    kept, gone = (TOPICS.create(name=name, slug=name, by=make_author(), reason=REASON) for name in ("kept", "gone"))
    FINDINGS.change(finding, {"topics": [kept, gone]}, by=make_author(), reason="Its topics.", expected_version=1)
    key = finding.pk
    FINDINGS.remove(finding, by=make_author(), reason="No.", expected_version=2)
    Topic.objects.filter(pk=gone.pk).delete()
    assert list(brought_back(Finding, key, 2, expected_version=2).topics.all()) == [kept]


def test_a_record_is_brought_back_once(finding: Finding) -> None:
    key = finding.pk
    FINDINGS.remove(finding, by=make_author(), reason="No.", expected_version=1)
    stale = get_version(FINDINGS, key, 1)
    restore(stale, ALL.get, by=make_author(), reason="Yes.", expected_version=1)
    with pytest.raises(ValidationError):
        restore(stale, ALL.get, by=make_author(), reason="Yes.", expected_version=1)
    assert Finding.objects.count() == 1


def test_what_it_named_must_be_there(finding: Finding) -> None:
    force = finding.organisation
    grading = make_grading(finding.inspection, force)
    key, question = grading.pk, grading.question
    GRADINGS.remove(grading, by=make_author(), reason="No.", expected_version=1)
    question.delete()
    with pytest.raises(ValidationError, match="Question: what it named has been removed"):
        brought_back(Grading, key, 1, expected_version=1)


def test_a_body_comes_back_with_its_names_and_places() -> None:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region, kind=OrganisationKind.FORCE)
    ALIASES.create(organisation=force, name="Cheshire Police", by=make_author(), reason=REASON)
    key = force.pk
    ORGANISATIONS.remove(force, by=make_author(), reason="No.", expected_version=1)
    assert not Alias.objects.exists()
    restored = brought_back(Organisation, key, 1, expected_version=1)
    assert sorted(restored.aliases.values_list("name", flat=True)) == [
        "Cheshire",
        "Cheshire Constabulary",
        "Cheshire Police",
    ]
    assert [each.region for each in restored.memberships.all()] == [region]


def test_who_only_named_a_removed_record_is_changed_with_a_trace() -> None:
    body = make_organisation()
    mentor = make_officer(body, "Ann Other")
    officer = make_officer(body, "Sam Okoro", mentor=mentor)
    OFFICERS.remove(mentor, by=make_author(), reason="Has left.", expected_version=1)
    stored = LeadOfficer.objects.get(pk=officer.pk)
    newest = changes_of(stored)[0]
    assert (stored.mentor, stored.version, newest.reason) == (None, 2, "Has left.")
    assert [(each.field, each.after) for each in newest.differences] == [("Mentor", "not stated")]
