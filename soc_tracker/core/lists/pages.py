"""Pages as a few attributes: what an address may ask, the way there, the template; and lists of rows."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views import View

from soc_tracker.core.access.markings import highest_of, marking_of_kind
from soc_tracker.core.lists.columns import Column, on, pick
from soc_tracker.core.lists.exports import MOST_ROWS
from soc_tracker.core.lists.filters import (
    FILE,
    JUMP,
    PAGE_TOKENS,
    RESERVED,
    Problem,
    StrictFilterSet,
    address,
    as_query,
    problems_in,
)
from soc_tracker.core.lists.paging import KeysetPage, PageTokenError, in_order, keyset_page
from soc_tracker.core.lists.tables import DATA_ONLY, Table
from soc_tracker.core.records.pages import Trail
from soc_tracker.core.text.days import in_words

FILES = ("csv", "xlsx")
"""The values of ``format`` in the address of a list."""


class Page(Trail, View):
    """A page that answers what its address asks, or names what it does not understand and shows nothing.

    What may be asked is a ``filterset_class``, and ``parameters``: names with their values, None for any text.
    Subclasses name ``permission``, ``title``, ``template_name`` and add to ``context``.
    """

    title: str = ""
    template_name: ClassVar[str]
    filterset_class: ClassVar[type[StrictFilterSet] | None] = None
    parameters: Mapping[str, tuple[str, ...] | None] = {}
    marking: Any = ""
    """How sensitive what it shows is at most, in words."""

    @property
    def as_at(self) -> date:
        """The day that the page and its files speak of."""
        return self.today

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet | None:
        """What the filter narrows; by default all rows of its model."""
        return None

    @cached_property
    def filter(self) -> Any:
        """The filter over the address, of the class that the page names."""
        filterset_class: Any = self.filterset_class
        rows = self.rows_for(self.request.user)
        return filterset_class(self.request.GET, rows, request=self.request, today=self.today, reserved=self.parameters)

    @property
    def problems(self) -> list[Problem]:
        """What the address asks and the page does not know."""
        problems = problems_in(self.request.GET, self.parameters)
        if not self.filterset_class:
            return problems
        return [*self.filter.problems, *(each for each in problems if each.parameter in self.parameters)]

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        shared = {"title": self.title, "breadcrumbs": self.breadcrumbs(), "marking": self.marking}
        return shared | {"filter": self.filter} if self.filterset_class else shared

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.refuse() if self.problems else self.answer()

    def answer(self, *, status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, self.context(), status=status)

    def refuse(self, problems: Iterable[Problem] = ()) -> HttpResponse:
        """The page's name, what was not understood, and the way to the page itself; none of its content."""
        context = {
            "title": self.title,
            "problems": list(problems) or self.problems,
            "plain_url": self.request.path,
            "breadcrumbs": self.breadcrumbs(),
        }
        return render(self.request, "components/not_understood.html", context, status=400)


