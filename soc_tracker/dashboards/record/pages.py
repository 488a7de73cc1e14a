"""The recorded side of the pages of regions and bodies, and its files."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.timezone import localdate, now

from forces.models import Organisation
from inspections.figures.models import PublishedFigure
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.records.states import name_of
from soc_tracker.core.reports import Report
from soc_tracker.dashboards.agreement import pages as agreement_pages
from soc_tracker.dashboards.agreement.queries import recomputed as recompute
from soc_tracker.dashboards.record.charts import RecordTable, tables_of_bodies, tables_of_one_body
from soc_tracker.dashboards.record.forms import TrendFilter
from soc_tracker.dashboards.record.queries import RecordSide, record_side
from soc_tracker.dashboards.trend import charts as trend_charts
from soc_tracker.dashboards.trend.charts import trend

CsvUrl = Callable[[str], str]


@dataclass(frozen=True)
class Subject:
    """Whom the recorded side of a page is about; the ``csv_url``s give the address of a table's file."""

    name: str
    bodies: tuple[Organisation, ...]
    figures: tuple[PublishedFigure, ...]
    one_body: bool
    csv_url: CsvUrl
    plans_csv_url: CsvUrl


@dataclass(frozen=True)
class TableOnPage:
    """A table and the address of its file."""

    spec: RecordTable
    csv_url: str


@dataclass(frozen=True)
class ChartOnPage:
    """A chart, the address of its file, and whether there is anything to draw."""

    spec: Report
    csv_url: str
    drawn: bool


def period_filter(request: HttpRequest) -> TrendFilter:
    """What the page is asked of the record; it names what it does not understand."""
    return TrendFilter(request.GET, request=request, today=localdate())


def record_context(request: HttpRequest, filter_: TrendFilter, subject: Subject) -> dict[str, object]:
    """All that the template part shows."""
    side = record_side(filter_.standpoint, filter_.period, subject.bodies)
    query = f"?{urlencode(asked_in_full(filter_))}"
    tables = _tables(side, subject)
    chart = trend(side, filter_.span)
    return {
        "record": side,
        "record_filter": filter_,
        "record_tables": [TableOnPage(table, subject.csv_url(table.slug) + query) for table in tables],
        "record_chart": ChartOnPage(chart, subject.csv_url(chart.slug) + query, chart.is_drawn),
        "record_late": trend_charts.in_words(side.recent),
        "beside": _beside(request, side, subject, query),
    }


def _tables(side: RecordSide, subject: Subject) -> tuple[RecordTable, ...]:
    return tables_of_one_body(side) if subject.one_body else tables_of_bodies(side)


def _beside(request: HttpRequest, side: RecordSide, subject: Subject, query: str) -> TableOnPage:
    table = _beside_table(request, side, subject)
    return TableOnPage(table, subject.csv_url(table.slug) + query)


def _beside_table(request: HttpRequest, side: RecordSide, subject: Subject) -> RecordTable:
    """Published figures with the recorded ones: each with its own period and day, whatever the page's."""
    rows = tuple(agreement_pages.beside(row) for row in recompute(request.user, subject.figures, side.standpoint))
    return RecordTable(
        slug="published-against-recorded",
        title="Published against recorded",
        kind_of_data=f"published and {side.standpoint.kind}",
        columns=agreement_pages.OF_ONE_BODY if subject.one_body else agreement_pages.OF_BODIES,
        rows=rows,
        file_columns=agreement_pages.IN_A_FILE,
    )


def record_csv(request: HttpRequest, filter_: TrendFilter, subject: Subject, slug: str) -> HttpResponseBase:
    """One table of the recorded side as a file. Raises Http404 for a name that no table has."""
    side = record_side(filter_.standpoint, filter_.period, subject.bodies)
    chart = trend(side, filter_.span)
    tables = {table.slug: table for table in (*_tables(side, subject), _beside_table(request, side, subject))}
    if slug == chart.slug:
        return csv_response(
            chart.slug, chart.columns, chart.rows, _preamble(request, side, subject, chart.title, chart.kind_of_data)
        )
    if slug not in tables:
        raise Http404(f"There is no table called “{slug}”. There are {', '.join([*tables, chart.slug])}.")
    table = tables[slug]
    preamble = _preamble(request, side, subject, table.title, table.kind_of_data)
    return csv_response(table.slug, table.file_columns, table.rows, preamble)


def _preamble(request: HttpRequest, side: RecordSide, subject: Subject, title: str, kind: str) -> Preamble:
    return Preamble(
        title=f"{subject.name}: {title}",
        filter=f"{subject.name}; activity from {side.period.first.isoformat()} to {side.period.last.isoformat()}",
        kind_of_data=kind,
        as_at=side.standpoint.day.isoformat(),
        made_at=now(),
        made_by=name_of(request.user),
    )


def asked_in_full(filter_: TrendFilter) -> dict[str, str]:
    """The standpoint and period in force, said in full, so that the file is of the same day as the page."""
    return {
        "as_at": filter_.standpoint.day.isoformat(),
        "data": str(filter_.standpoint.kind),
        "from": filter_.period.first.isoformat(),
        "to": filter_.period.last.isoformat(),
        "by": str(filter_.span),
    }
