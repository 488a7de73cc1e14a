"""Each body's rung on one page, how it got there, and putting it on another."""

import csv
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from model_bakery import baker

from inspections.escalation.models import MonitoringPeriod
from inspections.escalation.services import move_to
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.forms import form_of
from tests.makers import make_author, make_grading, make_inspection, make_organisation

pytestmark = pytest.mark.django_db
LIST = reverse("inspections:rung_list")


@pytest.fixture
def kent():
    return make_organisation("Kent Police")


@pytest.fixture
def reminded(kent):
    values = {"reason": "No answer.", "skipped": "", "standing": None, "by": make_author()}
    return move_to(kent, stage="reminder", on=date(2026, 1, 1), today=date(2026, 1, 2), **values)


def rows(client, **query):
    return {row.name: row.rung for row in client.get(LIST, query).context["page"].rows}


def test_every_force_is_listed_also_where_no_rung_is_known(inspector, kent, reminded):
    make_organisation("Essex Police")
    assert rows(inspector) == {"Kent Police": "reminder", "Essex Police": None}
    assert rows(inspector, rung="reminder") == {"Kent Police": "reminder"}
    page = inspector.get(LIST).content.decode()
    assert "None known here" in page
    assert "Letter</td>" in page  # the next rung


def test_what_is_not_public_is_not_told_to_who_does_not_reach_the_body(analyst, kent, reminded):
    account = demo_account(Role.ANALYST)
    account.reaches.all().delete()
    other = make_organisation("Essex Police")
    Reach.objects.create(account=account, organisation=other, valid_from=date(1990, 1, 1), reason="For a test.")
    assert rows(analyst) == {"Kent Police": None, "Essex Police": None}
    page = analyst.get(reverse("inspections:rungs_of_body", args=["kent"])).content.decode()
    assert "No answer." not in page


def test_rungs_stand_with_grades_in_order(inspector, kent, reminded):
    make_grading(make_inspection(kent, published_on=date(2025, 5, 1)), kent, "inadequate")
    events = inspector.get(reverse("inspections:rungs_of_body", args=["kent"])).context["events"]
    assert [(event.when, event.title) for event in events] == [
        ("1 January 2026", "Reminder begins"),
        ("1 May 2025", "Graded inadequate, PEEL 2022/23"),
    ]


def test_how_long_it_stood_on_each_rung_is_on_its_page_and_in_its_file(inspector, kent, reminded):
    """No more than its dates tell: of a month, the fewest and the most days that it allows."""
    watched = {"organisation": kent, "stage": "scan", "started_on": date(2025, 11, 1), "started_precision": "month"}
    baker.make(MonitoringPeriod, **watched, ended_on=date(2026, 1, 1), source=None, locator="")
    values = {"reason": "Silent.", "skipped": "", "by": make_author(), "today": date(2026, 2, 1)}
    move_to(kent, stage="letter", on=date(2026, 2, 1), standing=reminded, **values)
    so_far = (localdate() - date(2026, 2, 1)).days
    page = inspector.get(reverse("inspections:rungs_of_body", args=["kent"])).content.decode()
    assert f"Letter since 1 February 2026, {so_far:,} days so far" in " ".join(page.split())
    file = inspector.get(reverse("inspections:rungs_of_body_file", args=["kent", "rungs"]), {"form": "data"})
    rows = [line[:6] for line in csv.reader(file.getvalue().decode("utf-8-sig").splitlines())]
    assert rows == [
        ["Rung", "From", "Until", "Days on it, at least", "Days on it, at most", "Goes on"],
        ["Letter", "1 February 2026", "not ended, as far as is known", str(so_far), str(so_far), "yes"],
        ["Reminder", "1 January 2026", "1 February 2026", "31", "31", "no"],
        ["Scan (routine)", "November 2025", "1 January 2026", "32", "61", "no"],
    ]
    assert "Reminder, 1 January 2026 to 1 February 2026 (31 days)" in inspector.get(LIST).content.decode()
    spans = {row["stage"]: (row["days_least"], row["days_most"]) for row in api_rows(inspector)}
    assert (spans["reminder"], spans["scan"]) == ((31, 31), (32, 61))


def test_how_long_it_stood_on_a_rung_that_is_not_public_is_in_no_file_of_others(analyst, kent, reminded):
    account = demo_account(Role.ANALYST)
    account.reaches.all().delete()
    other = make_organisation("Essex Police")
    Reach.objects.create(account=account, organisation=other, valid_from=date(1990, 1, 1), reason="For a test.")
    file = analyst.get(reverse("inspections:rungs_of_body_file", args=["kent", "rungs"]))
    assert "Reminder" not in file.getvalue().decode("utf-8-sig")


def api_rows(client):
    return client.get(reverse("api:rung-list")).json()["results"]


def test_a_body_is_put_on_another_rung_from_its_page(inspector, kent, reminded):
    url = reverse("inspections:rung_new", args=["kent"])
    entered = {"stage": "published-letter", "on": "2026-02-01", "reason": "Still no answer."}
    refused = form_of(inspector.get(url)).press(inspector, "Save", **entered)
    assert refused.status_code == 400
    assert "It passes over “Letter”: say why" in refused.content.decode()
    saved = form_of(refused).press(inspector, "Save", skipped="The letter itself is published.")
    assert saved.status_code == 302
    assert list(MonitoringPeriod.objects.order_by("started_on").values_list("stage", "ended_on")) == [
        ("reminder", date(2026, 2, 1)),
        ("published-letter", None),
    ]
    page = inspector.get(saved.url).content.decode()
    assert "Rungs passed over: The letter itself is published." in page


def test_officers_of_a_body_put_none_on_another_rung(lead_responsible_officer, kent):
    assert lead_responsible_officer.get(reverse("inspections:rung_new", args=["kent"])).status_code == 403
