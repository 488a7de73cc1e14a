"""Invariants that several models share, as the database states them."""

from django.db.models import CheckConstraint, F, Q


def in_order(first: str, last: str, name: str) -> CheckConstraint:
    """The last day is not before the first, where both are known."""
    either_open = Q(**{f"{last}__isnull": True}) | Q(**{f"{first}__isnull": True})
    return CheckConstraint(
        condition=either_open | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message="The last day comes before the first.",
    )


def about_one(name: str) -> CheckConstraint:
    """The row speaks of a region or of an organisation."""
    return CheckConstraint(
        condition=Q(region__isnull=True, organisation__isnull=False)
        | Q(region__isnull=False, organisation__isnull=True),
        name=name,
        violation_error_message="Choose a region or an organisation, not both.",
    )


def dated(value: str, name: str, message: str) -> CheckConstraint:
    """A value comes with the day it was true on (field ``<value>_as_at``), and no day without a value."""
    neither = Q(**{f"{value}__isnull": True, f"{value}_as_at__isnull": True})
    both = Q(**{f"{value}__isnull": False, f"{value}_as_at__isnull": False})
    return CheckConstraint(condition=neither | both, name=name, violation_error_message=message)
