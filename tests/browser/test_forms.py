"""A form in a real browser: pressed twice, sent from two windows, sent after the session has ended."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from forces.models import Organisation
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Step
from plans4p.aims.models import Contribution
from plans4p.aims.services import CONTRIBUTIONS
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.sessions.models import Session
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.browser.conftest import VIEWPORTS
from tests.browser.test_every_page import objections, overflow
from tests.makers import make_aim, make_officer, make_plan

pytestmark = pytest.mark.usefixtures("undone")
SLOW = 0.6  # seconds
NOTE = "Two officers were trained in “case management”.\n\n  The rest follow: <b>all</b> & by May.\nŴedi’i gofnodi."


@pytest.fixture
def slow_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every result takes its time to be written."""
    create = CONTRIBUTIONS.create

    def slowly(*args, **kwargs):
        threading.Event().wait(SLOW)
        return create(*args, **kwargs)

    monkeypatch.setattr(CONTRIBUTIONS, "create", slowly)


@dataclass
class Writing:
    """Of a result: whether the site has ``begun`` it, and whether it ``may_go_on``: no clock decides."""

    begun: threading.Event = field(default_factory=threading.Event)
    may_go_on: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writing]:
    create, held = CONTRIBUTIONS.create, Writing()

    def when_it_may(*args, **kwargs):
        held.begun.set()
        held.may_go_on.wait()
        return create(*args, **kwargs)

    monkeypatch.setattr(CONTRIBUTIONS, "create", when_it_may)
    yield held
    held.may_go_on.set()


@pytest.fixture
def address(site: str) -> str:
    """The page on which a result of an aim is written down."""
    force = Organisation.objects.get(slug="lancashire")
    owner = make_officer(force, "Ada Lowe", user=demo_account(Role.LEAD_RESPONSIBLE_OFFICER))
    aim = make_aim(make_plan(force, "4P-09002", owner=owner))
    return site + reverse("plans4p:part_new", args=["result", aim.pk])


def fill(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.locator("[name=kind]").select_option("safeguarded")
    tab.locator("[name=on]").fill("2023-02-01")
    tab.locator("[name=amount]").fill("2")
    tab.locator("[name=note]").fill("A warrant at Fenland Road")


def test_two_presses_within_a_slow_answer_make_one_result(address, writing, sign_in_without_scripts_as):
    """Without scripts, so that nothing but the site itself keeps the second press from counting."""
    tab = sign_in_without_scripts_as(Role.LEAD_RESPONSIBLE_OFFICER)
    fill(tab, address)
    button = tab.get_by_role("button", name="Save")
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    for _ in range(2):
        with tab.expect_request(lambda request: request.method == "POST"):
            tab.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        assert writing.begun.wait(20)
    writing.may_go_on.set()
    # Both answers speak by way of one session: the first, the second or both are heard, as they come to be written.
    heard = re.compile("Saved: People safeguarded|Nothing has been saved a second time")
    expect(tab.get_by_text(heard).first).to_be_visible()
    assert Contribution.objects.count() == 1


def test_the_button_lets_a_second_press_do_nothing(address, slow_answers, sign_in_as):
    tab, sent = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER), []
    tab.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    fill(tab, address)
    tab.get_by_role("button", name="Save").dblclick(no_wait_after=True)
    expect(tab.get_by_text("Saved:")).to_be_visible()
    assert len(sent) == 1
    assert Contribution.objects.count() == 1


def test_two_windows_with_the_same_form_make_one_result_and_two_forms_make_two(address, slow_answers, sign_in_as):
    first = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)
    fill(first, address)
    html = first.content()
    copy = first.context.new_page()
    copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    fill(copy, address)
    copy.unroute(address)
    for tab in (first, copy):
        tab.get_by_role("button", name="Save").click(no_wait_after=True)
    for tab in (first, copy):  # both are shown the plan; which of the two is told what, their shared cookie decides
        expect(tab.get_by_role("heading", level=1)).to_contain_text("County lines")
    assert Contribution.objects.count() == 1

    other = first.context.new_page()
    fill(other, address)
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Saved:").first).to_be_visible()
    assert Contribution.objects.count() == 2


@pytest.mark.parametrize("width", VIEWPORTS)
def test_a_session_that_ends_while_a_line_is_written_loses_no_letter(site, sign_in_as, width):
    recommendation = Recommendation.objects.earliest("pk")
    writer = demo_account(Role.INSPECTOR)
    writer.set_password("long enough for anyone")
    writer.save()
    tab = sign_in_as(Role.INSPECTOR)
    tab.set_viewport_size(VIEWPORTS[width])
    tab.goto(site + recommendation.get_absolute_url())
    tab.get_by_label("What happened").fill(NOTE)
    tab.get_by_label("Date", exact=True).fill("2024-03-01")
    tab.get_by_label("Awaiting review").check()
    Session.objects.all().delete()
    tab.get_by_role("button", name="Add to the history").click()

    tab.get_by_label("Username or e-mail address").fill(writer.username)
    tab.get_by_label("Password").fill("long enough for anyone")
    tab.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_text("you were no longer signed in")).to_be_visible()
    expect(tab.get_by_label("What happened")).to_have_value(NOTE)
    expect(tab.get_by_label("Date", exact=True)).to_have_value("2024-03-01")
    assert objections(tab) == []
    assert overflow(tab) == []
    tab.get_by_role("button", name="Add to the history").click()
    expect(tab.get_by_text("The history has a new step.")).to_be_visible()
    assert Step.objects.get(requirement__recommendation=recommendation).note.replace("\r\n", "\n") == NOTE


def test_a_database_that_is_busy_keeps_the_text_and_takes_it_a_moment_later(site, address, sign_in_as, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    tab = sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)
    fill(tab, address)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as loading:
        loading.execute("BEGIN IMMEDIATE")
        tab.get_by_role("button", name="Save").click()
        expect(tab.get_by_role("heading", name="The site is busy")).to_be_visible()
        expect(tab.get_by_text("A warrant at Fenland Road")).to_be_visible()
        assert objections(tab) == []
        assert overflow(tab) == []
        loading.execute("ROLLBACK")
    tab.get_by_role("button", name="Send it again").click()
    expect(tab.get_by_text("Saved:")).to_be_visible()
    assert Contribution.objects.get().note == "A warrant at Fenland Road"
