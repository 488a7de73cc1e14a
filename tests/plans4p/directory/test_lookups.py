"""On every form that names another record, that is looked up: by words or a reference, with no script."""

import pytest

from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from tests.forms import form_of, press
from tests.makers import make_disruption, make_officer, make_order, make_organisation, make_partner, make_threat

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(make_user):
    """With the signed-in officer, and two threats of nearly the same name."""
    body = make_organisation()
    make_officer(body, "Ada Lowe", user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
    make_threat("OCG-0000011", body, name="Fenland")
    make_threat("OCG-0000012", body, name="Fenland East")
    return body


def test_a_plan_names_its_threat_by_words_and_then_by_choice(body, lead_responsible_officer):
    page = lead_responsible_officer.get("/plans/new/")
    typed = {"title": "County lines", "threat": "fenland"}
    refused = press(lead_responsible_officer, page, "Save", **typed)
    assert refused.status_code == 400
    form = form_of(refused, "Save")
    assert (form.value("title"), form.value("threat")) == ("County lines", "fenland")
    east = next(c for c in form.controls if c.name == "threat-chosen" and "East" in label_of(refused, c))
    saved = form.fill({"threat-chosen": east.value}).press(lead_responsible_officer, "Save")
    assert saved.status_code == 302
    assert Plan.objects.get().threat.reference == "OCG-0000012"


def label_of(page, control) -> str:
    """The words beside a choice."""
    text = page.content.decode()
    place = text.index(f'value="{control.value}"', text.index("threat-chosen"))
    return text[place : text.index("</label>", place)]


def test_its_owner_is_filled_in_and_may_be_another(body, lead_responsible_officer):
    make_officer(body, "Lee Moss", rank="Inspector")
    form = form_of(lead_responsible_officer.get("/plans/new/"), "Save")
    assert form.value("owner") == "Chief Inspector Ada Lowe, Cheshire"
    form.fill(title="County lines", threat="ocg 0000011", owner="moss").press(lead_responsible_officer, "Save")
    assert Plan.objects.get().owner.name == "Lee Moss"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("/lookups/threats/?threat=fenl", ["OCG-0000011", "OCG-0000012"]),
        ("/lookups/threats/?threat=ocg+0000011", ["OCG-0000011"]),
        ("/lookups/threats/?threat=fe", []),
        ("/lookups/disruptions/?disruption=arrested", ["DIS-1"]),
        ("/plans/lookups/officers/?owner=lowe", ["Chief Inspector Ada Lowe, Cheshire"]),
        ("/plans/lookups/partners/?partner=youth", ["Youth Futures Trust"]),
        ("/plans/lookups/orders/?order=scpo", ["SCPO-0001"]),
    ],
)
def test_while_one_types_what_fits_is_suggested(body, lead_responsible_officer, url, found):
    make_disruption("DIS-1", body, summary="Two people arrested.")
    make_partner()
    make_order(body)
    text = lead_responsible_officer.get(url).content.decode()
    assert [part.split('"')[0] for part in text.split('value="')[1:]] == found


@pytest.mark.parametrize("url", ["/lookups/spells/", "/plans/lookups/spells/"])
def test_nothing_else_is_looked_up(analyst, url):
    assert analyst.get(url).status_code == 404


def test_a_threat_leads_to_a_plan_for_it(body, lead_responsible_officer, analyst):
    link = "/plans/new/?threat=OCG-0000011"
    for page in ("/threats/OCG-0000011/", "/plans/gaps/threats/"):
        assert link in lead_responsible_officer.get(page).content.decode()
        assert link not in analyst.get(page).content.decode()
    form = form_of(lead_responsible_officer.get(link), "Save")
    assert (form.value("threat"), form.value("title")) == ("OCG-0000011", "Fenland")
    assert form.press(lead_responsible_officer, "Save").status_code == 302
    assert Plan.objects.get().threat.reference == "OCG-0000011"


def test_a_second_plan_for_the_same_asks_first(body, lead_responsible_officer):
    link = "/plans/new/?threat=OCG-0000011"
    press(lead_responsible_officer, lead_responsible_officer.get(link), "Save")
    first = Plan.objects.get()
    asked = press(lead_responsible_officer, lead_responsible_officer.get(link), "Save", title="Fenland again")
    assert asked.status_code == 400
    assert f"already: {first.reference}." in asked.content.decode()
    assert f'href="{first.get_absolute_url()}"' in asked.content.decode()
    assert press(lead_responsible_officer, asked, "Save", another=True).status_code == 302
    assert Plan.objects.filter(threat=first.threat).count() == 2


@pytest.mark.parametrize("other", [{"owner": "Lee Moss"}, {"threat": "ocg 0000012"}])
def test_a_plan_of_another_owner_or_threat_does_not(body, lead_responsible_officer, other):
    make_officer(body, "Lee Moss", rank="Inspector")
    link = "/plans/new/?threat=OCG-0000011"
    press(lead_responsible_officer, lead_responsible_officer.get(link), "Save")
    assert press(lead_responsible_officer, lead_responsible_officer.get(link), "Save", **other).status_code == 302
