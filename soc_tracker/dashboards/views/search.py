"""Searching everything that was published, and the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from soc_tracker.dashboards.presenters import search as present
from soc_tracker.dashboards.selectors.names import names
from soc_tracker.dashboards.selectors.search import has_long_word, is_anywhere
from soc_tracker.dashboards.selectors.search import search as find
from soc_tracker.dashboards.views.parameters import problems_in
from soc_tracker.lib.access import needs
from soc_tracker.lib.folding import words_of
from soc_tracker.lib.not_understood import not_understood
from soc_tracker.lib.spelling import did_you_mean

TITLE = "Search"


@needs("soc_tracker.read")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found once something was asked for."""
    breadcrumbs = [("Home", reverse("home"))]
    if problems := problems_in(request.GET, {"q": None}):
        return not_understood(request, TITLE, problems, breadcrumbs)
    text = " ".join(request.GET.get("q", "").split())
    groups = present.groups(find(request, text), text)
    context = {
        "title": f"{TITLE}: {text}" if text else TITLE,
        "breadcrumbs": breadcrumbs,
        "text": text,
        "groups": groups,
        "summary": present.summary(groups, text) if text else "",
        "suggestions": [] if groups else _suggestions(request, text),
        "without_disruptions": bool(words_of(text)) and not has_long_word(text),
    }
    return render(request, "dashboards/search.html", context)


def _suggestions(request: HttpRequest, text: str) -> list[str]:
    """Other spellings under which something is found."""
    if not words_of(text):
        return []
    return [other for other in did_you_mean(text, names(request.user)) if is_anywhere(request, other)]
