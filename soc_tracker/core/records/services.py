"""The writes of one model in three verbs, on which every app builds its services."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction

from soc_tracker.core.records import writing

Record = TypeVar("Record", bound=models.Model)
By = AbstractBaseUser | None


class Service(Generic[Record]):
    """Creates, changes and removes rows of one model; a subclass adds what the model's rules ask for.

    Values are given as ``dict()`` takes them: a mapping, keywords, or both.
    Each verb is one transaction and raises what the function of
    ``soc_tracker.core.records.writing`` by the same name raises.
    """

    def __init__(self, model: type[Record], *, fixed: tuple[str, ...] = ()) -> None:
        """``fixed`` names the fields that keep their first value for good, such as those of an address."""
        self.model = model
        self.fixed = fixed

    def create(self, values: Mapping[str, Any] | None = None, /, *, by: By, reason: str, **more: Any) -> Record:
        with transaction.atomic():
            record = writing.create(
                self.model, by=by, reason=reason, values={**(values or {}), **more}, prepare=self.prepare
            )
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
            changed = writing.change(
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
            writing.remove(record, by=by, reason=reason, expected_version=expected_version)

    def prepare(self, record: Record) -> None:
        """Complete the row and check its rules before it is stored. Raises ValidationError."""

    def follow(self, record: Record, *, by: By, reason: str) -> None:
        """Write what must follow from the row now stored."""

    def check_removal(self, record: Record) -> None:
        """Raise ValidationError when the row must stay."""

    def fixed_fields(self, record: Record) -> tuple[str, ...]:
        """The fields of a stored row that no change may touch, as things stand."""
        return self.fixed

    def _prepare_change(self, record: Record) -> None:
        self._refuse_moved(record, self.fixed_fields(record))
        self.prepare(record)

    def _refuse_moved(self, record: Record, fixed: tuple[str, ...]) -> None:
        if not fixed:
            return
        (stored,) = self.model._base_manager.filter(pk=record.pk)
        keys: list[Any] = [self.model._meta.get_field(name) for name in fixed]
        moved = [key.name for key in keys if getattr(record, key.attname) != getattr(stored, key.attname)]
        if moved:
            raise ValidationError({name: f"The {self._label(name)} can no longer change." for name in moved})

    def _label(self, name: str) -> str:
        field: Any = self.model._meta.get_field(name)
        return str(field.verbose_name)
