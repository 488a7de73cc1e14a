"""Filters as facets: each value a checkbox with the number of rows that it would leave."""

import copy
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple, Self

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.choices import BaseChoiceIterator
from django.utils.safestring import SafeString, mark_safe

from soc_tracker.core.lists.columns import escape
from soc_tracker.core.lists.filters import LONGEST_VALUE
from soc_tracker.core.text.days import YEARS, DayField
from soc_tracker.core.text.normal import words_of

MOST_SHOWN = 60
Counts = Mapping[str, int] | None
"""Rows by value; None where they were not counted."""


class Value(NamedTuple):
    value: str
    text: str
    chosen: bool
    number: int | None


class Facet(NamedTuple):
    """One filter with its values. It stands open where it is short or in force; ``more`` values have no room."""

    name: str
    label: str
    values: list[Value]
    opened: bool
    more: int

    @property
    def html(self) -> SafeString:
        """The values in one piece: a template would take longer for them than for the rest of its page."""
        name, boxes = escape(self.name), []
        for item in self.values:
            value = escape(item.value)
            count = "" if item.number is None else f' <span class="soc-facet__count">({item.number:,})</span>'
            boxes.append(
                f'<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" type="checkbox"'
                f' id="facet-{name}-{value}" name="{name}" value="{value}"{" checked" if item.chosen else ""}>'
                f'<label class="govuk-label govuk-checkboxes__label" for="facet-{name}-{value}">{escape(item.text)}'
                f"{count}</label></div>"
            )
        return mark_safe("\n".join(boxes))  # all texts are escaped


def facet(
    name: str,
    label: str,
    choices: Iterable[tuple[str, str]],
    chosen: Collection[str],
    counts: Counts,
    *,
    short: bool = False,
) -> Facet:
    """The values that have rows, and those chosen; all of them where nothing was counted or the facet is ``short``."""
    values = [
        Value(value, text, value in chosen, None if counts is None else counts.get(value, 0))
        for value, text in choices
        if short or counts is None or value in counts or value in chosen
    ]
    first = [value for place, value in enumerate(values) if place < MOST_SHOWN or value.chosen]
    return Facet(name, label, first, short or bool(chosen), len(values) - len(first))


# The kinds of filter that lists use: each reads slugs, words or days from the address.


class PlainCopy:
    """A filter that each request copies for itself: its settings are shared, for nobody changes them.

    ``choices`` may be what gives them, such as the words of a vocabulary: each copy has them as they are then.
    """

    extra: dict[str, Any]
    method: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = kwargs.get("choices")
        self.present_choices: Callable[[], Any] | None = choices if callable(choices) else None
        if self.present_choices:
            kwargs["choices"] = ()
        super().__init__(*args, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        own = copy.copy(self)
        own.extra = dict(self.extra)
        vars(own).pop("_field", None)
        if self.present_choices:
            own.extra["choices"] = self.present_choices()
        own.method = self.method  # bound to the copy
        return own


class ChoicesFilter(PlainCopy, django_filters.MultipleChoiceFilter):
    """Rows whose field has one of the given values."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("distinct", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)

    def values(self) -> list[tuple[str, str]]:
        """What may be chosen, each with its words, for pages that draw no form field of it."""
        return [(str(value), str(words)) for value, words in self.extra["choices"]]

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class LazyChoices(BaseChoiceIterator):
    """Read once, when somebody looks at them: a file that nothing narrows shows none and checks none."""

    def __init__(self, read: Callable[[], list[tuple[str, str]]]) -> None:
        self.read = cache(read)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())


class SlugsFilter(ChoicesFilter):
    """Rows whose related record has one of the given slugs; ``field_name`` is the path to the slug.

    ``records`` takes the user and gives the records that may be chosen, in
    order. They are read once for checking, form, chips and what is allowed.
    ``hidden`` filters are set by links only: the form keeps them but does not
    offer them, and their records are read only when one is given. A subclass
    that is always of the same records says all this itself, with the ``path``
    and the ``heading`` that it usually has.
    """

    path = heading = ""
    records: Any = None
    words = "name"
    hidden = False

    def __init__(self, field_name: str = "", **kwargs: Any) -> None:
        for name in ("records", "words", "hidden"):
            setattr(self, name, kwargs.pop(name, getattr(self, name)))
        if self.hidden:
            kwargs["widget"] = forms.MultipleHiddenInput
        super().__init__(field_name or self.path, **{"label": self.heading or None, **kwargs})

    def values(self) -> list[tuple[str, str]]:
        return list(self.records(self.parent.user).values_list("slug", self.words))

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field") and hasattr(self, "parent"):
            names = [name for name, filter_ in self.parent.filters.items() if filter_ is self]
            is_needed = not self.hidden or any(name in self.parent.query for name in names)
            self.extra["choices"] = LazyChoices(self.values) if is_needed else []
        field: forms.Field = super().field
        return field


class OneChoiceFilter(PlainCopy, django_filters.ChoiceFilter):
    """Rows that a single choice selects; its method on the FilterSet says how."""


class FilterDayField(DayField):
    default_error_messages = {
        "invalid": "give a date such as 2023-01-31.",
        "outside": f"give a date in the years {YEARS}.",
    }


class ConditionFilter(OneChoiceFilter):
    """A single choice, each of which says itself which rows it selects.

    ``options`` are its values, their words and conditions: each a ``Q``, or a function that gives one for a day.
    """

    def __init__(self, *options: tuple[str, str, Any], **kwargs: Any) -> None:
        self.conditions = {value: condition for value, _, condition in options}
        super().__init__(choices=[(value, words) for value, words, _ in options], **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        condition = self.conditions[value]
        return qs.filter(condition(self.parent.today) if callable(condition) else condition)


class DayFilter(PlainCopy, django_filters.DateFilter):
    """A day, as 2023-01-31 or 31/1/2023."""

    field_class = FilterDayField


class TextFilter(PlainCopy, django_filters.CharFilter):
    """A text as it is stored, or as the method of its FilterSet reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_VALUE, **kwargs})


