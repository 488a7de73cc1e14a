"""Bodies side by side, and the files of what is shown."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from soc_tracker.dashboards.charts import has_numbers
from soc_tracker.dashboards.charts.compare import shares
from soc_tracker.dashboards.filters import CompareFilter
from soc_tracker.dashboards.presenters import compare as present
from soc_tracker.dashboards.presenters.compare_panel import facets, panel
from soc_tracker.dashboards.presenters.late_recording import late_in_words, late_rows
from soc_tracker.dashboards.selectors.compare import Comparison, chosen_bodies, compared
from soc_tracker.dashboards.views.record import ChartOnPage, TableOnPage
from soc_tracker.lib.access import needs
from soc_tracker.lib.csv_export import Preamble, csv_response
from soc_tracker.lib.not_understood import not_understood
from soc_tracker.lib.wording import name_of

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
    tables = {found.slug: found for found in present.tables(comparison, asked.chosen_p)}
    if table == chart.slug:
        return chart.csv(_preamble(request, asked, comparison, chart.title))
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
        "few": present.FEW,
        "chart": ChartOnPage(chart, _file(asked, chart.slug), has_numbers(chart)),
        "tables": [
            TableOnPage(table, _file(asked, table.slug)) for table in present.tables(comparison, asked.chosen_p)
        ],
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
