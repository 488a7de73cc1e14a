"""Records that are too many for a list, found by what people type: a reference however it is spelt, or words.

A form's ``LookupField`` takes one record, its ``LookupsField`` several, one a line. What does not name exactly one
record comes back with those that fit, to choose from; so it works without scripts. With them, the page suggests while
one types. A ``Finder`` says how records of one model are found; it reads so few rows that a million do no harm.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from soc_tracker.core.text.normal import fold, words_of

SHOWN = 10
"""Records that are offered of those that fit."""
LINES = 100
"""Lines that a field of several records takes."""
IN_WORDS = 5
"""Of these, the lines that name no record in full and are looked up by their words at one time."""
LEAST = 3
"""Letters from which on something is suggested."""
_RUNS = re.compile(r"[^\W\d_]+|\d+")

Rows = QuerySet[Any]


def spellings(text: str) -> set[str]:
    """References that somebody may mean, whatever its letters, spaces and hyphens: "ocg 12" is OCG-12 or OCG/12."""
    parts = fold(text).split()
    joined = {sign.join(parts) for sign in ("-", "/", " ", "")} | {"-".join(_RUNS.findall(fold(text)))}
    return {text.strip(), *joined, *(each.upper() for each in joined)} - {""}


def by_reference(rows: Rows, texts: Iterable[str]) -> Rows:
    return rows.filter(reference__in={spelling for text in texts for spelling in spellings(text)})


def by_name(rows: Rows, texts: Iterable[str]) -> Rows:
    named = Q(pk__in=())
    for text in texts:
        named |= Q(name__iexact=" ".join(text.split()))
    return rows.filter(named)


def by_words(rows: Rows, text: str, *paths: str) -> Rows:
    """Those in whose folded texts every word occurs; of a text without any word, none."""
    words = words_of(text)
    for word in words:
        within = Q()
        for path in paths or ("folded",):
            within |= Q(**{f"{path}__contains": word})
        rows = rows.filter(within)
    return rows if words else rows.none()


@dataclass(frozen=True)
class Matches:
    """Records that fit a text, at most one more than are shown. ``is_certain``: there is one, and it is meant."""

    records: list[Any]
    is_certain: bool


@dataclass(frozen=True)
class Finder:
    """How records of one model are found.

    ``exact`` gives those that texts name in full, ``words`` those in which the words of one occur. ``text`` is what
    names a record in the field, ``label`` what tells it from others. ``url`` is where suggestions come from.
    """

    one: str
    several: str
    hint: str
    exact: Callable[[Rows, Iterable[str]], Rows]
    words: Callable[[Rows, str], Rows] = by_words
    text: Callable[[Any], str] = str
    label: Callable[[Any], str] = str
    url: Any = ""  # lazy: addresses are known once the site has started

    def find(self, rows: Rows, text: str) -> Matches:
        """Certain is one that is named in full, or one in which the words occur where they hold no number.

        (A number that is nearly right must not find another record than the one that was meant.)
        """
        exact = self._some(self.exact(rows, [text]))
        records = exact or self._some(self.words(rows, text))
        same = [record for record in records if fold(self.text(record)) == fold(text)]
        if len(same) == 1:
            return Matches(same, is_certain=True)
        is_without_number = not any(map(str.isdigit, text))
        return Matches(records, is_certain=len(records) == 1 and (bool(exact) or is_without_number))

    def _some(self, rows: Rows) -> list[Any]:
        """In no order of the database's, so that it may stop at the first that fit."""
        return sorted(rows.order_by()[: SHOWN + 1], key=self.text)

    def unclear(self, text: str, matches: Matches) -> str:
        """What to say to somebody whose text does not name one record."""
        number = len(matches.records)
        if not number:
            return f"No {self.one} fits “{text}”. Check it, or give a word of its name."
        if number > SHOWN:
            return f"More than {SHOWN} {self.several} fit “{text}”. Choose one of the first, or give more of its name."
        return f"Choose the {self.one} that you mean by “{text}”."


@dataclass(frozen=True)
class Entry:
    """What came back from a field: a text, and the keys of the records that were chosen beside it."""

    text: str = ""
    chosen: tuple[str, ...] = ()


