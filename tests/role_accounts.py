"""The accounts of roles as stored rows, so that only the first test that signs in with a role waits for the services.

A service checks every rule for each of them, which took a tenth of all the tests' time.
"""

from copy import copy
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils.timezone import now

from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.models import AccountChange
from soc_tracker.core.trail.models import Entry
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account

R = TypeVar("R", User, Reach, AccountChange, Entry)


@dataclass(frozen=True)
class Rows:
    """What the services store for an account."""

    user: User
    reaches: list[Reach]
    changes: list[AccountChange]
    entries: list[Entry]


_rows: dict[Role, Rows] = {}


def role_account(role: Role) -> User:
    """The account of a role, made (once in a test) as the demonstration does, or as the rows that this stored before.

    Without a transaction that is taken back it is always made anew: its entries on the trail are then sealed.
    """
    if not connection.in_atomic_block or User.objects.filter(username=role.value).exists():
        return demo_account(role)
    if role in _rows:
        return _put_back(role)
    account = demo_account(role)
    _rows[role] = Rows(
        copy(account),
        list(account.reaches.order_by("pk")),
        list(account.changes.order_by("pk")),
        list(Entry.objects.filter(subject_kind="auth.user", subject_key=account.pk).order_by("pk")),
    )
    return account


def _put_back(role: Role) -> User:
    rows, moment = _rows[role], now()
    [account] = User.objects.bulk_create([_anew(rows.user, date_joined=moment)])
    group = Group.objects.get(name=role.label)
    User.groups.through.objects.bulk_create([User.groups.through(user=account, group=group)])
    Reach.objects.bulk_create(_anew(row, account_id=account.pk, given_at=moment) for row in rows.reaches)
    Entry.objects.bulk_create(_anew(row, subject_key=str(account.pk), at=moment) for row in rows.entries)
    AccountChange.objects.bulk_create(_anew(row, account_id=account.pk, at=moment) for row in rows.changes)
    return account


def _anew(row: R, **values: object) -> R:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**fields, "id": None, **values})
