"""Partners, orders, officers and sites as those who keep the directory create, change and remove them."""

from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from disruptions.choices import DataKind
from forces.areas.models import LocalPolicingArea
from forces.models import Organisation
from plans4p.directory.services import PARTNERS
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Offer, Partner
from plans4p.sites.models import Site
from soc_tracker.core.access.roles import Role
from tests.makers import (
    REASON,
    make_author,
    make_officer,
    make_order,
    make_organisation,
    make_partner,
    make_site,
    make_threat,
)

pytestmark = pytest.mark.django_db
PARTNER = {"name": "Youth Trust", "sector": "third", "contact_route": "Front desk"}
ORDER = {
    "reference": "SCPO-7",
    "kind": "scpo",
    "subject": "SUB-7",
    "made_on": "2023-01-01",
    "in_force_from": "2023-01-01",
    "setting": "community",
}


@pytest.fixture
def body() -> Organisation:
    return make_organisation()


def new(kind: str) -> str:
    return reverse("plans4p:record_new", args=[kind])


def part(kind: str, parent: models.Model) -> str:
    return reverse("plans4p:part_new", args=[kind, parent.pk])


def edit(kind: str, record: models.Model) -> str:
    return reverse("plans4p:record_edit", args=[kind, record.pk])


def remove(kind: str, record: models.Model) -> str:
    return reverse("plans4p:record_remove", args=[kind, record.pk])


def send(client: Client, url: str, **said: Any):
    """Send the form of an address as it is opened, with some entries changed."""
    form = client.get(url).context["form"]
    opened = {name: form[name].value() for name in form.fields}
    return client.post(url, {name: value for name, value in opened.items() if value is not None} | said)


def change(client: Client, kind: str, record: models.Model, **said: Any):
    return send(client, edit(kind, record), **{"change_reason": "Told us."} | said)


# Creating


def test_a_partner_is_created_with_the_bodies_that_it_serves(administrator: Client, body) -> None:
    answer = send(administrator, new("partner"), **PARTNER, serves=[body.pk])
    assertRedirects(answer, "/partners/youth-trust/")
    partner = Partner.objects.get()
    assert (partner.kind_of_data, list(partner.serves.all())) == (DataKind.RECORDED, [body])


def test_two_partners_of_one_name_are_refused_in_words(administrator: Client) -> None:
    make_partner("Youth Trust")
    answer = send(administrator, new("partner"), **PARTNER)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert Partner.objects.count() == 1


def test_an_order_names_its_threat_by_reference(administrator: Client, body) -> None:
    threat = make_threat("OCG-7", body)
    answer = send(administrator, new("order"), **ORDER, organisation=body.pk, threat="OCG-7")
    assertRedirects(answer, "/orders/SCPO-7/")
    assert AncillaryOrder.objects.get().threat == threat


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"threat": "OCG-99"}, "threat"),
        ({"in_force_from": "2022-12-31"}, "__all__"),
        ({"release_on": "2024-01-01"}, "__all__"),
        ({"made_on": "soon"}, "made_on"),
    ],
)
def test_what_is_wrong_with_an_order_is_said_and_kept_in_the_form(administrator: Client, body, said, field) -> None:
    answer = send(administrator, new("order"), **ORDER | {"organisation": body.pk} | said)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert 'value="SUB-7"' in answer.content.decode()
    assert not AncillaryOrder.objects.exists()


def test_an_officer_is_created_with_the_threats_that_they_hold(administrator: Client, body) -> None:
    threats = [make_threat(f"OCG-{number}", body) for number in (1, 2)]
    said = {"name": "Amy", "organisation": body.pk, "is_active": "on", "threats": "OCG-1\r\nOCG-2"}
    send(administrator, new("officer"), **said)
    officer = LeadOfficer.objects.get()
    assert list(officer.threats.order_by("reference")) == threats
    assert officer.share_of_time is None


def test_a_site_has_an_address_of_its_body_and_place(administrator: Client, body) -> None:
    assertRedirects(
        send(administrator, new("site"), place="Murdishaw", organisation=body.pk),
        "/clear-hold-build/cheshire-murdishaw/",
    )


@pytest.mark.parametrize(
    ("kind", "make", "said"),
    [
        ("offer", lambda body: make_partner(), {"four_p": "prevent", "kind": "diversion", "description": "Mentors"}),
        ("term", make_order, {"kind": "travel", "text": "Not abroad."}),
        ("training", make_officer, {"subject": "Leading plans", "completed_on": "2023-01-01"}),
        ("phase", make_site, {"phase": "clear", "starts_on": "2023-01-01"}),
    ],
)
def test_a_part_is_added_from_the_page_of_its_record(administrator: Client, body, kind, make, said) -> None:
    record = make(body)
    assert part(kind, record) in administrator.get(record.get_absolute_url()).content.decode()
    answer = send(administrator, part(kind, record), **said)
    assertRedirects(answer, record.get_absolute_url())
    html = administrator.get(record.get_absolute_url()).content.decode()
    assert f"/plans/parts/{kind}/" in html


