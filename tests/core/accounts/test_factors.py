"""Second factors: who must have one, and what becomes of their secrets."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts import services
from soc_tracker.core.accounts.factors import FactorAdapter
from soc_tracker.core.accounts.services import add_account, give_reach, set_password
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.accounts.tokens.services import make_token
from tests.forms import press
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-gravel-otter-hymn"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def make(name: str, role: Role) -> User:
    account = add_account({"username": name, "email": f"{name}@example.org"}, [role], by=None, reason="New.")
    set_password(account, PASSWORD, by=None, reason="New.")
    return account


def sign_in(account: User) -> Client:
    client = Client()
    press(client, client.get(reverse("account_login")), "Sign in", login=account.username, password=PASSWORD)
    return client


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def is_sent_to_set_one_up(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 302 and answer.url == reverse("mfa_index")


def test_an_administrator_sets_one_up_before_anything_else():
    client = sign_in(make("ada", Role.ADMINISTRATOR))
    for url in (reverse("home"), reverse("admin:index"), reverse("plans4p:plan_list")):
        assert is_sent_to_set_one_up(client, url)
    assertContains(client.get(reverse("home"), follow=True), "needs a second factor before it opens anything else")


def test_so_does_whoever_reaches_rows_of_the_record():
    account = make("jo", Role.ANALYST)
    client = sign_in(account)
    assert client.get(reverse("home")).status_code == 200, "without a reach there is nothing to guard"
    give_reach(account, organisation=make_organisation(), by=None, reason="Posted there.")
    assert is_sent_to_set_one_up(client, reverse("home"))


def test_a_reach_that_has_ended_asks_for_none():
    account = make("jo", Role.ANALYST)
    values = {"organisation": make_organisation(), "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    Reach.objects.create(account=account, reason="Posted there.", **values)
    assert sign_in(account).get(reverse("home")).status_code == 200


def test_the_api_and_every_post_are_closed_too():
    account = make("ada", Role.ADMINISTRATOR)
    client = sign_in(account)
    answer = client.get(reverse("api:plan-list"))
    assert answer.status_code == 403
    assert "needs a second factor" in answer.json()["detail"]
    assert client.post(reverse("admin:auth_user_add"), {"username": "eve"}).status_code == 302
    assert not User.objects.filter(username="eve").exists()


def test_programs_are_refused_and_no_token_is_made_around_it():
    account = make("ada", Role.ADMINISTRATOR)
    until = localdate() + timedelta(days=5)
    _, secret = make_token(account, "Workbook", list(Scope), until, reason="For a test.")
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    answer = program.get(reverse("api:plan-list"))
    assert answer.status_code == 403
    assert "needs a second factor" in answer.json()["detail"]
    assert is_sent_to_set_one_up(sign_in(account), reverse("own_token_new"))
    TOTP.activate(account, SECRET)
    assert program.get(reverse("api:plan-list")).status_code == 200
    assert not program.cookies, "A program needs no session."


def test_ones_own_pages_stay_open_and_lead_through_it():
    account = make("ada", Role.ADMINISTRATOR)
    client = sign_in(account)
    page = client.get(reverse("home"), follow=True)
    assertContains(page, reverse("mfa_activate_totp"))
    answer = client.get(reverse("mfa_activate_totp"))
    page = press(client, client.get(answer.url), "Confirm", password=PASSWORD)
    page = client.get(page.url)
    page = press(client, page, "Activate", code=code(client.session["mfa.totp.secret"]))
    assert client.get(page.url).status_code == 200
    assert client.get(reverse("home")).status_code == 200
    assert client.get(reverse("admin:index")).status_code == 200


def test_from_then_on_the_password_is_not_enough():
    account = make("ada", Role.ADMINISTRATOR)
    TOTP.activate(account, SECRET)
    client = sign_in(account)
    assert "_auth_user_id" not in client.session
    assertRedirects(client.get(reverse("home")), f"{reverse('account_login')}?next=/", fetch_redirect_response=False)
    page = client.get(reverse("mfa_authenticate"))
    assert press(client, page, "Sign in", code="000000").status_code == 200
    assert "_auth_user_id" not in client.session
    assert press(client, page, "Sign in", code=code()).status_code == 302
    assert client.get(reverse("home")).status_code == 200


def test_codes_are_not_guessed():
    account = make("ada", Role.ADMINISTRATOR)
    TOTP.activate(account, SECRET)
    client = sign_in(account)
    page = client.get(reverse("mfa_authenticate"))
    answers = [press(client, page, "Sign in", code=f"{number:06}").status_code for number in range(8)]
    assert answers == [200] * 5 + [429] * 3
    again = sign_in(account)
    assert press(again, again.get(reverse("mfa_authenticate")), "Sign in", code="999999").status_code == 429


def test_a_recovery_code_signs_in_once():
    account = make("ada", Role.ADMINISTRATOR)
    TOTP.activate(account, SECRET)
    one = RecoveryCodes.activate(account).get_unused_codes()[0]
    for expected in (302, 200):
        client = sign_in(account)
        assert press(client, client.get(reverse("mfa_authenticate")), "Sign in", code=one).status_code == expected


def test_the_last_factor_stays_while_it_is_needed():
    account = make("ada", Role.ADMINISTRATOR)
    TOTP.activate(account, SECRET)
    client = sign_in(account)
    press(client, client.get(reverse("mfa_authenticate")), "Sign in", code=code())
    answer = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assertContains(answer, "this is the last one")
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=account, type="totp").exists()


def test_seeds_are_kept_encrypted():
    account = make("jo", Role.ANALYST)
    TOTP.activate(account, SECRET)
    seed = RecoveryCodes.activate(account).get_unused_codes()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert kept.count("gAAAA") == 2
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes() == seed


def test_a_new_key_encrypts_and_the_old_one_still_reads(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [old]
    kept = FactorAdapter().encrypt(SECRET)
    settings.ENCRYPTION_KEYS = [new, old]
    assert FactorAdapter().decrypt(kept) == SECRET
    fresh = FactorAdapter().encrypt(SECRET)
    settings.ENCRYPTION_KEYS = [new]
    assert FactorAdapter().decrypt(fresh) == SECRET
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(kept)


def test_seeds_of_before_are_encrypted_by_the_migration():
    migration = __import__("importlib").import_module("soc_tracker.core.accounts.migrations.0004_factors_encrypted")
    account = make("jo", Role.ANALYST)
    factor = Authenticator.objects.create(user=account, type="totp", data={"secret": SECRET})
    for _ in range(2):
        migration.encrypt(apps, None)
        factor.refresh_from_db()
        assert FactorAdapter().decrypt(factor.data["secret"]) == SECRET


def test_administrators_remove_factors_and_neither_see_nor_set_them():
    account = make("jo", Role.ANALYST)
    TOTP.activate(account, SECRET)
    ada = make("ada", Role.ADMINISTRATOR)
    TOTP.activate(ada, SECRET)
    client = sign_in(ada)
    press(client, client.get(reverse("mfa_authenticate")), "Sign in", code=code())
    change = client.get(reverse("admin:auth_user_change", args=[account.pk]))
    assertNotContains(change, "gAAAA")
    assertNotContains(change, SECRET)
    page = client.get(reverse("admin:auth_user_act", args=[account.pk, "second-factor"]))
    press(client, page, "Remove it", change_reason="Lost the telephone; seen in person.")
    assert not Authenticator.objects.filter(user=account).exists()
    assert account.changes.first().reason == "Lost the telephone; seen in person."


def test_when_they_do_its_sessions_end():
    account = make("jo", Role.ANALYST)
    client = sign_in(account)
    TOTP.activate(account, SECRET)
    services.remove_second_factors(account, by=None, reason="Lost the telephone.")
    assert client.get(reverse("home")).status_code == 302


def test_the_demonstration_and_a_developers_machine_need_none():
    from soc_tracker import settings as here

    assert here.SECOND_FACTOR_REQUIRED is False
