"""A record's fields at one time, in a form in which two times can be compared.

A link to one record stands as its key, links to many as the frozen set of theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

State = Mapping[str, Any]
Row = Any  # of a history table, whose model simple-history makes


def told_fields(model: type[models.Model]) -> list[Any]:
    """The fields that people write: not keys, versions, or what a service derives."""
    plain = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    links: list[Any] = list(model._meta.many_to_many)
    return plain + [field for field in links if field.remote_field.through._meta.auto_created]


def state_of(record: models.Model) -> State:
    """The fields of a record as it is stored now. One query for each field of many links."""
    values = {
        field.name: getattr(record, field.name).all() if field.many_to_many else getattr(record, field.attname)
        for field in told_fields(type(record))
    }
    return state_of_values(values)


def state_of_values(values: Mapping[str, Any]) -> State:
    """Values such as a form gives them."""
    return {name: _comparable(value) for name, value in values.items()}


def states_of_rows(rows: Iterable[Row]) -> Mapping[int, State]:
    """The fields that rows of one history table hold, by their history_id. One query for each field of many links."""
    rows = list(rows)
    if not rows:
        return {}
    plain = [field for field in told_fields(rows[0].instance_type) if not field.many_to_many]
    states: dict[int, dict[str, Any]] = {
        row.history_id: {field.name: getattr(row, field.attname) for field in plain} for row in rows
    }
    for field in rows[0]._history_m2m_fields:
        links = _links(type(rows[0]), field, states)
        for history_id, state in states.items():
            state[field.name] = frozenset(links[history_id])
    return states


def moved(before: State, after: State) -> list[str]:
    """The names of the fields that both know and that differ."""
    return [name for name, value in after.items() if name in before and before[name] != value]


def _links(history: type[models.Model], field: Any, history_ids: Iterable[int]) -> dict[int, set[Any]]:
    linked: dict[int, set[Any]] = defaultdict(set)
    target = f"{field.m2m_reverse_field_name()}_id"
    pairs = getattr(history, field.name).filter(history__in=list(history_ids)).values_list("history_id", target)
    for history_id, key in pairs:
        linked[history_id].add(key)
    return linked


def _comparable(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet | list | tuple | set):
        return frozenset(_comparable(item) for item in value)
    return value
