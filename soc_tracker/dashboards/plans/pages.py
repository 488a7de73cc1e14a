"""The 4P plans of a region or a body beside its record."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from plans4p.gaps.queries import get_plans_of_bodies
from plans4p.officers.queries import get_networks
from plans4p.sites.charts import phase_bars
from plans4p.sites.queries import list_sites_of
from soc_tracker.core.reports import Makers, ready
from soc_tracker.dashboards.plans.charts import (
    NOBODY,
    BodyRow,
    PlanLinks,
    by_status,
    reports_of_bodies,
    reports_of_one_body,
)
from soc_tracker.dashboards.record.pages import OfPeriod


class PlansPart(OfPeriod):
    """The page of the plans of the ``bodies``: as they are today, threats and disruptions as at the day.

    ``one_body`` where the page is of a body, and not of a region with its sites.
    """

    permission = "plans4p.read_plan"
    for_programs = True
    one_body = False

    @property
    def subject(self) -> str:
        return f"{self.owner.name}, 4P plans"

    @cached_property
    def rows(self) -> tuple[BodyRow, ...]:
        """A row a body; the network of officers is read where bodies stand side by side."""
        user, keys = self.request.user, [body.pk for body in self.bodies]
        day, period = self.filter.standpoint, self.filter.period
        plans = get_plans_of_bodies(user, keys, day, period.first, period.last, self.today)
        officers = {} if self.one_body else get_networks(user, keys, day)
        links = PlanLinks(day, period)
        return tuple(BodyRow(body, plans[body.pk], links, officers.get(body.pk, NOBODY)) for body in self.bodies)

    def list_reports(self) -> Makers:
        kind = str(self.filter.standpoint.kind)
        reports = reports_of_one_body(self.rows[0], kind) if self.one_body else reports_of_bodies(self.rows, kind)
        days = f"plans {self.today.isoformat()}, threats and disruptions {self.as_at.isoformat()}"
        return ready(replace(report, as_at=days) for report in reports)

    def context(self) -> dict[str, Any]:
        """Of one body also how its plans stand, by their status; of a region its Clear, Hold, Build sites."""
        context = super().context() | {"plans_today": self.today, "plan_reports": self.reports.values()}
        if self.one_body:
            row = self.rows[0]
            return context | {
                "plans_are_seen": row.is_seen,
                "plan_statuses": by_status(row) if row.is_seen else [],
                "plans_total": row.plans.total,
                "on_a_page_url": row.on_a_page,
            }
        kind = self.filter.standpoint.kind
        url = f"{reverse('plans4p:site_list')}?{urlencode({'region': self.owner.slug, 'data': kind})}"
        sites = list_sites_of(self.request.user, [body.pk for body in self.bodies], kind=kind, url=url)
        return context | {"sites": sites, "timeline": phase_bars(sites.rows, self.today)}
