"""Addresses of the pages that bring the apps together."""

from django.urls import path

from forces.choices import OrganisationKind
from soc_tracker.dashboards.bodies.pages import body_plans_csv, body_record_csv, organisation
from soc_tracker.dashboards.compare.pages import compare, compare_csv
from soc_tracker.dashboards.directory.pages import directory
from soc_tracker.dashboards.home.pages import Home
from soc_tracker.dashboards.methods.pages import Methods
from soc_tracker.dashboards.regions.pages import region, region_chart_csv, region_plans_csv, region_record_csv
from soc_tracker.dashboards.search.pages import Search
from soc_tracker.dashboards.summary.pages import BodySummary, InspectionSummary, PlanSummary, RegionSummary

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("regions/<slug:slug>/", region, name="region"),
    path("regions/<slug:slug>/charts/<str:chart>.csv", region_chart_csv, name="region_chart_csv"),
    path("regions/<slug:slug>/record/<str:table>.csv", region_record_csv, name="region_record_csv"),
    path("regions/<slug:slug>/plans/<str:table>.csv", region_plans_csv, name="region_plans_csv"),
    path("forces/<slug:slug>/", organisation, {"kind": OrganisationKind.FORCE}, name="force"),
    path("rocus/<slug:slug>/", organisation, {"kind": OrganisationKind.ROCU}, name="rocu"),
    path("bodies/<slug:slug>/", organisation, {"kind": OrganisationKind.OTHER}, name="other"),
    path("bodies/<slug:slug>/record/<str:table>.csv", body_record_csv, name="body_record_csv"),
    path("bodies/<slug:slug>/plans/<str:table>.csv", body_plans_csv, name="body_plans_csv"),
    path("directory/", directory, name="directory"),
    path("compare/", compare, name="compare"),
    path("compare/<str:table>.csv", compare_csv, name="compare_csv"),
    path("search/", Search.as_view(), name="search"),
    path("methods/", Methods.as_view(), name="methods"),
    path("bodies/<slug:slug>/summary/", BodySummary.as_view(), name="body_summary"),
    path("bodies/<slug:slug>/summary.pdf", BodySummary.as_view(is_pdf=True), name="body_summary_pdf"),
    path("regions/<slug:slug>/summary/", RegionSummary.as_view(), name="region_summary"),
    path("regions/<slug:slug>/summary.pdf", RegionSummary.as_view(is_pdf=True), name="region_summary_pdf"),
    path("inspections/<slug:slug>/summary/", InspectionSummary.as_view(), name="inspection_summary"),
    path("inspections/<slug:slug>/summary.pdf", InspectionSummary.as_view(is_pdf=True), name="inspection_summary_pdf"),
    path("plans/<str:reference>/summary/", PlanSummary.as_view(), name="plan_summary"),
    path("plans/<str:reference>/summary.pdf", PlanSummary.as_view(is_pdf=True), name="plan_summary_pdf"),
]
