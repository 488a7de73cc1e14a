"""The answer to an address that asks what a page does not know."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from soc_tracker.lib.filters import Problem


def not_understood(
    request: HttpRequest, title: str, problems: Iterable[Problem], breadcrumbs: list[tuple[str, str]]
) -> HttpResponse:
    """The page's name, what was not understood, and the way to the page itself; none of its content."""
    context = {"title": title, "problems": problems, "plain_url": request.path, "breadcrumbs": breadcrumbs}
    return render(request, "components/not_understood.html", context, status=400)
