"""Turns what a row says into the values of a record's fields, and names everything in it that is not understood."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import DateField, DecimalField, Field, ForeignKey, IntegerField, Model

from soc_tracker.reference.kinds import Kind
from soc_tracker.reference.outcome import Problem, RefusedError, Row
from soc_tracker.reference.stored import Catalogue

# What JSON offers for a field of each type, and how a reader is told; all other fields hold text.
FORMS: tuple[tuple[type[Field], tuple[type, ...], str], ...] = (
    (DateField, (str,), "a date such as 2023-01-04"),
    (DecimalField, (int, Decimal), "a number without quotation marks"),
    (IntegerField, (int,), "a whole number without quotation marks"),
    (Field, (str,), "text"),
)


def values_of(row: Row, kind: Kind, catalogue: Catalogue) -> dict[str, Any]:
    """The value of every field: as the row says, else as the model begins.

    Raises RefusedError with everything that is wrong, LeftAloneError when the
    row belongs to something that somebody has removed.
    """
    allowed = f"one of the fields {', '.join(kind.fields)}"
    problems = [Problem(name, value, allowed) for name, value in row.data.items() if name not in kind.fields]
    values: dict[str, Any] = {}
    for name, field in kind.fields.items():
        try:
            values[name] = _value(field, row.data.get(name, _default(field)), catalogue)
        except RefusedError as refusal:
            problems += refusal.problems
    if problems:
        raise RefusedError(*problems)
    return values | kind.derive(values)


def problems_of(error: ValidationError, row: Row) -> RefusedError:
    """What the rules of the record's service and model refused, in the words of a refused row."""
    broken = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    return RefusedError(*(_broken(row, name, " ".join(messages)) for name, messages in broken.items()))


def _broken(row: Row, name: str, message: str) -> Problem:
    if name == NON_FIELD_ERRORS:
        return Problem("the row", "as it stands", f"no conflict with a rule: {message}")
    return Problem(name, row.data.get(name, "not stated"), f"no conflict with a rule: {message}")


def _default(field: Field) -> Any:
    return [] if field.many_to_many else field.get_default()


def _value(field: Field, said: Any, catalogue: Catalogue) -> Any:
    if field.many_to_many:
        return _records(field, _checked(said, list, field, "a list of slugs"), catalogue)
    if isinstance(field, ForeignKey):
        return None if said is None and field.null else _record(field, said, catalogue)
    return None if said is None and field.null else _plain(field, said)


def _records(field: Field, slugs: list[Any], catalogue: Catalogue) -> list[Model]:
    found, problems = [], []
    for slug in slugs:
        try:
            found.append(_record(field, slug, catalogue))
        except RefusedError as refusal:
            problems += refusal.problems
    if problems:
        raise RefusedError(*problems)
    return found


def _record(field: Field, slug: Any, catalogue: Catalogue) -> Model:
    model = field.related_model
    expected = f"the slug of a known {model._meta.verbose_name}"
    try:
        record = catalogue.find(model, _checked(slug, str, field, expected))
    except RefusedError as refusal:
        raise RefusedError(Problem(field.name, slug, f"{expected} whose own row is not refused")) from refusal
    if record is None:
        raise RefusedError(Problem(field.name, slug, expected))
    return record


def _plain(field: Field, said: Any) -> Any:
    types, expected = next((types, words) for kind, types, words in FORMS if isinstance(field, kind))
    if field.choices:
        expected = f"one of {', '.join(str(value) for value, _ in field.choices)}"
    try:
        return field.clean(_checked(said, types, field, expected), None)
    except ValidationError as error:
        raise RefusedError(Problem(field.name, said, f"{expected} ({' '.join(error.messages)})")) from error


def _checked(said: Any, types: type | tuple[type, ...], field: Field, expected: str) -> Any:
    if isinstance(said, bool) or not isinstance(said, types):
        raise RefusedError(Problem(field.name, said, expected))
    return said