def test_ages_in_the_wrong_order_are_refused(administrator: Client) -> None:
    said = {"four_p": "prevent", "kind": "diversion", "description": "Mentors", "youngest": 17, "oldest": 10}
    answer = send(administrator, part("offer", make_partner()), **said)
    assert answer.status_code == 400
    assert "The highest age is below the lowest." in answer.content.decode()
    assert not Offer.objects.exists()


# Changing


def test_a_change_is_kept_with_its_reason(administrator: Client, body) -> None:
    partner = make_partner(serves=[body])
    change(administrator, "partner", partner, note="Moved.", serves=[])
    partner.refresh_from_db()
    assert (partner.note, partner.serves.count()) == ("Moved.", 0)
    newest = administrator.get(partner.get_absolute_url()).context["facts"].changes.rows[0]
    assert newest.reason == "Told us."


def test_a_form_sent_back_as_it_was_opened_changes_no_value(administrator: Client, body) -> None:
    officer = make_officer(body, threats=[make_threat("OCG-1", body)], share_of_time=20)
    assert change(administrator, "officer", officer).status_code == 302
    officer.refresh_from_db()
    assert (officer.share_of_time, [threat.reference for threat in officer.threats.all()]) == (20, ["OCG-1"])


@pytest.mark.parametrize("threats", ["OCG-99", "OCG-2"])
def test_an_officer_holds_threats_that_are_there_and_of_their_kind_of_data(administrator, body, threats) -> None:
    make_threat("OCG-2", body, kind=DataKind.ILLUSTRATIVE)
    answer = change(administrator, "officer", make_officer(body), threats=threats)
    assert f"No threat fits “{threats}”." in answer.content.decode()


def test_a_partner_may_name_areas_of_the_bodies_that_it_serves(administrator: Client, body) -> None:
    here = LocalPolicingArea.objects.create(organisation=body, name="Chester")
    LocalPolicingArea.objects.create(organisation=make_organisation("Kent Police"), name="Dover")
    partner = make_partner(serves=[body])
    offered = administrator.get(edit("partner", partner)).context["form"].fields["areas"].queryset
    assert list(offered) == [here]
    change(administrator, "partner", partner, areas=[here.pk])
    assert list(partner.areas.all()) == [here]
    assert "areas" not in administrator.get(new("partner")).context["form"].fields


def test_a_lost_race_shows_both_versions_and_overwrites_nothing(administrator: Client) -> None:
    partner = make_partner(note="Open on weekdays.")
    said = {**PARTNER, "note": "Open at weekends.", "change_reason": "Asked.", "expected_version": partner.version}
    say = {"by": make_author(), "reason": REASON, "expected_version": partner.version}
    PARTNERS.change(partner, note="Closed for August.", **say)
    answer = administrator.post(edit("partner", partner), said)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert all(note in html for note in ("Open on weekdays.", "Closed for August.", "Open at weekends."))
    partner.refresh_from_db()
    assert partner.note == "Closed for August."
    again = said | {"expected_version": answer.context["form"]["expected_version"].value()}
    assert administrator.post(edit("partner", partner), again).status_code == 302


def test_a_reason_is_asked_for(administrator: Client) -> None:
    answer = change(administrator, "partner", make_partner(), change_reason="")
    assert list(answer.context["form"].errors) == ["change_reason"]


# Removing


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("partner", lambda body: make_partner()),
        ("order", make_order),
        ("officer", make_officer),
        ("site", make_site),
    ],
)
def test_a_record_is_removed_from_its_form(administrator: Client, body, kind, make) -> None:
    record = make(body)
    assert remove(kind, record) in administrator.get(edit(kind, record)).content.decode()
    said = {"expected_version": record.version, "change_reason": "Entered twice."}
    assertRedirects(administrator.post(remove(kind, record), said), reverse(f"plans4p:{kind}_list"))
    assert administrator.get(record.get_absolute_url()).status_code == 404


# Forms


def test_a_form_stands_under_headings_and_its_many_bodies_fold(administrator: Client) -> None:
    partner = make_partner(serves=[make_organisation(f"{letter} Police") for letter in "ABCDEFG"])
    page = administrator.get(edit("partner", partner))
    headings = [heading for heading, _ in page.context["form"].sections]
    assert headings == ["", "Where it works", "Sharing of information", "This change"]
    assert "Areas served: 7 of 7 chosen" in page.content.decode()


