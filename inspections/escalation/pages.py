"""On which rung each body stands, on one page; how one got there; and putting it on another."""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from forces.models import Organisation
from forces.pages import BodyFilter
from inspections.escalation.charts import days_in_words, rungs_of
from inspections.escalation.forms import RungForm
from inspections.escalation.models import MonitoringPeriod
from inspections.escalation.queries import list_events, list_on_rungs, next_rung, standing, with_rungs
from inspections.escalation.services import move_to
from inspections.pages import LOCATOR, PublishedList, address_of
from inspections.queries import User
from inspections.vocabularies.models import MonitoringStage
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter
from soc_tracker.core.records.pages import Crumb, FormPage
from soc_tracker.core.reports import Makers, ReportPage
from soc_tracker.core.trail.services import record_reading

ESCALATE = "inspections.escalate"
NO_RUNG = "None known here"

MONITORING_COLUMNS = (
    Column("organisation", "Organisation", lambda row: row.organisation.name, lambda row: address_of(row.organisation)),
    Column("stage", "Stage", lambda period: period.stage.label),
    Column("started", "Since", lambda period: period.started),
    Column("ended", "Until", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason, wide_only=True),
    LOCATOR,
)


def page_of(body: Organisation) -> str:
    return reverse("inspections:rungs_of_body", args=[body.slug])


def before_in_words(body: Any, today: date) -> str:
    """The rungs on which it stood before, the newest first, each with how long."""
    ended = [period for period in body.periods if period.ended_on]
    return "; ".join(
        f"{period.stage.label}, {period.started} to {period.ended} ({days_in_words(period, today)})" for period in ended
    )


def next_in_words(body: Any) -> str:
    """The rung above the present one, with the day from which it may follow; "" where no rung is known."""
    above, day = next_rung(standing(body))
    if standing(body) is None or above is None:
        return ""
    return f"{above.label}, from {day.day}/{day.month}/{day.year}" if day else above.label


def since_with_days(body: Any, today: date) -> str:
    """Since when it stands on the present rung, and for how long; "" where no rung is known."""
    period = standing(body)
    return f"{period.started}, {days_in_words(period, today)}" if period else ""


RUNG_COLUMNS = (
    Column("name", "Body", lambda body: body.name, page_of, sort=("name",)),
    Column("region", "Region", lambda body: body.region_name, sort=("region_name", "name")),
    Column(
        "rung",
        "Rung",
        lambda body: period.stage.label if (period := standing(body)) else NO_RUNG,
        sort=("-rung_order", "name"),
    ),
    Column(
        "since",
        "Since",
        since_with_days,
        dated=True,
        files=(Column("since", "Since", lambda body: period.started if (period := standing(body)) else ""),),
    ),
    Column("why", "Why", lambda body: period.reason if (period := standing(body)) else ""),
    Column(
        "skipped",
        "Why rungs were passed over",
        lambda body: period.skipped if (period := standing(body)) else "",
        wide_only=True,
    ),
    Column("next", "Next rung", next_in_words),
    Column(
        "days",
        "How long so far",
        lambda body, today: days_in_words(period, today) if (period := standing(body)) else "",
        dated=True,
    ),
    Column("before", "Before", before_in_words, dated=True),
    Column("kind_of_data", "Kind of data", lambda body: period.kind_of_data if (period := standing(body)) else ""),
    Column("since_on", "Since (first day of the span known)", lambda body: body.rung_since),
    Column("slug", "Slug", lambda body: body.slug),
)


class RungFilter(BodyFilter):
    rung = ChoicesFilter(choices=MonitoringStage.words, label="Rung")


class RungList(PublishedList):
    """The highest rung first, then those that stood on one, then those of which nothing is known."""

    title = "Escalation"
    template_name = "inspections/rung_list.html"
    filterset_class = RungFilter
    columns = RUNG_COLUMNS
    on_page = ("name", "rung", "since", "before", "next", "region")
    order = ("-rung_order", "-known", "name")

    def rows_for(self, user: User) -> QuerySet:
        return list_on_rungs(user, self.today)

    def context(self) -> dict[str, Any]:
        return super().context() | {"ladder": MonitoringStage.rows()}


class OfBody:
    """A page of the rungs of one body."""

    request: Any
    kwargs: dict[str, Any]
    today: Any

    @cached_property
    def body(self) -> Any:
        return get_object_or_404(with_rungs(self.request.user, self.today), slug=self.kwargs["slug"])


class RungsOfBody(OfBody, ReportPage):
    """How a body went up and down the ladder, and how long it stood on each rung, with its grades."""

    permission = "inspections.read_published"
    parents = (("Escalation", "inspections:rung_list"),)
    template_name = "inspections/rungs_of_body.html"
    files = "inspections:rungs_of_body_file"

    @property
    def subject(self) -> str:
        return str(self.body.name)

    def list_reports(self) -> Makers:
        body = self.body
        return {"rungs": lambda: rungs_of(body, self.today)}

    def context(self) -> dict[str, Any]:
        body, user = self.body, self.request.user
        record_reading(body)
        return super().context() | {
            "body": body,
            "standing": standing(body),
            "since": since_with_days(body, self.today),
            "next": next_in_words(body),
            "today": self.today,
            "events": list_events(user, body),
            "may_escalate": user.has_perm(ESCALATE),
        }


class RungNew(OfBody, FormPage):
    """A body is put on another rung: it leaves the one on which it stands."""

    permission = ESCALATE
    template_name = "inspections/rung_form.html"
    parents = (("Escalation", "inspections:rung_list"),)

    def breadcrumbs(self) -> list[Crumb]:
        return [*super().breadcrumbs(), (str(self.body), page_of(self.body))]

    def form(self, data: Any = None) -> RungForm:
        return RungForm(data, body=self.body, standing=standing(self.body))

    def context(self) -> dict[str, Any]:
        return {"body": self.body, "standing": standing(self.body), "no_rung": NO_RUNG}

    def write(self, form: RungForm) -> MonitoringPeriod:
        return move_to(self.body, by=self.request.user, today=self.today, **form.cleaned_data)

    def done(self, period: MonitoringPeriod) -> HttpResponse:
        messages.success(self.request, f"Saved: {self.body} stands on “{period.stage.label}” from {period.started}.")
        return redirect(page_of(self.body))
