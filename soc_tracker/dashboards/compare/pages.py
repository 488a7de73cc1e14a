"""The form of the comparison: bodies as facets, the rest as fields."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from disruptions.choices import DataKind, FourP
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.lists.facets import Facet, facet
from soc_tracker.core.lists.pages import not_understood
from soc_tracker.core.records.states import name_of
from soc_tracker.dashboards.compare import charts
from soc_tracker.dashboards.compare.charts import late_in_words, late_rows, shares
from soc_tracker.dashboards.compare.queries import Comparison, chosen_bodies, compared
from soc_tracker.dashboards.record.forms import CompareFilter
from soc_tracker.dashboards.record.pages import ChartOnPage, TableOnPage

DAYS = ("from", "to", "as_at", "second_as_at")


@dataclass(frozen=True)
class Day:
    """A day that may be typed; ``value`` is what was typed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Select:
    """One of several choices."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Panel:
    selects: tuple[Select, ...]
    days: tuple[Day, ...]


def panel(asked: CompareFilter) -> Panel:
    given = asked.query
    return Panel(
        selects=(
            Select("four_p", "Share of", tuple(FourP.choices), given.get("four_p", "") or FourP.PURSUE),
            Select("data", "Kind of data", (("", "Whichever there is"), *DataKind.choices), given.get("data", "")),
        ),
        days=tuple(Day(name, str(asked.filters[name].label), given.get(name, "")) for name in DAYS),
    )


def facets(asked: CompareFilter) -> list[Facet]:
    """Regions stand open; the bodies fold unless one is chosen."""
    return [_facet(asked, "region", opens=True), _facet(asked, "organisation", opens=False)]


def _facet(asked: CompareFilter, name: str, *, opens: bool) -> Facet:
    filter_ = asked.filters[name]
    chosen = asked.given.get(name) or ()
    return facet(name, str(filter_.label), filter_.field.choices, chosen, None, short=opens)


# Bodies side by side, and the files of what is shown.


TITLE = "Compare"


@needs("disruptions.read_record")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Any bodies, any period, any day; with a second day, what late recording changed."""
    asked = _asked(request)
    context = {
        "title": TITLE,
        "breadcrumbs": _breadcrumbs(),
        "filter": asked,
        "action": request.path,
        "panel": panel(asked),
        "facets": facets(asked),
    }
    if not asked.problems:
        context |= _shown(asked, _comparison(request, asked))
    return render(request, "dashboards/compare.html", context)


compare.saved_as = "Comparison"


@needs("disruptions.read_record")
@require_safe
def compare_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    """One table of the comparison."""
    asked = _asked(request)
    if asked.problems:
        return not_understood(request, TITLE, asked.problems, _breadcrumbs())
    comparison = _comparison(request, asked)
    chart = shares(comparison, asked.chosen_p)
    tables = {found.slug: found for found in charts.tables(comparison, asked.chosen_p)}
    if table == chart.slug:
        return csv_response(chart.slug, chart.columns, chart.rows, _preamble(request, asked, comparison, chart.title))
    if table not in tables:
        raise Http404(f"This comparison has no table called “{table}”. It has {', '.join([chart.slug, *tables])}.")
    found = tables[table]
    return csv_response(found.slug, found.file_columns, found.rows, _preamble(request, asked, comparison, found.title))


def _asked(request: HttpRequest) -> CompareFilter:
    return CompareFilter(request.GET, request=request, today=localdate())


def _comparison(request: HttpRequest, asked: CompareFilter) -> Comparison:
    day = asked.standpoint.day
    bodies = chosen_bodies(request.user, asked.given.get("region") or (), asked.given.get("organisation") or (), day)
    return compared(bodies, asked.standpoint, asked.period, asked.given.get("second_as_at"))


def _shown(asked: CompareFilter, comparison: Comparison) -> dict[str, object]:
    chart = shares(comparison, asked.chosen_p)
    late = late_rows(comparison, asked.chosen_p)
    return {
        "comparison": comparison,
        "few": charts.FEW,
        "chart": ChartOnPage(chart, _file(asked, chart.slug), chart.is_drawn),
        "tables": [TableOnPage(table, _file(asked, table.slug)) for table in charts.tables(comparison, asked.chosen_p)],
        "late": late_in_words(comparison, late) if late else "",
        "everyone": not asked.given.get("region") and not asked.given.get("organisation"),
    }


def _file(asked: CompareFilter, table: str) -> str:
    """With the day and the period said in full, so that the file is of the same day as the page."""
    query = asked.query.copy()
    query["as_at"], query["data"] = asked.standpoint.day.isoformat(), str(asked.standpoint.kind)
    query["from"], query["to"] = asked.period.first.isoformat(), asked.period.last.isoformat()
    return f"{reverse('compare_csv', args=[table])}?{query.urlencode()}"


def _preamble(request: HttpRequest, asked: CompareFilter, comparison: Comparison, title: str) -> Preamble:
    period = f"activity from {comparison.period.first.isoformat()} to {comparison.period.last.isoformat()}"
    days = [standpoint.day.isoformat() for standpoint in (comparison.standpoint, comparison.second) if standpoint]
    return Preamble(
        title=f"Comparison: {title}",
        filter=f"{asked.summary}; {period}",
        kind_of_data=str(comparison.standpoint.kind),
        as_at=" and ".join(days),
        made_at=now(),
        made_by=name_of(request.user),
    )


def _breadcrumbs() -> list[tuple[str, str]]:
    return [("Home", reverse("home"))]
