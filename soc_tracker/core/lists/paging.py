"""Pages by keyset: as quick at the millionth row as at the first, and steady while rows are added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from django.core import signing
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db.models import Count, DateField, DateTimeField, F, Field, Model, Q, QuerySet, Window
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan, TupleLookupMixin
from django.http import QueryDict

from soc_tracker.core.lists.filters import FILE, JUMP, PAGE_TOKENS, address
from soc_tracker.core.text.days import YEARS, read_day


def field_of(rows: QuerySet, path: str) -> tuple[Field, bool]:
    """The field that a path leads to, and whether it or anything on the way may be empty, as an annotation always may.

    Raises FieldDoesNotExist.
    """
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field, True
    model, field, nullable = rows.model, rows.model._meta.pk, False
    for part in path.split("__"):
        field = cast(Field, model._meta.pk if part == "pk" else model._meta.get_field(part))
        nullable = nullable or field.null
        model = field.related_model or model
    return field, nullable


def is_day(field: Field) -> bool:
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)


ONLY_HERE = (*PAGE_TOKENS, JUMP, *FILE)
"""What the address of a neighbouring page does not take over from the present one."""


@dataclass(frozen=True)
class KeysetPage:
    """Some rows of a list, the addresses of its neighbours ("" for none), and how many rows there are in all."""

    rows: list[Any]
    newer_url: str
    older_url: str
    total: int


class PageTokenError(BadRequest):
    """A page token that this list did not make, or made in another order. ``parameter`` is its name.

    A page that does not name it itself answers 400.
    """

    def __init__(self, parameter: str, message: str = "") -> None:
        self.parameter = parameter
        super().__init__(message or "This page address is not one that the list made. Start again from its first page.")


class _AlsoOnSqlite(TupleLookupMixin):
    """SQLite compares tuples too, by an index in their order; Django would write them out in ORs, which use none."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super(TupleLookupMixin, self).as_sql(compiler, connection)  # type: ignore[misc]


class _Less(_AlsoOnSqlite, TupleLessThan):
    pass


class _Greater(_AlsoOnSqlite, TupleGreaterThan):
    pass


