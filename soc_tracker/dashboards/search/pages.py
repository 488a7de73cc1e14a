"""Searching everything for words: each list of the site is asked by its own words filter.

So what is found of a kind is the beginning of its list, and the link to the
list shows exactly the rest.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.choices import DataKind, ExtractContents
from disruptions.standpoint.forms import StandpointSet
from disruptions.standpoint.queries import standpoints
from disruptions.threats.forms import NAMED_ONLY
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.columns import Column, cells, pick
from soc_tracker.core.lists.directory import open_lists
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.lists.pages import ListPage, Page
from soc_tracker.core.text.excerpts import excerpt, marked
from soc_tracker.core.text.normal import fold, words_of
from soc_tracker.core.text.spelling import did_you_mean
from soc_tracker.dashboards.search.queries import Passages, count_all, names, texts_of

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
    texts: Mapping[Any, Passages]
    total: int | None
    url: str


def list_results(request: HttpRequest, text: str) -> list[Found]:
    """The lists that the user may open and that hold rows in which every word of the text occurs."""
    asked = _asked(request, text)
    return [_found(each, words_of(text), total) for each, total in zip(asked, _counts(asked), strict=True) if total]


def is_anywhere(request: HttpRequest, text: str) -> bool:
    """Whether anything would be found."""
    return any(_counts(_asked(request, text)))


def _asked(request: HttpRequest, text: str) -> list[Asked]:
    """Each list that may hold the words, for each kind of data that it may show."""
    words, pages = words_of(text), open_lists(request.user)
    lists = [each for each in LISTS if each.url_name in pages and (not each.needs_long_word or has_long_word(text))]
    hopeful = _hopeful({pages[each.url_name].filterset_class for each in lists}, words) if words else set()
    where, asked = standpoints(localdate(), sight=sight_of(request.user)) if hopeful else {}, list[Asked]()
    for each in lists:
        page = pages[each.url_name]
        if page.filterset_class not in hopeful:
            continue
        for kind in DataKind if "data" in page.filterset_class.base_filters else (None,):
            params = {"q": text, **each.params, **({"data": kind.value} if kind else {})}
            found = page.under(request, params)
            if kind and isinstance(found.filterset, StandpointSet):
                found.filterset.standpoint = where[kind]  # the same for all lists: read once
                if found.filterset.contents_of_standpoint == ExtractContents.DISRUPTIONS and not where[kind].latest:
                    continue  # no disruption of this kind is on record
            asked.append(Asked(each, found, f"{reverse(each.url_name)}?{urlencode(params)}"))
    return asked


def _hopeful(filtersets: Collection[type[StrictFilterSet]], words: Sequence[str]) -> set[type[StrictFilterSet]]:
    """Those whose rows, whatever else is asked of them, hold the words: most lists need no further look. One query."""
    by_words = {each: each.base_filters["q"] for each in filtersets}
    plain = [each for each, filter_ in by_words.items() if filter_.method is None]  # a method has an index of its own
    counts = count_all([by_words[each].holding(each._meta.model, words) for each in plain], most=1)
    return {each for each, number in zip(plain, counts, strict=True) if number} | (set(filtersets) - set(plain))


def _counts(asked: Sequence[Asked]) -> list[int]:
    """How many rows each list has, up to one more than MOST_COUNTED."""
    return count_all([each.page.filter.qs.order_by().values("pk") for each in asked], most=MOST_COUNTED + 1)


def _found(asked: Asked, words: Sequence[str], total: int) -> Found:
    page, facts = asked.page, asked.searched.facts
    rows, columns = page.first(MOST), page.columns_of(())
    columns = (columns[0], *pick(columns, *facts))
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


# Search results, list by list, each hit with where the words stand in it.


Marked = Sequence[tuple[str, bool]]
"""A text in pieces, each with whether it is one of the words."""
LONG_TITLE = 200


@dataclass(frozen=True)
class Excerpt:
    """A text that holds words which the rest of the hit does not show."""

    label: str
    text: Marked


@dataclass(frozen=True)
class Hit:
    """One row: what it is called, what else is told of it, and where the words stand."""

    title: Marked
    url: str
    facts: Sequence[Marked]
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True)
class Group:
    """The hits of one list. ``url`` leads to the list under the same words, which ``has_more`` than is shown."""

    heading: str
    kind_of_data: str
    number: str
    hits: Sequence[Hit]
    url: str
    has_more: bool


def groups_of(found: Sequence[Found], text: str) -> list[Group]:
    """The lists in which anything was found."""
    return [_group(each, words_of(text)) for each in found]


def _group(found: Found, words: Sequence[str]) -> Group:
    number = f"more than {MOST_COUNTED:,}" if found.total is None else f"{found.total:,}"
    hits = [_hit(found.columns, row, found.texts.get(row.pk, ()), words) for row in found.rows]
    return Group(
        heading=found.page.title,
        kind_of_data=found.page.kind_of_data,
        number=number,
        hits=hits,
        url=found.url,
        has_more=found.total is None or found.total > len(hits),
    )


def _hit(columns: Sequence[Column], row: Any, texts: Passages, words: Sequence[str]) -> Hit:
    title, *facts = (cell for cell in cells(columns, row) if not cell.missing)
    shown = title.text if len(title.text) <= LONG_TITLE else excerpt(title.text, words, around=LONG_TITLE // 2)
    seen = "\n".join(map(fold, [shown, *(fact.text for fact in facts)]))
    return Hit(
        title=marked(shown, words),
        url=title.link or next((fact.link for fact in facts if fact.link), ""),
        facts=[marked(fact.text, words) for fact in facts],
        excerpts=list(_excerpts(texts, [word for word in words if word not in seen])),
    )


def _excerpts(texts: Passages, words: Sequence[str]) -> Iterator[Excerpt]:
    """So many excerpts that each word which is still to be shown stands in one of them."""
    left = list(words)
    for label, text in texts:
        while here := [word for word in left if word in fold(text)]:
            cut = excerpt(text, here)  # holds at least one of them
            yield Excerpt(label, marked(cut, here))
            left = [word for word in left if word not in fold(cut)]


def summary(found: Sequence[Group], text: str) -> str:
    """How much was found, in one sentence."""
    if not words_of(text):
        return f"“{text}” holds no word or number to look for."
    if not found:
        return f"Nothing holds all the words of “{text}”."
    if len(found) == 1 and found[0].number == "1":
        return f"One result for “{text}”."
    lists = "one list" if len(found) == 1 else f"{len(found)} lists"
    return f"Found in {lists}: rows that hold all the words of “{text}”."


class Search(Page):
    """The form, and below it what was found once something was asked for."""

    permission = "soc_tracker.read"
    template_name = "dashboards/search.html"
    parameters = {"q": None}

    @property
    def text(self) -> str:
        """The words, in one line."""
        return " ".join(self.request.GET.get("q", "").split())

    @property
    def title(self) -> str:  # type: ignore[override]  # the words are part of it
        return f"Search: {self.text}" if self.text and not self.problems else "Search"

    def context(self) -> dict[str, Any]:
        text = self.text
        groups, suggestions = groups_of(list_results(self.request, text), text), []
        if words_of(text) and not groups:
            spellings = did_you_mean(text, names(self.request.user))
            suggestions = [other for other in spellings if is_anywhere(self.request, other)]
        return super().context() | {
            "text": text,
            "groups": groups,
            "summary": summary(groups, text) if text else "",
            "suggestions": suggestions,
            "without_disruptions": bool(words_of(text)) and not has_long_word(text),
        }
