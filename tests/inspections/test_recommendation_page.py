"""A recommendation's page: who may add to its log, and what becomes of a line that cannot be added."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from model_bakery import baker

from forces.models import Region
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS, log_recommendation
from soc_tracker.core.access.roles import Role
from tests.makers import REASON, make_author, make_finding, make_inspection, make_member, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation() -> Recommendation:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    finding = make_finding(make_inspection(region), region=None, organisation=force)
    return make_recommendation(finding, force, due_on=date(2020, 4, 1), due_precision="day")


def line(recommendation: Recommendation, **more: object) -> dict[str, object]:
    values = {
        "expected_version": recommendation.version,
        "on": "2023-01-31",
        "status": "in_progress",
        "note": "A plan is there.",
    }
    return values | more


def send(client, recommendation: Recommendation, **more: object):
    return client.post(recommendation.get_absolute_url(), line(recommendation, **more))


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.INSPECTOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.ANALYST, False),
        (Role.LEAD_RESPONSIBLE_OFFICER, False),
    ],
)
def test_inspectors_and_administrators_add_to_the_log(sign_in, recommendation, role: Role, may: bool) -> None:
    client = sign_in(role)
    html = client.get(recommendation.get_absolute_url()).content.decode()
    assert ("Add a line to the log" in html) == may
    assert send(client, recommendation).status_code == (302 if may else 403)
    assert recommendation.updates.count() == may


def test_a_line_changes_where_the_recommendation_stands(inspector, recommendation) -> None:
    response = inspector.post(recommendation.get_absolute_url(), line(recommendation), follow=True)
    html = response.content.decode()
    author = recommendation.updates.get().by
    name = author.get_full_name() or author.username
    assert author.username == Role.INSPECTOR
    for text in ("The log has a new line.", "In progress", "31 January 2023", f"A plan is there. ({name})"):
        assert text in html
    recommendation.refresh_from_db()
    assert (recommendation.status_id, recommendation.version) == ("in_progress", 2)


def test_an_overdue_one_is_marked_until_it_is_closed(inspector, recommendation) -> None:
    assert "Overdue" in inspector.get(recommendation.get_absolute_url()).content.decode()
    send(inspector, recommendation, status="closed")
    assert "Overdue" not in inspector.get(recommendation.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("on", "", "Give the date on which it happened."),
        ("on", "31/31/2023", "Give a date such as 31/1/2023."),
        ("on", (localdate() + timedelta(days=2)).isoformat(), "Choose a day up to today"),
        ("status", "lost", "Select a valid choice."),
        ("status", "", "Choose where it stands since then."),
        ("note", "  ", "Say what happened."),
        ("note", "x" * 4001, "at most 4000 characters"),
        ("expected_version", "", "This page has lost which version it shows"),
        ("expected_version", "x", "This page has lost which version it shows"),
    ],
)
def test_a_line_to_be_mended_is_shown_again_with_the_reason(inspector, recommendation, field, value, message) -> None:
    response = send(inspector, recommendation, **{field: value})
    assert response.status_code == 400
    html = response.content.decode()
    assert message in html
    assert field == "note" or "A plan is there." in html
    assert recommendation.updates.count() == 0


def test_a_lost_race_writes_nothing_and_shows_both(inspector, recommendation) -> None:
    """Somebody closes it while the inspector writes; the inspector sees that, keeps the text, and may send it again."""
    version = recommendation.version
    other = {"by": make_author("ali", "Ali", "Khan"), "on": date(2023, 2, 1), "status": "closed", "note": "All done."}
    log_recommendation(recommendation, **other, expected_version=version, today=date(2023, 3, 1))
    response = send(inspector, recommendation, expected_version=version)
    html = response.content.decode()
    assert response.status_code == 409
    for text in ("was changed by somebody else in the meantime", "All done.", "Ali Khan", "A plan is there."):
        assert text in html
    assert recommendation.updates.count() == 1
    version = response.context["form"]["expected_version"].value()
    again = send(inspector, recommendation, expected_version=version, on="2023-02-02")
    assert again.status_code == 302
    assert recommendation.updates.count() == 2
    assert Recommendation.objects.get().status_id == "in_progress"


def test_one_that_was_removed_meanwhile_is_a_404(inspector, recommendation) -> None:
    RECOMMENDATIONS.remove(recommendation, by=make_author(), reason=REASON, expected_version=1)
    url = f"/recommendations/{recommendation.pk or 1}/"
    assert inspector.post(url, {}).status_code == 404
