"""The 4P plans of a region or a body beside its record, and their files."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate, now

from plans4p.gaps.queries import get_plans_of_bodies
from plans4p.officers.queries import get_networks
from plans4p.sites.charts import phase_bars
from plans4p.sites.queries import list_sites_of
from soc_tracker.core.lists.exports import Preamble, csv_response
from soc_tracker.core.records.states import name_of
from soc_tracker.dashboards.plans.charts import (
    BodyRow,
    PlanLinks,
    body_rows,
    by_status,
    questions_in_words,
    tables_of_bodies,
    tables_of_one_body,
)
from soc_tracker.dashboards.record.charts import RecordTable
from soc_tracker.dashboards.record.forms import TrendFilter
from soc_tracker.dashboards.record.pages import Subject, TableOnPage, asked_in_full


def plans_context(request: HttpRequest, filter_: TrendFilter, subject: Subject) -> dict[str, object]:
    """All that the template part shows of one body or of several."""
    today = localdate()
    rows = _rows(request, filter_, subject, today)
    query = f"?{urlencode(asked_in_full(filter_))}"
    tables = [
        TableOnPage(table, subject.plans_csv_url(table.slug) + query) for table in _tables(rows, filter_, subject)
    ]
    return {"plans_today": today, "plan_tables": tables, **(_of_one(rows[0]) if subject.one_body else {})}


def _of_one(row: BodyRow) -> dict[str, object]:
    return {
        "plan_statuses": by_status(row),
        "plans_total": row.plans.total,
        "plan_questions": questions_in_words(row),
        "on_a_page_url": row.links.on_a_page(row.body.slug),
    }


def sites_context(request: HttpRequest, filter_: TrendFilter, subject: Subject, region: str) -> dict[str, object]:
    """The Clear, Hold, Build sites of a region's bodies; ``region`` is its slug."""
    kind = str(filter_.standpoint.kind)
    url = f"{reverse('plans4p:site_list')}?{urlencode({'region': region, 'data': kind})}"
    sites = list_sites_of(request.user, [body.pk for body in subject.bodies], kind=kind, url=url)
    return {"sites": sites, "timeline": phase_bars(sites.rows, localdate())}


def plans_csv(request: HttpRequest, filter_: TrendFilter, subject: Subject, slug: str) -> HttpResponseBase:
    """One of the tables as a file. Raises Http404 for a name that none has."""
    rows = _rows(request, filter_, subject, localdate())
    tables = {table.slug: table for table in _tables(rows, filter_, subject)}
    if slug not in tables:
        raise Http404(f"There is no table of plans called “{slug}”. There are {', '.join(tables)}.")
    table, period = tables[slug], filter_.period
    preamble = Preamble(
        title=f"{subject.name}, 4P plans: {table.title}",
        filter=f"{subject.name}; activity from {period.first.isoformat()} to {period.last.isoformat()}",
        kind_of_data=table.kind_of_data,
        as_at=_days(filter_, localdate()),
        made_at=now(),
        made_by=name_of(request.user),
    )
    return csv_response(f"4p-plans-{slug}", table.file_columns, table.rows, preamble)


def _days(filter_: TrendFilter, today: date) -> str:
    return f"plans {today.isoformat()}, threats and disruptions {filter_.standpoint.day.isoformat()}"


def _rows(request: HttpRequest, filter_: TrendFilter, subject: Subject, today: date) -> tuple[BodyRow, ...]:
    """A row a body; the network of officers is read where bodies stand side by side."""
    keys, day, period = [body.pk for body in subject.bodies], filter_.standpoint, filter_.period
    plans = get_plans_of_bodies(request.user, keys, day, period.first, period.last, today)
    officers = {} if subject.one_body else get_networks(request.user, keys, day)
    return body_rows(subject.bodies, plans, officers, PlanLinks(day, period))


def _tables(rows: tuple[BodyRow, ...], filter_: TrendFilter, subject: Subject) -> tuple[RecordTable, ...]:
    kind = str(filter_.standpoint.kind)
    return tables_of_one_body(rows[0], kind) if subject.one_body else tables_of_bodies(rows, kind)
