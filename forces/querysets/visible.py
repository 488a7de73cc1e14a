"""Which rows a user may see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q

from soc_tracker.roles import has_any_role

if TYPE_CHECKING:
    pass


def valid_on(day: date, prefix: str = "") -> Q:
    """Records whose validity (ends inclusive, empty is open) covers the day."""
    starts, ends = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


class VisibleQuerySet(models.QuerySet):
    """The one place that says which rows a user may see: all, for anybody who has a role."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self if has_any_role(user) else self.none()

    def get_by_natural_key(self, *key: str) -> models.Model:
        return self.get(slug=key[0])
