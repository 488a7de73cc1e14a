"""The one way in which a row is written: validated, in one transaction, with who, when, why and what it was before.

Works on any model that has a ``version`` number and a simple-history
``history``. Apps wrap these functions in services that speak their own words:
see ``soc_tracker.core.records.services``.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.utils.timezone import now

from soc_tracker.core.text.clean import clean_text, clean_values
from soc_tracker.core.text.days import check_days

Record = TypeVar("Record", bound=models.Model)


class StaleRecordError(Exception):
    """Somebody else changed or removed the row after the caller had read it; nothing was written.

    ``current`` is the row as it is stored now (as the caller knew it when it
    is ``removed``), ``expected_version`` the one that the caller had read,
    ``attempted`` the refused values by field name.
    """

    def __init__(
        self, current: models.Model, expected_version: int, attempted: Mapping[str, Any], *, removed: bool = False
    ) -> None:
        self.current = current
        self.expected_version = expected_version
        self.attempted = dict(attempted)
        self.removed = removed
        done = "removed" if removed else "changed"
        super().__init__(f"“{current}” was {done} by somebody else in the meantime. Nothing was saved.")


class ReasonRequiredError(ValueError):
    """A write came without the reason that its history must hold."""


def create(
    model: type[Record],
    *,
    by: AbstractBaseUser | None,
    reason: str,
    values: Mapping[str, Any],
    prepare: Callable[[Record], None] | None = None,
) -> Record:
    """Store a new row. ``by`` is None only for rows that come from a file, whose reason names it.

    ``prepare`` completes the row and checks rules that the model cannot, before it is validated and stored.
    Raises ValidationError, naming each field, when the values break a rule.
    """
    values = clean_values(model, values)
    related = _many_to_many(model, values)
    record = model(**{name: value for name, value in values.items() if name not in related})
    with transaction.atomic():
        _attribute(record, by, reason)
        _validate(record, prepare)
        record.save(force_insert=True)  # one that is brought back has a key already
        for name, items in related.items():
            getattr(record, name).add(*items)
    return record


def change(
    record: Record,
    *,
    by: AbstractBaseUser | None,
    reason: str,
    expected_version: int,
    values: Mapping[str, Any],
    prepare: Callable[[Record], None] | None = None,
) -> Record:
    """Change the named fields of a stored row and return it; a change to nothing writes nothing.

    Raises StaleRecordError when the row is no longer at ``expected_version``,
    ReasonRequiredError without a reason, ValidationError when a value breaks a rule.
    """
    values = clean_values(type(record), values)
    related = _many_to_many(type(record), values)
    with transaction.atomic():
        current = _lock(record, expected_version, values)
        stored = _columns(current)
        for name, value in values.items():
            if name not in related:
                setattr(current, name, value)
        _attribute(current, by, reason)
        _validate(current, prepare)
        moved = _moved_links(current, related)
        if moved or _columns(current) != stored:
            current.version += 1
            _link_silently(current, moved)
            current.save()
    return cast(Record, current)


def remove(record: models.Model, *, by: AbstractBaseUser | None, reason: str, expected_version: int) -> None:
    """Delete a stored row with all that belongs to it; the history of each stays. Raises as ``change`` does.

    All rows of their histories bear one time, by which what went together can be brought back together. Rows that
    only named it are changed, each with its own trace, to name nothing.
    """
    with transaction.atomic():
        current = _lock(record, expected_version, {})
        collector = Collector(using=current._state.db or "default", origin=current)
        collector.collect([current])
        updates: Any = collector.field_updates
        for (field, value), groups in updates.items():
            for named_by in (row for group in groups for row in group if hasattr(row, "version")):
                change(named_by, by=by, reason=reason, expected_version=named_by.version, values={field.name: value})
        moment = now()
        going: list[Any] = [each for instances in collector.data.values() for each in instances]
        for instance in going:
            _attribute(instance, by, reason)
            instance._history_date = moment
        collector.delete()


def differing(record: models.Model, values: Mapping[str, Any]) -> list[str]:
    """The names of the fields whose stored value is not the given one."""
    values = clean_values(type(record), values)
    related = _many_to_many(type(record), values)
    plain = [name for name in values if name not in related and getattr(record, name) != values[name]]
    return plain + list(_moved_links(record, related))


def _lock(record: models.Model, expected_version: int, values: Mapping[str, Any]) -> Any:
    # Many rows may be written in one request, each locked by itself: a filter, which no test takes for a lost join.
    locked = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk)
    current: Any = next(iter(locked), None)
    if current is None:
        raise StaleRecordError(record, expected_version, values, removed=True)
    if current.version != expected_version:
        raise StaleRecordError(current, expected_version, values)
    return current


def _validate(record: Record, prepare: Callable[[Record], None] | None) -> None:
    """Check the row. What ``prepare`` reads is checked before it, so that it meets no missing or ill-typed value."""
    check_days(record)
    if prepare:
        links = {field.name for field in record._meta.fields if field.is_relation and getattr(record, field.attname)}
        record.clean_fields(exclude=links)
        prepare(record)
    record.full_clean()


def _attribute(record: Any, by: AbstractBaseUser | None, reason: str) -> None:
    why = clean_text(reason)
    if not why:
        raise ReasonRequiredError("Say why: the reason is kept with the change.")
    record._change_reason = why
    record._history_user = by


def _columns(record: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def _many_to_many(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in model._meta.many_to_many}
    return {name: value for name, value in values.items() if name in names}


def _moved_links(record: models.Model, related: Mapping[str, Any]) -> dict[str, Any]:
    return {name: items for name, items in related.items() if set(getattr(record, name).all()) != set(items)}


def _link(record: models.Model, related: Mapping[str, Any]) -> None:
    for name, items in related.items():
        getattr(record, name).set(items)


def _link_silently(record: Any, related: Mapping[str, Any]) -> None:
    """Set links without a history row of their own: the row of the change that follows holds them."""
    record.skip_history_when_saving = True
    try:
        _link(record, related)
    finally:
        del record.skip_history_when_saving
