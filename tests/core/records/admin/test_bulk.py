"""One value set on several records: one reason, and a line of history on each; on all, or on none."""

import pytest
from django.http import HttpResponse
from django.test import Client
from model_bakery import baker
from pytest_django.asserts import assertContains, assertRedirects
from zeal import zeal_ignore

from disruptions.threats.models import Threat
from disruptions.threats.services import THREATS
from forces.areas.models import LocalPolicingArea
from forces.models import Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS, TOPICS
from plans4p.plans.models import Plan
from soc_tracker.core.records.history import changes_of
from tests.forms import admin_url, press
from tests.makers import (
    make_author,
    make_finding,
    make_inspection,
    make_member,
    make_officer,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db
TACKLING = "Tackling SOC and safeguarding people and communities"


@pytest.fixture
def findings() -> list[Finding]:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    inspection = make_inspection(region)
    about = {"region": None, "organisation": force}
    return [make_finding(inspection, title=title, **about) for title in ("First", "Second", "Third")]


def set_on_all(client: Client, page: HttpResponse, **entries: object) -> HttpResponse:
    with zeal_ignore():  # each record is locked, checked and written with a history row of its own
        return press(client, page, "Set it on all", **entries)


def chosen(client: Client, records: list, action: str) -> HttpResponse:
    """The page that asks for the value, reached from the list as a browser reaches it."""
    page = client.get(admin_url(type(records[0]), "changelist"))
    keys = [str(record.pk) for record in records]
    return client.get(press(client, page, "Go", action=action, _selected_action=keys).url)


def test_a_section_is_set_on_those_selected_with_one_reason(administrator: Client, findings: list[Finding]) -> None:
    page = chosen(administrator, findings[:2], "set_section")
    answer = set_on_all(administrator, page, value="tackling", change_reason="Read again.")
    assertRedirects(answer, admin_url(Finding, "changelist"))
    for finding in findings:
        finding.refresh_from_db()
    assert [finding.section_id for finding in findings] == ["tackling", "tackling", "resources"]
    for finding in findings[:2]:
        newest = changes_of(finding)[0]
        assert newest.reason == "Read again."
        assert [(each.field, each.after) for each in newest.differences] == [("Section", TACKLING)]


def test_topics_are_added_taken_away_and_put_in_place(administrator: Client, findings: list[Finding]) -> None:
    plans, people = (
        TOPICS.create(name=name, slug=name.lower(), by=make_author(), reason="New.") for name in ("Plans", "People")
    )
    FINDINGS.change(findings[0], {"topics": [plans]}, by=make_author(), reason="Its topic.", expected_version=1)
    for how, expected in (
        ("add", [{"Plans", "People"}, {"People"}]),
        ("remove", [{"Plans"}, set()]),
        ("replace", [{"People"}, {"People"}]),
    ):
        page = chosen(administrator, findings[:2], "set_topics")
        set_on_all(administrator, page, how=how, value=[str(people.pk)], change_reason="By subject.")
        topics = [Finding.objects.get(pk=finding.pk).topics.all() for finding in findings[:2]]
        assert [{topic.name for topic in some} for some in topics] == expected, how


def test_plans_pass_to_another_owner_by_their_own_step(administrator: Client, findings: list[Finding]) -> None:
    force = findings[0].organisation
    plans = [make_plan(force, f"4P-0000{number}") for number in (1, 2)]
    after = make_officer(force, "New Owner")
    page = chosen(administrator, plans, "set_owner")
    set_on_all(administrator, page, value=str(after.pk), change_reason="Moved on.")
    for plan in Plan.objects.all():
        assert (plan.owner, plan.owner_changes.first().after) == (after, after)


def test_where_one_has_changed_meanwhile_none_is_written_and_it_is_named(
    administrator: Client, findings: list[Finding]
) -> None:
    page = chosen(administrator, findings, "set_section")
    FINDINGS.change(findings[1], {"title": "Second, again"}, by=make_author(), reason="No.", expected_version=1)
    answer = set_on_all(administrator, page, value="tackling", change_reason="Closed.")
    assertContains(answer, "“Second, again” was changed by somebody else", status_code=400)
    assert set(Finding.objects.values_list("section", flat=True)) == {"resources"}


def test_a_rule_that_one_breaks_is_told_with_its_name(administrator: Client, findings: list[Finding]) -> None:
    force, other = findings[0].organisation, make_member(Region.objects.get(), "Kent Police")
    threats = [make_threat(f"OCG-{number}", force) for number in (1, 2)]
    area = {"area": baker.make(LocalPolicingArea, organisation=force, name="Chester")}
    THREATS.change(threats[1], area, by=make_author(), reason="Its area.", expected_version=1)
    page = chosen(administrator, threats, "set_organisation")
    answer = set_on_all(administrator, page, value=str(other.pk), change_reason="Passed on.")
    assertContains(answer, "“OCG-2”: Chester (Cheshire) is not an area of Kent Police", status_code=400)
    assert {threat.organisation for threat in Threat.objects.all()} == {force}


def test_without_a_reason_or_a_record_nothing_is_set(administrator: Client, findings: list[Finding]) -> None:
    answer = set_on_all(administrator, chosen(administrator, findings, "set_section"), value="tackling")
    assertContains(answer, "This field is required", status_code=400)
    address = admin_url(Finding, "set", "section")
    assert administrator.get(f"{address}?of=%00").status_code == 400
    for query in ("", "?of=0", "?of=x", f"?of={2**70}"):
        assert administrator.get(address + query).status_code == 404
    assert administrator.get(admin_url(Finding, "set", "slug")).status_code == 404
    assert set(Finding.objects.values_list("section", flat=True)) == {"resources"}
