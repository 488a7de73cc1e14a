"""What was changed on records, by whom, when, why, and from what to what: read from their history, in words.

Rows of a history table that share a record and a version belong to one write
(storing a new row with its links takes two); the last of them holds its outcome.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import capfirst

from soc_tracker.core.access.models import EVERYTHING, Sight
from soc_tracker.core.records.models import Tracked, body_of
from soc_tracker.core.records.states import NOT_STATED, Row, State, Wording, changed_names, name_of, states_of_rows

BY_FILE = "Loaded from a file"
AT_A_TIME = 500


class ChangeKind(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"


REMOVAL = Q(history_type="-")
OF_KIND = {
    ChangeKind.ADDED: Q(version=1) & ~REMOVAL,
    ChangeKind.CHANGED: Q(version__gt=1) & ~REMOVAL,
    ChangeKind.REMOVED: REMOVAL,
}


@dataclass(frozen=True)
class Difference:
    """One field before and after, both in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One write of one record, whose key is ``key``. ``record`` is the row as it is stored now, None when it has been
    removed.

    A removal's differences are all that the row said; an addition has none.
    """

    when: datetime
    who: str
    reason: str
    kind: ChangeKind
    differences: tuple[Difference, ...]
    version: int
    title: str
    record: Any
    key: int

    @property
    def url(self) -> str:
        """The record's own page; empty when it has none, or none any more."""
        return self.record.get_absolute_url() if hasattr(self.record, "get_absolute_url") else ""


def changes_of(record: models.Model, *, since_version: int = 0, sight: Sight = EVERYTHING) -> list[Change]:
    """Every write of a record after a version, newest first, in a number of queries that does not grow with them.

    Of a reader's ``sight``: those that left it with a body that is seen. What it links to and is not, is not named.
    """
    wanted = Q(id=record.pk, version__gte=since_version) & in_sight(type(record), sight)
    rows = list(_writes(type(record), wanted))
    later = [row for row in rows if row.version > since_version or row.history_type == "-"]
    return _changes(type(record), later, known=rows, stored={record.pk: record}, sight=sight)


def changes_in(
    model: type[Tracked],
    *,
    limit: int = 50,
    since: datetime | None = None,
    kinds: Collection[ChangeKind] = tuple(ChangeKind),
    not_by: AbstractBaseUser | None = None,
    named_by: Sequence[str] = (),
    known: Iterable[models.Model] = (),
    sight: Sight = EVERYTHING,
    **filters: Any,
) -> list[Change]:
    """The newest writes of a model's records, drafts aside, in a number of queries that does not grow with them.

    ``filters`` name fields of the model as each write left them, such as ``organisation=force``.
    ``not_by`` leaves out what this user wrote; ``named_by`` are links that may be empty and whose names the records'
    own names hold; ``known`` are records that have been read already. ``sight`` is as in ``changes_of``.
    """
    wanted = reduce(or_, [OF_KIND[kind] for kind in kinds]) & Q(**filters) & in_sight(model, sight) & model.no_draft()
    if since:
        wanted &= Q(history_date__gte=since)
    if not_by:
        wanted &= ~Q(history_user=not_by.pk)
    rows = list(_writes(model, wanted)[:limit])
    return _changes_with_earlier(model, rows, named_by=named_by, known=known, sight=sight)


def every_change(model: type[Tracked], wanted: Q, *, sight: Sight = EVERYTHING) -> Iterator[Change]:
    """All writes of a model's records that meet a condition on rows of its history, in the order in which they were
    made; however many, some hundred at a time are held in memory. An addition's differences are all that it said.
    """
    last = 0
    in_order = _writes(model, wanted & in_sight(model, sight) & model.no_draft()).order_by("history_id")
    while rows := list(in_order.filter(history_id__gt=last)[:AT_A_TIME]):
        yield from _changes_with_earlier(model, rows, additions_in_full=True, sight=sight)
        last = rows[-1].history_id


def newest(changes: Iterable[Change], most: int) -> list[Change]:
    """Of changes of several models or records, the newest first."""
    return sorted(changes, key=lambda change: change.when, reverse=True)[:most]


def in_sight(model: Any, sight: Sight) -> Q:
    """The rows of a history that left the record with a body that is seen."""
    body = None if sight.everything else body_of(model)
    return Q() if body is None else Q(**{f"{body}__in": sight.bodies})


def _writes(model: Any, wanted: Q) -> QuerySet[Any]:
    """The last history row of each write, newest first."""
    same_write = model.history.filter(id=OuterRef("id"), version=OuterRef("version")).exclude(REMOVAL)
    later_part = same_write.filter(history_id__gt=OuterRef("history_id"))
    rows: QuerySet[Any] = model.history.filter(wanted).exclude(Exists(later_part))
    return rows.select_related("history_user").order_by("-history_date", "-history_id")


def _changes_with_earlier(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    named_by: Sequence[str] = (),
    known: Iterable[models.Model] = (),
    additions_in_full: bool = False,
    sight: Sight,
) -> list[Change]:
    """The writes whose last rows these are, each beside the one before it, which is looked up."""
    if not rows:
        return []
    ids = {row.id for row in rows}
    earlier = {row.version - 1 for row in rows if row.version > 1}  # none: no query
    states = [*rows, *_writes(model, Q(id__in=ids, version__in=earlier) & in_sight(model, sight))]
    stored: dict[Any, models.Model] = {record.pk: record for record in known}
    if unknown := ids - stored.keys():
        stored |= model._base_manager.select_related().prefetch_related(*named_by).in_bulk(unknown)
    return _changes(model, rows, known=states, stored=stored, additions_in_full=additions_in_full, sight=sight)


def _changes(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    known: Sequence[Row],
    stored: Mapping[int, models.Model],
    additions_in_full: bool = False,
    sight: Sight,
) -> list[Change]:
    """The writes whose last rows these are; ``known`` are these and those before them."""
    is_compared = additions_in_full or len(known) > len({row.id for row in known})
    states = states_of_rows(known, linked=is_compared or any(row.history_type == "-" for row in rows))
    by_version = {(row.id, row.version): states[row.history_id] for row in known}
    pairs: list[tuple[State, State]] = []
    for row in rows:
        state = by_version[row.id, row.version]
        before, after = by_version.get((row.id, row.version - 1), {}), state
        if row.history_type == "-":
            before, after = state, dict.fromkeys(state)
        elif additions_in_full and not before:
            before = dict.fromkeys(state)
        pairs.append((before, after))
    wording = Wording(model, states.values(), {name for pair in pairs for name in changed_names(*pair)}, sight)
    changes = []
    for row, (before, after) in zip(rows, pairs, strict=True):
        record = stored.get(row.id)
        gone = f"{capfirst(row.instance_type._meta.verbose_name)} {row.id}, since removed"
        by_nobody = BY_FILE if row.history_change_reason else NOT_STATED
        kind = ChangeKind.ADDED if row.version == 1 else ChangeKind.CHANGED
        change = Change(
            when=row.history_date,
            who=name_of(row.history_user) if row.history_user else by_nobody,
            reason=row.history_change_reason or NOT_STATED,
            kind=ChangeKind.REMOVED if row.history_type == "-" else kind,
            differences=tuple(differences(before, after, wording)),
            version=row.version,
            title=str(record) if record else gone,
            record=record,
            key=row.id,
        )
        changes.append(change)
    return changes


def differences(before: State, after: State, wording: Wording) -> Iterator[Difference]:
    """The fields whose words differ between two states."""
    for name in changed_names(before, after):
        difference = Difference(wording.label(name), wording.value(name, before), wording.value(name, after))
        if difference.before != difference.after:
            yield difference
