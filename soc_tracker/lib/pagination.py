"""Pages by keyset: as quick at the millionth row as at the first, and steady while rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Model, Q, QuerySet
from django.http import QueryDict

from soc_tracker.lib.filters import PAGE_TOKENS
from soc_tracker.lib.query_strings import address


@dataclass(frozen=True)
class Page:
    """Some rows of a list, the addresses of its neighbours ("" for none), and how many rows there are in all."""

    rows: list[Any]
    newer_url: str
    older_url: str
    total: int


class PageTokenError(ValueError):
    """A page token that this list did not make, or made in another order. ``parameter`` is its name."""

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        super().__init__("This page address is not one that the list made. Start again from its first page.")


@dataclass(frozen=True)
class _Key:
    """One field of the order. Empty values stand last in either direction."""

    path: str
    name: str
    descending: bool
    nullable: bool
    field: Field

    def ordering(self, backward: bool) -> Any:
        expression = F(self.path)
        nulls = {} if not self.nullable else {"nulls_first": True} if backward else {"nulls_last": True}
        return expression.desc(**nulls) if self.descending != backward else expression.asc(**nulls)

    def beyond(self, value: Any, backward: bool) -> Q:
        """Rows that stand strictly after the value, or strictly before it when reading backward."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else Q(pk__in=[])
        after = Q(**{f"{self.path}__{'lt' if self.descending != backward else 'gt'}": value})
        return after | Q(**{f"{self.path}__isnull": True}) if self.nullable and not backward else after

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})


def in_order(queryset: QuerySet, order: Sequence[str]) -> QuerySet:
    """The rows in the total order that ``keyset_page`` gives them."""
    return queryset.order_by(*(key.ordering(backward=False) for key in _keys(queryset, order)))


def keyset_page(queryset: QuerySet, order: Sequence[str], *, params: QueryDict, size: int = 50) -> Page:
    """The rows that the tokens in the address point to; the first ones without a token.

    ``order`` names fields or annotations, "-" before those that descend; the
    primary key is added where it is not last. Raises PageTokenError.
    """
    keys, total = _keys(queryset, order), queryset.count()
    rows, newer, older = _read(queryset.annotate(**{key.name: F(key.path) for key in keys}), keys, params, size)
    return Page(
        rows=rows,
        newer_url=_neighbour(params, keys, rows[:1], "newer") if newer else "",
        older_url=_neighbour(params, keys, rows[-1:], "older") if older else "",
        total=total,
    )


def _read(queryset: QuerySet, keys: list[_Key], params: QueryDict, size: int) -> tuple[list[Any], bool, bool]:
    """The rows, and whether there are any before and after them."""
    match [name for name in PAGE_TOKENS if params.get(name)]:
        case []:
            rows = _some(queryset, keys, size, backward=False)
            return rows[:size], False, len(rows) > size
        case ["older"]:
            rows = _some(queryset.filter(_beyond(keys, params, "older")), keys, size, backward=False)
            return rows[:size], True, len(rows) > size
        case ["newer"]:
            rows = _some(queryset.filter(_beyond(keys, params, "newer")), keys, size, backward=True)
            if len(rows) > size:
                return rows[size - 1 :: -1], True, True
            rows = _some(queryset, keys, size, backward=False)
            return rows[:size], False, len(rows) > size
        case _:
            raise PageTokenError("newer")


def _some(queryset: QuerySet, keys: list[_Key], size: int, *, backward: bool) -> list[Any]:
    return list(queryset.order_by(*(key.ordering(backward) for key in keys))[: size + 1])


def _beyond(keys: list[_Key], params: QueryDict, parameter: str) -> Q:
    """Rows after (older) or before (newer) the one that the token describes, by the first field that differs."""
    values, backward = _open(keys, str(params[parameter]), parameter), parameter == "newer"
    condition = Q(pk__in=[])
    for key, value in reversed(list(zip(keys, values, strict=True))):
        condition = key.beyond(value, backward) | (key.same(value) & condition)
    return condition


def _neighbour(params: QueryDict, keys: list[_Key], edge: list[Any], parameter: str) -> str:
    if not edge:
        return address(params, without=PAGE_TOKENS)
    values = [getattr(edge[0], key.name) for key in keys]
    told = [value if value is None else str(value) for value in values]
    return address(params, without=[*PAGE_TOKENS, "format"], **{parameter: signing.dumps(told, salt=_salt(keys))})


def _open(keys: list[_Key], token: str, parameter: str) -> list[Any]:
    try:
        told = signing.loads(token, salt=_salt(keys))
    except signing.BadSignature as error:
        raise PageTokenError(parameter) from error
    return [key.field.to_python(value) for key, value in zip(keys, told, strict=True)]


def _salt(keys: list[_Key]) -> str:
    """Ties a token to the list's model and order, so that one order's token is refused by another."""
    model = keys[-1].field.model._meta.label
    return " ".join([model, *(f"{'-' if key.descending else ''}{key.path}" for key in keys)])


def _keys(queryset: QuerySet, order: Sequence[str]) -> list[_Key]:
    total = [*order, "pk"] if order[-1:] not in (["pk"], ["-pk"], ("pk",), ("-pk",)) else order
    return [_key(queryset, name, place) for place, name in enumerate(total)]


def _key(queryset: QuerySet, name: str, place: int) -> _Key:
    path = name.removeprefix("-")
    if path in queryset.query.annotations:
        field, nullable = queryset.query.annotations[path].output_field, True
    else:
        field, nullable = _field(queryset.model, path)
    return _Key(path, f"order_key_{place}", name.startswith("-"), nullable, field)


def _field(model: type[Model], path: str) -> tuple[Field, bool]:
    """The field at the end of a path, and whether anything on the way may be empty."""
    nullable, field = False, model._meta.pk
    for part in path.split("__"):
        field = cast(Field, model._meta.pk if part == "pk" else model._meta.get_field(part))
        nullable = nullable or field.null
        model = field.related_model or model
    if field.is_relation:
        raise FieldDoesNotExist(f"Name a field of {path}, not the relation itself, as an order.")
    return field, nullable
