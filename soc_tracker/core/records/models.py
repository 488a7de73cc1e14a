"""What every stored record has: a version number against lost updates, and its history."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Prefetch, Q
from django.db.models.lookups import In
from django.db.models.signals import post_delete, post_save, pre_delete
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from soc_tracker.core.access.models import EVERYTHING, Sight, sight_of
from soc_tracker.core.access.roles import has_any_role
from soc_tracker.core.text.normal import FoldedText


class ChangeManager(HistoryManager):
    """Made for each look at a history, of a class that is made once: the package makes one every time."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[HistoricalQuerySet], class_name: str | None = None) -> type[Self]:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """History in one table per stored model: a proxy, such as Force, writes to that of its model.

    It keeps what was written, not what searching makes of it.
    """

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        return [field for field in super().fields_included(model) if not isinstance(field, FoldedText)]

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        if not sender._meta.proxy:
            super().finalize(sender, **kwargs)
        elif issubclass(sender, self.cls):
            post_save.connect(self.post_save, sender=sender, weak=False)
            pre_delete.connect(self.pre_delete, sender=sender, weak=False)
            post_delete.connect(self.post_delete, sender=sender, weak=False)


class Tracked(models.Model):
    """A record whose every change is kept: who, when, why and what it was before.

    ``version`` grows by one with each write, so that a form opened before
    somebody else's change is refused instead of overwriting it.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(
        inherit=True, history_manager=ChangeManager, history_change_reason_field=models.TextField(null=True)
    )

    class Meta:
        abstract = True

    @classmethod
    def no_draft(cls) -> Q:
        """The condition that a row, and a row of its history, is not of work that is still to be published."""
        return ~Q(pk__in=())


# Invariants that several models share, as the database states them.


def days_in_order(first: str, last: str, name: str) -> CheckConstraint:
    """The last day is not before the first, where both are known."""
    either_open = Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__isnull": True})
    return CheckConstraint(
        condition=either_open | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message="The last day comes before the first.",
    )


# Whole numbers of any size can be asked for; those that no column holds are those of no row.


LOWEST, HIGHEST = -(2**63), 2**63 - 1


@models.IntegerField.register_lookup
class OneOfTheNumbers(In):
    """``number__in``, as Django's own lookup, which would hand SQLite what it cannot take. Of a single number, its
    lookup does the same.
    """

    def get_prep_lookup(self) -> Any:
        numbers = super().get_prep_lookup()
        if not self.rhs_is_direct_value():
            return numbers
        return [each for each in numbers if not isinstance(each, int) or LOWEST <= each <= HIGHEST]


# Which rows a user may see.


def valid_on(day: date, prefix: str = "") -> Q:
    """Records whose validity (ends inclusive, empty is open) covers the day."""
    starts, ends = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


PUBLISHED, OWN_RULE = "published", "a rule of its own"
"""What a model says in ``reached_by`` whose rows every account with a role may read; and one whose queryset says whose
they are.
"""


def body_of(model: Any) -> str | None:
    """Where the rows of a model have the body by which they are seen; None where it is by no body. One that says
    nothing is read by nobody: AttributeError.
    """
    return None if model.reached_by in (PUBLISHED, OWN_RULE) else str(model.reached_by)


PUBLIC = ("forces", "inspections")
"""The apps of what was published, which a setting opens to those who have not signed in."""


class VisibleQuerySet(models.QuerySet):
    """The one place that says which rows a user may see.

    A model whose rows are for those alone who reach the body that they are of says in ``reached_by`` where that body
    stands, such as "organisation" or "plan__organisation"; one whose rows anybody with a role may read, PUBLISHED. One
    that is silent shows nothing to anybody.
    """

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        is_stranger = not user.is_authenticated and settings.PUBLIC_PUBLISHED
        is_open = is_stranger and self.model._meta.app_label in PUBLIC and body_of(self.model) is None
        return self.seen_by(sight_of(user)) if is_open or has_any_role(user) else self.none()

    def seen_by(self, sight: Sight) -> Self:
        """The same for a sight that was worked out already, as a standpoint has it."""
        body = body_of(self.model)
        return self if sight.everything or body is None else self.filter(**{f"{body}__in": sight.bodies})

    def open_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What the user may see, and what is still to be published of the work that they do."""
        return self.visible_to(user)

    def less_drafts(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """All rows but those that are still to be published and are not the user's work."""
        return self

    def naming(self, user: AbstractBaseUser | AnonymousUser, *links: str) -> Self:
        """With the linked records, read at once. One that the user may not see is None, though the row has its key."""
        if sight_of(user).everything:
            return self.select_related(*links)
        rows: dict[str, Any] = {link: self.model._meta.get_field(link).related_model for link in links}
        return self.prefetch_related(*(Prefetch(link, rows[link].objects.visible_to(user)) for link in links))


def seen_at(user: AbstractBaseUser | AnonymousUser, path: str, model: type[models.Model]) -> Q:
    """Rows whose linked record of the model, at the path, the user may see, as a condition."""
    sight, body = sight_of(user), body_of(model)
    every = ~Q(pk__in=())  # which, unlike no condition at all, can be joined with others by "or"
    return every if sight.everything or body is None else Q(**{f"{path}__{body}__in": sight.bodies})


# What was counted over several bodies at once: an extract's numbers, a figure that somebody cited.


class WholeQuerySet(VisibleQuerySet):
    """Of models that are ``Whole``."""

    def seen_by(self, sight: Sight) -> Self:
        if sight.everything:
            return self
        counted: Any = self.model._meta.get_field("bodies").remote_field
        named = counted.through.objects.filter(**{str(self.model._meta.model_name): OuterRef("pk")})
        return self.filter(~Exists(named.exclude(organisation__in=sight.bodies)), of_every_body=False)


class Whole(models.Model):
    """A record whose numbers are of the rows that its writer saw: it is seen by whoever sees all of these.

    ``bodies`` are those that the writer saw, none where it was ``of_every_body``.
    """

    reached_by = OWN_RULE
    of_every_body = models.BooleanField(default=True, db_default=True, editable=False)
    bodies = models.ManyToManyField("forces.Organisation", related_name="+", blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def sight(self) -> Sight:
        """What its writer saw."""
        if self.of_every_body:
            return EVERYTHING
        return Sight(bodies=frozenset(body.pk for body in self.bodies.all()))
