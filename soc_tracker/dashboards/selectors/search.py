"""Searching everything for words: each list of the site is asked by its own words filter.

So what is found of a kind is the beginning of its list, and the link to the
list shows exactly the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.choices import DataKind
from disruptions.filters.record import StandpointSet
from disruptions.filters.threats import NAMED_ONLY
from disruptions.selectors.record import standpoints
from soc_tracker.dashboards.selectors.search_texts import Texts, texts_of
from soc_tracker.lib.folding import fold, words_of
from soc_tracker.lib.list_pages import open_lists
from soc_tracker.lib.list_view import ListPage
from soc_tracker.lib.tables import Column, cells, picked

MOST = 5
"""Rows of each kind that the page shows."""
MOST_COUNTED = 1_000
TRIGRAM = 3
"""Letters of a word from which on the index of disruptions finds it: rows without number are not read for less."""


@dataclass(frozen=True)
class Searched:
    """A list that is searched. ``facts`` are the columns that tell its rows apart, after the first, which names them.

    ``params`` narrow the list beside the words. ``needs_long_word``: without a word of three letters the list is not
    searched.
    """

    url_name: str
    facts: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    needs_long_word: bool = False


LISTS = (
    Searched("forces:region_list", ()),
    Searched("forces:force_list", ("region",)),
    Searched("forces:rocu_list", ("region",)),
    Searched("forces:other_list", ("region",)),
    Searched("disruptions:threat_list", ("name", "type", "organisation")),
    Searched("disruptions:threat_list", ("name", "first_type"), {"list": NAMED_ONLY}),
    Searched("plans4p:plan_list", ("title", "organisation", "status")),
    Searched("inspections:finding_list", ("kind", "about", "programme")),
    Searched("inspections:recommendation_list", ("addressed_to", "due", "status")),
    Searched("inspections:figure_list", ("figure", "about", "period")),
    Searched("inspections:inspection_list", ("programme", "published")),
    Searched("inspections:source_list", ("publisher", "published")),
    Searched("plans4p:partner_list", ("sector",)),
    Searched("plans4p:officer_list", ("rank", "organisation")),
    Searched("plans4p:order_list", ("kind", "subject", "organisation")),
    Searched("plans4p:site_list", ("organisation", "running")),
    Searched("disruptions:disruption_list", ("activity_date", "organisation", "four_p", "threat"), {}, True),
    Searched("disruptions:extract_list", ("contents", "as_at")),
    Searched("disruptions:saved_view_list", ("list", "owner")),
)


@dataclass(frozen=True)
class Asked:
    """A list as it answers the words, for one kind of data, and its address under them."""

    searched: Searched
    page: ListPage
    url: str


@dataclass(frozen=True)
class Found:
    """What one list holds under the words: its first rows, the columns that tell of them, and how many there are.

    ``total`` is None where there are more than MOST_COUNTED. ``texts`` are those in which the words were looked for,
    by the keys of the rows whose columns do not show all words. ``url`` is the list's address under the same words.
    """

    page: ListPage
    columns: Sequence[Column]
    rows: Sequence[Any]
    texts: Mapping[Any, Texts]
    total: int | None
    url: str


def search(request: HttpRequest, text: str) -> list[Found]:
    """The lists that the user may open and that hold rows in which every word of the text occurs."""
    asked = _asked(request, text)
    return [_found(each, words_of(text), total) for each, total in zip(asked, _counts(asked), strict=True) if total]


def is_anywhere(request: HttpRequest, text: str) -> bool:
    """Whether anything would be found."""
    return any(_counts(_asked(request, text)))


def _asked(request: HttpRequest, text: str) -> list[Asked]:
    """Each list under the words, for each kind of data that it may show."""
    if not words_of(text):
        return []
    pages, where = open_lists(request.user), standpoints(localdate())
    asked: list[Asked] = []
    for each in LISTS:
        if each.url_name not in pages or (each.needs_long_word and not has_long_word(text)):
            continue
        page = pages[each.url_name]
        for kind in DataKind if "data" in page.filterset_class.base_filters else (None,):
            params = {"q": text, **each.params, **({"data": kind.value} if kind else {})}
            found = page.under(request, params)
            if kind and isinstance(found.filterset, StandpointSet):
                found.filterset.standpoint = where[kind]  # the same for all lists: read once
            asked.append(Asked(each, found, f"{reverse(each.url_name)}?{urlencode(params)}"))
    return asked


def _counts(asked: Sequence[Asked]) -> list[int]:
    """How many rows each list has, up to one more than MOST_COUNTED: all in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for number, each in enumerate(asked):
        rows = each.page.filter.qs.order_by().values("pk")[: MOST_COUNTED + 1]
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {number:d}, COUNT(*) FROM ({sql}) AS found")  # noqa: S608  Django's own SQL
        params += values
    if not parts:
        return [0] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        counts = dict(cursor.fetchall())
    return [counts.get(number, 0) for number in range(len(asked))]


def _found(asked: Asked, words: Sequence[str], total: int) -> Found:
    page, facts = asked.page, asked.searched.facts
    rows, columns = page.first(MOST), page.all_columns()
    columns = (columns[0], *picked(columns, *facts))
    hidden = [row.pk for row in rows if not _shows(columns, row, words)]
    texts = texts_of(page.filterset, hidden, words) if hidden else {}
    return Found(page, columns, rows, texts, total if total <= MOST_COUNTED else None, asked.url)


def _shows(columns: Sequence[Column], row: Any, words: Sequence[str]) -> bool:
    """Whether what is told of the row anyway holds all the words."""
    shown = "\n".join(fold(cell.text) for cell in cells(columns, row) if not cell.missing)
    return all(word in shown for word in words)


def has_long_word(text: str) -> bool:
    """Whether disruptions can be searched for the text."""
    return any(len(word) >= TRIGRAM for word in words_of(text))
