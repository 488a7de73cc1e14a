"""What is stored already, and whether somebody has edited it since the files were last loaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils import timezone

from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.reference.kinds import Kind
from soc_tracker.reference.outcome import LeftAloneError

REASON = "Reference data: "
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Entry:
    """The last line of a record's history."""

    reason: str
    on: datetime
    by: str

    @property
    def is_ours(self) -> bool:
        return self.reason.startswith(REASON)

    def __str__(self) -> str:
        on = in_words(timezone.localtime(self.on).date(), Precision.DAY)
        return f"by {self.by or 'an unnamed process'} on {on}, “{self.reason or 'no reason given'}”"


class Shelf:
    """The stored records of one kind, found by their key in the files even where somebody has changed that key.

    Costs four queries, whatever the number of records.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.touched: set[int] = set()
        self._records = {record.pk: record for record in self._all()}
        self._by_key: dict[Key, int] = {}
        for pk, record in self._records.items():
            self._by_key.setdefault(tuple(getattr(record, column) for column in kind.key_columns), pk)
        self._loaded: dict[Key, int] = {}
        self._last: dict[int, Entry] = {}
        self._read_history()

    def _all(self) -> Any:
        single = [name for name, field in self.kind.fields.items() if isinstance(field, ForeignKey)]
        many = [name for name, field in self.kind.fields.items() if field.many_to_many]
        return self.kind.model._base_manager.select_related(*single).prefetch_related(*many).order_by("pk")

    def _read_history(self) -> None:
        entries = self.kind.model.history.order_by("history_id").values_list(
            "id", "history_change_reason", "history_date", "history_user__username", *self.kind.key_columns
        )
        for pk, reason, on, by, *key in entries:
            self._last[pk] = Entry(reason or "", on, by or "")
            if self._last[pk].is_ours:
                self._loaded[tuple(key)] = pk

    def find(self, key: Key) -> Model | None:
        """The record with this key, or the one that was loaded with it and has another key since.

        Raises LeftAloneError when it was loaded once, and somebody has removed it.
        """
        pk = self._by_key.get(key) or self._loaded.get(key)
        if pk is None:
            return None
        if pk not in self._records:
            raise LeftAloneError(f"removed {self._last[pk]}")
        self.touched.add(pk)
        return self._records[pk]

    def edit_of(self, record: Model) -> str:
        """Who edited the record since the files were loaded; empty when nobody did."""
        entry = self._last.get(record.pk)
        if entry is None:
            return "stored without a history"
        return "" if entry.is_ours else f"edited {entry}"

    def is_newer(self, record: Model, moment: datetime) -> bool:
        return record.pk in self._last and self._last[record.pk].on >= moment

    @property
    def no_longer_in_files(self) -> list[Model]:
        """Records that an earlier run loaded and that no row of this run speaks of."""
        loaded = set(self._loaded.values()) & set(self._records)
        return [self._records[pk] for pk in sorted(loaded - self.touched)]


class Catalogue:
    """The records that rows refer to by slug. Reads each model once, then knows what this run has done."""

    def __init__(self) -> None:
        self._records: dict[type[Model], dict[str, Model]] = {}
        self._absent: dict[tuple[type[Model], str], Exception] = {}

    def find(self, model: type[Model], slug: str) -> Model | None:
        """The record, or None. Raises what befell its own row, when that was refused or its record is removed."""
        record = self._known(model).get(slug)
        if record is None and (model, slug) in self._absent:
            raise self._absent[model, slug]
        return record

    def add(self, slug: str, record: Model) -> None:
        self._known(type(record))[slug] = record

    def leave_out(self, model: type[Model], slug: str, why: Exception) -> None:
        """Remember why there may be no such record."""
        self._absent[model, slug] = why

    def _known(self, model: type[Model]) -> dict[str, Model]:
        if model not in self._records:
            self._records[model] = {record.slug: record for record in model._base_manager.order_by("pk")}
        return self._records[model]
