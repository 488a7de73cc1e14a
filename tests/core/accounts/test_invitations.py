"""The owner of a new account comes in by a link: once, for some days, and until it is sent anew or withdrawn."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from soc_tracker.core.access.roles import Role, is_administrator
from soc_tracker.core.accounts.invitations.models import Invitation
from soc_tracker.core.accounts.invitations.services import invite
from soc_tracker.core.accounts.services import add_account, change_account, set_password
from tests.forms import admin_url, errors, press

pytestmark = pytest.mark.django_db
WHY = "New in the team."
PASSWORD = "lantern-gravel-otter-hymn"


@pytest.fixture
def jo() -> User:
    return add_account({"username": "jo", "email": "jo@example.org"}, [Role.ANALYST], by=None, reason=WHY)


def link_in(text: str) -> str:
    [link] = re.findall(r"https?://[^/\s]+(/accounts/invitation/\S+)", text)
    return link


def take(link: str, password: str = PASSWORD, again: str | None = None):
    client = Client()
    page = client.get(link, follow=True)
    if page.status_code != 200:
        return page
    return press(client, page, "Set the password", password=password, again=again or password)


def open_act(client: Client, account: User, act: str):
    return client.get(reverse("admin:auth_user_act", args=[account.pk, act]))


def test_a_new_account_is_invited_and_its_owner_signs_in(administrator, mailoutbox):
    page = administrator.get(admin_url(User, "add"))
    role = Group.objects.get(name=Role.INSPECTOR.label).pk
    press(administrator, page, "Save", username="kim", email="kim@example.org", groups=[role], change_reason=WHY)
    [mail] = mailoutbox
    assert mail.to == ["kim@example.org"]
    kim = Client()
    page = kim.get(link_in(mail.body), follow=True)
    assertContains(page, "You will sign in as <strong>kim</strong>", html=False)
    assert page.request["PATH_INFO"] == reverse("account_first_password"), "The address of the page holds no secret."
    page = kim.get(press(kim, page, "Set the password", password=PASSWORD, again=PASSWORD).url)
    assertContains(page, "Your password is set")
    assert press(kim, page, "Sign in", login="kim", password=PASSWORD).status_code == 302
    assert kim.get(reverse("home")).status_code == 200
    change = User.objects.get(username="kim").changes.first()
    assert (change.reason, change.differences) == (
        "By its owner, with the invitation.",
        [["Password", "none", "set anew"]],
    )


def test_no_account_is_added_without_a_way_in(administrator):
    page = administrator.get(admin_url(User, "add"))
    answer = press(administrator, page, "Save", username="kim", change_reason=WHY)
    assert errors(answer)["email"] == ["This field is required."]
    assert not User.objects.filter(username="kim").exists()


def test_nor_is_the_way_in_taken_from_one(administrator, jo):
    page = administrator.get(admin_url(User, "change", jo.pk))
    answer = press(administrator, page, "Save", email="", change_reason=WHY)
    assert errors(answer)["email"] == ["This field is required."]


def test_a_link_works_once(jo):
    _, link = invite(jo, by=None, reason=WHY)
    path = link_in(link)
    assertRedirects(take(path), reverse("account_login"), fetch_redirect_response=False)
    assertContains(take(path), "opens nothing any more", status_code=410)
    jo.refresh_from_db()
    assert jo.check_password(PASSWORD)


def test_of_two_browsers_with_the_page_open_one_sets_the_password(jo):
    _, link = invite(jo, by=None, reason=WHY)
    first, second = Client(), Client()
    pages = [client.get(link_in(link), follow=True) for client in (first, second)]
    assert press(first, pages[0], "Set the password", password=PASSWORD, again=PASSWORD).status_code == 302
    late = press(second, pages[1], "Set the password", password=PASSWORD + "-2", again=PASSWORD + "-2")
    assertContains(late, "opens nothing any more", status_code=410)
    jo.refresh_from_db()
    assert jo.check_password(PASSWORD)


def test_a_link_expires(jo):
    invitation, link = invite(jo, by=None, reason=WHY)
    assert timedelta(days=6) < invitation.expires_at - now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    assertContains(take(link_in(link)), "opens nothing any more", status_code=410)


def test_another_link_takes_the_place_of_the_first(administrator, jo, mailoutbox):
    _, first = invite(jo, by=None, reason=WHY)
    press(administrator, open_act(administrator, jo, "password-link"), "Send the link", change_reason="Not received.")
    assert take(link_in(first)).status_code == 410
    assert take(link_in(mailoutbox[0].body)).status_code == 302


def test_an_invitation_is_withdrawn(administrator, jo):
    _, link = invite(jo, by=None, reason=WHY)
    page = open_act(administrator, jo, "withdraw-invitation")
    press(administrator, page, "Withdraw it", change_reason="Wrong person.")
    assert take(link_in(link)).status_code == 410
    assertContains(administrator.get(admin_url(User, "change", jo.pk)), "Withdrawn on")
    page = open_act(administrator, jo, "withdraw-invitation")
    answer = press(administrator, page, "Withdraw it", change_reason="Again.")
    assertContains(answer, "no invitation that could be withdrawn", status_code=400)


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": "right@example.org"}])
def test_a_link_dies_with_what_it_was_sent_for(jo, values):
    _, link = invite(jo, by=None, reason=WHY)
    change_account(jo, values, by=None, reason=WHY, expected_version=2)
    assert take(link_in(link)).status_code == 410


def test_a_mistyped_address_is_mended_and_invited(administrator, jo, mailoutbox):
    page = administrator.get(admin_url(User, "change", jo.pk))
    press(administrator, page, "Save", email="right@example.org", change_reason="Mistyped.")
    [mail] = [mail for mail in mailoutbox if "/invitation/" in mail.body]
    assert mail.to == ["right@example.org"]
    assert take(link_in(mail.body)).status_code == 302


def test_whoever_has_a_password_is_not_invited(jo):
    _, link = invite(jo, by=None, reason=WHY)
    set_password(jo, PASSWORD, by=None, reason=WHY)
    assert take(link_in(link)).status_code == 410


@pytest.mark.parametrize("secret", ["x", "0" * 43, "%00", "../admin"])
def test_a_made_up_link_opens_nothing(jo, secret):
    invite(jo, by=None, reason=WHY)
    assert take(f"/accounts/invitation/{secret}/").status_code in (404, 410)


def test_a_weak_password_or_a_slip_is_said_and_the_link_holds(jo):
    _, link = invite(jo, by=None, reason=WHY)
    answer = take(link_in(link), "password1234")
    assertContains(answer, "guessed too soon", status_code=400)
    assertContains(take(link_in(link), PASSWORD, PASSWORD + "x"), "not the same password", status_code=400)
    assert take(link_in(link)).status_code == 302


def test_neither_the_link_nor_what_opens_it_is_kept(administrator, jo):
    _, link = invite(jo, by=None, reason=WHY)
    secret = link.rstrip("/").rsplit("/", 1)[1]
    assert secret not in str(list(Invitation.objects.values()))
    for address in (admin_url(User, "change", jo.pk), admin_url(User, "history", jo.pk)):
        assertNotContains(administrator.get(address), secret)


def test_the_command_makes_the_first_administrator(capsys):
    call_command("make_administrator", "root", "Root@example.org")
    link = link_in(capsys.readouterr().out)
    root = User.objects.get(username="root")
    assert (is_administrator(root), root.email, root.has_usable_password()) == (True, "root@example.org", False)
    call_command("make_administrator", "root", "Root@example.org")
    another = link_in(capsys.readouterr().out)
    assert take(link).status_code == 410
    assert take(another).status_code == 302
    with pytest.raises(CommandError, match="has a password already"):
        call_command("make_administrator", "root", "Root@example.org")


def test_the_command_takes_over_no_account(jo):
    with pytest.raises(CommandError, match="an account jo already"):
        call_command("make_administrator", "jo", "jo@example.org")
    with pytest.raises(CommandError, match="Another account has this"):
        call_command("make_administrator", "root", "jo@example.org")
    assert not is_administrator(User.objects.get(pk=jo.pk))
    assert not User.objects.filter(username="root").exists()
