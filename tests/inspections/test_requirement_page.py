"""The page of what must change: who may follow it, what its history says, and what becomes of a refused step."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from model_bakery import baker

from forces.models import Region
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.requirements.models import Requirement
from inspections.requirements.services import take_step
from soc_tracker.core.access.roles import Role
from tests.forms import form_of, press
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_inspection,
    make_member,
    make_move,
    make_recommendation,
    make_step,
)

pytestmark = pytest.mark.django_db
BUTTON = "Add to the history"


@pytest.fixture
def recommendation() -> Recommendation:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    inspection = make_inspection(region, published_on=date(2019, 11, 1), published_precision="month")
    finding = make_finding(inspection, region=None, organisation=force)
    return make_recommendation(finding, force, due_on=date(2020, 4, 1), due_precision="day")


@pytest.fixture
def requirement(recommendation) -> Requirement:
    return recommendation.requirement


def send(client, requirement: Requirement, **more: object):
    step = {
        "expected_version": requirement.version,
        "on": "2023-01-31",
        "status": "awaiting_review",
        "note": "A plan is there.",
    }
    return client.post(requirement.get_absolute_url(), step | more)


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.INSPECTOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.ANALYST, False),
        (Role.LEAD_RESPONSIBLE_OFFICER, False),
    ],
)
def test_inspectors_and_administrators_follow_it(sign_in, requirement, role: Role, may: bool) -> None:
    client = sign_in(role)
    html = client.get(requirement.get_absolute_url()).content.decode()
    assert ("Take a step" in html) == ("Move its date" in html) == may
    assert send(client, requirement).status_code == (302 if may else 403)
    assert requirement.steps.count() == may
    for name in ("requirement_date", "requirement_outcome"):
        assert client.get(reverse(f"inspections:{name}", args=[requirement.pk])).status_code == (200 if may else 403)


def test_a_finding_and_a_recommendation_have_a_page_each(inspector, requirement) -> None:
    own = requirement.finding.requirement
    assert own.get_absolute_url() == f"/findings/{requirement.finding.slug}/following/"
    for each in (own, requirement):
        assert each.text in words(inspector.get(each.get_absolute_url()))
    practice = make_finding(requirement.inspection, "promising_practice", slug="practice")
    assert inspector.get(f"/findings/{practice.slug}/following/").status_code == 404


def test_a_step_changes_where_it_stands(inspector, requirement) -> None:
    response = send(inspector, requirement)
    html = words(inspector.get(response.url))
    author = requirement.steps.get().by
    name = author.get_full_name() or author.username
    assert author.username == Role.INSPECTOR
    for text in ("Awaiting review", "31 January 2023", f"A plan is there. ({name})", "recorded"):
        assert text in html
    requirement.refresh_from_db()
    assert (requirement.status_id, requirement.version) == ("awaiting_review", 2)


def test_only_the_allowed_next_steps_are_offered(inspector, requirement) -> None:
    def offered() -> list[str]:
        form = form_of(inspector.get(requirement.get_absolute_url()), BUTTON)
        return [control.value for control in form.controls if control.name == "status"]

    assert offered() == ["awaiting_review", "superseded"]
    make_step(requirement, "awaiting_sign_off", date(2024, 1, 1))
    assert offered() == ["being_progressed", "awaiting_sign_off", "complete", "superseded"]


def test_it_is_completed_on_evidence_by_two_people(sign_in, requirement) -> None:
    make_step(requirement, "being_progressed", date(2024, 1, 1))
    url, inspector = requirement.get_absolute_url(), sign_in(Role.INSPECTOR)
    step = {"on": "2024-02-01", "status": "awaiting_sign_off", "note": "They showed us."}
    refused = press(inspector, inspector.get(url), BUTTON, **step)
    assert refused.status_code == 400
    assert "“Awaiting sign-off” needs evidence: say what shows it." in words(refused)
    shown = {"evidence_kind": "visit", "evidence": "Headquarters, 30 January 2024."}
    assert press(inspector, refused, BUTTON, **shown).status_code == 302
    signs = {"on": "2024-02-02", "status": "complete", "note": "I agree."}
    alone = press(inspector, inspector.get(url), BUTTON, **signs)
    assert alone.status_code == 400
    assert "is for somebody else to say" in words(alone)
    administrator = sign_in(Role.ADMINISTRATOR)
    assert press(administrator, administrator.get(url), BUTTON, **signs).status_code == 302
    page = words(administrator.get(url))
    assert "Complete" in page
    assert "Evidence: a visit: Headquarters, 30 January 2024." in page
    assert "Overdue" not in page


def test_a_wrong_step_is_corrected_by_one_that_names_it(inspector, requirement) -> None:
    wrong = make_step(requirement, "awaiting_review", date(2024, 1, 1), note="Heard of it.")
    page = inspector.get(f"{requirement.get_absolute_url()}?corrects={wrong.pk}")
    assert form_of(page, BUTTON).value("note") == "Heard of it."
    assert press(inspector, page, BUTTON, note="Read of it.", on="2024-01-02").status_code == 302
    page = words(inspector.get(requirement.get_absolute_url()))
    for text in ("Does not count:", "Corrects “Awaiting review” of 1 January 2024.", "Heard of it.", "Read of it."):
        assert text in page
    requirement.refresh_from_db()
    assert str(requirement.status_on) == "2024-01-02"
    for key in (wrong.pk, 0, "x"):
        assert inspector.get(f"{requirement.get_absolute_url()}?corrects={key}").status_code == 404


def test_a_day_before_publication_needs_a_yes(inspector, requirement) -> None:
    step = {"on": "2019-05-02", "status": "awaiting_review", "note": "Told at once."}
    refused = press(inspector, inspector.get(requirement.get_absolute_url()), BUTTON, **step)
    assert "2 May 2019 is before the report was published (November 2019): say that this is right." in words(refused)
    assert press(inspector, refused, BUTTON, before_publication="on").status_code == 302


def test_the_date_moves_once_and_the_page_says_so(inspector, requirement) -> None:
    url = reverse("inspections:requirement_date", args=[requirement.pk])
    moved = {"new_on": "2025-03-01", "setter": "local_policing_body", "reason": "The building is late."}
    answer = press(inspector, inspector.get(url), "Move the date", on="2024-01-15", **moved)
    assert answer.status_code == 302
    page = words(inspector.get(requirement.get_absolute_url()))
    for text in (
        "1 March 2025, first 1 April 2020 (overdue)",
        "1 April 2020; the date has moved once; overdue by the first date",
        "Due 1 March 2025 instead of 1 April 2020, set by: the local policing body",
        "The building is late.",
    ):
        assert text in page
    again = press(inspector, inspector.get(url), "Move the date", on="2024-01-15", **moved)
    assert "It is due on 1 March 2025 already: give another date." in words(again)


def test_outcome_owner_and_reason_are_said_apart_from_the_status(inspector, requirement) -> None:
    page = words(inspector.get(requirement.get_absolute_url()))
    for text in ("not known here", "not judged here", "no reason given"):
        assert text in page
    url = reverse("inspections:requirement_outcome", args=[requirement.pk])
    entered = {
        "acceptance": "partly",
        "implementation": "not",
        "owner": "Head of crime",
        "open_because": "It needs money.",
        "change_reason": "They wrote.",
    }
    assert press(inspector, inspector.get(url), "Save", is_priority="on", **entered).status_code == 302
    page = words(inspector.get(requirement.get_absolute_url()))
    for text in ("Accepted in part", "Not implemented", "Head of crime", "It needs money.", "Priority"):
        assert text in page
    requirement.refresh_from_db()
    assert requirement.status_id == "not_stated"


def test_an_overdue_one_is_marked_until_it_is_closed(inspector, requirement) -> None:
    assert "Overdue" in words(inspector.get(requirement.get_absolute_url()))
    make_step(requirement, "superseded", date(2024, 1, 1))
    assert "Overdue" not in words(inspector.get(requirement.get_absolute_url()))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("on", "", "Give the day on which it happened."),
        ("on", "31/31/2023", "Give a date such as 31/1/2023."),
        ("on", (localdate() + timedelta(days=2)).isoformat(), "Choose a day up to today"),
        ("status", "complete", "Select a valid choice."),
        ("status", "lost", "Select a valid choice."),
        ("status", "", "Choose where it stands since then."),
        ("note", "  ", "Say what happened."),
        ("note", "x" * 4001, "at most 4000 characters"),
        ("evidence_kind", "link", "Say which: “A link” is the evidence."),
        ("expected_version", "", "This page has lost which version it shows"),
        ("expected_version", "x", "This page has lost which version it shows"),
    ],
)
def test_a_step_to_be_mended_is_shown_again_with_the_reason(inspector, requirement, field, value, message) -> None:
    response = send(inspector, requirement, **{field: value})
    assert response.status_code == 400
    html = response.content.decode()
    assert message in html
    assert field == "note" or "A plan is there." in html
    assert requirement.steps.count() == 0


def test_a_lost_race_writes_nothing_and_shows_both(inspector, requirement) -> None:
    """Somebody takes a step while the inspector writes; the inspector sees that, keeps the text, and sends it again."""
    version = requirement.version
    other = {"by": make_author("ali", "Ali", "Khan"), "status": "awaiting_review", "note": "All read."}
    take_step(requirement, on=date(2023, 1, 1), expected_version=version, today=date(2023, 3, 1), **other)
    response = send(inspector, requirement, expected_version=version)
    html = response.content.decode()
    assert response.status_code == 409
    for text in ("was changed by somebody else in the meantime", "All read.", "Ali Khan", "A plan is there."):
        assert text in html
    assert requirement.steps.count() == 1
    version = response.context["form"]["expected_version"].value()
    again = send(inspector, requirement, expected_version=version, on="2023-02-02", status="being_progressed")
    assert again.status_code == 302
    requirement.refresh_from_db()
    assert requirement.status_id == "being_progressed"


def test_one_that_was_removed_meanwhile_is_a_404(inspector, recommendation) -> None:
    url = recommendation.get_absolute_url()
    RECOMMENDATIONS.remove(recommendation, by=make_author(), reason=REASON, expected_version=1)
    assert inspector.post(url, {}).status_code == 404


def test_the_reading_costs_few_queries_whatever_the_history(inspector, requirement, django_assert_max_num_queries):
    for number in range(1, 20):
        make_step(requirement, "being_progressed", date(2023, 1, number))
        make_move(requirement, date(2025, 1, number))
    url = requirement.get_absolute_url()
    inspector.get(url)
    with django_assert_max_num_queries(20):
        inspector.get(url)
