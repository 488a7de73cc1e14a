"""What an address asks of a list, read strictly: no unknown or invalid parameter is taken to mean "everything"; and the
addresses that ask otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import cast

import django_filters
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from soc_tracker.core.lists.columns import in_page_words

PAGE_TOKENS = ("older", "newer")
JUMP = "jump"
FILE = ("format", "form")
"""Which file of a list is wanted, and in which form: not asked for by links to other pages of it."""
RESERVED = (*PAGE_TOKENS, "sort", *FILE)
LONGEST_VALUE = 200


# Addresses that differ from the present one in a few parameters.


def as_query(params: QueryDict | Mapping[str, object] | None) -> QueryDict:
    """A copy that may be changed, without empty values: an emptied form field says nothing."""
    query = QueryDict(mutable=True)
    if params is None:
        return query
    for name in params:
        value = params.getlist(name) if isinstance(params, QueryDict) else params[name]
        values = value if isinstance(value, (list, tuple)) else [value]
        stated = [str(value) for value in values if str(value).strip()]
        if stated:
            query.setlist(name, stated)
    return query


def address(params: QueryDict, *, without: Iterable[str] = (), **values: str) -> str:
    """The parameters as a relative URL, less some, with others set; "?" alone where none is left."""
    query = as_query(params)
    for name in without:
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def pairs(params: QueryDict, *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The parameters, less some, as the hidden fields of a form that keeps them."""
    query = as_query(params)
    left_out = frozenset(without)
    return [(name, str(value)) for name in query if name not in left_out for value in query.getlist(name)]


def cite_url(request: HttpRequest, report: str = "") -> str:
    """Where a report of the page, or else the number of rows of its list, is cited as it stands."""
    page = f"{request.path}{address(request.GET, without=('older', 'newer', 'jump', 'format', 'form'))}"
    return f"{reverse('cite')}?{urlencode({'of': page.rstrip('?'), 'report': report})}"


# Filters.


@dataclass(frozen=True)
class Problem:
    """A parameter that was not understood, and what would be."""

    parameter: str
    value: str
    message: str
    allowed: tuple[str, ...] = ()


class FilterForm(forms.Form):
    """Reads the parameters. Its fields were made for it alone, so they are not copied, as a form's are otherwise."""

    def __init__(self, fields: Mapping[str, forms.Field], data: QueryDict) -> None:
        super().__init__(data)
        self.fields = dict(fields)


