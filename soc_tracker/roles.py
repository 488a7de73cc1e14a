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
    """Whether the user is in the group of the role."""
    return user.is_authenticated and rules.is_group_member(role.label)(user)


@rules.predicate
def is_administrator(user: AbstractUser | AnonymousUser) -> bool:
    """Whether the user may enter the admin, and there do everything."""
    return user.is_active and (user.is_superuser or has_role(user, Role.ADMINISTRATOR))


def ensure_groups(**kwargs: object) -> None:
    """Make the group of each role where it is missing; runs after every migration."""
    for role in Role:
        Group.objects.get_or_create(name=role.label)
