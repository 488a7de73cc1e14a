"""Searching everything that was published, and the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from soc_tracker.dashboards.presenters import search as present
from soc_tracker.dashboards.selectors.search import search as find
from soc_tracker.dashboards.selectors.search_record import search_record
from soc_tracker.dashboards.views.parameters import problems_in
from soc_tracker.lib.access import needs
from soc_tracker.lib.not_understood import not_understood

TITLE = "Search"


@needs("soc_tracker.read")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found once something was asked for."""
    breadcrumbs = [("Home", reverse("home"))]
    if problems := problems_in(request.GET, {"q": None}):
        return not_understood(request, TITLE, problems, breadcrumbs)
    text = " ".join(request.GET.get("q", "").split())
    groups = _groups(request, text) if text else []
    context = {
        "title": f"{TITLE}: {text}" if text else TITLE,
        "breadcrumbs": breadcrumbs,
        "text": text,
        "groups": groups,
        "summary": present.summary(groups, text) if text else "",
        "disruptions_url": present.words_url("disruptions:disruption_list", text),
    }
    return render(request, "dashboards/search.html", context)


def _groups(request: HttpRequest, text: str) -> list[present.Group]:
    published = present.groups(find(request.user, text), text)
    return published + present.record_groups(search_record(request.user, text, localdate()), text)
