"""A report of our own making, as text and as a PDF, from its upload to the pages that everybody reads, by the keyboard.

What these pages and the record say is held against the facts of the report.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from bench.reader.layouts import file_of
from bench.reader.reports import Fact, Report, read_report
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection
from inspections.recommendations.models import Recommendation
from inspections.work.services import TEAM
from soc_tracker.core.access.roles import Role
from soc_tracker.reference.loader import load
from tests.browser.conftest import session_of
from tests.browser.test_every_page import listen
from tests.inspections.reader.reports import BODIES, work
from tests.reach.planted import account

pytestmark = pytest.mark.usefixtures("undone")
REPORT = """file: {name}
= An inspection of the South Mere regional response to serious and organised crime
PEEL 2022/23
Published on 14 May 2023
= Ashdale Constabulary
Good
>>> grading good body=ashdale
Ashdale Constabulary is good at tackling serious and organised crime.
== Resources and skills
=== Area for improvement: Ashdale Constabulary should give those who own its threats enough time and a deputy
>>> finding area_for_improvement body=ashdale section=resources
Owners of threats told us that they had little time for this work.
= Brackenshire Police
Adequate
>>> grading adequate body=brackenshire
Brackenshire Police is adequate at tackling serious and organised crime.
== Tackling SOC and safeguarding people and communities
=== Innovative practice: Brackenshire Police has a bus in which young people meet those who left crime
>>> finding innovative_practice body=brackenshire section=tackling
The bus goes to every town of the county once a month.
= Carrowmoor Police
Inadequate
>>> grading inadequate body=carrowmoor
Carrowmoor Police is inadequate at tackling serious and organised crime.
=== Cause of concern: Carrowmoor Police should make sure that its plans against organised crime are kept up to date
>>> finding cause_of_concern body=carrowmoor section=overview
By 1 March 2024 the force should:
- train all of the people who own a threat; and
>>> recommendation 1 addressee=carrowmoor due_on=2024-03-01
- look at each of its plans once in every month, and write down what it has found.
>>> recommendation 2 addressee=carrowmoor due_on=2024-03-01
= South Mere Regional Organised Crime Unit
Outstanding
>>> grading outstanding body=smrocu
South Mere Regional Organised Crime Unit is outstanding at tackling serious and organised crime.
"""
FINDINGS = {
    "should give those who own": ("Owners need time", "Those who own threats lack hours for it, and a stand-in."),
    "has a bus": ("A bus brings young people and former offenders together", "It reaches each town monthly."),
    "are kept up to date": ("Plans go stale", "Nobody renews what was planned against organised crime."),
}
RECOMMENDATIONS = {"train all": "Train every threat owner.", "look at each": "Review plans monthly, on record."}


@dataclass
class Reader:
    """Somebody in a browser who uploads and reviews."""

    tab: Page
    site: str

    def become(self, user: User) -> None:
        self.tab.context.clear_cookies()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": self.site}
        self.tab.context.add_cookies([cookie])

    def press(self, button: str) -> None:
        self.tab.get_by_role("button", name=button).click()

    def text(self) -> str:
        return self.tab.locator("main").inner_text()

    def accept(self) -> None:
        """By the keyboard alone: Ctrl and Enter in the field, and the next proposal stands there."""
        before = self.tab.url
        self.tab.keyboard.press("Control+Enter")
        self.tab.wait_for_url(lambda url: url != before)

    def answer(self) -> None:
        """In one's own words, typed where ``c`` leads and Tab leads on."""
        passage, keyboard = " ".join(self.tab.locator("mark").all_inner_texts()), self.tab.keyboard
        keyboard.press("c")
        for words, (title, summary) in FINDINGS.items():
            if words in passage and self.tab.get_by_label("Title").count():
                self.tab.get_by_label("Title").fill(title)
                self.tab.get_by_label("Summary").fill(summary)
        for words, text in RECOMMENDATIONS.items():
            if words in passage and self.tab.get_by_label("Recommendation", exact=True).count():
                self.tab.get_by_label("Recommendation", exact=True).fill(text)
        self.accept()


