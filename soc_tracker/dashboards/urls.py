"""Addresses of the pages that bring the apps together."""

from django.urls import path

from disruptions.citations.pages import CitePage
from forces.choices import OrganisationKind
from soc_tracker.core.reports import files_of
from soc_tracker.dashboards.bodies.pages import (
    BodyAbout,
    BodyFigures,
    BodyInspections,
    BodyOverview,
    BodyPlans,
    BodyRecord,
)
from soc_tracker.dashboards.compare.pages import Compare
from soc_tracker.dashboards.directory.pages import Directory
from soc_tracker.dashboards.effect.pages import DidItWork, MeasureNamed
from soc_tracker.dashboards.home.pages import Home
from soc_tracker.dashboards.methods.pages import Methods, WhoMayDoWhat
from soc_tracker.dashboards.practice.pages import Exchange, Practice, UptakeNew
from soc_tracker.dashboards.regions.pages import (
    RegionCharts,
    RegionFigures,
    RegionFindings,
    RegionOverview,
    RegionPlans,
    RegionRecord,
)
from soc_tracker.dashboards.reorganisations.pages import Reorganise, ReorganiseByFile
from soc_tracker.dashboards.search.pages import Search
from soc_tracker.dashboards.summary.pages import BodySummary, InspectionSummary, PlanSummary, RegionSummary
from soc_tracker.dashboards.trail.pages import EntryPage, TrailList

BODY = (BodyOverview, BodyInspections, BodyFigures, BodyRecord, BodyPlans, BodyAbout)
REGION = (RegionOverview, RegionFindings, RegionFigures, RegionRecord, RegionPlans)
OWNERS = {"region": ("regions", REGION), **{kind.page: (kind.folder, BODY) for kind in OrganisationKind}}
"""By the name of the address of the Overview: the folder, and the short pages there."""

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("directory/", Directory.as_view(), name="directory"),
    *files_of("regions/<slug:slug>/charts/<str:report>", RegionCharts, name="region_chart_csv"),
    *files_of("regions/<slug:slug>/record/<str:report>", RegionRecord, name="region_record_csv"),
    *files_of("regions/<slug:slug>/plans/<str:report>", RegionPlans, name="region_plans_csv"),
    *(
        path(
            f"{folder}/<slug:slug>/" + (f"{page.part}/" if page.part else ""),
            page.as_view(),
            {"owner_page": owner},
            name="_".join(filter(None, (owner, page.part))),
        )
        for owner, (folder, pages) in OWNERS.items()
        for page in pages
    ),
    *files_of("bodies/<slug:slug>/charts/<str:report>", BodyOverview, name="body_chart_csv"),
    *files_of("bodies/<slug:slug>/record/<str:report>", BodyRecord, name="body_record_csv"),
    *files_of("bodies/<slug:slug>/plans/<str:report>", BodyPlans, name="body_plans_csv"),
    path("findings/<slug:slug>/did-it-work/", DidItWork.as_view(), name="did_it_work"),
    path("findings/<slug:slug>/did-it-work/measure/", MeasureNamed.as_view(), name="measure_named"),
    path("practice/", Exchange.as_view(), name="practice_exchange"),
    path("practice/<slug:slug>/", Practice.as_view(), name="practice"),
    path("practice/<slug:slug>/new/", UptakeNew.as_view(), name="uptake_new"),
    path("cite/", CitePage.as_view(), name="cite"),
    path("compare/", Compare.as_view(), name="compare"),
    *files_of("compare/<str:report>", Compare, name="compare_csv"),
    path("reorganise/", Reorganise.as_view(), name="reorganise"),
    path("reorganise/file/", ReorganiseByFile.as_view(), name="reorganise_by_file"),
    path("trail/", TrailList.as_view(), name="trail"),
    path("trail/<int:pk>/", EntryPage.as_view(), name="trail_entry"),
    path("search/", Search.as_view(), name="search"),
    path("methods/", Methods.as_view(), name="methods"),
    path("methods/who-may-do-what/", WhoMayDoWhat.as_view(), name="who_may_do_what"),
    path("bodies/<slug:slug>/summary/", BodySummary.as_view(), name="body_summary"),
    path("bodies/<slug:slug>/summary.pdf", BodySummary.as_view(is_pdf=True), name="body_summary_pdf"),
    path("regions/<slug:slug>/summary/", RegionSummary.as_view(), name="region_summary"),
    path("regions/<slug:slug>/summary.pdf", RegionSummary.as_view(is_pdf=True), name="region_summary_pdf"),
    path("inspections/<slug:slug>/summary/", InspectionSummary.as_view(), name="inspection_summary"),
    path("inspections/<slug:slug>/summary.pdf", InspectionSummary.as_view(is_pdf=True), name="inspection_summary_pdf"),
    path("plans/<str:reference>/summary/", PlanSummary.as_view(), name="plan_summary"),
    path("plans/<str:reference>/summary.pdf", PlanSummary.as_view(is_pdf=True), name="plan_summary_pdf"),
]
