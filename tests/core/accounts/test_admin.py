"""Administrators add and change accounts, from what the page holds; each change stands in the account's history."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from soc_tracker.core.access.roles import Role, is_administrator
from soc_tracker.core.accounts.services import add_account, change_account, set_password, version_of
from tests.forms import NotOnPageError, admin_url, errors, form_of, press

pytestmark = pytest.mark.django_db
WHY = "New in the team."
LIST = "/admin/auth/user/"
PASSWORD = "long enough for anyone"


@pytest.fixture
def account() -> User:
    values = {"username": "jo", "first_name": "Jo", "email": "jo@example.org"}
    return add_account(values, [Role.ANALYST], by=None, reason="Made by a command.")


def open_act(client: Client, account: User, act: str):
    return client.get(reverse("admin:auth_user_act", args=[account.pk, act]))


def role(role: Role) -> int:
    return Group.objects.get(name=role.label).pk


def differences(account: User) -> list[list[str]]:
    return account.changes.first().differences


def test_an_account_is_added_with_its_role(administrator):
    page = administrator.get(admin_url(User, "add"))
    values = {"username": "kim", "email": "Kim@example.org", "groups": [role(Role.INSPECTOR)]}
    answer = press(administrator, page, "Save", **values, change_reason=WHY)
    assert answer.status_code == 302, errors(answer)
    kim = User.objects.get(username="kim")
    assert [group.name for group in kim.groups.all()] == ["Inspector"]
    assert not kim.has_usable_password()
    address = EmailAddress.objects.get(user=kim)
    assert (address.email, address.verified, address.primary, kim.email) == (kim.email, True, True, "kim@example.org")
    change = kim.changes.get(is_addition=True)
    assert (change.reason, change.by.username, change.is_addition) == (WHY, "administrator", True)
    assert ["Roles", "none", "Inspector"] in change.differences


def test_everything_of_an_account_can_be_changed(administrator, account):
    page = administrator.get(admin_url(User, "change", account.pk))
    values = {"first_name": "Joanna", "email": "joanna@example.org", "is_active": False}
    answer = press(administrator, page, "Save", **values, groups=[role(Role.INSPECTOR)], change_reason=WHY)
    assertRedirects(answer, LIST)
    account.refresh_from_db()
    assert (account.first_name, account.email, account.is_active) == ("Joanna", "joanna@example.org", False)
    assert [address.email for address in EmailAddress.objects.filter(user=account, verified=True)] == [account.email]
    assert differences(account) == [
        ["First name", "Jo", "Joanna"],
        ["E-mail address", "jo@example.org", "joanna@example.org"],
        ["In use", "yes", "no"],
        ["Roles", "Analyst", "Inspector"],
    ]


def test_an_account_saved_as_it_stands_is_not_changed(administrator, account):
    page = administrator.get(admin_url(User, "change", account.pk))
    assertRedirects(press(administrator, page, "Save", change_reason=WHY), LIST)
    assert version_of(account) == 1


def test_an_account_that_never_had_a_password_can_be_changed_too(administrator, account):
    User.objects.filter(pk=account.pk).update(password="")
    page = administrator.get(admin_url(User, "change", account.pk))
    assertRedirects(press(administrator, page, "Save", first_name="Joanna", change_reason=WHY), LIST)


def test_the_old_address_hears_of_the_new_one(administrator, account, mailoutbox):
    page = administrator.get(admin_url(User, "change", account.pk))
    press(administrator, page, "Save", email="joanna@example.org", change_reason=WHY)
    [mail] = [mail for mail in mailoutbox if mail.to == ["jo@example.org"]]
    assert "from jo@example.org to joanna@example.org" in mail.body


@pytest.mark.parametrize("reason", ["", " ", "\u200e"])
def test_a_reason_that_can_be_seen_is_asked_for(administrator, account, reason):
    page = administrator.get(admin_url(User, "change", account.pk))
    answer = press(administrator, page, "Save", first_name="Joanna", change_reason=reason)
    assert errors(answer)["change_reason"] == ["This field is required."]
    assert version_of(account) == 1


def test_a_page_that_has_lost_its_version_saves_nothing(administrator, account):
    form = form_of(administrator.get(admin_url(User, "change", account.pk)))
    form.take_out("expected_version")
    answer = form.press(administrator, "Save", first_name="Joanna", change_reason=WHY)
    assert "has lost which version it shows" in answer.content.decode()
    assert version_of(account) == 1


def test_nobody_overwrites_what_another_has_changed(administrator, account):
    page = administrator.get(admin_url(User, "change", account.pk))
    change_account(account, {"last_name": "Li"}, by=None, reason="Married.", expected_version=1)
    answer = press(administrator, page, "Save", last_name="Lee", change_reason=WHY)
    assertContains(answer, "changed by somebody else")
    assertContains(answer, "Last name: none → Li")
    assert User.objects.get(pk=account.pk).last_name == "Li"


@pytest.mark.parametrize("email", ["jo@example.org", "JO@example.org"])
def test_two_accounts_never_have_one_address(administrator, account, email):
    page = administrator.get(admin_url(User, "add"))
    answer = press(administrator, page, "Save", username="kim", email=email, change_reason=WHY)
    assert errors(answer)["email"] == ["Another account has this e-mail address."]
    assert not User.objects.filter(username="kim").exists()


@pytest.mark.parametrize("change", [{"groups": []}, {"is_active": False}])
def test_administrators_cannot_lock_themselves_out(administrator, change):
    own = User.objects.get(username="administrator")
    page = administrator.get(admin_url(User, "change", own.pk))
    answer = press(administrator, page, "Save", **change, change_reason=WHY)
    assert "Another administrator must take this" in str(errors(answer))
    assert is_administrator(User.objects.get(pk=own.pk))


def test_nobody_becomes_a_superuser_here(administrator, account):
    form = form_of(administrator.get(admin_url(User, "change", account.pk)))
    assert not {"is_superuser", "is_staff", "password", "user_permissions"} & form.fields


def test_no_account_is_deleted(administrator, account):
    assert administrator.post(admin_url(User, "delete", account.pk), {"post": "yes"}).status_code == 403


def test_the_list_names_roles_in_few_queries(administrator, django_assert_max_num_queries):
    for number in range(12):
        User.objects.create_user(f"jo-{number}").groups.add(*Group.objects.all())
    with django_assert_max_num_queries(12):
        assertContains(administrator.get(LIST), "Analyst, Lead responsible officer")


# Beside the form


def test_a_link_to_set_a_password_is_sent(administrator, account, mailoutbox, client):
    set_password(account, "another one that is long", by=None, reason="Made by a command.")
    answer = press(administrator, open_act(administrator, account, "password-link"), "Send the link", change_reason=WHY)
    assertRedirects(answer, admin_url(User, "change", account.pk))
    [mail] = mailoutbox
    assert mail.to == ["jo@example.org"]
    assert differences(account) == [["Link to set a password", "none", "sent to jo@example.org"]]
    link = next(word for word in mail.body.split() if "/password/reset/key/" in word)
    page = client.get(link, follow=True)
    press(client, page, "action", password1=PASSWORD, password2=PASSWORD)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    change = account.changes.first()
    assert (change.by, change.differences) == (account, [["Password", "set", "set anew"]])


def test_no_link_goes_nowhere(administrator):
    account = add_account({"username": "kim"}, by=None, reason=WHY)
    answer = press(administrator, open_act(administrator, account, "password-link"), "Send the link", change_reason=WHY)
    assertContains(answer, "has no e-mail address", status_code=400)
    assert version_of(account) == 1


def test_no_administrator_knows_the_password_of_another(administrator, account):
    assert open_act(administrator, account, "password").status_code == 404


def test_a_second_factor_is_removed_with_its_codes(administrator, account, mailoutbox):
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=account, type=kind, data={"secret": "hidden"})
    press(administrator, open_act(administrator, account, "second-factor"), "Remove it", change_reason="Lost it.")
    assert not Authenticator.objects.filter(user=account).exists()
    [[what, before, after]] = differences(account)
    assert (what, after) == ("Second factor", "none")
    assert "hidden" not in before
    assert [mail.to for mail in mailoutbox] == [["jo@example.org"]]


def test_what_is_not_there_is_not_removed(administrator, account):
    answer = press(administrator, open_act(administrator, account, "second-factor"), "Remove it", change_reason=WHY)
    assertContains(answer, "has no second factor", status_code=400)


def test_an_act_on_an_account_that_has_moved_on_is_refused(administrator, account):
    page = open_act(administrator, account, "password-link")
    change_account(account, {"is_active": False}, by=None, reason="Has left.", expected_version=1)
    answer = press(administrator, page, "Send the link", change_reason=WHY)
    assertContains(answer, "In use: yes → no", status_code=400)
    assert not User.objects.get(pk=account.pk).has_usable_password()


def test_there_is_no_other_act(administrator, account):
    assert open_act(administrator, account, "delete").status_code == 404
    assert administrator.get(reverse("admin:auth_user_act", args=[10**6, "password-link"])).status_code == 404


# History


def test_the_history_says_who_when_what_and_why(administrator, account):
    change_account(account, {"last_name": "Li"}, by=account, reason="Married.", expected_version=1)
    page = administrator.get(admin_url(User, "history", account.pk))
    for words in ("Made by a command.", "A command", "Married.", "Last name", "Li"):
        assertContains(page, words)
    assertContains(administrator.get(reverse("admin:auth_user_changes")), "Married.")


def test_rows_that_would_be_written_past_the_history_have_no_page(administrator):
    for address in ("/admin/account/emailaddress/", "/admin/mfa/authenticator/"):
        assert administrator.get(address).status_code == 404
    with pytest.raises(NotOnPageError):
        press(administrator, administrator.get(admin_url(User, "add")), "Save", password1=PASSWORD)
