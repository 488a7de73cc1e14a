"""An account that is put back is the one that the services make."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from soc_tracker.core.access.models import sight_of
from soc_tracker.core.access.roles import Role
from soc_tracker.core.trail.models import Entry
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests import role_accounts

pytestmark = pytest.mark.django_db
OF_THE_MOMENT = {"id", "user_id", "account_id", "subject_key", "password", "date_joined", "given_at", "at"}
"""Keys, moments, and a random text in place of a password."""


def contents(account: User) -> dict[str, object]:
    entries = Entry.objects.filter(subject_kind="auth.user", subject_key=str(account.pk))
    rows = {
        "user": User.objects.filter(pk=account.pk),
        "groups": User.groups.through.objects.filter(user=account),
        "reaches": account.reaches.order_by("pk"),
        "changes": account.changes.order_by("pk"),
        "entries": entries.order_by("pk"),
    }
    told = {name: [without_moment(row) for row in each.values()] for name, each in rows.items()}
    return told | {
        "all entries": Entry.objects.count(),
        "sight": sight_of(account),
        "in reach": account.reaches.count(),
    }


def without_moment(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in OF_THE_MOMENT}


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(role_accounts, "_rows", {})


@pytest.mark.parametrize("role", Role)
def test_put_back_as_made(role: Role, nothing_kept: None, django_assert_max_num_queries) -> None:
    made = []
    for make in (demo_account, role_accounts.role_account, role_accounts.role_account):
        with transaction.atomic():
            for number in range(len(made)):  # so that no key is that of the time before
                User.objects.create(username=f"other-{number}")
            made.append(contents(make(role)))
            transaction.set_rollback(True)
    assert made[0] == made[1] == made[2]
    with django_assert_max_num_queries(8):
        account = role_accounts.role_account(role)
    assert not account.has_usable_password()
    assert role_accounts.role_account(role) == account
    assert User.objects.count() == 1
