"""A record's fields at one time, in a form in which two times can be compared, and in words.

A link to one record stands as its key (to a word, as its slug), links to many as the frozen set of theirs. In words, a
choice or a word is its label, a link the name of what it leads to, a date has its UK form, nothing is "not stated".
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.text import capfirst

from soc_tracker.core.access.models import EVERYTHING, OUTSIDE_REACH, Sight
from soc_tracker.core.records.models import body_of
from soc_tracker.core.records.words import Word, WordField
from soc_tracker.core.text.days import Precision, in_words

NOT_STATED = "not stated"
State = Mapping[str, Any]
Row = Any  # of a history table, whose model simple-history makes


def editable_fields(model: type[models.Model]) -> list[Any]:
    """The fields that people write: not keys, versions, or what a service derives."""
    plain: list[Any] = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    links: list[Any] = [field for field in model._meta.many_to_many if field.editable]
    return plain + [field for field in links if field.remote_field.through._meta.auto_created]


def state_of(record: models.Model) -> State:
    """The fields of a record as it is stored now. One query for each field of many links."""
    values = {
        field.name: getattr(record, field.name).all() if field.many_to_many else getattr(record, field.attname)
        for field in editable_fields(type(record))
    }
    return state_of_values(values)


def state_of_values(values: Mapping[str, Any]) -> State:
    """Values such as a form gives them."""
    state = dict(values)
    for name, value in values.items():
        if isinstance(value, models.Model):
            state[name] = value.slug if isinstance(value, Word) else value.pk
        elif isinstance(value, models.QuerySet | list | tuple | set):  # tables of many links hold keys, of words too
            state[name] = frozenset(each.pk if isinstance(each, models.Model) else each for each in value)
    return state


def states_of_rows(rows: Iterable[Row], *, linked: bool = True) -> Mapping[int, State]:
    """The fields that rows of one history table hold, by their history_id.

    Fields of many links, which take one query each, only where they are to be compared: ``linked``.
    """
    rows = list(rows)
    if not rows:
        return {}
    plain = [field for field in editable_fields(rows[0].instance_type) if not field.many_to_many]
    states: dict[int, dict[str, Any]] = {
        row.history_id: {field.name: getattr(row, field.attname) for field in plain} for row in rows
    }
    for field in rows[0]._history_m2m_fields if linked else ():
        links: dict[int, set[Any]] = defaultdict(set)
        target = f"{field.m2m_reverse_field_name()}_id"
        through = getattr(type(rows[0]), field.name)
        for history_id, key in through.filter(history__in=list(states)).values_list("history_id", target):
            links[history_id].add(key)
        for history_id, state in states.items():
            state[field.name] = frozenset(links[history_id])
    return states


def changed_names(before: State, after: State) -> list[str]:
    """The names of the fields that both know and that differ."""
    return [name for name, value in after.items() if name in before and before[name] != value]


def name_of(user: Any) -> str:
    """How a user (of whatever model the site has) is called on pages and in files."""
    full_name = user.get_full_name() if hasattr(user, "get_full_name") else ""  # nobody in particular has none
    return str(full_name or user.get_username() or "somebody not signed in")


class Wording:
    """Puts the fields of a model's states into words; what they link to is read in one query per model linked to.

    ``names`` are those of the fields that will be asked for; others are not looked up. What is linked to and is not in
    the ``sight`` of the reader is not named.
    """

    def __init__(
        self,
        model: type[models.Model],
        states: Iterable[State],
        names: Collection[str],
        sight: Sight = EVERYTHING,
    ) -> None:
        self._fields = {field.name: field for field in editable_fields(model)}
        states = list(states)
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for field in (self._fields[name] for name in names):
            if field.is_relation and not isinstance(field, WordField):
                for value in (state.get(field.name) for state in states):
                    keys[field.related_model] |= (value or set()) if field.many_to_many else {value} - {None}
        # With their own links too: the name of a record may hold that of another.
        self._linked = {
            model: model._base_manager.select_related().in_bulk(some) for model, some in keys.items() if some
        }
        self._outside: dict[Any, set[Any]] = {}
        linked: Mapping[Any, Mapping[Any, Any]] = {} if sight.everything else self._linked
        for model_of, rows in linked.items():
            # Who wrote, signed or was asked is named to everybody who may read the record itself.
            if not issubclass(model_of, AbstractBaseUser) and body_of(model_of):
                seen = model_of.objects.seen_by(sight).filter(pk__in=rows).values_list("pk", flat=True)
                self._outside[model_of] = {*rows} - {*seen}

    def label(self, name: str) -> str:
        return str(capfirst(self._fields[name].verbose_name))

    def value(self, name: str, state: State) -> str:
        """The value of one field in words."""
        field, value = self._fields[name], state.get(name)
        if value is None or value in ("", frozenset()):
            return NOT_STATED
        if isinstance(field, WordField):
            return field.vocabulary.named(value).label
        if field.is_relation:
            model, keys = field.related_model, set(value if field.many_to_many else [value])
            rows = self._linked.get(model, {})
            name, outside = model._meta.verbose_name, self._outside.get(model, set())
            called: Callable[[Any], str] = name_of if issubclass(model, AbstractBaseUser) else str
            words = (called(rows[key]) if key in rows else f"{name} {key}, since removed" for key in keys - outside)
            return ", ".join([*sorted(words), *(f"{name} {OUTSIDE_REACH}" for _ in keys & outside)])
        if isinstance(value, date):
            # How much of it is known is said by a field beside it, where there is one.
            precision = state.get(name.removesuffix("_on") + "_precision")
            return in_words(value, precision if precision in Precision.values else Precision.DAY)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Decimal):
            return f"{value.normalize():,f}"
        return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
