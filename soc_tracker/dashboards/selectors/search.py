"""Searching everything for words: each list of the site is asked by its own words filter.

So what is found of a kind is the beginning of its list, and the link to the
list shows exactly the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.filters.threats import NAMED_ONLY
from soc_tracker.dashboards.selectors.search_texts import Texts, texts_of
from soc_tracker.lib.folding import words_of
from soc_tracker.lib.list_pages import open_lists
from soc_tracker.lib.list_view import ListPage

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
class Found:
    """What one list holds under the words: its first rows, and how many there are.

    ``total`` is None where there are more than MOST_COUNTED. ``texts`` are those in which the words were looked for,
    by the key of the row. ``url`` is the list's address under the same words.
    """

    page: ListPage
    facts: tuple[str, ...]
    rows: Sequence[Any]
    texts: Mapping[Any, Texts]
    total: int | None
    url: str


def search(request: HttpRequest, text: str) -> list[Found]:
    """The lists that the user may open and that hold rows in which every word of the text occurs."""
    return list(_search(request, text)) if words_of(text) else []


def is_anywhere(request: HttpRequest, text: str) -> bool:
    """Whether anything would be found: lists are asked up to the first that holds something."""
    return next(_search(request, text), None) is not None


def _search(request: HttpRequest, text: str) -> Iterator[Found]:
    pages = open_lists(request.user)
    for each in [each for each in LISTS if each.url_name in pages]:
        page = pages[each.url_name]
        if each.needs_long_word and not has_long_word(text):
            continue
        kinds = [{"data": kind.value} for kind in DataKind] if "data" in page.filterset_class.base_filters else [{}]
        for kind in kinds:
            params = {"q": text, **each.params, **kind}
            found = page.under(request, params)
            if rows := found.first(MOST + 1):
                total = len(rows) if len(rows) <= MOST else _count(found)
                url = f"{reverse(each.url_name)}?{urlencode(params)}"
                texts = texts_of(found.filterset, [row.pk for row in rows[:MOST]], words_of(text))
                yield Found(found, each.facts, rows[:MOST], texts, total, url)


def _count(page: ListPage) -> int | None:
    number = page.filter.qs.order_by()[: MOST_COUNTED + 1].count()
    return int(number) if number <= MOST_COUNTED else None


def has_long_word(text: str) -> bool:
    """Whether disruptions can be searched for the text."""
    return any(len(word) >= TRIGRAM for word in words_of(text))
