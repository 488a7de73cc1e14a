"""The one way in which a row is written: validated, in one transaction, with who, when, why and what it was before.

Works on any model that has a ``version`` number and a simple-history
``history``. Apps wrap these functions in services that speak their own words.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

Record = TypeVar("Record", bound=models.Model)


class StaleRecordError(Exception):
    """Somebody else changed the row after the caller had read it; nothing was written.

    ``current`` is the row as it is stored now, ``attempted`` the refused values by field name.
    """

    def __init__(self, current: models.Model, attempted: Mapping[str, Any]) -> None:
        self.current = current
        self.attempted = dict(attempted)
        super().__init__(f"“{current}” was changed by somebody else in the meantime. Nothing was saved.")


class ReasonRequiredError(ValueError):
    """A write came without the reason that its history must hold."""


def create(model: type[Record], *, by: AbstractBaseUser | None, reason: str, values: Mapping[str, Any]) -> Record:
    """Store a new row. ``by`` is None only for rows that come from a file, whose reason names it.

    Raises ValidationError, naming each field, when the values break a rule of the model.
    """
    related = _many_to_many(model, values)
    record = model(**{name: value for name, value in values.items() if name not in related})
    with transaction.atomic():
        return _save(record, by, reason, related)


def change(
    record: Record,
    *,
    by: AbstractBaseUser | None,
    reason: str,
    expected_version: int,
    values: Mapping[str, Any],
) -> Record:
    """Change the named fields of a stored row and return it; a change to nothing writes nothing.

    Raises StaleRecordError when the row is no longer at ``expected_version``,
    ReasonRequiredError without a reason, ValidationError when a value breaks a rule.
    """
    related = _many_to_many(type(record), values)
    with transaction.atomic():
        current = _lock(record, expected_version, values)
        if not differing(current, values):
            return current
        for name, value in values.items():
            if name not in related:
                setattr(current, name, value)
        current.version += 1
        return _save(current, by, reason, related)


def remove(record: models.Model, *, by: AbstractBaseUser | None, reason: str, expected_version: int) -> None:
    """Delete a stored row; its history stays. Raises as ``change`` does."""
    with transaction.atomic():
        current = _lock(record, expected_version, {})
        _attribute(current, by, reason)
        current.delete()


def differing(record: models.Model, values: Mapping[str, Any]) -> list[str]:
    """The names of the fields whose stored value is not the given one."""
    related = _many_to_many(type(record), values)
    plain = [name for name in values if name not in related and getattr(record, name) != values[name]]
    many = [name for name, items in related.items() if set(getattr(record, name).all()) != set(items)]
    return plain + many


def _lock(record: Record, expected_version: int, values: Mapping[str, Any]) -> Record:
    current = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != expected_version:
        raise StaleRecordError(current, values)
    return current


def _save(record: Record, by: AbstractBaseUser | None, reason: str, related: Mapping[str, Any]) -> Record:
    _attribute(record, by, reason)
    record.full_clean()
    record.save()
    for name, items in related.items():
        getattr(record, name).set(items)
    return record


def _attribute(record: models.Model, by: AbstractBaseUser | None, reason: str) -> None:
    if not reason.strip():
        raise ReasonRequiredError("Say why: the reason is kept with the change.")
    record._change_reason = reason.strip()
    record._history_user = by


def _many_to_many(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in model._meta.many_to_many}
    return {name: value for name, value in values.items() if name in names}
