"""Addresses of the pages that bring the apps together."""

from django.urls import path

from forces.choices import OrganisationKind
from soc_tracker.dashboards.views.home import home
from soc_tracker.dashboards.views.methods import methods
from soc_tracker.dashboards.views.organisation import organisation
from soc_tracker.dashboards.views.region import region, region_chart_csv
from soc_tracker.dashboards.views.search import search

urlpatterns = [
    path("", home, name="home"),
    path("regions/<slug:slug>/", region, name="region"),
    path("regions/<slug:slug>/charts/<str:chart>.csv", region_chart_csv, name="region_chart_csv"),
    path("forces/<slug:slug>/", organisation, {"kind": OrganisationKind.FORCE}, name="force"),
    path("rocus/<slug:slug>/", organisation, {"kind": OrganisationKind.ROCU}, name="rocu"),
    path("bodies/<slug:slug>/", organisation, {"kind": OrganisationKind.OTHER}, name="other"),
    path("search/", search, name="search"),
    path("methods/", methods, name="methods"),
]
