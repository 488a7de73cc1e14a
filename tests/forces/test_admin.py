"""The admin of forces, units and regions: proxies of their own, with places and names edited beside them."""

from datetime import date

import pytest
from django.contrib import admin
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from forces.choices import OrganisationKind
from forces.models import Alias, Force, Membership, Organisation, Region, Rocu
from forces.services import MEMBERSHIPS, ORGANISATIONS
from tests.forms import admin_url, entries, errors, form_of, press, save
from tests.makers import make_author

pytestmark = pytest.mark.django_db
LISTS = [model for model in admin.site._registry if model._meta.app_label == "forces"]


@pytest.fixture(autouse=True)
def inlines(settings) -> None:
    """Django reads each row that an inline sends by itself, and so do the services that write them."""
    settings.ZEAL_ALLOWLIST = [
        {"model": f"forces.{name}", "field": "get()"}
        for name in ("Alias", "BodySize", "Membership", "Organisation", "Region")
    ] + [{"model": "inspections.SourceDocument", "field": "get()"}]


@pytest.fixture
def cheshire(reference) -> Force:
    return Force.objects.get(slug="cheshire")


@pytest.fixture
def form(cheshire) -> str:
    return admin_url(Force, "change", cheshire.pk)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_a_list_reads_its_rows_in_few_queries(model, reference, administrator, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert administrator.get(admin_url(model, "changelist"), {"q": "e"}).status_code == 200


@pytest.mark.parametrize(("model", "count"), [(Force, 44), (Rocu, 9), (Organisation, 63)])
def test_each_kind_has_its_list(model, count, reference, administrator):
    assert administrator.get(admin_url(model, "changelist")).context["cl"].result_count == count


def test_forces_by_region(reference, administrator):
    region = Region.objects.get(slug="north-west")
    page = administrator.get(admin_url(Force, "changelist"), {"memberships__region__id__exact": region.pk})
    assert page.context["cl"].result_count == 6


def test_a_force_keeps_its_kind_and_address(form, administrator):
    page = administrator.get(form)
    assert {"kind", "slug"}.isdisjoint(entries(page))
    assertContains(page, "cheshire")


def test_a_force_added_here_is_a_force(reference, administrator):
    said = {"name": "Wessex Police", "short_name": "Wessex", "slug": "wessex", "ons_code": "", "change_reason": "New."}
    assertRedirects(save(administrator, admin_url(Force, "add"), **said), admin_url(Force, "changelist"))
    wessex = Organisation.objects.named("wessex police")
    assert wessex.kind == OrganisationKind.FORCE
    assert wessex.history.get().history_change_reason == "New."


def test_a_body_of_another_kind_is_added_among_all(reference, administrator):
    said = {"kind": "other", "name": "Border Force", "short_name": "Border Force", "slug": "border-force"}
    save(administrator, admin_url(Organisation, "add"), **said, change_reason="New.")
    assert Organisation.objects.named("border force").kind == OrganisationKind.OTHER


def test_a_rename_in_the_admin_keeps_the_former_name(cheshire, form, administrator):
    save(administrator, form, name="Cheshire and Halton Police", change_reason="By order.")
    for name in ("Cheshire Constabulary", "Cheshire and Halton Police"):
        assert Organisation.objects.named(name).pk == cheshire.pk


def test_a_name_of_another_force_is_refused_beside_its_field(form, administrator):
    answer = save(administrator, form, short_name="merseyside police", change_reason="Typed wrong.")
    assert "already leads to Merseyside Police" in errors(answer)["short_name"][0]


def test_places_and_names_share_the_reason(cheshire, form, administrator):
    opened = form_of(administrator.get(form))
    wales = Region.objects.get(slug="southern-wales")
    opened.fill_row(opened.row_with("memberships"), valid_to="31/12/2026")
    opened.add_row("memberships", region=wales.pk, valid_from="01/01/2027")
    opened.add_row("aliases", name="Cheshire and Flintshire Police")
    answer = opened.press(administrator, "Save", change_reason="Borders moved.")
    assertRedirects(answer, admin_url(Force, "changelist"))
    assert [each.region.slug for each in cheshire.memberships.order_by("valid_from")] != []
    assert cheshire.memberships.get(region=wales).valid_from == date(2027, 1, 1)
    assert Organisation.objects.named("Cheshire and Flintshire police").pk == cheshire.pk
    lines = [Membership.history.first(), Alias.history.first()]
    assert {(line.history_change_reason, line.history_user.username) for line in lines} == {
        ("Borders moved.", "administrator")
    }
    assert Force.objects.get(pk=cheshire.pk).version == cheshire.version


def test_an_overlapping_place_is_refused_and_nothing_is_saved(cheshire, form, administrator):
    opened = form_of(administrator.get(form))
    wales = Region.objects.get(slug="southern-wales")
    opened.add_row("memberships", region=wales.pk, valid_from="01/01/2027")
    answer = opened.press(administrator, "Save", ons_code="E23000099", change_reason="Borders moved.")
    assert "is already in North West at that time" in str(errors(answer))
    assert cheshire.memberships.count() == 1
    assert Force.objects.get(pk=cheshire.pk).ons_code == "E23000006"


def test_a_name_is_removed_but_not_the_present_one(cheshire, form, administrator):
    page = administrator.get(form)
    former = form_of(page).row_with("aliases", name="Cheshire Police")
    press(administrator, page, "Save", change_reason="Never used.", **{f"{former}-DELETE": True})
    assert not cheshire.aliases.filter(name="Cheshire Police").exists()
    gone = Alias.history.filter(history_type="-").get()
    assert gone.history_change_reason == "Never used."
    page = administrator.get(form)
    present = form_of(page).row_with("aliases", name="Cheshire Constabulary")
    answer = press(administrator, page, "Save", change_reason="Oops.", **{f"{present}-DELETE": True})
    assertContains(answer, "is the present name of Cheshire Constabulary and stays")


def test_a_place_that_somebody_else_changed_is_not_overwritten(cheshire, form, administrator):
    page = administrator.get(form)
    place = cheshire.memberships.get()
    MEMBERSHIPS.change(
        place, valid_from=date(1974, 4, 1), by=make_author(), reason="Found the order.", expected_version=1
    )
    row = form_of(page).row_with("memberships")
    refused = press(administrator, page, "Save", change_reason="Borders.", **{f"{row}-valid_to": "31/12/2026"})
    assertContains(refused, "Found the order.", status_code=409)
    assert [(each.field, each.stored, each.entered) for each in refused.context["conflict"].rows] == [
        ("Valid from", "1 April 1974", "left as it was"),
        ("Valid to", "not stated", "31 December 2026"),
    ]
    place.refresh_from_db()
    assert place.valid_to is None
    assertRedirects(press(administrator, refused, "Save"), admin_url(Force, "changelist"))
    place.refresh_from_db()
    assert (place.valid_from, place.valid_to) == (date(1974, 4, 1), date(2026, 12, 31))


def test_latest_changes_of_a_kind_are_its_own(cheshire, administrator):
    unit = Rocu.objects.first()
    ORGANISATIONS.change(
        unit, by=make_author(), reason="Unit renamed.", expected_version=unit.version, name="A New Unit"
    )
    assertContains(administrator.get(admin_url(Rocu, "changes")), "Unit renamed.")
    assertNotContains(administrator.get(admin_url(Force, "changes")), "Unit renamed.")
    assertContains(administrator.get(admin_url(Organisation, "changes")), "Unit renamed.")


def test_an_organisation_with_findings_cannot_be_removed(cheshire, administrator):
    page = administrator.get(admin_url(Force, "delete", cheshire.pk))
    assertContains(page, "cannot be deleted while other records refer to it")
    assertContains(page, "5 gradings")
    administrator.post(admin_url(Force, "delete", cheshire.pk), {"change_reason": "x"})
    assert Force.objects.filter(pk=cheshire.pk).exists()


def test_what_belongs_to_a_body_is_counted_before_it_goes(reference, administrator):
    force = Force.objects.get(slug="city-of-london")
    page = administrator.get(admin_url(Force, "delete", force.pk))
    assert "1 membership" in page.context["deleted_objects"]
    done = press(administrator, page, "Delete", change_reason="Entered twice.")
    assertRedirects(done, admin_url(Force, "changelist"))
    gone = Membership.history.filter(history_type="-").get()
    assert (gone.history_change_reason, gone.history_user.username) == ("Entered twice.", "administrator")


def test_an_addition_that_the_service_refuses_keeps_what_was_entered(cheshire, administrator):
    wales = Region.objects.get(slug="southern-wales")
    said = {"organisation": cheshire.pk, "region": wales.pk, "valid_from": "01/01/2027", "change_reason": "Moved."}
    answer = save(administrator, admin_url(Membership, "add"), **said)
    assertContains(answer, "is already in North West at that time")
    assert form_of(answer).value("change_reason") == "Moved."
    assert cheshire.memberships.count() == 1
