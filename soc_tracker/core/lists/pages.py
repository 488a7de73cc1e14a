"""The answer to an address that asks what a page does not know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from django.views import View

from soc_tracker.core.lists.addresses import address, as_query
from soc_tracker.core.lists.columns import Column, picked
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.lists.filters import JUMP, PAGE_TOKENS, RESERVED, Problem, StrictFilterSet
from soc_tracker.core.lists.paging import Page, PageTokenError, in_order, keyset_page
from soc_tracker.core.lists.xlsx import MOST_ROWS, xlsx_response
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.days import Precision, in_words


def not_understood(
    request: HttpRequest, title: str, problems: Iterable[Problem], breadcrumbs: list[tuple[str, str]]
) -> HttpResponse:
    """The page's name, what was not understood, and the way to the page itself; none of its content."""
    context = {"title": title, "problems": problems, "plain_url": request.path, "breadcrumbs": breadcrumbs}
    return render(request, "components/not_understood.html", context, status=400)


# A list page as a few attributes: filters, sorting, pages by keyset, and exports of exactly what is shown.


EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


class ListPage(View):
    """A list that can be filtered, sorted, paged and exported.

    Subclasses name the attributes and give ``rows_for(user)``. Files hold all
    ``columns``, the page those whose keys are ``on_page`` (none named: all).
    ``order`` is the default order; ``sorts`` are the others, by the key of the column that
    they sort by, each a sequence of field paths. ``takes`` names what else the
    address may hold: "columns", a choice of columns for page and files, and
    "jump", a day at which to open the list. Where anything in the address
    is not understood, the page names it and shows no rows. It then answers 400
    if the address itself is wrong or a file was asked for, but 200 to a filter
    form that needs mending, as forms do.
    """

    title: ClassVar[str]
    usual_title: ClassVar[str] = ""
    kind_of_data: ClassVar[str] = "published"
    template_name: ClassVar[str]
    filterset_class: ClassVar[type[StrictFilterSet]]
    columns: ClassVar[tuple[Column, ...]]
    on_page: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[Sequence[str]]
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {}
    takes: ClassVar[tuple[str, ...]] = ()
    page_size: ClassVar[int] = 50
    whole_form = True

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        """All rows that the user may see, with what the columns read; ``columns`` must cause no further query."""
        raise NotImplementedError

    def all_columns(self) -> tuple[Column, ...]:
        """The columns, where they depend on the request or on today."""
        return self.columns

    def total(self) -> int | None:
        """How many rows there are in all, where that is known without counting them."""
        return None

    def fields(self) -> Sequence[str]:
        """The fields that the columns read, for rows that are no objects but named tuples."""
        return ()

    @property
    def as_at(self) -> date:
        """The day that the page and its files speak of."""
        return self.today

    def breadcrumbs(self) -> list[tuple[str, str]]:
        return []

    def extra_context(self) -> dict[str, Any]:
        return {}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = localdate()

    @classmethod
    def list_name(cls) -> str:
        """What the list is called whatever its address asks; ``usual_title`` where the title depends on that."""
        return cls.usual_title or cls.title

    @classmethod
    def under(cls, request: HttpRequest, params: Mapping[str, str]) -> Self:
        """The list as it answers other parameters than the request has, for a page that shows its ``first`` rows."""
        asked: Any = copy(request)
        asked.GET = as_query(params)
        page = cls()
        page.whole_form = False
        page.setup(asked)
        return page

    def first(self, most: int) -> list[Any]:
        """At most so many rows from the beginning of the list."""
        rows, fields = in_order(self.filter.qs, self._order), self.fields()
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
    def filter(self) -> StrictFilterSet:
        """The same, with what is wrong in the rest of the address among its problems."""
        for problem in self._problems():
            self.filterset.refuse(problem)
        return self.filterset

    def _problems(self) -> Iterator[Problem]:
        """What is wrong with the parameters that are the page's own; where it begins is read later, with the rows."""
        for name, allowed in (("sort", self._sorts), ("format", EXPORTS)):
            value = self.request.GET.get(name)
            if value and value not in allowed:
                yield Problem(name, value, f"This list has no such {name}.", tuple(allowed))
        if "columns" in self.takes:
            keys = tuple(column.key for column in self.all_columns())
            for value in dict.fromkeys(self.chosen_columns):
                if value not in keys:
                    yield Problem("columns", value, "This list has no such column.", keys)

    @property
    def chosen_columns(self) -> list[str]:
        """The keys of the columns that the address asks for; none: the usual ones."""
        return [value for value in self.request.GET.getlist("columns") if value] if "columns" in self.takes else []

    def columns_of(self, usual: Sequence[str]) -> tuple[Column, ...]:
        """The chosen columns after the first, which heads each row; the usual ones, or all, where none is chosen."""
        columns = self.all_columns()
        if not self.chosen_columns:
            return picked(columns, *usual) if usual else columns
        return (columns[0], *(column for column in columns[1:] if column.key in self.chosen_columns))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("format")
        if wanted and not self.filter.problems and self._fits(wanted):
            return self._export(wanted)
        page = self._page()
        return render(request, self.template_name, self._context(page), status=self._status())

    def _status(self) -> int:
        wrong = [problem for problem in self.filter.problems if problem.parameter in (*RESERVED, *self.takes)]
        return 400 if wrong or (self.filter.problems and "format" in self.request.GET) else 200

    def _fits(self, wanted: str) -> bool:
        """Whether the format can hold so many rows; refuses it otherwise."""
        if wanted == "xlsx" and (self.total() or self.filter.qs[: MOST_ROWS + 1].count()) > MOST_ROWS:
            message = f"A sheet holds at most {MOST_ROWS:,} rows: narrow the filter or take CSV."
            self.filter.refuse(Problem("format", wanted, message, ("csv",)))
        return not self.filter.problems

    def _export(self, wanted: str) -> HttpResponseBase:
        preamble = Preamble(
            title=self.title,
            filter=self.filter.summary,
            kind_of_data=self.kind_of_data,
            as_at=self.as_at.isoformat(),
            made_at=now(),
            made_by=name_of(self.request.user),
        )
        filename = f"{slugify(self.title)}-{self.as_at.isoformat()}"
        return EXPORTS[wanted](filename, self.columns_of(()), self.rows_in_file(), preamble)

    def rows_in_file(self) -> Iterable[Any]:
        """All rows of the list, in the order of its pages."""
        return in_order(self.filter.qs, self._order)

    def _page(self) -> Page:
        if self.filter.problems:
            return Page(rows=[], newer_url="", older_url="", total=0)
        try:
            return keyset_page(
                self.filter.qs,
                self._order,
                params=self.request.GET,
                size=self.page_size,
                total=self.total(),
                fields=self.fields(),
            )
        except PageTokenError as error:
            self.filter.refuse(Problem(error.parameter, self.request.GET[error.parameter][:40], str(error)))
            return Page(rows=[], newer_url="", older_url="", total=0)

    def _context(self, page: Page) -> dict[str, Any]:
        return {
            "title": self.title,
            "kind_of_data": self.kind_of_data,
            "filter": self.filter,
            "page": page,
            "rows": page.rows,
            "columns": self.columns_of(self.on_page),
            "sort_links": self._sort_links(),
            "breadcrumbs": self.breadcrumbs(),
            "as_at": in_words(self.as_at, Precision.DAY),
            **self.extra_context(),
        }

    @cached_property
    def _sorts(self) -> dict[str, Sequence[str]]:
        """Every value of ``sort``: a column's key, and "-" with it for the other way round."""
        return {
            sign + key: [_turned(path) if sign else path for path in paths]
            for key, paths in self.sorts.items()
            for sign in ("", "-")
        }

    @property
    def _order(self) -> Sequence[str]:
        return self._sorts.get(self.request.GET.get("sort", ""), self.order)

    def _sort_links(self) -> list[tuple[str, str, bool]]:
        """Heading, address and whether it is the one in force, for each way to sort; "" is the default order."""
        present = self.request.GET.get("sort", "")
        headings = {column.key: column.heading for column in self.columns}
        without = [*PAGE_TOKENS, JUMP, "format", "sort"]
        links = [("Default order", address(self.request.GET, without=without), present not in self._sorts)]
        for key in self.sorts:
            turned = f"-{key}" if present == key else key
            arrow = {key: " (ascending)", f"-{key}": " (descending)"}.get(present, "")
            url = address(self.request.GET, without=without, sort=turned)
            links.append((headings[key] + arrow, url, bool(arrow)))
        return links


def _turned(path: str) -> str:
    return path.removeprefix("-") if path.startswith("-") else f"-{path}"