@dataclass(frozen=True)
class Elsewhere:
    """Words in rows of another model, ``model``, each of which belongs to one record by its field ``key``.

    ``label`` says what such words are.

    ``path`` leads from a listed row to that record; "pk" is the row itself. ``field`` leads from a row of the model to
    its folded text. They are looked up, for a join would list a row once for each.
    """

    label: str
    path: str
    model: type[Model]
    key: str
    field: str = "folded"

    def rows(self, user: Any) -> QuerySet:
        """Those that the user may see; of a mere link, all, and for nobody in particular."""
        manager: Any = getattr(self.model, "objects", None) if user else None
        rows: QuerySet = manager.visible_to(user) if hasattr(manager, "visible_to") else self.model._base_manager.all()
        return rows


class WordsFilter(PlainCopy, django_filters.CharFilter):
    """Rows in which every given word occurs, folded, in one or other of the ``fields``, which are folded texts.

    Every list calls it ``q``.
    """

    def __init__(
        self, *args: Any, fields: tuple[str, ...] = ("folded",), elsewhere: tuple[Elsewhere, ...] = (), **kwargs: Any
    ) -> None:
        self.fields, self.elsewhere = fields, elsewhere
        kwargs.setdefault("max_length", LONGEST_VALUE)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        kwargs.setdefault("validators", [refuse_wordless])
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Words come before whatever the list works out for each row, such as a threat's last disruption."""
        words = words_of(value)
        return qs.filter(pk__in=self.holding(qs.model, words, self.parent.user)) if words else qs

    def holding(self, model: type[Model], words: Iterable[str], user: Any = None) -> QuerySet:
        """The keys of all rows of a model in which every folded word occurs, elsewhere where the user may see it."""
        return model._base_manager.filter(*(self.anywhere(word, user) for word in words)).order_by().values("pk")

    def anywhere(self, word: str, user: Any = None) -> Q:
        """The folded word occurs in one of the fields, or elsewhere."""
        places = [Q(**{f"{field}__contains": word}) for field in self.fields]
        for each in self.elsewhere:
            rows = each.rows(user).filter(**{f"{each.field}__contains": word})
            places.append(Q(**{f"{each.path}__in": rows.values(each.key)}))
        return reduce(or_, places)


def refuse_wordless(value: str) -> None:
    """A text of dashes alone asks for nothing, and nothing must not mean everything."""
    if not words_of(value):
        raise forms.ValidationError("give a word or a number: this has none.")
