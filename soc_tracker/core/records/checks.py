"""Whether a row may be stored: its fields, its own rules and the constraints of its table.

Of a stored row only what changes is checked: the rest was checked when it was written, and the database holds it.
Constraints that compare plain values are worked out here; the database is asked for the others.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from operator import eq, ge, gt, le, lt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from soc_tracker.core.text.normal import FoldedText

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {"exact": eq, "gt": gt, "gte": ge, "lt": lt, "lte": le}


class UnclearError(Exception):
    """A condition that only the database can work out."""


def check(record: models.Model, stored: models.Model | None = None) -> None:
    """Raises ValidationError, naming each field, when the row breaks a rule. ``stored`` is the row before a change."""
    fields: list[Any] = list(record._meta.concrete_fields)
    same = {each.name for each in fields if stored and getattr(record, each.attname) == getattr(stored, each.attname)}
    links = {each.name for each in fields if each.is_relation and each.name in same}
    unique = {each.name for each in fields if each.unique and each.name in same}
    errors: dict[str, Any] = {}
    steps: tuple[Callable[[], None], ...] = (
        lambda: record.clean_fields(exclude=links),
        record.clean,
        lambda: record.validate_unique(exclude={*errors, *unique}),
    )
    for step in steps:
        try:
            step()
        except ValidationError as refusal:
            errors = refusal.update_error_dict(errors)
    for constraint, error in list(broken_constraints(record, same, exclude=set(errors))):
        if getattr(error, "code", None) == "unique" and len(constraint.fields) == 1:
            field = record._meta.get_field(constraint.fields[0])
            name = field.sources[0] if isinstance(field, FoldedText) else field.name
            errors.setdefault(name, [error])
        else:
            errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def broken_constraints(
    record: models.Model, same: set[str], *, exclude: set[str]
) -> Iterator[tuple[Any, ValidationError]]:
    """Each constraint that the row breaks, of those that speak of other fields than the same ones."""
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            names = names_in(constraint)
            if names is not None and names <= same:
                continue
            if isinstance(constraint, models.CheckConstraint):
                with suppress(UnclearError):
                    if value_of(constraint.condition, record) is not False:
                        continue
            try:
                constraint.validate(model, record, exclude=exclude)
            except ValidationError as error:
                yield constraint, error


def names_in(constraint: Any) -> set[str] | None:
    """The fields that a constraint speaks of; None where that is not plain."""
    if getattr(constraint, "expressions", ()):
        return None
    condition = constraint.condition
    return {*getattr(constraint, "fields", ()), *(condition.referenced_base_fields if condition else ())}


def value_of(condition: Any, record: models.Model) -> bool | None:
    """What a condition says of a row, as in SQL: None where it turns on a value that is missing."""
    values = [value_of(each, record) if isinstance(each, Q) else compared(each, record) for each in condition.children]
    decisive = condition.connector == Q.OR
    value = decisive if decisive in values else None if None in values else not decisive
    if not condition.negated:
        return value
    if value is None:  # what Django makes of it depends on the field
        raise UnclearError
    return not value


def compared(comparison: Any, record: models.Model) -> bool | None:
    if not isinstance(comparison, tuple):
        raise UnclearError
    (path, other) = comparison
    name, _, lookup = path.partition("__")
    lookup = lookup or "exact"
    names = [name, other.name] if isinstance(other, F) else [name]  # type: ignore[attr-defined]
    if any("__" in each for each in names):
        raise UnclearError
    mine, *others = (getattr(record, record._meta.get_field(each).attname) for each in names)  # type: ignore[union-attr]
    theirs = others[0] if others else other
    if lookup == "isnull":
        return bool((mine is None) == theirs)
    if lookup not in COMPARISONS or hasattr(theirs, "resolve_expression"):
        raise UnclearError
    return None if mine is None or theirs is None else bool(COMPARISONS[lookup](mine, theirs))
