"""The home page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from disruptions.selectors.record import standpoint
from inspections.models import Programme
from plans4p.selectors.my_plans import in_short
from soc_tracker.dashboards.presenters import home as present
from soc_tracker.dashboards.presenters.columns import INSPECTIONS
from soc_tracker.dashboards.presenters.recommendations import columns
from soc_tracker.dashboards.selectors import home as read
from soc_tracker.dashboards.selectors.record import record_summary
from soc_tracker.dashboards.views.parameters import problems_in
from soc_tracker.lib.access import needs
from soc_tracker.lib.not_understood import not_understood

TITLE = "Serious and organised crime: what inspectors found"


@needs("soc_tracker.read")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The map of grades under the chosen programme, by default the newest; what is new; what is due."""
    programmes = read.programmes(request.user)
    by_slug = {programme.slug: programme for programme in programmes}
    if problems := problems_in(request.GET, {"programme": tuple(by_slug)}):
        return not_understood(request, TITLE, problems, [])
    newest = programmes[0] if programmes else None
    programme = by_slug.get(request.GET.get("programme", ""), newest)
    today = localdate()
    context = {
        "title": TITLE,
        "breadcrumbs": [],
        "my_plans": in_short(request.user, today),
        "programmes": programmes,
        "programme": programme,
        "inspections": read.latest_inspections(request.user),
        "inspection_columns": INSPECTIONS,
        "due": read.due(request.user, today),
        "recommendation_columns": columns(today, with_body=True),
        "as_at": today,
        **_map(request, programme, today),
    }
    return render(request, "dashboards/home.html", context)


def _map(request: HttpRequest, programme: Programme | None, today: date) -> dict[str, object]:
    if programme is None:
        nothing = "No inspection programme is held here yet."
        return {"regions": (), "elsewhere": (), "summary": nothing, "record": None}
    grades = read.grade_map(request.user, programme, today)
    bodies = [graded.organisation.pk for region in grades.regions for graded in region.bodies]
    return {
        "record": record_summary(standpoint(today=today), bodies),
        "regions": present.boxes(grades),
        "elsewhere": present.elsewhere(grades),
        "summary": present.summary(grades, programme),
    }
