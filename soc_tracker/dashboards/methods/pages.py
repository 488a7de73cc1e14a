"""How figures are read and computed, for readers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from disruptions.choices import FourP
from inspections.choices import GRADES_OF_SCALE, JUDGEMENTS, GradeScale
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.filters import problems_in
from soc_tracker.core.lists.pages import not_understood

TITLE = "Methods"


@needs("soc_tracker.read")
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """What the kinds of data are, and how each figure comes about."""
    breadcrumbs = [("Home", reverse("home"))]
    if problems := problems_in(request.GET, {}):
        return not_understood(request, TITLE, problems, breadcrumbs)
    context = {"title": TITLE, "breadcrumbs": breadcrumbs, "four_ps": FourP, "scales": _scales()}
    return render(request, "dashboards/methods.html", context)


def _scales() -> list[tuple[str, list[str]]]:
    """Each scale with its grades, best first."""
    return [
        (scale.label, [grade.label for grade in JUDGEMENTS if grade in GRADES_OF_SCALE[scale]])
        for scale in (GradeScale.FOUR, GradeScale.FIVE)
    ]
