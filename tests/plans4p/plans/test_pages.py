"""The pages of plans, as each role meets them."""

import re
from copy import deepcopy
from datetime import date

import pytest
from django.test import Client

from disruptions.record.models import Disruption
from plans4p.aims.services import CONTRIBUTIONS, link_disruption
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS, PLANS
from soc_tracker.core.access.roles import Role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import (
    make_account_of,
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_officer,
    make_order,
    make_organisation,
    make_partner,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1)
NEW = {"expected_version": 1, "amount": 1}


@pytest.fixture(scope="module")
def stored(rows_of_module: None) -> Plan:
    """A draft of the signed-in officer."""
    threat = make_threat("OCG-0000001", make_organisation(), name="Fenland")
    make_officer(threat.organisation, user=demo_account(Role.LEAD_RESPONSIBLE_OFFICER))
    plan = make_plan(threat.organisation, threat=threat)
    make_action(make_aim(plan))
    make_disruption("DIS-1", threat.organisation, activity_date=DAY, added_date=DAY, threat=threat)
    return plan


@pytest.fixture
def plan(stored: Plan) -> Plan:
    return deepcopy(stored)


def test_everybody_reads_a_plan(plan, inspector, analyst, lead_responsible_officer, administrator):
    for reader in (inspector, analyst, lead_responsible_officer, administrator):
        page = reader.get(plan.get_absolute_url())
        assert page.status_code == 200
        assert b"Seize the telephone of the line" in page.content


def test_only_those_who_write_plans_are_offered_that(plan, analyst, lead_responsible_officer):
    offers = b"Change what the plan says"
    assert offers not in analyst.get(plan.get_absolute_url()).content
    assert offers in lead_responsible_officer.get(plan.get_absolute_url()).content


STEPS = ("owner", "deputies", "ask", "remove")


@pytest.mark.parametrize("path", ["edit/", *(f"steps/{step}/" for step in STEPS)])
def test_those_who_write_no_plan_are_refused(plan, path, inspector, analyst):
    for reader in (inspector, analyst):
        assert reader.get(plan.get_absolute_url() + path).status_code == 403
        assert reader.post(plan.get_absolute_url() + path).status_code == 403


