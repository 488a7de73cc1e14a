"""Values of records in words: choices as their labels, links as names, dates in UK form, nothing as "not stated"."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst

from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.states import State, told_fields

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
