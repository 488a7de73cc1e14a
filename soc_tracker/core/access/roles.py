"""The roles, held as groups: a line for each says what who has it comes to do, and whether they may write.

Everybody with a role reads whatever the site holds. What a role may write is said where it is written: the ``rules`` of
each app name the roles for whom it is work, by ``in_role``.
"""

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group
from django.db.models import TextChoices

WRITES = True


class Role(TextChoices):
    """Its value, what it comes to do, whether it may write anything of its own, and what it is called."""

    INSPECTOR = (
        "inspector",
        "Browses forces and regions, compares bodies, follows findings and recommendations.",
        WRITES,
        "Inspector",
    )
    ANALYST = "analyst", "Filters findings and figures, and exports exactly what is on screen.", WRITES, "Analyst"
    LEAD_RESPONSIBLE_OFFICER = (
        "lead-responsible-officer",
        "Sees what was found in a force, what must change by when, and who does it well.",
        WRITES,
        "Lead responsible officer",
    )
    ADMINISTRATOR = (
        "administrator",
        "Does all of this, and edits gradings and reference data in the admin.",
        WRITES,
        "Administrator",
    )

    does: str
    may_write: bool

    def __new__(cls, value: str, does: str, may_write: bool) -> "Role":
        role = str.__new__(cls, value)
        role._value_ = value
        role.does, role.may_write = does, may_write
        return role


def has_role(user: AbstractUser | AnonymousUser, role: Role) -> bool:
    """Whether the account is in use and in the group of the role."""
    return user.is_active and bool(rules.is_group_member(role.label)(user))


def in_role(role: Role) -> rules.Predicate:
    """``has_role`` as a predicate, to be joined with others."""
    return rules.predicate(lambda user: has_role(user, role), name=f"is_{role.name.lower()}")


@rules.predicate
def is_administrator(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may enter the admin, and there do everything."""
    return user.is_active and (user.is_superuser or has_role(user, Role.ADMINISTRATOR))


@rules.predicate
def has_any_role(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user comes to do anything here: an account without a role reads nothing of the record."""
    return user.is_active and (user.is_superuser or any(has_role(user, role) for role in Role))


@rules.predicate
def has_writing_role(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may keep anything of their own here."""
    return user.is_active and (user.is_superuser or any(has_role(user, role) for role in Role if role.may_write))


def ensure_groups(**kwargs: object) -> None:
    """Make the group of each role where it is missing; runs after every migration."""
    for role in Role:
        Group.objects.get_or_create(name=role.label)
