"""Who is in the team of an inspection, and what becomes of two who change it at once."""

import pytest
from django.urls import reverse

from inspections.work.models import TeamMember
from soc_tracker.core.access.roles import Role
from tests.forms import errors, form_of, press
from tests.reach.planted import account, client_of

pytestmark = pytest.mark.django_db
SAVE = "Save the team"


@pytest.fixture
def third():
    return account(Role.INSPECTOR, "third")


@pytest.fixture
def address(inspection, second):
    return reverse("inspections:team", args=[inspection.slug])


def team() -> dict[str, bool]:
    return {each.account.username: each.is_lead for each in TeamMember.objects.all()}


def test_an_inspector_joins_leads_and_leaves(address, lead, second, third):
    client = client_of(lead)
    for do, then in (
        ("add", {"lead": True, "second": False, "third": False}),
        ("lead", {"lead": False, "second": False, "third": True}),
    ):
        assert press(client, client.get(address), SAVE, account=str(third.pk), do=do).status_code == 302
        assert team() == then
    assert press(client, client.get(address), SAVE, account=str(second.pk), do="out").status_code == 302
    assert team() == {"lead": False, "third": True}


def test_what_changes_nothing_is_refused_in_words(address, lead, second, third):
    client = client_of(lead)
    for user, do, words in (
        (third, "out", "not in the team"),
        (second, "add", "already"),
        (lead, "lead", "already"),
    ):
        refused = press(client, client.get(address), SAVE, account=str(user.pk), do=do)
        assert refused.status_code == 400
        assert words in errors(refused)["account"][0]
    assert team() == {"lead": True, "second": False}


@pytest.mark.parametrize(("who", "do", "then"), [("third", "lead", ["third"]), ("lead", "out", ["second"])])
def test_of_two_who_change_a_team_at_once_the_later_is_shown_what_the_other_did(
    who, do, then, address, lead, second, third
):
    first, other = client_of(lead), client_of(second)
    mine = first.get(address)
    assert press(other, other.get(address), SAVE, account=str(second.pk), do="lead").status_code == 302
    chosen = {"third": third, "lead": lead}[who]
    lost = press(first, mine, SAVE, account=str(chosen.pk), do=do)
    assert lost.status_code == 409
    assert "Somebody else was faster" in lost.content.decode()
    assert team() == {"lead": False, "second": True}
    assert press(first, lost, SAVE).status_code == 302
    assert [name for name, leads in team().items() if leads] == then


def test_a_form_that_has_lost_what_it_shows_changes_nobody(address, lead, second):
    client = client_of(lead)
    form = form_of(client.get(address), SAVE, without={"team_version"})
    assert form.press(client, SAVE, account=str(second.pk), do="lead").status_code == 409
    assert team() == {"lead": True, "second": False}