def test_an_officer_writes_a_plan(lead_responsible_officer, make_user):
    organisation = make_organisation()
    officer = make_officer(organisation, user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
    values = {"title": "Fenland", "organisation": organisation.pk, "theme": "County lines", "owner": "okoro, cheshire"}
    values |= {"starts_on": "2023-03-01", "marking": "official", "expected_version": 1}
    page = lead_responsible_officer.post("/plans/new/", values, follow=True)
    assert page.status_code == 200
    plan = Plan.objects.get()
    assert (plan.title, plan.status, plan.owner) == ("Fenland", "draft", officer)


def test_a_plan_for_nothing_is_refused_with_what_was_entered(administrator):
    values = {
        "title": "Fenland",
        "organisation": make_organisation().pk,
        "starts_on": "1/3/2023",
        "marking": "official",
        "expected_version": 1,
    }
    page = administrator.post("/plans/new/", values)
    assert page.status_code == 400
    assert "Choose a threat, or name a priority theme" in page.content.decode()
    assert 'value="Fenland"' in page.content.decode()


@pytest.fixture
def signer(plan) -> Client:
    """The account of another officer of the body."""
    client = Client()
    client.force_login(make_account_of(plan.organisation), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_signing_names_the_questions_that_are_open(plan, signer):
    page = signer.post(plan.get_absolute_url() + "steps/approve/", {"version": plan.version})
    assert page.status_code == 400
    text = page.content.decode()
    assert "Write an aim, or say why there is none, under Prevent, Protect and Prepare." in text
    assert "Name the SOC local profile or the intelligence on which it rests." in text


def test_a_disruption_is_proposed_linked_and_taken_off(plan, lead_responsible_officer):
    aim, links = plan.aims.get(), plan.get_absolute_url() + "links/"
    assert "Count DIS-1 towards" in lead_responsible_officer.get(links).content.decode()
    page = lead_responsible_officer.post(links, {"do": "link", "disruption": "DIS-1", "aim": aim.pk}, follow=True)
    assert "None is waiting." in page.content.decode()
    page = lead_responsible_officer.get(plan.get_absolute_url())
    assert "1 of 4 disruptions" in page.content.decode()
    result = aim.contributions.get()
    told = {"do": "take_off", "result": result.pk, "version": result.version}
    page = lead_responsible_officer.post(links, told, follow=True)
    assert "0 of 4 disruptions" in page.content.decode()


@pytest.mark.parametrize(
    ("corrected", "told"),
    [
        ({"activity_date": date(2023, 2, 7)}, "7 February 2023, "),
        ({"four_p": "prevent"}, "(now Prevent, not counted)"),
    ],
    ids=["day", "P"],
)
def test_a_result_is_told_as_the_record_has_it_now(plan, analyst, corrected, told):
    disruption = Disruption.objects.get(reference="DIS-1")
    link_disruption(plan.aims.get(), disruption, by=make_author())
    Disruption.objects.filter(pk=disruption.pk).update(**corrected)
    assert told in analyst.get(plan.get_absolute_url()).content.decode()


def test_a_proposal_is_dismissed_with_a_reason(plan, lead_responsible_officer):
    links = plan.get_absolute_url() + "links/"
    lead_responsible_officer.post(links, {"do": "dismiss", "disruption": "DIS-1"})
    assert not plan.dismissals.exists()
    lead_responsible_officer.post(links, {"do": "dismiss", "disruption": "DIS-1", "reason": "Another operation."})
    assert plan.dismissals.get().reason == "Another operation."


@pytest.mark.parametrize("asked", [{"do": "burn"}, {"do": "link", "disruption": "DIS-1", "aim": "x"}, {"do": "link"}])
def test_what_is_not_understood_is_not_done(plan, lead_responsible_officer, asked):
    answer = lead_responsible_officer.post(plan.get_absolute_url() + "links/", asked)
    assert answer.status_code in (302, 404)
    assert not plan.aims.get().contributions.exists()


def result_page(aim) -> str:
    return f"/plans/parts/result/new/{aim.pk}/"


@pytest.mark.parametrize("kind", ["disruptions", "orders", "safeguarded"])
def test_a_result_is_linked_by_its_reference(plan, lead_responsible_officer, kind):
    aim = plan.aims.get()
    values = {"kind": "safeguarded", "expected_version": 1, "amount": 3}
    if kind == "disruptions":
        values |= {"disruption": "DIS-1"}
    elif kind == "orders":
        order = make_order(plan.organisation, made_on=DAY, in_force_from=DAY)
        values |= {"order": order.reference}
    else:
        values |= {"on": "1/3/2023", "note": "Three tenants rehoused."}
    answer = lead_responsible_officer.post(result_page(aim), values)
    assert answer.status_code == 302
    result = aim.contributions.get()
    assert (result.kind, result.on, result.amount) == (kind, DAY, 3 if kind == "safeguarded" else 1)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"disruption": "DIS-9"}, "No disruption fits “DIS-9”."),
        ({"order": "SCPO-9"}, "No order fits “SCPO-9”."),
        ({"disruption": "DIS-2"}, "DIS-2 is Prevent, and the aim Pursue"),
        ({"note": "Three tenants rehoused."}, "Give the day."),
        ({"on": "1/3/2023"}, "say in a note what it is"),
    ],
    ids=["disruption", "order", "P", "day", "note"],
)
def test_a_result_that_cannot_count_is_refused_with_the_reason(plan, lead_responsible_officer, values, told):
    body = plan.organisation
    make_disruption("DIS-2", body, "prevent", activity_date=DAY, added_date=DAY, threat=plan.threat)
    aim = plan.aims.get()
    values = {"kind": "safeguarded", "expected_version": 1, "amount": 1} | values
    page = lead_responsible_officer.post(result_page(aim), values)
    assert page.status_code == 400
    assert told in page.content.decode()
    assert not aim.contributions.exists()


def test_what_a_result_links_stays_when_it_is_changed(plan, lead_responsible_officer):
    aim = plan.aims.get()
    lead_responsible_officer.post(result_page(aim), {"kind": "disruptions", "disruption": "DIS-1"} | NEW)
    result = aim.contributions.get()
    values = {"kind": "disruptions", "on": "2023-03-01", "amount": 1, "note": "Two arrests.", "change_reason": "Said."}
    edit = f"/plans/parts/result/{result.pk}/"
    assert lead_responsible_officer.post(edit, values | {"expected_version": result.version}).status_code == 302
    result.refresh_from_db()
    assert (result.disruption.reference, result.note) == ("DIS-1", "Two arrests.")


def test_a_plan_that_changed_since_it_was_read_is_not_signed(plan, signer):
    sign, again = plan.get_absolute_url() + "steps/approve/", "Read it again before you sign it."
    read = read_on(signer.get(sign))
    make_action(plan.aims.get(), "Visit the landlord")
    page = signer.post(sign, {"version": plan.version, "read": read})
    assert (page.status_code, again in page.content.decode()) == (400, True)
    page = signer.post(sign, {"version": plan.version, "read": read_on(page)})
    assert again not in page.content.decode()  # what is left are the open questions
    assert "Name the SOC local profile" in page.content.decode()


def read_on(page) -> str:
    return re.search(r'name="read" value="(\w+)"', page.content.decode())[1]


def test_the_owner_changes_and_the_page_says_when_and_why(plan, lead_responsible_officer):
    make_officer(plan.organisation, "Lee Moss")
    told = {"version": plan.version, "owner": "Lee Moss", "on": "2023-04-05", "reason": "Moved to another unit."}
    lead_responsible_officer.post(plan.get_absolute_url() + "steps/owner/", told)
    text = lead_responsible_officer.get(plan.get_absolute_url() + "around/").content.decode()
    assert "5 April 2023" in text
    assert "Moved to another unit." in text


