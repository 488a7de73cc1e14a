"""What a record was, brought back as a new change: an earlier version of a stored record, or one that was removed.

What is brought back obeys the rules of today, through the services that write it. Nothing of the history is undone:
it grows by one line, whose reason says what was brought back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction

from soc_tracker.core.records import services as records
from soc_tracker.core.records.history import Difference, differences
from soc_tracker.core.records.services import By, Service, StaleRecordError
from soc_tracker.core.records.states import Wording, changed_names, editable_fields, state_of, states_of_rows

ServiceOf = Callable[[type[models.Model]], Service[Any] | None]


@dataclass(frozen=True)
class Version:
    """What a record was after one of its writes; of a removed record, ``row`` is the one that its removal left.

    ``stored`` is the record as it is now, None while it is removed.
    """

    service: Service[Any]
    row: Any
    stored: Any

    @property
    def is_of_removed(self) -> bool:
        return self.stored is None

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The fields that stay as they are now, for a change may not touch them: their own steps move them."""
        return () if self.is_of_removed else self.service.fixed_fields(self.stored)

    @cached_property
    def holder(self) -> Any:
        """The row of the history that holds what the version said: that of a removal lacks its links to many."""
        model: Any = self.service.model
        same = model.history.filter(id=self.row.id, version=self.row.version)
        return same.exclude(history_type="-").order_by("-history_id").first() or self.row

    def differences(self) -> list[Difference]:
        """What would change, from what is stored now to what is brought back; of a removed record, all that it said."""
        then = next(iter(states_of_rows([self.holder]).values()))
        today = dict.fromkeys(then) if self.is_of_removed else state_of(self.stored)
        then = {name: value for name, value in then.items() if name not in self.kept}
        wording = Wording(self.service.model, (today, then), changed_names(today, then))
        return list(differences(today, then, wording))

    def values(self) -> dict[str, Any]:
        """The fields as they were. Raises ValidationError, naming each that links to what is there no more."""
        model = self.service.model
        # Of a removed record also what no form shows; what its history leaves out, services work out anew.
        fields = self.holder.tracked_fields if self.is_of_removed else editable_fields(model)
        wanted = [field for field in fields if not field.primary_key and field.name not in ("version", *self.kept)]
        values: dict[str, Any] = {}
        gone: list[str] = []
        for field in (field for field in wanted if not field.many_to_many):
            try:
                values[field.name] = getattr(self.holder, field.name)
            except ObjectDoesNotExist:
                label = field.verbose_name.capitalize()
                gone.append(f"{label}: what it named has been removed. Bring that back first.")
        if gone:
            raise ValidationError(gone)
        # Of links to many, those to records that are there no more are left out.
        state = next(iter(states_of_rows([self.holder]).values()))
        for field in self.holder._history_m2m_fields:
            if field.name not in self.kept:
                values[field.name] = list(field.related_model._base_manager.filter(pk__in=state[field.name]))
        return values


def get_version(service: Service[Any], key: int, number: int) -> Version | None:
    """The version of a record by its number; None where there is none."""
    model: Any = service.model
    row = model.history.filter(id=key, version=number).order_by("-history_id").first()
    return Version(service, row, model._base_manager.filter(pk=key).first()) if row else None


def parts_removed_with(version: Version, service_of: ServiceOf) -> Iterator[Version]:
    """What belonged to a removed record and went with it, the nearest first: all bear the time of its removal."""
    if not version.is_of_removed:
        return
    for relation in version.service.model._meta.related_objects:
        service = service_of(relation.related_model)
        if service is None or relation.on_delete is not models.CASCADE:
            continue
        history: Any = relation.related_model.history
        rows = history.filter(
            **{relation.field.name: version.row.id}, history_type="-", history_date=version.row.history_date
        )
        for row in rows.order_by("history_id"):
            part = Version(service, row, None)
            yield part
            yield from parts_removed_with(part, service_of)


def restore(version: Version, service_of: ServiceOf, *, by: By, reason: str, expected_version: int) -> models.Model:
    """Bring a version back and return the record: of a removed one, under its own key, with what went with it.

    Raises ValidationError when a rule of today stands against it, StaleRecordError when the record has been changed,
    or brought back, since ``expected_version`` was read.
    """
    why, service = f"Brought back version {version.row.version}: {reason}", version.service
    if not version.is_of_removed:
        values = version.values()
        changed: models.Model = service.change(
            version.stored, values, by=by, reason=why, expected_version=expected_version
        )
        return changed
    if version.row.version != expected_version:
        raise StaleRecordError(version.row.instance, expected_version, {}, removed=True)
    with transaction.atomic():
        whole = [version, *parts_removed_with(version, service_of)]
        created: list[models.Model] = []
        for each in whole:
            own = {each.service.model._meta.pk.name: each.row.id, "version": each.row.version + 1}
            model, prepare = each.service.model, each.service.prepare
            created.append(records.create(model, by=by, reason=why, values=each.values() | own, prepare=prepare))
        # Only now: what follows from a record may be among the parts that came back with it.
        for each, record in zip(whole, created, strict=True):
            each.service.follow(record, by=by, reason=why)
    return created[0]
