"""Searching everything that was published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from soc_tracker.dashboards.presenters import search as present
from soc_tracker.dashboards.selectors.search import search as find
from soc_tracker.dashboards.views.parameters import not_understood, problems_in

TITLE = "Search"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found once something was asked for."""
    breadcrumbs = [("Home", reverse("home"))]
    if problems := problems_in(request.GET, {"q": None}):
        return not_understood(request, TITLE, problems, breadcrumbs)
    text = " ".join(request.GET.get("q", "").split())
    groups = present.groups(find(request.user, text), text) if text else []
    context = {
        "title": f"{TITLE}: {text}" if text else TITLE,
        "breadcrumbs": breadcrumbs,
        "text": text,
        "groups": groups,
        "summary": present.summary(groups, text) if text else "",
    }
    return render(request, "dashboards/search.html", context)
