"""The four roles, held as groups, and what each may do, stated once as predicates."""

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser, Group
from django.db.models import TextChoices


class Role(TextChoices):
    INSPECTOR = "inspector", "Inspector"
    ANALYST = "analyst", "Analyst"
    LEAD_RESPONSIBLE_OFFICER = "lead-responsible-officer", "Lead responsible officer"
    ADMINISTRATOR = "administrator", "Administrator"


def has_role(user: AbstractUser | AnonymousUser, role: Role) -> bool:
    """Whether the account is in use and in the group of the role."""
    return user.is_active and rules.is_group_member(role.label)(user)


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


def ensure_groups(**kwargs: object) -> None:
    """Make the group of each role where it is missing; runs after every migration."""
    for role in Role:
        Group.objects.get_or_create(name=role.label)