@pytest.fixture
def reader(context, site: str) -> Reader:
    load(BODIES)
    return Reader(context.new_page(), site)


def expected(report: Report, kind: str) -> list[Fact]:
    return [fact for fact in report.facts if fact.kind == kind]


@pytest.mark.parametrize("name", ["south-mere-short.txt", "south-mere-short.pdf"])
def test_a_report_becomes_public_pages_that_say_what_it_says(reader: Reader, tmp_path: Path, name: str) -> None:
    (tmp_path / "short.report").write_text(REPORT.format(name=name))
    report = read_report(tmp_path / "short.report")
    lead, second = (account(Role.INSPECTOR, each, is_national=True) for each in ("lead", "second"))
    tab, said = reader.tab, listen(reader.tab)

    reader.become(lead)
    tab.goto(f"{reader.site}/inspections/reports/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": file_of(report)}
    tab.get_by_label("File", exact=True).set_input_files(file)
    reader.press("Upload and read")
    expect(tab.locator("main")).to_contain_text("Waiting to be read")
    work()
    expect(tab.get_by_role("heading", name="What this report is")).to_be_visible(timeout=30_000)
    expect(tab.get_by_label("When it was published")).to_have_value("2023-05-14")
    tab.get_by_label("Its publisher").fill("An inspectorate")
    tab.get_by_label("Its kind").select_option("report")
    tab.get_by_label("Its licence").select_option("ogl")
    reader.press("Begin the draft")

    tab.get_by_role("link", name="Begin the review").click()
    while tab.locator("[data-review]").count():
        reader.answer()
    expect(tab.locator("main")).to_contain_text("Every proposal is decided.")
    reader.press("All that the report says is held here")
    inspection = Inspection.objects.get(region__slug="south-mere")
    assert tab.context.new_page().goto(f"{reader.site}{inspection.get_absolute_url()}").status == 200

    TEAM.create(inspection=inspection, account=second, by=lead, reason="Publishes it.")
    tab.goto(f"{reader.site}/inspections/{inspection.slug}/work/")
    for stage in ("Factual check", "Quality assurance"):
        tab.get_by_label(stage, exact=True).check()
        reader.press("Take it there")
    tab.get_by_label("Published", exact=True).check()
    reader.press("Take it there")
    expect(tab.locator("main")).to_contain_text("A second person publishes it")
    reader.become(second)
    tab.goto(f"{reader.site}/inspections/{inspection.slug}/work/")
    tab.get_by_label("Published", exact=True).check()
    reader.press("Take it there")
    expect(tab.locator("main")).to_contain_text("It is at “Published” now.")

    grades = {(each.organisation.slug, each.grade_id) for each in Grading.objects.filter(inspection=inspection)}
    assert grades == {(fact.fields["body"], fact.fields["grade"]) for fact in expected(report, "grading")}
    findings = {
        (each.about.slug, each.kind_id, each.section_id) for each in Finding.objects.filter(inspection=inspection)
    }
    named = ("body", "finding_kind", "section")
    assert findings == {tuple(fact.fields[name] for name in named) for fact in expected(report, "finding")}
    recommendations = {
        (str(each.number), each.addressed_to.slug, str(each.due_on))
        for each in Recommendation.objects.filter(finding__inspection=inspection)
    }
    named = ("number", "addressee", "due_on")
    assert recommendations == {
        tuple(fact.fields[name] for name in named) for fact in expected(report, "recommendation")
    }

    reader.become(account(Role.ANALYST, "elsewhere", is_national=True))
    tab.goto(f"{reader.site}{inspection.get_absolute_url()}")
    public = reader.text()
    for words in ("Good", "Adequate", "Inadequate", "Outstanding", "1 March 2024", *RECOMMENDATIONS.values()):
        assert words in public
    tab.goto(f"{reader.site}/regions/south-mere/")
    public += reader.text()
    for title, _ in FINDINGS.values():
        assert title in public
    assert "little time for this work" not in public
    assert [words for words in said if "400" not in words] == []
