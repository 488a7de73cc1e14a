"""What the record lacks or contradicts, with the list of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from disruptions.choices import DataKind
from disruptions.filters.record import StandpointSet
from disruptions.models import Threat
from disruptions.presenters.data_quality import LINE_COLUMNS, lines
from disruptions.selectors.data_quality import data_quality as find
from soc_tracker.lib.access import needs
from soc_tracker.lib.not_understood import not_understood

TITLE = "Data quality"


@needs("disruptions.read_record")
@require_safe
def data_quality(request: HttpRequest) -> HttpResponse:
    breadcrumbs = [("Home", reverse("home"))]
    asked = StandpointSet(request.GET, queryset=Threat.objects.none(), request=request, today=localdate(), reserved=())
    if asked.problems:
        return not_understood(request, TITLE, asked.problems, breadcrumbs)
    context = {
        "title": TITLE,
        "breadcrumbs": breadcrumbs,
        "standpoint": asked.standpoint,
        "kinds": DataKind.choices,
        "columns": LINE_COLUMNS,
        "lines": lines(find(request.user, asked.standpoint), asked.query.dict()),
    }
    return render(request, "disruptions/data_quality.html", context)
