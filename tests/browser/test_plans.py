"""An officer writes a plan, is told that it is copied and mends that; a second person signs it; results come in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from forces.models import Organisation
from plans4p.likeness.services import compare_plan
from plans4p.plans.models import Plan
from plans4p.signatures.services import ask_to_sign
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, second_officer
from tests.browser.conftest import VIEWPORTS, signed_in
from tests.browser.test_every_page import listen, objections, overflow
from tests.makers import make_action, make_aim, make_disruption, make_officer, make_partner, make_plan, make_threat

pytestmark = pytest.mark.usefixtures("undone")
TODAY = localdate()
COPIED = ("Visit every flat on the Fenland estate with the housing officer", "Seize the telephone that runs the line")
REFUSED = "error: Failed to load resource: the server responded with a status of 400 (Bad Request)"


@pytest.fixture
def force(site: str) -> Organisation:
    return Organisation.objects.get(slug="lancashire")


@pytest.fixture
def threat(force):
    threat = make_threat("OCG-0004711", force, name="Fenland")
    day = TODAY - timedelta(days=2)
    make_disruption("DIS-2026-0004711", force, activity_date=day, added_date=day, threat=threat, summary="Two arrests.")
    return threat


@pytest.fixture
def officers(force):
    """The signed-in officer, and the one to whom the plan passes later; a third signs it."""
    account = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    make_officer(force, "Kim Shaw", user=second_officer())
    return make_officer(force, "Ada Lowe", user=account), make_officer(force, "Lee Moss", rank="Inspector")


@pytest.fixture
def copied_from(force, officers) -> Plan:
    """Another plan, whose actions will be copied."""
    plan = make_plan(force, "4P-OTHER", title="Old plan", owner=officers[1])
    for description in COPIED:
        make_action(make_aim(plan), description)
    return plan


@pytest.fixture
def tab(sign_in_as: Callable[[Role], Page]) -> Page:
    return sign_in_as(Role.LEAD_RESPONSIBLE_OFFICER)


def fill(tab: Page, **said: str) -> None:
    for label, text in said.items():
        tab.get_by_label(label.replace("_", " "), exact=True).fill(text)


def save(tab: Page) -> None:
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("Saved:")).to_be_visible()


def write_plan(tab: Page, site: str) -> Plan:
    tab.goto(f"{site}/plans/")
    tab.get_by_role("link", name="Write a new plan").click()
    fill(tab, Title="Fenland", Threat="ocg 0004711")
    fill(tab, **{"Next review due": (TODAY + timedelta(days=90)).isoformat()})
    fill(tab, **{"Begins on": (TODAY - timedelta(days=30)).isoformat()})
    fill(tab, Owner="ada lowe")
    tab.get_by_label("Organisation", exact=True).select_option(label="Lancashire Constabulary")
    save(tab)
    return Plan.objects.get(title="Fenland")


def add_aim(tab: Page) -> None:
    tab.get_by_role("link", name="Add an aim under Pursue").click()
    expect(tab.get_by_label("4P", exact=True)).to_have_value("pursue")
    fill(tab, **{"What should change": "The line into Fenland is closed", "How it is measured": "Disruptions"})
    tab.get_by_label("What counts towards it").select_option(label="Disruptions")
    fill(tab, Target="2", **{"By when": (TODAY + timedelta(days=60)).isoformat()})
    save(tab)


def add_action(tab: Page, description: str) -> None:
    tab.get_by_role("link", name="Add an action to The line into Fenland is closed").click()
    fill(tab, **{"What is done": description, "Who does it": "DS Kaur"})
    fill(tab, **{"By when": (TODAY + timedelta(days=20)).isoformat()})
    save(tab)


def explain(tab: Page, p: str) -> None:
    tab.get_by_role("link", name=f"Say why there is none under {p}").click()
    fill(tab, **{"Why there is no aim": f"The force’s strategic plan covers {p.lower()}."})
    save(tab)


def compare(plan: Plan) -> None:
    """Do what waits for the worker."""
    compare_plan.call(plan.pk)


def answer(tab: Page, question: str) -> str:
    """Yes or no: those that the plan answers are folded."""
    return (tab.locator(".soc-answers__item", has_text=question).locator(".govuk-tag").text_content() or "").strip()


def test_from_draft_to_result(site, tab, new_context, threat, officers, copied_from):
    said = listen(tab)
    plan = write_plan(tab, site)

    # Signing is refused, and says what is missing.
    second = signed_in(new_context(), site, second_officer())  # in another browser: two people work side by side
    second.goto(f"{site}{plan.get_absolute_url()}")
    second.get_by_role("link", name="Sign the plan").click()
    second.get_by_role("button", name="Sign and start the plan").click()
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("under Pursue, Prevent, Protect and Prepare")
    expect(alert).to_contain_text("Name the SOC local profile or the intelligence on which it rests.")
    assert Plan.objects.get(pk=plan.pk).status == "draft"

    # Copying another plan's actions is called out.
    tab.goto(f"{site}{plan.get_absolute_url()}")
    add_aim(tab)
    for description in COPIED:
        add_action(tab, description)
    compare(plan)
    tab.reload()
    expect(tab.locator(".soc-answers__item", has_text="Tailored to its threat")).to_contain_text(
        "2 of 2 actions also stand, nearly word for word, in other plans"
    )
    assert answer(tab, "Tailored to its threat") == "No"
    expect(tab.get_by_role("link", name="4P-OTHER Old plan")).to_be_visible()
    for number, description in enumerate(("Arrest the runner at the station", "Rehouse the tenant whose flat is used")):
        tab.get_by_role("link", name=f"Change the action {COPIED[number]}").click()
        fill(tab, **{"What is done": description})
        save(tab)
    compare(plan)
    tab.reload()
    assert answer(tab, "Tailored to its threat") == "Yes"

    # The rest is answered, and a second person signs.
    for p in ("Prevent", "Protect", "Prepare"):
        explain(tab, p)
    tab.get_by_role("link", name="Change what the plan says").click()
    fill(tab, **{"Intelligence used": "Problem profile of May"})
    save(tab)
    second.goto(f"{site}{plan.get_absolute_url()}")
    second.get_by_role("link", name="Write a review down").click()
    second.get_by_label("Quality assurance by a second person").check()
    fill(second, **{"What was checked": "Every action", "What changes because of it": "Nothing"})
    second.get_by_role("button", name="Save the review").click()
    expect(second.get_by_text("The review is on record.")).to_be_visible()
    tab.get_by_role("link", name="Ask somebody to sign").click()
    tab.get_by_label("Chief Inspector Kim Shaw").check()
    fill(tab, **{"What should they know?": "The dates are new."})
    tab.get_by_role("button", name="Ask them to sign").click()
    expect(tab.get_by_text("They find it on their page")).to_be_visible()
    second.goto(f"{site}/plans/mine/")
    expect(second.locator("main")).to_contain_text("The dates are new.")
    second.get_by_role("link", name="Read and sign").click()
    second.get_by_role("link", name="Sign the plan").click()
    second.get_by_role("button", name="Sign and start the plan").click()
    expect(second.get_by_text("The plan is signed and runs.")).to_be_visible()
    expect(second.locator("main")).to_contain_text("It says what was signed")

    # A disruption is proposed and linked, and the aim moves.
    tab.goto(f"{site}{plan.get_absolute_url()}")
    expect(tab.locator(".soc-aim__progress")).to_contain_text("0 of 2 disruptions")
    tab.goto(f"{site}/plans/mine/")
    tab.get_by_role("link", name="Link them").click()
    tab.get_by_role("button", name="Count DIS-2026-0004711 towards").click()
    tab.goto(f"{site}{plan.get_absolute_url()}")
    expect(tab.locator(".soc-aim__progress")).to_contain_text("1 of 2 disruptions")

    # The owner changes, and the history says when and why.
    tab.get_by_role("link", name="Change the owner").click()
    fill(tab, **{"New owner": "Lee Moss"})
    fill(tab, **{"Why?": "Ada Lowe has moved to another unit."})
    tab.get_by_role("button", name="Change the owner").click()
    expect(tab.get_by_text("The plan has a new owner.")).to_be_visible()
    tab.locator("main").get_by_role("link", name="History", exact=True).click()
    main = tab.locator("main")
    expect(main).to_contain_text("Ada Lowe has moved to another unit.")
    expect(main).to_contain_text("Chief Inspector Ada Lowe → Inspector Lee Moss")
    assert said == []


@pytest.mark.parametrize("width", VIEWPORTS)
def test_a_plan_with_everything_on_it_is_accessible(width, site, tab, threat, officers, force):
    partner = make_partner(serves=[force])
    plan = make_plan(force, "4P-FULL", threat=threat, owner=officers[0], starts_on=TODAY - timedelta(days=30))
    aim = make_aim(plan, due_on=TODAY + timedelta(days=30))
    make_action(aim, due_on=TODAY - timedelta(days=1), partners=[partner])
    to_sign = make_plan(force, "4P-SIGN", owner=officers[1])
    ask_to_sign(to_sign, officers[0], by=demo_account(Role.ADMINISTRATOR), today=TODAY, note="The dates are new.")
    tab.set_viewport_size(VIEWPORTS[width])
    own = ("", "print/", "history/", "edit/", *(f"steps/{step}/" for step in ("review", "ask", "deputies", "owner")))
    others = ("", "steps/approve/", "steps/decline/")
    urls = [plan.get_absolute_url() + path for path in own] + [to_sign.get_absolute_url() + path for path in others]
    for path in urls:
        said = listen(tab)
        tab.goto(f"{site}{path}", wait_until="networkidle")
        assert (path, objections(tab), overflow(tab), said) == (path, [], [], [])
    forms = [f"/plans/parts/{kind}/new/" for kind in ("partner", "order", "officer", "site")]
    parts = [f"/plans/parts/aim/new/{plan.pk}/", f"/plans/parts/action/new/{aim.pk}/"]
    for path in ("/plans/mine/", "/plans/new/", "/plans/import/", "/reminders/", *forms, *parts):
        tab.goto(site + path, wait_until="networkidle")
        assert (path, objections(tab), overflow(tab)) == (path, [], [])


def test_the_sheet_fits_on_one_page_of_paper(site, tab, threat, officers, force, tmp_path):
    plan = make_plan(force, "4P-FULL", threat=threat, owner=officers[0], starts_on=TODAY - timedelta(days=30))
    for p in ("pursue", "prevent", "protect", "prepare"):
        for number in range(2):
            aim = make_aim(plan, p, change=f"Aim {number} of {p}", due_on=TODAY + timedelta(days=60))
            for action in range(2):
                make_action(aim, f"Visit place {action} for {p}")
    tab.goto(f"{site}{plan.get_absolute_url()}print/")
    sheet = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_plan_on_a_page_prints_on_one_sheet_with_every_plan_open(site, tab, officers, force):
    for number in range(9):
        plan = make_plan(force, f"4P-{number}", theme=f"Theme {number}", owner=officers[0])
        for p in ("pursue", "prevent", "protect"):
            make_aim(plan, p, change=f"Change {number} under {p} is made and lasts")
    tab.goto(f"{site}/plans/on-a-page/{force.slug}/")
    aim = tab.get_by_text("Change 3 under pursue")
    expect(aim).to_be_hidden()
    tab.emulate_media(media="print")
    expect(aim).to_be_visible()
    assert tab.locator(".soc-page-plan__aim:visible").count() == 27
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True))) == 1