@dataclass(frozen=True)
class _Key:
    """One field of the order. Empty values stand last in either direction."""

    path: str
    name: str
    descending: bool
    nullable: bool
    field: Field

    def beyond(self, value: Any, backward: bool) -> Q:
        """Rows that stand strictly after the value, or strictly before it when reading backward."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else Q(pk__in=[])
        after = Q(**{f"{self.path}__{'lt' if self.descending != backward else 'gt'}": value})
        return after | Q(**{f"{self.path}__isnull": True}) if self.nullable and not backward else after

    @property
    def is_day(self) -> bool:
        """Whether every row has a day here."""
        return is_day(self.field) and not self.nullable


class Order:
    """A total order of some rows: fields or annotations, "-" before those that descend; the primary key comes last."""

    def __init__(self, queryset: QuerySet, names: Sequence[str]) -> None:
        has_key = bool(names) and names[-1] in ("pk", "-pk")
        self.keys: list[_Key] = []
        for place, name in enumerate(names if has_key else [*names, "pk"]):
            path = name.removeprefix("-")
            field, nullable = field_of(queryset, path)
            if field.is_relation:
                raise FieldDoesNotExist(f"Name a field of {path}, not the relation itself, as an order.")
            self.keys.append(_Key(path, f"order_key_{place}", name.startswith("-"), nullable, field))

    def sort(self, rows: QuerySet, *, backward: bool = False) -> QuerySet:
        ordering = []
        for key in self.keys:
            nulls = {} if not key.nullable else {"nulls_first": True} if backward else {"nulls_last": True}
            ordering.append(F(key.path).desc(**nulls) if key.descending != backward else F(key.path).asc(**nulls))
        return rows.order_by(*ordering)

    def token(self, row: Any) -> str:
        """Says where a row stands, for the address of a page beside it."""
        values = [getattr(row, key.name) for key in self.keys]
        return signing.dumps([value if value is None else str(value) for value in values], salt=self.salt)

    @property
    def salt(self) -> str:
        """Ties a token to the list's model and order, so that one order's token is refused by another."""
        model = self.keys[-1].field.model._meta.label
        return " ".join([model, *(f"{'-' if key.descending else ''}{key.path}" for key in self.keys)])

    def beyond(self, token: str, parameter: str) -> Any:
        """Rows after ("older") or before ("newer") the one that the token describes, by the first field that differs.

        Raises PageTokenError.
        """
        try:
            texts = signing.loads(token, salt=self.salt)
        except signing.BadSignature as error:
            raise PageTokenError(parameter) from error
        values = [key.field.to_python(text) for key, text in zip(self.keys, texts, strict=True)]
        backward = parameter == "newer"
        if len({key.descending for key in self.keys}) == 1 and not any(key.nullable for key in self.keys):
            # All the same way round: a comparison of tuples, which an index in this order answers by itself.
            compare = _Less if self.keys[0].descending != backward else _Greater
            return compare(tuple(F(key.path) for key in self.keys), tuple(values))
        condition = Q(pk__in=[])
        for key, value in reversed(list(zip(self.keys, values, strict=True))):
            same = Q(**{f"{key.path}__isnull": True}) if value is None else Q(**{key.path: value})
            condition = key.beyond(value, backward) | (same & condition)
        return condition


def in_order(queryset: QuerySet, order: Sequence[str]) -> QuerySet:
    """The rows in the total order that ``keyset_page`` gives them."""
    return Order(queryset, order).sort(queryset)


def jumps(queryset: QuerySet, order: Sequence[str]) -> bool:
    """Whether a list in this order can be opened at a day."""
    return Order(queryset, order).keys[0].is_day


def keyset_page(
    queryset: QuerySet,
    order: Sequence[str],
    *,
    params: QueryDict,
    size: int = 50,
    total: int | None = None,
    fields: Sequence[str] = (),
    pinned: Mapping[str, str] = MappingProxyType({}),
) -> KeysetPage:
    """The rows that the tokens in the address point to; the first ones without a token.

    ``order`` is as in ``Order``. In one that begins with a date, ``jump`` in the address opens the page that begins at
    that day. ``total`` spares counting where the number of rows is known. With ``fields``, rows are named tuples of
    those alone. Raises PageTokenError.
    """
    by = Order(queryset, order)
    total = queryset.count() if total is None else total
    rows = queryset.annotate(**{key.name: F(key.path) for key in by.keys})
    if fields:
        rows = rows.values_list(*fields, *(key.name for key in by.keys), named=True)
    page, has_newer, has_older = _read(rows if total else rows.none(), by, params, size)
    urls = {"newer": "", "older": ""}
    for parameter, edge, there_is in (("newer", page[:1], has_newer), ("older", page[-1:], has_older)):
        if there_is:
            token = {parameter: by.token(edge[0])} if edge else {}
            urls[parameter] = address(params, without=ONLY_HERE, **(pinned if edge else {}), **token)
    return KeysetPage(rows=page, newer_url=urls["newer"], older_url=urls["older"], total=total)


def _read(queryset: QuerySet, by: Order, params: QueryDict, size: int) -> tuple[list[Any], bool, bool]:
    """The rows, and whether there are any before and after them: one row more than fits is read to know."""
    first, has_newer = queryset, False
    match [name for name in (*PAGE_TOKENS, JUMP) if params.get(name)]:
        case []:
            pass
        case ["older"]:
            first, has_newer = narrowed(queryset, by.beyond(str(params["older"]), "older")), True
        case ["newer"]:
            before = narrowed(queryset, by.beyond(str(params["newer"]), "newer"))
            rows = list(by.sort(before, backward=True)[: size + 1])
            if len(rows) > size:
                return rows[size - 1 :: -1], True, True
        case ["jump"] if by.keys[0].is_day:
            try:
                day = read_day(str(params[JUMP]))
            except ValueError as error:
                raise PageTokenError(JUMP, f"Jump to: give a date such as 2023-01-31, in the years {YEARS}.") from error
            has_newer = narrowed(queryset, by.keys[0].beyond(day, backward=True)).exists()
            on_or_after = f"{by.keys[0].path}__{'lte' if by.keys[0].descending else 'gte'}"
            first = narrowed(queryset, Q(**{on_or_after: day}))
        case names:
            raise PageTokenError(names[-1])
    rows = list(by.sort(first)[: size + 1])
    return rows[:size], has_newer, len(rows) > size


def narrowed(queryset: QuerySet, condition: Any) -> QuerySet:
    """The rows that meet the condition, as the first of all conditions.

    Where several bound the same column, SQLite uses the first to enter an index.
    """
    rows = queryset.filter(condition)
    conditions = rows.query.where.children
    conditions.insert(0, conditions.pop())
    return rows


# The first rows of a list on a page about something else, with the way to all of them.


Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


SECTION = "section"


def sections_of(*names: str) -> dict[str, tuple[str, ...] | None]:
    """What the address of a page says of its ``paged`` sections, as the ``parameters`` of a ``Page``."""
    return {SECTION: names, **dict.fromkeys(PAGE_TOKENS)}


@dataclass(frozen=True)
class Bounded(Generic[Row]):
    """At most so many rows, and the address of the list that has them all ("" for none).

    ``total`` is how many there are in all; None where that was not counted: then ``more`` says whether there are more.
    Of a section that is ``paged``, ``name`` is its anchor on the page, and the addresses are those of the same page
    with the rows before and after these.
    """

    rows: Sequence[Row]
    total: int | None
    url: str = ""
    more: bool = False
    name: str = ""
    newer_url: str = ""
    older_url: str = ""

    @property
    def is_cut(self) -> bool:
        return self.more if self.total is None else len(self.rows) < self.total


def bounded(rows: QuerySet[Record], size: int, url: str = "", *, counted: bool = True) -> Bounded[Record]:
    """The first rows of an ordered queryset, in one query, with their number in all if they are to be ``counted``."""
    if not counted:
        first = list(rows[: size + 1])
        return Bounded(first[:size], None, url, more=len(first) > size)
    first = list(rows.annotate(number_in_all=Window(Count("*")))[:size])
    total = first[0].number_in_all if first else 0  # type: ignore[attr-defined]
    return Bounded(first, total, url)


def paged(rows: QuerySet[Record], order: Sequence[str], size: int, *, name: str, params: QueryDict) -> Bounded[Record]:
    """So many rows of a section whose rows no list has: the first, in one query, or those at which the address of the
    page opens the section of this ``name``; and the ways to all the others. ``order`` is as in ``Order``.

    Raises PageTokenError.
    """
    if params.get(SECTION) == name:
        page = keyset_page(rows, order, params=params, size=size)
    else:
        by = Order(rows, order)
        keys = {key.name: F(key.path) for key in by.keys}
        first: list[Any] = list(by.sort(rows.annotate(number_in_all=Window(Count("*")), **keys))[:size])
        total = first[0].number_in_all if first else 0
        is_cut = len(first) < total
        older = address(params, without=ONLY_HERE, section=name, older=by.token(first[-1])) if is_cut else ""
        page = KeysetPage(first, "", older, total)
    newer_url, older_url = (f"{url}#{name}" if url else "" for url in (page.newer_url, page.older_url))
    return Bounded(page.rows, page.total, name=name, newer_url=newer_url, older_url=older_url)
