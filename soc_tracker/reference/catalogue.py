"""The records that rows refer to, by what people call them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from forces.models import Alias, Organisation
from soc_tracker.core.text.normal import normalise
from soc_tracker.reference.kinds import name_field

CALLED = ("name", "short_name", "title", "text", "label", "plural", "tag")
"""The fields by which a record may be called."""
ALIKE = 70
"""Of 100, from which a name is offered for another: "polise" and "police" reach 83."""
NOTHING = object()


class AmbiguousError(Exception):
    """Several records are called so; the text names them."""


class Catalogue:
    """The records that rows refer to by slug or name. Reads each model once, then knows what this run has done."""

    def __init__(self) -> None:
        self._records: dict[type[Model], dict[str, Model]] = {}
        self._called: dict[type[Model], dict[str, list[Model]]] = {}
        self._absent: dict[tuple[type[Model], str], Exception] = {}
        self._with_links: dict[type[Model], list[Model]] = {}

    def find(self, model: type[Model], name: str, near: Collection[Any] = ()) -> Model | None:
        """The record, or None. Where several are called so, that which belongs to one of the records ``near``.

        Raises what befell its own row, when that was refused or its record is removed; AmbiguousError.
        """
        record = self._of(model).get(name)
        if record is not None:
            return record
        called = self._names_of(model).get(normalise(name), [])
        if not called and (model, normalise(name)) in self._absent:
            raise self._absent[model, normalise(name)]
        if len(called) > 1:
            called = [each for each in called if any(_belongs(each, other) for other in near)] or called
        if len(called) > 1:
            raise AmbiguousError(", ".join(str(getattr(each, name_field(model))) for each in called))
        return called[0] if called else None

    def matching(self, model: type[Model], names: Collection[str], values: Mapping[str, Any]) -> list[Model]:
        """The records whose fields, some of ``names``, hold these values; read after the rows of their own kind have
        loaded.
        """
        if model not in self._with_links:
            links = [name for name in names if model._meta.get_field(name).is_relation]
            self._with_links[model] = list(model._base_manager.select_related(*links).order_by("pk"))
        records = self._with_links[model]
        return [each for each in records if all(getattr(each, name) == value for name, value in values.items())]

    def nearest(self, model: type[Model], name: str) -> str:
        """The known name that is spelt most like it; "" where none is."""
        from rapidfuzz import fuzz, process  # here, since few names are not known

        known = {*self._of(model), *self._names_of(model)}
        match = process.extractOne(normalise(name), known, scorer=fuzz.ratio, score_cutoff=ALIKE, processor=normalise)
        if not match:
            return ""
        record = self.find(model, match[0]) if len(self._names_of(model).get(match[0], [0])) == 1 else None
        return str(record or match[0])

    def take(self, model: type[Model], records: Iterable[Model]) -> None:
        """Know these, which are all of a model, without reading them."""
        if (name := name_field(model)) and model not in self._records:
            self._records[model] = {getattr(record, name): record for record in records}

    def add(self, record: Model) -> None:
        """Remember a record, of a kind that rows refer to, under all that it is called."""
        if name := name_field(type(record)):
            self._of(type(record))[getattr(record, name)] = record
        elif not isinstance(record, Alias):
            return
        for words, called in _names_of(record):
            calls = self._names_of(type(called)).setdefault(words, [])
            if called not in calls:
                calls.append(called)

    def leave_out(self, model: type[Model], data: Mapping[str, Any], why: Exception) -> None:
        """Remember why there may be no record that is called as a row says."""
        for name in (name_field(model), *CALLED):
            if isinstance(text := data.get(name), str):
                self._absent[model, normalise(text)] = why

    def _of(self, model: type[Model]) -> dict[str, Model]:
        if model not in self._records:
            name = name_field(model)
            self._records[model] = {getattr(record, name): record for record in model._base_manager.order_by("pk")}
        return self._records[model]

    def _names_of(self, model: type[Model]) -> dict[str, list[Model]]:
        if model not in self._called:
            self._called[model] = {}
            aliases = list(Alias._base_manager.select_related("organisation")) if model is Organisation else []
            for record in [*self._of(model).values(), *aliases]:
                self.add(record)
        return self._called[model]


def _names_of(record: Any) -> Iterator[tuple[str, Model]]:
    """What a record may be called in a row, in the form in which spellings are alike, and the record that it means."""
    if isinstance(record, Alias):
        yield record.normalised, record.organisation
    for name in CALLED:
        if text := getattr(record, name, ""):
            yield normalise(text), record


def _belongs(record: Any, other: Any) -> bool:
    """Whether a record is one of another's, or both of the same third."""
    links = {field.attname: field.related_model for field in record._meta.fields if field.is_relation}
    of_other = isinstance(other, Model) and any(
        getattr(record, column) == other.pk for column, model in links.items() if isinstance(other, model)
    )
    return of_other or any(getattr(record, column) == getattr(other, column, NOTHING) for column in links)
