"""The one way in which a row is written: validated, in one transaction, with who, when, why and what it was before.

``create``, ``change`` and ``remove`` work on any model that has a ``version`` number and a simple-history ``history``.
Apps build a ``Service`` for each model on them, which adds the rules that the model alone cannot check.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import partial
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.utils.timezone import now

from soc_tracker.core.records.checks import check
from soc_tracker.core.records.words import Word, WordField
from soc_tracker.core.text.days import check_days
from soc_tracker.core.text.normal import FoldedText, clean_text, clean_values, refold
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

Record = TypeVar("Record", bound=models.Model)
W = TypeVar("W", bound=Word)
By = AbstractBaseUser | AnonymousUser | None
"""Who writes; None only for rows that come from a file, whose reason names it."""


class StaleRecordError(Exception):
    """Somebody else changed or removed the row after the caller had read it; nothing was written.

    ``current`` is the row as it is stored now (as the caller knew it when it is ``removed``), ``expected_version`` the
    one that the caller had read, ``attempted`` the refused values by field name.
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
    by: By,
    reason: str,
    values: Mapping[str, Any],
    prepare: Callable[[Record], None] | None = None,
) -> Record:
    """Store a new row.

    ``prepare`` completes the row and checks rules that the model cannot, before it is validated and stored.
    Raises ValidationError, naming each field, when the values break a rule.
    """
    values = clean_values(model, values)
    links = _links_among(model, values)
    record = model(**{name: value for name, value in values.items() if name not in links})
    with transaction.atomic():
        _attribute(record, by, reason)
        _validate(record, prepare)
        record.save(force_insert=True)  # one that is brought back has a key already
        for name, items in links.items():
            getattr(record, name).add(*items)
        record_event(Kind.ADDITION, by=by, subject=record, after=_said(record) | links, why=reason)
    return record


def change(
    record: Record,
    *,
    by: By,
    reason: str,
    expected_version: int,
    values: Mapping[str, Any],
    prepare: Callable[..., None] | None = None,
    follow: Callable[[Record, Record], None] | None = None,
) -> Record:
    """Change the named fields of a stored row and return it; a change to nothing writes nothing.

    ``prepare`` gets the row, and as ``stored`` what it was; ``follow`` gets both once the row is written.
    Raises StaleRecordError when the row is no longer at ``expected_version``, ReasonRequiredError without a reason,
    ValidationError when a value breaks a rule.
    """
    model = type(record)
    values = clean_values(model, values)
    links = _links_among(model, values)
    with transaction.atomic():
        current: Any = _lock(record, expected_version, values)
        stored = copy(current)
        for name, value in values.items():
            if name not in links:
                setattr(current, name, value)
        _attribute(current, by, reason)
        _validate(current, partial(prepare, stored=stored) if prepare else None, stored)
        links = _links_to_set(current, links)
        linked = {name: list(getattr(current, name).all()) for name in links}
        columns = [field.attname for field in model._meta.concrete_fields]
        if links or any(getattr(current, name) != getattr(stored, name) for name in columns):
            current.version += 1
            current.skip_history_when_saving = True  # the history row of the change below holds the links
            for name, items in links.items():
                getattr(current, name).set(items)
            del current.skip_history_when_saving
            current.save()
            was, now_is = _said(stored), _said(current)
            moved = [name for name in now_is if was.get(name) != now_is[name]]
            before = {name: was.get(name) for name in moved} | linked
            after = {name: now_is[name] for name in moved} | links
            record_event(Kind.CHANGE, by=by, subject=current, before=before, after=after, why=reason)
            if follow:
                follow(current, stored)
    changed: Record = current
    return changed


def remove(record: models.Model, *, by: By, reason: str, expected_version: int) -> None:
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
        for instance in [each for instances in collector.data.values() for each in instances]:
            _attribute(instance, by, reason)
            instance._history_date = moment  # type: ignore[attr-defined]  # read by simple-history
            if hasattr(instance, "version"):
                record_event(Kind.REMOVAL, by=by, subject=instance, before=_said(instance), why=reason)
        collector.delete()


def differing(record: models.Model, values: Mapping[str, Any]) -> list[str]:
    """The names of the fields whose stored value is not the given one."""
    values = clean_values(type(record), values)
    links = _links_among(type(record), values)
    plain = [name for name in values if name not in links and getattr(record, name) != values[name]]
    return plain + list(_links_to_set(record, links))


