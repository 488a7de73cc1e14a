"""The roles, held as groups: a line for each says what who has it comes to do, and whether they read the record and may
write.

Everybody with a role that reads the record sees what their reach allows. What a role may write is said where it is
written: the ``rules`` of each app name the roles for whom it is work, by ``in_role``.
"""

from typing import Any

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Role(Vocabulary):
    """``does`` is what it comes to do, ``reads_record`` whether it reads what the site holds of the record and of
    publications, ``may_write`` whether it keeps anything of its own here. Several roles of an account add up.
    """

    does: str
    reads_record: bool
    may_write: bool

    INSPECTOR = word(
        "inspector",
        "Inspector",
        does="Browses forces and regions, compares bodies, follows findings and recommendations.",
        reads_record=True,
        may_write=True,
    )
    ANALYST = word(
        "analyst",
        "Analyst",
        does="Filters findings and figures, and exports exactly what is on screen.",
        reads_record=True,
        may_write=True,
    )
    LEAD_RESPONSIBLE_OFFICER = word(
        "lead-responsible-officer",
        "Lead responsible officer",
        does="Sees what was found in a force, what must change by when, and who does it well.",
        reads_record=True,
        may_write=True,
    )
    ADMINISTRATOR = word(
        "administrator",
        "Administrator",
        does="Does all of this, and edits gradings and reference data in the admin.",
        reads_record=True,
        may_write=True,
    )

    AUDITOR = word(
        "auditor",
        "Auditor",
        does="Reads the trail: who did what, when and why. Sees nothing else of this site.",
        reads_record=False,
        may_write=False,
    )


def has_role(user: AbstractUser | AnonymousUser, role: Role) -> bool:
    """Whether the account is in use and in the group of the role. Its groups are read once: a page asks hundreds of
    times.
    """
    account: Any = user
    if account.is_active and not hasattr(account, "_group_names_cache"):
        account._group_names_cache = set(account.groups.values_list("name", flat=True))
    return account.is_active and role.label in account._group_names_cache


def in_role(role: Role) -> rules.Predicate:
    """``has_role`` as a predicate, to be joined with others."""
    return rules.predicate(lambda user: has_role(user, role), name=f"is_{role.name.lower()}")


@rules.predicate
def is_administrator(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may enter the admin, and there do everything."""
    return user.is_active and (user.is_superuser or has_role(user, Role.ADMINISTRATOR))


@rules.predicate
def has_any_role(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user has any role that reads the record: an auditor, and an account without a role, read nothing."""
    return user.is_active and (user.is_superuser or any(has_role(user, role) for role in Role if role.reads_record))


@rules.predicate
def reads_trail(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may see what was done here, and by whom."""
    return bool(is_administrator(user)) or has_role(user, Role.AUDITOR)


@rules.predicate
def has_writing_role(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may keep anything of their own here."""
    return user.is_active and (user.is_superuser or any(has_role(user, role) for role in Role if role.may_write))


def ensure_groups(**kwargs: object) -> None:
    """Make the group of each role where it is missing; runs after every migration."""
    for role in Role:
        Group.objects.get_or_create(name=role.label)