class ListPage(Page):
    """A list that can be filtered, sorted, paged and exported.

    Subclasses name the attributes, ``usual_title`` where the title depends on what is asked, and give
    ``rows_for(user)``: all rows that the user may see, with what the columns read, so that those cause no further
    query. Files hold all ``columns``, the page those whose keys
    are ``on_page`` (none named: all); the columns say by what it can be sorted. ``order`` is the default order.
    ``takes`` names what else the address may hold: "columns", a choice of columns for page and files, and "jump", a
    day at which to open the list. Where anything in the address is not understood, the page names it and shows no
    rows. It then answers 400 if the address itself is wrong or a file was asked for, but 200 to a filter form that
    needs mending, as forms do.
    """

    usual_title: ClassVar[str] = ""
    kind_of_data: ClassVar[str] = "published"
    filterset_class: ClassVar[type[StrictFilterSet]]
    columns: ClassVar[tuple[Column, ...]]
    on_page: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[Sequence[str]]
    takes: ClassVar[tuple[str, ...]] = ()
    page_size: ClassVar[int] = 50
    marked_at: ClassVar[str] = ""
    """Where the marking of a row stands, such as "threat__marking"; none where rows bear none."""
    whole_form = True
    for_programs = True
    """Whether its files open to a token, too."""

    def total(self) -> int | None:
        """How many rows there are in all, where that is known without counting them."""
        return None

    @property
    def pinned(self) -> Mapping[str, str]:
        """What the addresses of the neighbouring pages say besides, so that they are pages of the same list."""
        return {}

    @cached_property
    def marking(self) -> str:
        """The highest of all rows of the list, in words; "" where none bears one."""
        if self.filter.problems:
            return ""
        return highest_of(self.filter.qs, self.marked_at) if self.marked_at else marking_of_kind(self.kind_of_data)

    def fields(self) -> Sequence[str]:
        """The fields that the columns read, for rows that are no objects but named tuples."""
        return ()

    def rows_in_file(self) -> Iterable[Any]:
        """All rows of the list, in the order of its pages."""
        return in_order(self.filter.qs, self.chosen_order)

    @classmethod
    def under(cls, request: HttpRequest, params: Mapping[str, str]) -> Self:
        """The list as it answers other parameters than the request has, for a page that shows its ``first`` rows."""
        other: Any = copy(request)
        other.GET = as_query(params)
        page = cls()
        page.whole_form = False
        page.setup(other)
        return page

    def first(self, most: int) -> list[Any]:
        """At most so many rows from the beginning of the list."""
        rows, fields = in_order(self.filter.qs, self.chosen_order), self.fields()
        return list((rows.values_list("pk", *fields, named=True) if fields else rows)[:most])

    @cached_property
    def filterset(self) -> StrictFilterSet:
        """What the address asks of the rows: for columns that depend on it, which ``filter`` looks at."""
        return self.filterset_class(
            self.request.GET,
            queryset=self.rows_for(self.request.user),
            request=self.request,
            today=self.today,
            reserved=(*RESERVED, *self.takes),
            whole_form=self.whole_form,
        )

    @cached_property
    def filter(self) -> Any:
        """The same, with what is wrong in the parameters that are the page's own among its problems; where it begins
        is read later, with the rows. Columns, which some lists must look up, are read only where they are asked for.
        """
        query = self.request.GET
        own = [("sort", query["sort"], tuple(self.sorts))] if query.get("sort") else []
        own += [("format", query["format"], FILES)] if query.get("format") else []
        own += [("form", query["form"], (DATA_ONLY,))] if query.get("form") else []
        if self.chosen_columns:
            keys = tuple(column.key for column in self.columns)
            own += [("columns", value, keys) for value in dict.fromkeys(self.chosen_columns)]
        for name, value, allowed in own:
            if value not in allowed:
                message = f"This list has no such {name.removesuffix('s')}."
                self.filterset.refuse(Problem(name, value, message, allowed))
        return self.filterset

    @property
    def chosen_columns(self) -> list[str]:
        """The keys of the columns that the address asks for; none: the usual ones."""
        return [value for value in self.request.GET.getlist("columns") if value] if "columns" in self.takes else []

    def columns_of(self, usual: Sequence[str]) -> tuple[Column, ...]:
        """The chosen columns after the first, which heads each row; the usual ones, or all, where none is chosen."""
        first, *others = columns = on(self.columns, self.as_at)
        if self.chosen_columns:
            return (first, *(column for column in others if column.key in self.chosen_columns))
        return pick(columns, *usual) if usual else columns

    @cached_property
    def sorts(self) -> dict[str, Sequence[str]]:
        """Every value of ``sort``: a column's key, and "-" with it for the other way round."""
        orders: dict[str, Sequence[str]] = {}
        for column in self.columns:
            if column.sort:
                orders[column.key] = column.sort
                orders[f"-{column.key}"] = [path[1:] if path[0] == "-" else f"-{path}" for path in column.sort]
        return orders

    @property
    def chosen_order(self) -> Sequence[str]:
        sort = self.request.GET.get("sort")
        return self.sorts.get(sort, self.order) if sort else self.order

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        suffix = request.GET.get("format")
        is_sheet = suffix == "xlsx" and not self.filter.problems
        if is_sheet and (self.total() or self.filter.qs[: MOST_ROWS + 1].count()) > MOST_ROWS:
            message = f"A sheet holds at most {MOST_ROWS:,} rows: narrow the filter or take CSV."
            self.filter.refuse(Problem("format", "xlsx", message, ("csv",)))
        if suffix and not self.filter.problems:
            table = Table(
                slug=f"{slugify(self.title)}-{self.as_at.isoformat()}",
                title=self.title,
                columns=self.columns_of(()),
                rows=self.rows_in_file(),
                kind_of_data=self.kind_of_data,
                filter=self.filter.summary,
                as_at=self.as_at.isoformat(),
                marking=self.marking,
            )
            return table.file(suffix, request.user, form=request.GET.get("form", ""))
        context = self.context()  # reads the rows, which finds whether the page's own token is understood
        own = (*RESERVED, *self.takes)
        wrong = [problem for problem in self.filter.problems if suffix or problem.parameter in own]
        return render(request, self.template_name, context, status=400 if wrong else 200)

    @cached_property
    def page(self) -> KeysetPage:
        """The rows that the page shows; none where something was not understood."""
        nothing = KeysetPage(rows=[], newer_url="", older_url="", total=0)
        if self.filter.problems:
            return nothing
        try:
            return keyset_page(
                self.filter.qs,
                self.chosen_order,
                params=self.request.GET,
                size=self.page_size,
                total=self.total(),
                fields=self.fields(),
                pinned=self.pinned,
            )
        except PageTokenError as error:
            token = self.request.GET[error.parameter][:40]
            self.filter.refuse(Problem(error.parameter, token, str(error)))
            return nothing

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "kind_of_data": self.kind_of_data,
            "page": self.page,
            "rows": self.page.rows,
            "columns": self.columns_of(self.on_page),
            "sort_links": self.sort_links(),
            "as_at": in_words(self.as_at),
        }

    def sort_links(self) -> list[tuple[str, str, bool]]:
        """Heading, address and whether it is the one in force, for each way to sort; "" is the default order."""
        present = self.request.GET.get("sort", "")
        without = [*PAGE_TOKENS, JUMP, *FILE, "sort"]
        links = [("Default order", address(self.request.GET, without=without), present not in self.sorts)]
        for column in self.columns:
            if column.sort:
                turned = f"-{column.key}" if present == column.key else column.key
                arrow = {column.key: " (ascending)", f"-{column.key}": " (descending)"}.get(present, "")
                url = address(self.request.GET, without=without, sort=turned)
                links.append((column.heading + arrow, url, bool(arrow)))
        return links
