"""From a session that was left open nobody takes over the account: each step of the way fails, and its owner hears."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, set_password
from soc_tracker.core.accounts.single_sign_on.models import Identity
from tests.answers import read
from tests.forms import errors, press

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-gravel-otter-hymn"
OWN, FOREIGN = "ada@example.org", "eve@elsewhere.example"
AGAIN = "/accounts/reauthenticate/"


@pytest.fixture
def ada() -> User:
    account = add_account({"username": "ada", "email": OWN}, [Role.ADMINISTRATOR], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


@pytest.fixture
def open_session(ada) -> Client:
    """Left open an hour ago: whoever sits before it knows no password."""
    client = Client()
    press(client, client.get(reverse("account_login")), "Sign in", login="ada", password=PASSWORD)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3601
    session.save()
    return client


def links(mails, to: str) -> list[str]:
    return [link for mail in mails if mail.to == [to] for link in re.findall(r"https?://\S+", mail.body)]


def fetch(client: Client, url: str):
    return read(client.get(url))


def asks_again(answer) -> bool:
    return answer.status_code == 302 and answer.url.startswith(AGAIN)


def test_first_step_a_foreign_address_is_not_added(open_session, ada):
    page = open_session.get(reverse("account_email"))
    assert asks_again(press(open_session, page, "action_add", email=FOREIGN))
    again = open_session.get(AGAIN)
    press(open_session, again, "Confirm", password="a guess of somebody")
    assert list(EmailAddress.objects.filter(user=ada).values_list("email", flat=True)) == [OWN]


def test_second_step_an_address_that_waits_resets_no_password_and_signs_nobody_in(ada, mailoutbox):
    EmailAddress.objects.create(user=ada, email=FOREIGN, verified=False, primary=False)
    thief = Client()
    press(thief, thief.get(reverse("account_reset_password")), "Reset My Password", email=FOREIGN)
    assert [link for link in links(mailoutbox, FOREIGN) if "/key/" in link] == []
    page = thief.get(reverse("account_login"))
    press(thief, page, "Sign in", login=FOREIGN, password=PASSWORD)
    assert "_auth_user_id" not in thief.session


def test_third_step_a_waiting_address_is_not_made_the_first_one(open_session, ada):
    EmailAddress.objects.create(user=ada, email=FOREIGN, verified=False, primary=False)
    for act in ("action_primary", "action_add", "action_send", "action_remove"):
        open_session.post(reverse("account_email"), {act: "", "email": FOREIGN})
    ada.refresh_from_db()
    assert ada.email == OWN
    assert not EmailAddress.objects.filter(email=FOREIGN, verified=True).exists()


def test_fourth_step_the_password_is_not_changed_without_the_old_one(open_session, ada):
    page = open_session.get(reverse("account_change_password"))
    new = PASSWORD + "-mine"
    answer = press(open_session, page, "Change Password", oldpassword="a guess", password1=new, password2=new)
    assert errors(answer)
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_fifth_step_no_factor_is_added_removed_or_read(open_session, ada):
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        assert open_session.get(reverse(name)).status_code in (302, 404), name
        assert open_session.post(reverse(name)).status_code in (302, 404, 405), name
    assert not Authenticator.objects.exists()
    assert asks_again(open_session.get(reverse("mfa_activate_totp")))


def test_sixth_step_no_token_outlives_the_session(open_session, ada):
    assert asks_again(open_session.get(reverse("own_token_new")))
    open_session.post(reverse("own_token_new"), {"name": "Mine", "scopes": ["record"], "days": 365})
    assert not ada.tokens.exists()


def test_an_account_without_a_password_is_given_none_from_an_open_session(inspector):
    answer = inspector.get(reverse("account_set_password"))
    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password"))
    inspector.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.get(username=Role.INSPECTOR.value).has_usable_password()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("disruptions:disruption_list", "?format=csv"),
        ("disruptions:threat_list", "?format=xlsx"),
        ("plans4p:plan_list", "?format=csv"),
        ("plans4p:order_list", "?format=xlsx"),
    ],
)
def test_no_file_of_the_record_is_carried_off(open_session, name, query):
    answer = open_session.get(reverse(name) + query)
    assert asks_again(answer)
    page = open_session.get(answer.url)
    assertContains(page, "asks again who you are, once in 60 minutes")
    file = press(open_session, page, "Confirm", password=PASSWORD)
    assert file.url == reverse(name) + query
    for _ in range(2):  # one answer holds for the hour
        assert "attachment" in fetch(open_session, file.url)["Content-Disposition"]


def test_from_an_open_session_of_an_administrator_nobody_enters_the_account_of_another(open_session, mailoutbox):
    kim = add_account({"username": "kim", "email": "kim@example.org"}, [Role.ADMINISTRATOR], by=None, reason="New.")
    change = reverse("admin:auth_user_change", args=[kim.pk])
    acts = [
        reverse("admin:auth_user_act", args=[kim.pk, act]) for act in ("second-factor", "password-link", "give-reach")
    ]
    for page in (change, *acts, reverse("admin:auth_user_add")):
        assert asks_again(open_session.get(page)), page
        assert open_session.post(page, {"email": FOREIGN, "change_reason": "Mine."}).status_code == 302, page
    kim.refresh_from_db()
    assert kim.email == "kim@example.org"
    assert mailoutbox == []
    # Nor is what was sent done when its owner comes back to the same page, and shows who they are.
    again = open_session.get(open_session.get(change).url)
    assert press(open_session, again, "Confirm", password=PASSWORD).url == change
    kim.refresh_from_db()
    assert kim.email == "kim@example.org"


def test_an_administrator_who_has_just_shown_it_is_asked_nothing(open_session):
    page = reverse("admin:auth_user_add")
    again = open_session.get(open_session.get(page).url)
    assertContains(again, "To change the account of somebody, show again who you are")
    assert press(open_session, again, "Confirm", password=PASSWORD).url == page
    assert open_session.get(page).status_code == 200


def test_what_was_typed_into_a_form_that_was_open_for_too_long_comes_back(ada):
    client = Client(enforce_csrf_checks=True)
    press(client, client.get(reverse("account_login")), "Sign in", login="ada", password=PASSWORD)
    page = client.get(reverse("admin:auth_user_add"))
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3601
    session.save()
    late = press(client, page, "Save", username="kim", email="kim@example.org", change_reason="New in the team.")
    assert not User.objects.filter(username="kim").exists()
    kept = client.get(late.url)
    assertContains(kept, "open for too long")
    assertContains(kept, "New in the team.")


def test_who_comes_by_single_sign_on_is_asked_there(ada):
    """An account without a password, whose owner a provider let in an hour ago."""
    ada.set_unusable_password()
    ada.save()
    Identity.objects.create(account=ada, issuer="https://id.example.org", subject="ada")
    client = Client()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("plans4p:plan_list") + "?format=csv")
    assert (answer.status_code, answer.url) == (
        302,
        "/accounts/single-sign-on/?again=yes&next=%2Fplans%2F%3Fformat%3Dcsv",
    )


def test_pages_and_published_files_ask_nothing(open_session):
    assert open_session.get(reverse("disruptions:disruption_list")).status_code == 200
    assert fetch(open_session, reverse("inspections:finding_list") + "?format=csv").status_code == 200


def test_who_has_just_signed_in_is_asked_nothing_for_a_file(ada):
    client = Client()
    press(client, client.get(reverse("account_login")), "Sign in", login="ada", password=PASSWORD)
    assert fetch(client, reverse("plans4p:plan_list") + "?format=csv").status_code == 200


def test_the_old_address_hears_of_every_change(ada, mailoutbox):
    client = Client()
    press(client, client.get(reverse("account_login")), "Sign in", login="ada", password=PASSWORD)
    answer = press(client, client.get(reverse("account_email")), "action_add", email="ada@new.example")
    press(client, client.get(answer.url), "Confirm", password=PASSWORD)
    press(client, client.get(links(mailoutbox, "ada@new.example")[0], follow=True), "Confirm")
    subjects = [mail.subject for mail in mailoutbox if mail.to == [OWN]]
    assert len(subjects) == 2, "when it was asked for, and when it was changed"
