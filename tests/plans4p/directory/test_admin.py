"""The admin of partners, orders, officers, sites and tactics: every write by the services, with its reason."""

import pytest
from django.contrib.admin.models import LogEntry
from pytest_django.asserts import assertRedirects

from plans4p.aims.models import Tactic
from plans4p.aims.services import TACTICS
from plans4p.directory.services import OFFERS, PARTNERS, PHASES, TERMS, TRAININGS
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.sites.models import Site
from tests.forms import admin_url, errors, form_of, press, save
from tests.makers import REASON, make_author, make_officer, make_order, make_organisation, make_partner, make_site

pytestmark = pytest.mark.django_db
LISTS = (AncillaryOrder, LeadOfficer, Partner, Site, Tactic)
SAID = {"reason": REASON}


@pytest.fixture(autouse=True)
def inlines(settings) -> None:
    """Django reads each row that an inline sends by itself."""
    names = ("AncillaryOrder", "LeadOfficer", "Offer", "OrderTerm", "Partner", "Site", "SitePhase", "Training")
    settings.ZEAL_ALLOWLIST = [{"model": f"plans4p.{name}", "field": "get()"} for name in names]


@pytest.fixture(scope="module")
def records(rows_of_module: None) -> None:
    by = {"by": make_author(), **SAID}
    mentor = None
    for number in range(4):
        body = make_organisation(f"{number} Constabulary")
        partner = make_partner(f"Trust {number}", [body])
        OFFERS.create(partner=partner, four_p="prevent", kind="diversion", description="Mentors", **by)
        TERMS.create(order=make_order(body, f"SCPO-{number}"), kind="travel", text="Not abroad.", **by)
        mentor = make_officer(body, f"Officer {number}", mentor=mentor)
        TRAININGS.create(officer=mentor, subject="Leading plans", completed_on="2023-01-01", **by)
        PHASES.create(site=make_site(body, f"Place {number}"), phase="clear", starts_on="2023-01-01", **by)
        TACTICS.create(name=f"Tactic {number}", slug=f"tactic-{number}", four_p="pursue", **by)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_reads_its_rows_in_few_queries(model, records, administrator, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        page = administrator.get(admin_url(model, "changelist"))
    assert len(page.context["cl"].result_list) == 4


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_every_list_can_be_searched_and_every_record_opened(model, records, administrator) -> None:
    page = administrator.get(admin_url(model, "changelist"), {"q": "no such words anywhere"})
    assert page.context["cl"].result_count == 0
    record = model._default_manager.first()
    assert administrator.get(admin_url(model, "change", record.pk)).status_code == 200
    assert administrator.get(admin_url(model, "history", record.pk)).status_code == 200


def test_a_partner_is_added_with_an_offer(administrator) -> None:
    body = make_organisation()
    said = {
        "name": "Youth Trust",
        "slug": "youth-trust",
        "kind_of_data": "recorded",
        "sector": "third",
        "serves": [body.pk],
    }
    form = form_of(administrator.get(admin_url(Partner, "add"))).fill(said)
    form.add_row("offers", four_p="prevent", kind="diversion", description="Mentors")
    refused = form.press(administrator, "Save")
    assert errors(refused) == {"change_reason": ["This field is required."]}
    answer = press(administrator, refused, "Save", change_reason="Told by telephone.")
    assertRedirects(answer, admin_url(Partner, "changelist"))
    partner = Partner.objects.get()
    assert [offer.description for offer in partner.offers.all()] == ["Mentors"]
    assert list(partner.serves.all()) == [body]
    assert partner.history.latest().history_change_reason == "Told by telephone."
    assert LogEntry.objects.get().change_message == "Told by telephone."


def test_a_refused_rule_is_shown_beside_its_field(administrator) -> None:
    body = make_organisation()
    order = make_order(body, setting="custody", release_on="2024-01-01")
    said = {"setting": "community", "change_reason": "Released."}
    page = save(administrator, admin_url(AncillaryOrder, "change", order.pk), **said)
    assert errors(page) == {"": ["Only a subject in custody is still to be released."]}


def test_two_at_once_are_told_and_nothing_is_overwritten(administrator) -> None:
    partner = make_partner(note="Open on weekdays.")
    address = admin_url(Partner, "change", partner.pk)
    opened = administrator.get(address)
    say = {"by": make_author(), "expected_version": partner.version, **SAID}
    PARTNERS.change(partner, note="Closed for August.", **say)
    page = press(administrator, opened, "Save", note="Open at weekends.", change_reason="Asked.")
    assert page.status_code == 409
    assert Partner.objects.get().note == "Closed for August."


def test_an_address_can_no_longer_change(administrator) -> None:
    page = administrator.get(admin_url(Partner, "change", make_partner().pk))
    assert "slug" not in page.context["adminform"].form.fields


def test_a_tactic_joins_the_menu(administrator) -> None:
    said = {"name": "Visit at home", "slug": "visit-at-home", "four_p": "prevent", "change_reason": "Asked for."}
    save(administrator, admin_url(Tactic, "add"), **said)
    assert Tactic.objects.get().four_p == "prevent"


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_only_administrators_enter(model, analyst) -> None:
    assert analyst.get(admin_url(model, "changelist")).status_code == 403
