"""The home page: what each role comes for, and the door to the rest."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now

from disruptions.choices import DataKind
from disruptions.extracts.pages import EXTRACT_COLUMNS
from inspections.following.pages import REQUIREMENT_COLUMNS
from plans4p.plans.pages import PLANS_IN_SHORT
from soc_tracker.core.access.roles import Role, has_role, is_administrator
from soc_tracker.core.lists.columns import Column, on, pick
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.pages import Crumb
from soc_tracker.dashboards.administration.queries import attention
from soc_tracker.dashboards.home import queries
from soc_tracker.dashboards.published.pages import INSPECTIONS

KIND = Column("kind_of_data", "Data", lambda row: row.get_kind_of_data_display())
EXTRACTS = (*pick(EXTRACT_COLUMNS, "file_name", "contents", "as_at", "added", "changed", "refused"), KIND)
FILES = (
    Column("file_name", "File", lambda upload: upload.file_name, lambda upload: upload.get_absolute_url()),
    Column("contents", "Contents", lambda upload: upload.get_contents_display()),
    Column("stage", "Stage", lambda upload: upload.get_stage_display()),
    Column("uploaded_at", "Sent", lambda upload: upload.uploaded_at),
    KIND,
)
VIEWS = (
    Column("name", "View", lambda view: view.name, lambda view: view.get_absolute_url()),
    Column("owner", "Saved by", lambda view: view.owner.get_full_name() or view.owner.get_username()),
)
DUE = pick(REQUIREMENT_COLUMNS, "text", "addressee", "due", "status", "known", "kind")
LOG = (
    Column(
        "requirement",
        "What must change",
        lambda entry: entry.requirement.text,
        lambda entry: entry.requirement.get_absolute_url(),
    ),
    Column("for", "For", lambda entry: entry.requirement.addressee.name),
    Column("on", "On", lambda entry: entry.day),
    Column("status", "Status", lambda entry: entry.status.label),
    Column("note", "What happened", lambda entry: entry.note),
)
PLANS = (*PLANS_IN_SHORT, KIND)


class Home(Page):
    """The parts of the roles that the user has, one below the other; somebody may have several."""

    permission = "soc_tracker.read"
    title = "What must change, and how it stands"
    template_name = "dashboards/home.html"

    def breadcrumbs(self) -> list[Crumb]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET and set(request.GET) <= {"programme", "map"}:  # the maps of grades stood here once
            return redirect(f"{reverse('directory')}?{request.GET.urlencode()}")
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        user, today = self.request.user, self.today
        context: dict[str, Any] = super().context() | {"as_at": today}
        parts: list[str] = []
        listed: list[Any] = []  # rows that may be made up
        if is_administrator(user):
            parts.append("administrator")
            context["attention"] = attention(now(), today)
        if has_role(user, Role.LEAD_RESPONSIBLE_OFFICER):
            parts.append("officer")
            officer = queries.get_officer_home(user, today)
            listed += officer.plans.rows
            context |= {"officer": officer, "plan_columns": PLANS}
        if has_role(user, Role.ANALYST):
            parts.append("analyst")
            analyst = queries.get_analyst_home(user)
            listed += [*analyst.extracts, *analyst.files]
            context |= {"analyst": analyst, "extract_columns": EXTRACTS, "file_columns": FILES, "view_columns": VIEWS}
        if has_role(user, Role.INSPECTOR) or not parts:
            parts.append("inspector")
            inspector = queries.get_inspector_home(user, today)
            columns = {"due_columns": on(DUE, today), "inspection_columns": INSPECTIONS, "log_columns": LOG}
            context |= {"inspector": inspector, **columns}
        is_made_up = any(row.kind_of_data == DataKind.ILLUSTRATIVE for row in listed)
        return context | {"parts": parts, "kind": DataKind.ILLUSTRATIVE if is_made_up else ""}
