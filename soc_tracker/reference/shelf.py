"""The stored records of a kind as a loading meets them: where each is, who wrote it last, what files say of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain, count
from typing import Any

from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.text import slugify

from soc_tracker.core.records.states import changed_names, states_of_rows
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import normalise
from soc_tracker.reference.kinds import Kind, name_field
from soc_tracker.reference.models import Statement, outranks
from soc_tracker.reference.rows import LeftAloneError

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Entry:
    """The line of a record's history by which somebody wrote a field."""

    reason: str
    on: datetime
    by: str

    def __str__(self) -> str:
        on = in_words(timezone.localtime(self.on).date())
        return f"by {self.by or 'an unnamed process'} on {on}, “{self.reason or 'no reason given'}”"


def holder_in_words(holder: Entry | str, *, stays: bool) -> str:
    """Who holds a field whose value stays; or who says something else of one whose value does not."""
    if isinstance(holder, Entry):
        return f"edited {holder}"
    if not holder:
        return ""
    return f"“{holder}” says so" if stays else f", although “{holder}” says otherwise"


def name_of_value(value: Any) -> Any:
    """A value of a field as a statement keeps it: a record by its name, days and numbers as texts."""
    match value:
        case Model():
            return str(getattr(value, name_field(type(value)) or "pk"))
        case list():
            return sorted(map(name_of_value, value))
        case Decimal():
            return str(value.normalize())
        case date():
            return value.isoformat()
        case _:
            return value


class Shelf:
    """The stored records of one kind, found by their key in the files even where somebody has changed that key.

    Knows which fields people have written, since the files, whose reason begins with ``reason``; and what each origin
    says of them, of which ``statements`` are all. Costs two queries and one for each link to many, whatever the number
    of records, and two for each record that a row would change.
    """

    def __init__(self, kind: Kind, reason: str, statements: Iterable[Statement]) -> None:
        self.kind, self.reason = kind, reason
        single = [name for name, field in kind.fields.items() if isinstance(field, ForeignKey)]
        many = [name for name, field in kind.fields.items() if field.many_to_many]
        stored = kind.model._base_manager.select_related(*single).prefetch_related(*many).order_by("pk")
        self.records: dict[int, Any] = {record.pk: record for record in stored}
        self.by_key: dict[Key, int] = {}
        for pk, record in self.records.items():
            self.by_key.setdefault(tuple(getattr(record, column) for column in kind.key_columns), pk)
        self.said: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
        for statement in statements:
            self.said[statement.record][statement.origin] = statement.said
        self.loaded: dict[Key, int] = {}
        self.last: dict[int, Entry] = {}
        self.edited: set[int] = set()
        self.touched: set[int] = set()
        history: Any = kind.model.history
        entries = history.order_by("history_id").values_list(
            "id", "history_change_reason", "history_date", "history_user__username", *kind.key_columns
        )
        for pk, why, on, by, *key in entries:
            self.last[pk] = Entry(why or "", on, by or "")
            if self.last[pk].reason.startswith(reason):
                self.loaded[tuple(key)] = pk
            else:
                self.edited.add(pk)

    def find(self, key: Key) -> Any:
        """The record with this key, or the one that was loaded with it and has another key since; else None.

        Raises LeftAloneError when it was loaded once, and somebody has removed it.
        """
        pk = self.by_key.get(key) or self.loaded.get(key)
        if pk is None:
            return None
        if pk not in self.records:
            raise LeftAloneError(f"removed {self.last[pk]}")
        self.touched.add(pk)
        return self.records[pk]

    @cached_property
    def slugs(self) -> dict[Key, str]:
        """The slug of each record by what it is called; of several called so, that of the first."""
        slugs: dict[Key, str] = {}
        for record in self.records.values():
            slugs.setdefault(self.called(getattr(record, name) for name in self.kind.named_by), record.slug)
        return slugs

    @cached_property
    def taken(self) -> set[str]:
        return {record.slug for record in self.records.values()}

    def called(self, values: Iterable[Any]) -> Key:
        """Values in the form in which all spellings of a text are one; None of a text is none."""
        return tuple(normalise(value or "") if isinstance(value, str | None) else value for value in values)

    def slug_of(self, values: Mapping[str, Any]) -> str:
        """The slug of the record that is called as a row without a slug says; of a new one, a slug made of that."""
        words = [values.get(name) for name in self.kind.named_by]
        if known := self.slugs.get(self.called(words)):
            return known
        longest: int = self.kind.fields["slug"].max_length or 0
        made = slugify("-".join(str(name_of_value(value)) for value in words if value is not None))[:longest].strip("-")
        others = (f"{made[: longest - 4]}-{number}" for number in count(2))
        return next(slug for slug in chain([made], others) if slug not in self.taken)

    def add(self, record: Any) -> None:
        """A record that this run has made."""
        self.records[record.pk] = record
        if "slug" in self.kind.key:
            self.slugs.setdefault(self.called(getattr(record, name) for name in self.kind.named_by), record.slug)
            self.taken.add(record.slug)

    def edits_of(self, record: Model, names: Collection[str]) -> Mapping[str, Entry]:
        """By whom each of the fields was written that a person wrote last; of the others nothing."""
        if record.pk not in self.edited:  # as is a word that a migration stored, which has no history
            return {}
        history: Any = self.kind.model.history
        rows = list(history.filter(id=record.pk).order_by("version", "history_id").select_related("history_user"))
        states = states_of_rows(rows)
        fields: Any = self.kind.fields
        before: Mapping[str, Any] = {  # what a new record has in fields that nobody states
            name: frozenset() if fields[name].many_to_many else fields[name].get_default() for name in names
        }
        held: dict[str, Entry] = {}
        for row in rows:
            after = states[row.history_id]
            why = row.history_change_reason or ""
            for name in set(changed_names(before, after)) & set(names):
                held.pop(name, None)
                if not why.startswith(self.reason):
                    held[name] = Entry(why, row.history_date, row.history_user.username if row.history_user else "")
            before = after
        return held

    def stated_by(self, record: Model, name: str, origin: str, value: Any) -> str:
        """The weightiest other origin that says something else of the field; "" where none does."""
        own = name_of_value(value)
        others = [other for other, said in self.said[record.pk].items() if other != origin and name in said]
        against = [other for other in others if self.said[record.pk][other][name] != own]
        first = ""
        for other in against:
            first = other if not first or outranks(other, first) else first
        return first

    def unmentioned(self, origin: str) -> list[Model]:
        """Records that an earlier run of the origin spoke of, and that no row of this run does."""
        stated = {pk for pk, said in self.said.items() if origin in said} & set(self.records)
        return [self.records[pk] for pk in sorted(stated - self.touched)]