class Lookup(forms.Widget):
    """A text field that offers records below it once it was unclear which one is meant.

    ``offers`` are these, ``names`` the labels of what is named already.
    """

    template_name = "components/lookup.html"
    several = False

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.offers: list[tuple[str, str, bool]] = []
        self.names: list[str] = []
        self.more: dict[str, Any] = {}

    def __deepcopy__(self, memo: Any) -> "Lookup":
        """For each form its own: what one reader is offered, another is not."""
        own: Lookup = super().__deepcopy__(memo)
        own.offers, own.names = [], []
        return own

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Entry:
        chosen = data.getlist(f"{name}-chosen") if hasattr(data, "getlist") else data.get(f"{name}-chosen", [])
        return Entry(str(data.get(name, "")).strip(), tuple(chosen))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        text = value.text if isinstance(value, Entry) else value or ""
        context: dict[str, Any] = super().get_context(name, text, attrs)
        kind, control = ("checkboxes", "checkbox") if self.several else ("radios", "radio")
        lookup = {"text": text, "several": self.several, "kind": kind, "control": control}
        return context | {"lookup": lookup | {"offers": self.offers, "names": self.names, **self.more}}


class Lookups(Lookup):
    several = True


class LookupField(forms.Field):
    """One record. ``rows`` are those that may be meant, ``suggest`` what the page asks for suggestions besides."""

    widget = Lookup
    default_error_messages = {"required": "Give a reference or a name."}

    def __init__(self, rows: Rows, finder: Finder, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", finder.hint)
        super().__init__(**kwargs)
        self.rows, self.finder = rows, finder
        self.widget.more = {"one": finder.one, "url": finder.url}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            self.widget.names = [self.finder.label(value)]
            return self.finder.text(value)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.chosen) or data.text != (self.prepare_value(initial) or "")

    def clean(self, value: Any) -> Any:
        self.widget.offers = []
        if not value.text:
            self.validate(None)
            return None
        matches = self.finder.find(self.rows, value.text)
        records = self._chosen(matches, value)
        if len(records) == 1:
            self.widget.names = [self.finder.label(records[0])]
            return records[0]
        raise ValidationError(self.finder.unclear(value.text, matches), code="unclear")

    def _chosen(self, matches: Matches, value: Entry) -> list[Any]:
        """The record that a text names, else those that were chosen of the ones that fit, which the page offers."""
        if matches.is_certain:
            return matches.records
        first = matches.records[:SHOWN]
        self.widget.offers += [(str(row.pk), self.finder.label(row), str(row.pk) in value.chosen) for row in first]
        return [row for row in first if str(row.pk) in value.chosen]


class LookupsField(LookupField):
    """Several records, one a line."""

    widget = Lookups

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str | Entry):
            return value
        records = list(value or ())
        self.widget.names = [self.finder.label(record) for record in records]
        return "\n".join(map(self.finder.text, records))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.chosen) or data.text.split("\n") != (self.prepare_value(initial) or "").split("\n")

    def clean(self, value: Any) -> Any:
        self.widget.offers = []
        lines = list(dict.fromkeys(line.strip() for line in value.text.splitlines() if line.strip()))
        if len(lines) > LINES:
            raise ValidationError(f"Give at most {LINES} lines.", code="most")
        if not lines:
            self.validate(None)
        exact = {fold(self.finder.text(row)): row for row in self.finder.exact(self.rows, lines).order_by()}
        rest = [line for line in lines if fold(line) not in exact]
        records, unclear = [exact[fold(line)] for line in lines if fold(line) in exact], []
        for line in rest[:IN_WORDS]:
            matches = self.finder.find(self.rows, line)
            chosen = self._chosen(matches, value)
            records += chosen
            unclear += [] if chosen else [self.finder.unclear(line, matches)]
        unclear += [f"“{line}” names no {self.finder.one} in full." for line in rest[IN_WORDS:]]
        self.widget.names = [self.finder.label(record) for record in records]
        if unclear:
            raise ValidationError(unclear, code="unclear")
        return list(dict.fromkeys(records))


def suggestions(request: HttpRequest, finder: Finder, rows: Rows) -> HttpResponse:
    """What fits the text that stands in a field so far, as the options of its list of suggestions."""
    text = str(next(iter(request.GET.values()), "")).strip()
    records = finder.find(rows, text).records if len(text) >= LEAST else []
    options = [(finder.text(record), finder.label(record)) for record in records[:SHOWN]]
    return render(request, "components/lookup_suggestions.html", {"options": options})
