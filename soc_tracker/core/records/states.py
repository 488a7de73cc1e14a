"""A record's fields at one time, in a form in which two times can be compared.

A link to one record stands as its key, links to many as the frozen set of theirs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst

from soc_tracker.core.text.days import Precision, in_words

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


# Values of records in words: choices as their labels, links as names, dates in UK form, nothing as "not stated".


NOT_STATED = "not stated"


def name_of(user: Any) -> str:
    """How a user (of whatever model the site has) is called on pages and in files."""
    return str(user.get_full_name() or user.get_username())


class Wording:
    """Tells the fields of a model's states; names what they link to in one query per model linked to.

    ``told`` names the fields that will be asked for; others are not looked up.
    """

    def __init__(self, model: type[models.Model], states: Iterable[State], told: Collection[str]) -> None:
        self._fields = {field.name: field for field in told_fields(model)}
        self._names = _names([self._fields[name] for name in told], list(states))

    def label(self, name: str) -> str:
        return str(capfirst(self._fields[name].verbose_name))

    def value(self, name: str, state: State) -> str:
        """The value of one field in words."""
        field, value = self._fields[name], state.get(name)
        if value is None or value in ("", frozenset()):
            return NOT_STATED
        if field.is_relation:
            keys = value if field.many_to_many else [value]
            return ", ".join(sorted(self._name(field.related_model, key) for key in keys))
        if isinstance(value, date):
            return in_words(value, _precision(name, state))
        return _plain(field, value)

    def _name(self, model: type[models.Model], key: Any) -> str:
        return self._names[model].get(key, f"{model._meta.verbose_name} {key}, since removed")


def _names(fields: Iterable[Any], states: list[State]) -> dict[type[models.Model], dict[Any, str]]:
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for field in fields:
        if field.is_relation:
            for state in states:
                value = state.get(field.name)
                keys[field.related_model] |= (value or set()) if field.many_to_many else {value} - {None}
    # Their own links too: the name of a record may hold that of another.
    found = {model: model._base_manager.select_related().in_bulk(some) for model, some in keys.items() if some}
    return defaultdict(
        dict, {model: {key: str(record) for key, record in some.items()} for model, some in found.items()}
    )


def _precision(name: str, state: State) -> str:
    """How much of a date is known, where its record says so in a field beside it."""
    precision = state.get(name.removesuffix("_on") + "_precision")
    return precision if precision in Precision.values else Precision.DAY


def _plain(field: Any, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