@pytest.mark.parametrize("kind", ["partner", "order", "officer", "site"])
def test_every_field_of_a_form_stands_in_it_once(administrator: Client, kind: str) -> None:
    form = administrator.get(new(kind)).context["form"]
    shown = [bound.name for _, fields in form.sections for bound in fields]
    assert shown == [bound.name for bound in form.visible_fields()]


# Who may


@pytest.fixture
def own(body, make_user) -> LeadOfficer:
    """The officer of the body whose account is signed in."""
    return make_officer(body, "Ada Lowe", user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))


MAKERS = {
    "partner": lambda body: make_partner(f"Partner of {body}", [body]),
    "order": lambda body: make_order(body, f"SCPO-{body.pk}"),
    "officer": lambda body: make_officer(body, "Lee Moss"),
    "site": make_site,
}
PARTS = {"partner": "offer", "order": "term", "officer": "training", "site": "phase"}


@pytest.mark.parametrize("kind", MAKERS)
def test_an_officer_keeps_the_records_of_their_own_body(own, lead_responsible_officer: Client, kind: str) -> None:
    record = MAKERS[kind](own.organisation)
    page = lead_responsible_officer.get(record.get_absolute_url()).content.decode()
    for url in (edit(kind, record), part(PARTS[kind], record)):
        assert url in page
        assert lead_responsible_officer.get(url).status_code == 200


@pytest.mark.parametrize("kind", MAKERS)
def test_those_of_another_body_are_not_theirs_to_write(own, lead_responsible_officer: Client, kind: str) -> None:
    record = MAKERS[kind](make_organisation("Kent Police"))
    page = lead_responsible_officer.get(record.get_absolute_url()).content.decode()
    for url in (edit(kind, record), remove(kind, record), part(PARTS[kind], record)):
        assert url not in page
        assert lead_responsible_officer.get(url).status_code == 404
        assert lead_responsible_officer.post(url, PARTNER).status_code == 404


@pytest.mark.parametrize("kind", ["order", "officer", "site"])
def test_a_new_record_is_of_ones_own_body(own, lead_responsible_officer: Client, kind: str) -> None:
    make_organisation("Kent Police")
    offered = lead_responsible_officer.get(new(kind)).context["form"].fields["organisation"].queryset
    assert list(offered) == [own.organisation]


def test_a_new_partner_serves_ones_own_body(own, lead_responsible_officer: Client) -> None:
    kent = make_organisation("Kent Police")
    answer = send(lead_responsible_officer, new("partner"), **PARTNER, serves=[kent.pk])
    assert "Choose Cheshire Constabulary too" in answer.content.decode()
    send(lead_responsible_officer, new("partner"), **PARTNER, serves=[kent.pk, own.organisation_id])
    assert Partner.objects.get().serves.count() == 2


@pytest.mark.parametrize("kind", MAKERS)
def test_an_analyst_keeps_them_only_as_an_officer_of_a_body(body, analyst: Client, make_user, kind: str) -> None:
    assert analyst.get(new(kind)).status_code == 403
    make_officer(body, "Ada Lowe", user=make_user(Role.ANALYST))
    assert analyst.get(new(kind)).status_code == 200


@pytest.mark.parametrize("kind", ["partner", "order", "officer", "site"])
def test_an_inspector_may_write_none_of_them(inspector: Client, kind: str) -> None:
    assert inspector.get(new(kind)).status_code == 403
    assert inspector.post(new(kind), PARTNER).status_code == 403


def test_an_inspector_may_neither_change_nor_remove_nor_add(inspector: Client) -> None:
    partner = make_partner()
    urls = (edit("partner", partner), remove("partner", partner), part("offer", partner))
    assert [inspector.post(url, PARTNER).status_code for url in urls] == [403, 403, 403]
    assert Partner.objects.get().name == partner.name


def test_nobody_else_is_told_whether_a_record_is_there(inspector: Client, client: Client) -> None:
    url = reverse("plans4p:record_edit", args=["partner", 999])
    assert inspector.get(url).status_code == 403
    assert client.get(url).status_code == 302


def test_a_site_keeps_its_partners_of_its_own_kind_of_data(administrator: Client, body) -> None:
    make_partner("Made up", kind_of_data=DataKind.ILLUSTRATIVE)
    real = make_partner("Real")
    site = make_site(body)
    assert list(administrator.get(edit("site", site)).context["form"].fields["partners"].rows) == [real]
    change(administrator, "site", site, partners="real")
    assert list(Site.objects.get().partners.all()) == [real]
