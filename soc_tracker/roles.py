"""The four roles, held as groups, and what each may do, stated once as predicates."""

import rules
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import TextChoices


class Role(TextChoices):
    INSPECTOR = "inspector", "Inspector"
    ANALYST = "analyst", "Analyst"
    LEAD_RESPONSIBLE_OFFICER = "lead-responsible-officer", "Lead responsible officer"
    ADMINISTRATOR = "administrator", "Administrator"


def has_role(user: AbstractUser | AnonymousUser, role: Role) -> bool:
    """Whether the user is in the group of the role."""
    return user.is_authenticated and rules.is_group_member(role.label)(user)
