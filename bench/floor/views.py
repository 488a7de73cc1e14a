"""One list of disruptions, by body and year or with no filter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bench.floor.queries import facets, newest, unfiltered_facets
from disruptions.choices import FourP
from forces.models import Organisation


def disruption_list(request: HttpRequest) -> HttpResponse:
    """``organisation`` (a slug) and ``year``, both or neither."""
    slug, year = request.GET.get("organisation"), request.GET.get("year")
    if slug and year:
        organisation = Organisation.objects.get(slug=slug).pk
        rows, counts = newest(organisation, int(year)), facets(organisation, int(year))
    else:
        rows, counts = newest(), unfiltered_facets()
    tabs = [(label, counts["four_p"].get(value, 0)) for value, label in FourP.choices]
    context = {"rows": rows, "total": sum(number for _, number in tabs), "tabs": tabs, "facets": counts}
    return render(request, "disruption_list.html", context)