def _lock(record: Record, expected_version: int, values: Mapping[str, Any]) -> Record:
    # Many rows may be written in one request, each locked by itself: a filter, which no test takes for a lost join.
    locked = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk)
    current: Any = next(iter(locked), None)
    if current is None:
        raise StaleRecordError(record, expected_version, values, removed=True)
    if current.version != expected_version:
        raise StaleRecordError(current, expected_version, values)
    stored: Record = current
    return stored


def _validate(record: Record, prepare: Callable[[Record], None] | None, stored: models.Model | None = None) -> None:
    """Check the row. What ``prepare`` reads is checked before it, so that it meets no missing or ill-typed value."""
    check_days(record)
    if prepare:
        links = {
            field.name
            for field in record._meta.fields
            if field.is_relation and getattr(record, field.attname) and not isinstance(field, WordField)
        }
        record.clean_fields(exclude=links)
        prepare(record)
    refold(record)
    check(record, stored)


def _attribute(record: Any, by: By, reason: str) -> None:
    """Leave word for simple-history of who writes the row, and why."""
    why = clean_text(reason)
    if not why:
        raise ReasonRequiredError("Say why: the reason is kept with the change.")
    record._change_reason = why
    record._history_user = by


def _said(record: models.Model) -> dict[str, Any]:
    """What the record says in its fields, for the trail: without what is worked out from it."""
    return {
        field.name: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key and field.name != "version" and not isinstance(field, FoldedText)
    }


def _links_among(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that are links to many."""
    names = {field.name for field in model._meta.many_to_many}
    return {name: value for name, value in values.items() if name in names}


def _links_to_set(record: models.Model, links: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the links that are not as they are stored."""
    return {name: items for name, items in links.items() if set(getattr(record, name).all()) != set(items)}


class Service(Generic[Record]):
    """Creates, changes and removes rows of one model; a subclass adds what the model's rules ask for.

    Values are given as ``dict()`` takes them: a mapping, keywords, or both. Each verb is one transaction and raises
    what the function of this module by the same name raises.
    """

    def __init__(self, model: type[Record], *, fixed: tuple[str, ...] = ()) -> None:
        """``fixed`` names the fields that keep their first value for good, such as those of an address."""
        self.model = model
        self.fixed = fixed

    def create(self, values: Mapping[str, Any] | None = None, /, *, by: By, reason: str, **more: Any) -> Record:
        with transaction.atomic():
            values = {**(values or {}), **more}
            record = create(self.model, by=by, reason=reason, values=values, prepare=self.prepare)
            self.follow(record, by=by, reason=reason)
        return record

    def change(
        self,
        record: Record,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        by: By,
        reason: str,
        expected_version: int,
        **more: Any,
    ) -> Record:
        with transaction.atomic():
            changed = change(
                record,
                by=by,
                reason=reason,
                expected_version=expected_version,
                values={**(values or {}), **more},
                prepare=self._prepare_change,
            )
            self.follow(changed, by=by, reason=reason)
        return changed

    def remove(self, record: Record, *, by: By, reason: str, expected_version: int) -> None:
        with transaction.atomic():
            self.check_removal(record)
            remove(record, by=by, reason=reason, expected_version=expected_version)

    def prepare(self, record: Record) -> None:
        """Complete the row and check its rules before it is stored. Raises ValidationError."""

    def follow(self, record: Record, *, by: By, reason: str) -> None:
        """Write what must follow from the row now stored."""

    def check_removal(self, record: Record) -> None:
        """Raise ValidationError when the row must stay."""

    def fixed_fields(self, record: Record) -> tuple[str, ...]:
        """The fields of a stored row that no change may touch, as things stand."""
        return self.fixed

    def _prepare_change(self, record: Record, stored: Record) -> None:
        """Refuse to move what is fixed, then prepare the row as any other."""
        if fixed := self.fixed_fields(record):
            fields: list[Any] = [self.model._meta.get_field(name) for name in fixed]
            moved = [field for field in fields if getattr(record, field.attname) != getattr(stored, field.attname)]
            if moved:
                messages = {field.name: f"The {field.verbose_name} can no longer change." for field in moved}
                raise ValidationError(messages)
        self.prepare(record)


class WordService(Service[W]):
    """A word keeps its slug, and what rules the facts that name it (``ruling``) for as long as one does."""

    def __init__(self, model: type[W], *, ruling: tuple[str, ...] = ()) -> None:
        super().__init__(model, fixed=("slug",))
        self.ruling = ruling

    def fixed_fields(self, record: W) -> tuple[str, ...]:
        return (*self.fixed, *self.ruling) if self.ruling and record.is_used else self.fixed
