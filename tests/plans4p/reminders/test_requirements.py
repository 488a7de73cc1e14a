"""What inspections ask for is told to who answers for it: the inspector responsible, and whoever works for the body."""

from datetime import date

import pytest
from icalendar import Calendar

from inspections.requirements.models import Requirement
from inspections.requirements.services import REQUIREMENTS
from plans4p.reminders.pages import letter, list_lines, subject
from plans4p.reminders.queries import get_digest
from plans4p.reminders.services import new_calendar_key
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.inspections.following.making import make_move, make_required, make_step
from tests.makers import REASON, make_author, make_organisation
from tests.plans4p.owned import TODAY, day, make_hands_full, make_owner, make_reminders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plans4p.reminders.pages.localdate", lambda: TODAY)


@pytest.fixture
def overdue() -> Requirement:
    return make_required(make_organisation(), day(-3), date(2022, 11, 1))


def responsible(requirement: Requirement, role: Role = Role.INSPECTOR):
    user = demo_account(role)
    requirement.refresh_from_db()
    REQUIREMENTS.change(
        requirement, {"inspector": user}, by=make_author(), reason=REASON, expected_version=requirement.version
    )
    return user


def lines(user) -> dict[str, list[str]]:
    return {each.heading: [line.text for line in each.lines] for each in list_lines(get_digest(user, None, TODAY))}


def test_the_inspector_responsible_is_told_and_no_other(overdue):
    soon = make_required(overdue.organisation, day(9), date(2022, 11, 1), title="Soon")
    user = responsible(overdue)
    responsible(soon)
    found = lines(user)
    assert found["What must change: overdue"] == ["Improve the plans. (Cheshire Constabulary)"]
    assert found["What must change: due soon"] == ["Improve the plans. (Cheshire Constabulary)"]
    assert lines(demo_account(Role.ANALYST)) == {}
    assert subject(get_digest(user, None, TODAY)) == "What must change: what is due on 10 May 2023"


def test_whoever_has_a_reach_that_names_the_body_is_told(overdue, make_user):
    user = make_user(Role.ANALYST)
    Reach.objects.filter(account=user).delete()
    Reach.objects.create(
        account=user, organisation=overdue.organisation, valid_from=date(2000, 1, 1), reason="Works there."
    )
    assert list(lines(user)) == ["What must change: overdue"]


def test_a_closed_one_is_not_due(overdue):
    user = responsible(overdue)
    make_step(overdue, "complete", day(-1))
    assert "What must change: overdue" not in lines(user)


def test_steps_and_moves_by_others_are_told_those_of_ones_own_are_not(overdue):
    user = responsible(overdue)
    make_step(overdue, "being_progressed", day(-1), note="Analysts were hired.")
    make_move(overdue, day(-1), day(30))
    (heading,) = [each for each in list_lines(get_digest(user, None, TODAY)) if "steps and dates" in each.heading]
    assert {line.note for line in heading.lines} == {
        "Being progressed: Analysts were hired.",
        "due date moved from 7 May 2023 to 9 June 2023: It takes longer.",
    }


def test_the_letter_says_what_is_made_up_and_what_is_not(overdue):
    owner = make_owner(kind_of_data="illustrative")
    make_hands_full(owner)
    user = responsible(overdue, Role.LEAD_RESPONSIBLE_OFFICER)
    mail = letter(make_reminders(user), get_digest(user, None, TODAY), "https://soc.example.org")
    assert mail.subject == "Illustrative – 4P plans and what must change: what is due on 10 May 2023"
    for text in (mail.text, mail.html):
        assert "Illustrative: of 4P plans, all of it is made up" in text
        assert "Improve the plans. (Cheshire Constabulary)" in text


def test_the_calendar_has_their_dates(client, overdue):
    month = make_required(overdue.organisation, date(2023, 9, 1), date(2022, 11, 1), "month", title="Later")
    user = responsible(overdue)
    responsible(month)
    response = client.get(f"/calendar/{new_calendar_key(user, day(30)).calendar_key}.ics")
    events = {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}
    days = {uid.partition("@")[0]: event.decoded("dtstart") for uid, event in events.items()}
    assert days == {f"requirement-{overdue.pk}": day(-3), f"requirement-{month.pk}": date(2023, 9, 30)}
    assert all(str(event["summary"]).startswith("Must have changed: Improve the plans.") for event in events.values())
