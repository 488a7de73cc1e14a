"""An inspection from its plan to the closure of what it asked for, each in their part and only by what pages hold.

An inspector plans it, notes what was seen and drafts a cause of concern; the body checks the facts; a second inspector
publishes it; the body responds; what it had to change is done on evidence, and somebody else signs it off.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from forces.models import Organisation
from soc_tracker.core.access.roles import Role
from soc_tracker.core.text.days import in_words
from tests.browser.conftest import VIEWPORTS, session_of
from tests.browser.test_every_page import listen, objections, overflow
from tests.reach.planted import account

pytestmark = pytest.mark.usefixtures("undone")
TITLE, CONCERN, ASKED = "Cheshire again", "No plan is kept", "Keep the plans up."
DUE, LATER = localdate() + timedelta(days=200), localdate() + timedelta(days=300)


@pytest.fixture
def people(site: str) -> dict[str, User]:
    """Two inspectors, somebody of the body, and somebody of another who only reads."""
    cheshire, cumbria = (Organisation.objects.get(slug=slug) for slug in ("cheshire", "cumbria"))
    return {
        "lead": account(Role.INSPECTOR, "lead", is_national=True),
        "second": account(Role.INSPECTOR, "second", is_national=True),
        "officer": account(Role.LEAD_RESPONSIBLE_OFFICER, "officer", organisation=cheshire),
        "stranger": account(Role.LEAD_RESPONSIBLE_OFFICER, "stranger", organisation=cumbria),
    }


class Story:
    """A tab in which one person after the other signs in, and which looks at each page that it comes to."""

    def __init__(self, tab: Page, site: str, people: dict[str, User]) -> None:
        self.tab, self.site, self.people = tab, site, people

    def enter(self, name: str) -> None:
        """Sign in as somebody, at their home page."""
        self.tab.context.clear_cookies()
        session = session_of(self.people[name])
        self.tab.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
        self.tab.goto(self.site)

    def follow(self, link: str, *, exact: bool = True) -> None:
        self.tab.get_by_role("main").get_by_role("link", name=link, exact=exact).first.click()
        self.look()

    def open(self, door: str, page: str, group: str = "") -> None:
        """By the doors of the site, at the width of a desk or a tablet."""
        self.tab.get_by_role("navigation", name="Main").get_by_role("link", name=door, exact=True).click()
        pages = self.tab.get_by_role("navigation", name=door)
        if group:
            pages.get_by_text(group).click()
        pages.get_by_role("link", name=page, exact=True).click()
        self.look()

    def look(self) -> None:
        """Nothing stands out sideways, and axe objects to nothing."""
        assert (overflow(self.tab), objections(self.tab)) == ([], []), self.tab.url

    def fill(self, **fields: str) -> None:
        """What is typed, by labels."""
        for label, value in fields.items():
            self.tab.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def choose(self, label: str, option: str) -> None:
        self.tab.get_by_label(label, exact=True).select_option(label=option)

    def check(self, label: str) -> None:
        self.tab.get_by_label(label, exact=True).check()

    def press(self, button: str) -> None:
        self.tab.get_by_role("button", name=button, exact=True).click()
        self.look()

    def read(self, *words: str) -> None:
        for each in words:
            expect(self.tab.get_by_role("main")).to_contain_text(each)

    def take(self, stage: str) -> None:
        self.check(stage)
        self.press("Take it there")

    def step(self, status: str, note: str, link: str = "") -> None:
        self.fill(Date=localdate().isoformat(), What_happened=note)
        self.check(status)
        if link:
            self.choose("Evidence", "A link")
            self.fill(What_it_shows="The plans, each with its last review.", Link_to_what_shows_it=link)
        self.press("Add to the history")


@pytest.fixture
def story(context, site: str, people) -> Story:
    tab = context.new_page()
    tab.set_viewport_size({**VIEWPORTS["desktop"], "width": 820})
    return Story(tab, site, people)


def test_an_inspection_from_its_plan_to_the_closure_of_what_it_asked_for(story, people):
    said = listen(story.tab)
    is_planned_and_seen(story, people["second"])
    is_drafted_and_checked(story)
    is_published_with_its_recommendation(story)
    is_responded_to(story)
    is_moved_once_and_closed_on_evidence(story)
    is_read_by_another_body(story)
    assert [words for words in said if "404" not in words and "400" not in words] == []


def is_planned_and_seen(story: Story, second: User) -> None:
    story.enter("lead")
    story.open("Inspections", "Under way", "Work")
    story.follow("Plan an inspection")
    story.choose("Programme", "PEEL 2022/23")
    story.choose("Or a single body", "Cheshire Constabulary")
    story.fill(Title=TITLE, Who_will_publish_the_report="The inspectorate")
    story.press("Plan it")
    story.follow("Change the team")
    story.tab.get_by_label("Inspector", exact=True).select_option(value=str(second.pk))
    story.press("Save the team")
    story.follow("Back to the work on it")
    story.take("Fieldwork")
    story.follow("Note what was seen")
    story.fill(Place="Control room", What_was_seen="Nobody had the plan.")
    story.press("Save the note")
    story.read("Control room", "Nobody had the plan.")


def is_drafted_and_checked(story: Story) -> None:
    story.take("Drafting")
    story.follow("Add a finding")
    story.choose("About", "Cheshire Constabulary")
    story.choose("Kind", "Cause of concern")
    story.choose("Tone", "Shortcoming")
    story.fill(Title=CONCERN, Summary="Plans of threats are not kept up.", Place_in_the_document="Page 3")
    story.press("Save, then the next finding")
    story.open("Inspections", "Under way", "Work")
    story.follow(TITLE)
    story.read("has no recommendation", "has no grade")
    story.follow("Add grades")
    story.choose("Grade of Cheshire Constabulary", "Good")
    story.fill(Place_in_the_document="Page 2")
    story.press("Save, then its findings")
    story.open("Inspections", "Under way", "Work")
    story.follow(TITLE)
    story.take("Factual check")
    story.enter("officer")
    story.follow(f"Check the facts before they are published: {TITLE}", exact=False)
    story.read(CONCERN)
    story.check("Right")
    story.press("Send it to the inspectors")


def is_published_with_its_recommendation(story: Story) -> None:
    story.enter("lead")
    story.open("Inspections", "Under way", "Work")
    story.follow(TITLE)
    story.take("Quality assurance")
    story.enter("second")
    story.open("Inspections", "Under way", "Work")
    story.follow(TITLE)
    story.take("Published")
    story.read(f"Not complete: The cause of concern “{CONCERN}” has no recommendation.")
    story.follow(f"The cause of concern “{CONCERN}” has no recommendation.")
    story.fill(Recommendation=ASKED, Due=DUE.isoformat())
    story.press("Save, then the next recommendation")
    story.open("Inspections", "Under way", "Work")
    story.follow(TITLE)
    story.take("Published")
    story.read("It is at “Published” now.")


def is_responded_to(story: Story) -> None:
    clock = in_words(localdate() + timedelta(days=56))  # of the day on which it was published just now
    story.enter("officer")
    story.follow(f"Respond by {clock}: {TITLE}", exact=False)
    story.read(f"{clock}: 56 days after the report")
    story.follow("Enter the response")
    story.fill(Published_on=localdate().isoformat())
    part = story.tab.get_by_role("group", name=ASKED)
    part.get_by_label("Says what will be done").check()
    part.get_by_label("What will be done, or why nothing will").fill("Each plan is reviewed monthly.")
    part.get_by_label("Accepted", exact=True).select_option(label="Accepted")
    story.press("Save the response")
    story.read("Published in time", "Each plan is reviewed monthly.")


def is_moved_once_and_closed_on_evidence(story: Story) -> None:
    story.enter("lead")
    story.open("Inspections", "What must change")
    story.follow(ASKED)
    story.follow("Move its date")
    story.fill(
        Due=LATER.isoformat(), When_it_was_set=localdate().isoformat(), Why_it_moves="The new system comes later."
    )
    story.check("The inspectorate")
    story.press("Move the date")
    story.read(f"{in_words(DUE)}; the date has moved once")
    story.step("Awaiting review", "The plans are on their way.")
    story.step("Being progressed", "Half of them are kept.")
    story.step("Awaiting sign-off", "All are kept.")
    story.read("“Awaiting sign-off” needs evidence: say what shows it.")
    story.step("Awaiting sign-off", "All are kept.", link="https://example.org/plans")
    story.step("Complete", "Seen.")
    story.read("is for somebody else to say")
    story.enter("second")
    story.open("Inspections", "What must change")
    story.follow(ASKED)
    story.step("Complete", "The plans are there.")
    story.read("Complete")


def is_read_by_another_body(story: Story) -> None:
    story.enter("stranger")
    story.open("Inspections", "What must change")
    story.follow(ASKED)
    story.read(
        f"First due: {in_words(DUE)}",
        f"Due {in_words(LATER)} instead of {in_words(DUE)}, set by: the inspectorate",
        "The new system comes later.",
        *("Awaiting review", "Being progressed", "Awaiting sign-off", "Complete"),
        "Evidence: a link",
        "https://example.org/plans",
        "Each plan is reviewed monthly.",
    )
    assert story.tab.get_by_role("button", name="Add to the history").count() == 0
    assert "Nobody had the plan." not in story.tab.content()
