"""Who signs in and what is taken away stands on the trail, and no password ever does."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, change_account, set_password
from soc_tracker.core.trail.models import Entry

PASSWORD = "correct horse battery staple"

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    account = add_account({"username": "sam"}, [Role.ANALYST], by=None, reason="New here")
    account.set_password(PASSWORD)
    account.save()
    return account


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def sign_in(client, name, password):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_an_account_its_roles_and_its_password(account):
    change_account(account, {"first_name": "Sam"}, [Role.INSPECTOR], by=None, reason="Moved", expected_version=1)
    set_password(account, PASSWORD, by=account, reason="Forgotten")
    assert kinds() == ["account_change", "role_change", "account_change", "role_change", "password_change"]
    entry = Entry.objects.filter(kind="role_change").first()
    assert (entry.before, entry.after, entry.why) == ({"Roles": "Analyst"}, {"Roles": "Inspector"}, "Moved")


def test_signing_in_and_out(account, client):
    sign_in(client, "sam", PASSWORD)
    client.post(reverse("account_logout"))
    last = list(Entry.objects.order_by("pk"))[-2:]
    assert [(entry.kind, entry.who_key, entry.address) for entry in last] == [
        ("sign_in", str(account.pk), "127.0.0.1"),
        ("sign_out", str(account.pk), "127.0.0.1"),
    ]
    assert all(entry.request_id for entry in last)


def test_a_refused_sign_in_names_the_account_and_never_what_was_typed(account, client):
    sign_in(client, "sam", "wrong guess 4711")
    sign_in(client, "wrong guess 4711", "sam")
    known, unknown = Entry.objects.filter(kind="sign_in_refusal").order_by("pk")
    assert (known.subject, known.subject_key, known.who) == ("sam", str(account.pk), "")
    assert unknown.subject.startswith("No account (")
    assert "4711" not in str(list(Entry.objects.values()))


def test_a_file_of_a_list_with_its_rows_and_filter(inspector, reference):
    rows = inspector.get(reverse("inspections:finding_list"), {"format": "csv"})
    b"".join(rows)
    entry = Entry.objects.filter(kind="export").get()
    assert (entry.who, entry.details["format"], entry.details["filter"]) == ("Demo inspector", "csv", "No filter")
    assert entry.details["rows"] > 0


def test_reading_what_was_published_writes_nothing(inspector, reference):
    before = Entry.objects.count()
    for name in ("home", "inspections:finding_list"):
        assert inspector.get(reverse(name)).status_code == 200
    assert Entry.objects.count() == before


def test_a_wrong_second_factor_is_refused_on_the_trail(account, client):
    TOTP.activate(account, generate_totp_secret())
    answer = sign_in(client, "sam", PASSWORD)
    client.post(answer.url, {"code": "000000"})
    entry = Entry.objects.filter(kind="sign_in_refusal").get()
    assert (entry.subject, entry.why) == ("sam", "Wrong second factor: TOTP Authenticator")
    assert "000000" not in str(list(Entry.objects.values()))
    assert not Entry.objects.filter(kind="sign_in").exists()