@dataclass(frozen=True)
class Chip:
    """One filter value in force, and the address of the same list without it."""

    label: str
    value: str
    remove_url: str


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet that shows nothing, and says why, when it does not understand something.

    An empty parameter (``?kind=``) is no filter. ``reserved`` are the names
    that the page uses for itself. Filters must read exactly the parameter of
    their own name, so not Django's range widgets.
    """

    def __init__(
        self,
        data: QueryDict | Mapping[str, object] | None = None,
        queryset: QuerySet | None = None,
        *,
        request: HttpRequest | None = None,
        today: date | None = None,
        reserved: Iterable[str] = RESERVED,
        whole_form: bool = True,
    ) -> None:
        """``whole_form``: a page draws it; otherwise only the filters that are given are read."""
        self.today = today or localdate()
        self.user = request.user if request else AnonymousUser()
        self.reserved = frozenset(reserved)
        self.whole_form = whole_form
        self.query = as_query(data)
        self._choices_by_name: dict[str, dict[str, str]] = {}
        readable = QueryDict(mutable=True)
        for name in self.base_filters:
            if values := [value for value in self.query.getlist(name) if not fault_of(str(value))]:
                readable.setlist(name, values)
        super().__init__(readable, queryset, request=request)

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that was not understood; while there is anything, no row is shown."""
        return [*self._problems_of_names(), *self._problems_of_values()]

    def refuse(self, problem: Problem) -> None:
        """Add what the page itself did not understand, such as a sort order."""
        self.problems.append(problem)

    @cached_property
    def form(self) -> FilterForm:
        drawn = [name for name in self.filters if self.whole_form or name in self.data]
        return FilterForm({name: self.filters[name].field for name in drawn}, self.data)

    @property
    def qs(self) -> QuerySet:
        return self.queryset.none() if self.problems else super().qs

    @cached_property
    def chips(self) -> list[Chip]:
        """One for each value that was understood."""
        refused = {(problem.parameter, problem.value) for problem in self.problems}
        cleaned = self.form.cleaned_data if self.form.is_valid() else {}
        chips = []
        for name in self.filters:
            day = cleaned.get(name)
            for value in [value for value in self.data.getlist(name) if (name, value) not in refused]:
                words = self._choices(name).get(value) or (in_page_words(day) if isinstance(day, date) else value)
                others = self.query.copy()
                others.setlist(name, [other for other in self.query.getlist(name) if other != value])
                url = address(others, without=[*PAGE_TOKENS, JUMP, *FILE])
                chips.append(Chip(str(self.filters[name].label), words, url))
        return chips

    @property
    def summary(self) -> str:
        """The filter in one line, for the head of an export."""
        values: dict[str, list[str]] = {}
        for chip in self.chips:
            values.setdefault(chip.label, []).append(chip.value)
        return "; ".join(f"{label}: {' or '.join(words)}" for label, words in values.items()) or "No filter"

    def _problems_of_names(self) -> Iterator[Problem]:
        """Names that no filter has, values that no database takes, and names that are given too often."""
        for name in self.query:
            values = [str(value) for value in self.query.getlist(name)]
            if name in self.reserved:
                continue
            if name not in self.filters:
                message = f"“{short(name)}” is not a filter of this list."
                yield Problem(short(name), short(values[-1]), message, tuple(self.filters))
                continue
            filter_ = self.filters[name]
            for value in values:
                if fault := fault_of(value):
                    yield Problem(name, short(value), f"{filter_.label}: {fault}.", self._allowed(name))
            if len(values) > 1 and not isinstance(filter_, django_filters.MultipleChoiceFilter):
                yield Problem(name, ", ".join(map(short, values)), f"{filter_.label} may be given only once.")

    def _problems_of_values(self) -> Iterator[Problem]:
        """Values that their filter does not take, and spans that end before they begin: no row can lie in them, which
        is not the same as that there is none.
        """
        for name, errors in self.form.errors.items():
            values, allowed = dict.fromkeys(self.data.getlist(name)), self._allowed(name)
            for value in [value for value in values if value not in allowed] or values:
                reason = f"“{value}” is not one of its values." if allowed else errors[0]
                yield Problem(name, value, f"{self.filters[name].label}: {reason}", allowed)
        for first, last in self.spans:
            begin, end = (self.form.cleaned_data.get(name) for name in (first, last))
            if begin and end and end < begin:
                message = f"{self.filters[last].label}: {in_page_words(end)} is before {in_page_words(begin)}, "
                yield Problem(last, end.isoformat(), f"{message}on which it begins. Change one of the two.")

    @property
    def spans(self) -> list[tuple[str, str]]:
        """The filters that are the two ends of a span of days: by their names, such as "made_from" and "made_to"."""
        pairs = [(name, name.removesuffix("from") + "to") for name in self.filters if name.endswith("from")]
        days = {name for name, filter_ in self.filters.items() if isinstance(filter_, django_filters.DateFilter)}
        return [(first, last) for first, last in pairs if {first, last} <= days]

    def _allowed(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in self._choices(name) if value)

    def _choices(self, name: str) -> dict[str, str]:
        """The values that a filter may take, in words; none for a filter that takes any text, number or day."""
        if name not in self._choices_by_name:
            field = self.filters[name].field
            words: dict[str, str] = {}
            for value, label in cast(Iterable, field.choices) if isinstance(field, forms.ChoiceField) else ():
                group = label if isinstance(label, (list, tuple)) else [(value, label)]
                words |= {str(each): str(text) for each, text in group}
            self._choices_by_name[name] = words
        return self._choices_by_name[name]


def fault_of(value: str) -> str:
    """What makes a value unfit for any database, or ""."""
    if "\x00" in value:
        return "the value holds a character that no text may hold"
    return f"the value is longer than {LONGEST_VALUE} characters" if len(value) > LONGEST_VALUE else ""


def short(value: str) -> str:
    """A value that was not understood, fit to be repeated on a page."""
    clean = value.replace("\x00", "�")
    return clean if len(clean) <= LONGEST_VALUE else f"{clean[:40]}…"


def problems_in(query: QueryDict, known: Mapping[str, tuple[str, ...] | None]) -> list[Problem]:
    """What is wrong with the address of a page without a filter: names that it does not know, names given twice, and
    values other than those that it takes. ``known`` are its names with their values, None for any text.
    """
    names = tuple(known)
    problems = []
    for name in query:
        values = [str(value) for value in query.getlist(name)]
        value = values[-1]
        allowed = known.get(name)
        if name not in known:
            message = f"“{short(name)}” is not something that this page can be asked."
            problems.append(Problem(short(name), short(value), message, names))
        elif len(values) > 1:
            problems.append(Problem(name, short(", ".join(values)), f"“{name}” may be given only once."))
        elif value and allowed is not None and value not in allowed:
            problems.append(Problem(name, short(value), f"“{short(value)}” is not a value of “{name}”.", allowed))
        elif fault := fault_of(value):
            problems.append(Problem(name, short(value), f"“{name}”: {fault}."))
    return problems