def test_old_addresses_of_sections_lead_to_the_pages_that_have_them_now(plan, inspector):
    html = inspector.get(plan.get_absolute_url()).content.decode()
    moved = dict(re.findall(r'<span id="(\w+)" data-moved-to="([^"]+)"></span>', html))
    assert set(moved) == {"reviews", "requests", "partners", "owners", "proposals"}
    for section in ("reviews", "partners", "owners", "proposals"):
        page, fragment = moved[section].split("#")
        html = inspector.get(page).content.decode()
        assert f'id="{fragment}"' in html
        assert "data-moved-to" not in html


def test_a_list_that_is_cut_says_how_many_there_are_and_where(plan, inspector, monkeypatch):
    monkeypatch.setattr("plans4p.plan_page.queries.CONSULTATIONS", 1)
    for partner in ("Trust", "Charity"):
        values = {"plan": plan, "partner": make_partner(partner), "on": DAY}
        CONSULTATIONS.create(values, by=make_author(), reason="Asked.")
    text = inspector.get(plan.get_absolute_url() + "around/").content.decode()
    assert "The latest 1 of 2:" in text
    assert f'href="{plan.get_absolute_url()}history/"' in text


def test_a_lost_race_shows_both_versions(plan, lead_responsible_officer):
    edit = plan.get_absolute_url() + "edit/"
    PLANS.change(plan, {"title": "Theirs"}, by=make_author(), reason="Better name.", expected_version=plan.version)
    values = {"title": "Mine", "organisation": plan.organisation_id, "threat": "OCG-0000001", "starts_on": "2023-01-01"}
    values |= {"marking": "official", "expected_version": plan.version, "change_reason": "My name."}
    page = lead_responsible_officer.post(edit, values)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Theirs" in text
    assert 'value="Mine"' in text
    plan.refresh_from_db()
    assert plan.title == "Theirs"


def test_a_reason_is_asked_for_once_a_plan_runs(plan, lead_responsible_officer):
    Plan.objects.update(status="active", approved_on=DAY, review_due_on=date(2024, 1, 1))
    values = {"title": "Mine", "organisation": plan.organisation_id, "threat": "OCG-0000001", "starts_on": "2023-01-01"}
    values |= {"marking": "official", "expected_version": plan.version}
    page = lead_responsible_officer.post(plan.get_absolute_url() + "edit/", values)
    assert page.status_code == 400
    assert "Say why: the reason is kept with the change." in page.content.decode()


@pytest.mark.parametrize("path", ["print/", "history/"])
def test_sheet_and_history(plan, path, analyst):
    page = analyst.get(plan.get_absolute_url() + path)
    assert page.status_code == 200
    assert plan.title in page.content.decode()


def test_no_plan_of_this_reference(analyst):
    assert analyst.get("/plans/4P-99999/").status_code == 404


def test_the_list_shows_one_kind_of_data(analyst):
    organisation = make_organisation()
    make_plan(organisation, "4P-1", title="Real one")
    made_up = make_officer(organisation, "Made Up", kind_of_data="illustrative")
    make_plan(organisation, "4P-2", title="Made up one", kind_of_data="illustrative", owner=made_up)
    assert "Made up one" not in analyst.get("/plans/").content.decode()
    page = analyst.get("/plans/?data=illustrative").content.decode()
    assert "Made up one" in page
    assert "Real one" not in page
    assert "made up, to show how the site works" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=active", ["4P-2"]),
        ("q=fenland", ["4P-1"]),
        ("sort_of_plan=strategic", ["4P-2", "4P-3"]),
        ("four_p=pursue", ["4P-1"]),
        ("overdue=review", ["4P-2"]),
        ("question=owner", ["4P-3"]),
        ("question=tailored", []),
        ("idle=3", ["4P-2"]),
        ("aims=empty", ["4P-1"]),
        ("threat=OCG-0000001", ["4P-1"]),
        ("review_to=2024-01-01", ["4P-2"]),
    ],
)
def test_the_list_is_narrowed(analyst, query, found):
    threat = make_threat("OCG-0000001", make_organisation(), name="Fenland")
    make_action(make_aim(make_plan(threat.organisation, "4P-1", threat=threat)), due_on=None)
    make_plan(threat.organisation, "4P-2", status="active")
    make_plan(threat.organisation, "4P-3", owner=None)
    text = analyst.get(f"/plans/?{query}&format=csv").getvalue().decode()
    assert sorted(line[:4] for line in text.splitlines() if line.startswith("4P-")) == found


def test_an_unknown_question_shows_no_plan_and_says_so(analyst):
    make_plan()
    page = analyst.get("/plans/?question=colour")
    assert "is not one of its values" in page.content.decode()
    assert "4P-00001" not in page.content.decode()


def test_orders_that_count_lead_to_their_page(plan, analyst):
    aim = make_aim(plan, "prevent", counts="orders", target=1)
    order = make_order(plan.organisation, made_on=DAY, in_force_from=DAY)
    counted = {"kind": "orders", "order": order, "on": order.made_on}
    CONTRIBUTIONS.create(counted, aim=aim, by=make_author(), reason="Made for the test.")
    assert order.get_absolute_url() in analyst.get(plan.get_absolute_url()).content.decode()
