"""The API's addresses, versioned, with its schema and its documentation."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import APIRootView, DefaultRouter

from disruptions.measures.api import MeasureViewSet
from disruptions.record.api import DisruptionViewSet, ExtractViewSet, ThreatViewSet
from forces.api import OrganisationViewSet, RegionViewSet
from inspections.api import (
    FigureViewSet,
    FindingViewSet,
    GradingViewSet,
    InspectionViewSet,
    ProgrammeViewSet,
    RecommendationViewSet,
)
from inspections.escalation.api import RungViewSet
from inspections.following.api import RequirementViewSet
from inspections.gradings.api import CharacteristicViewSet
from inspections.positions.api import PositionViewSet
from inspections.practice.api import UptakeViewSet
from inspections.repeats.api import PairingViewSet, RevisitViewSet
from inspections.responses.api import ResponseViewSet
from plans4p.directory.api import OfficerViewSet, OrderViewSet, PartnerViewSet, SiteViewSet
from plans4p.plans.api import PlanViewSet


class Root(APIRootView):
    """Where every list is."""

    permission = "soc_tracker.read"


class Schema(SpectacularAPIView):
    permission = "soc_tracker.read"


class Documentation(SpectacularSwaggerSplitView):
    permission = "soc_tracker.read"


router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False
router.register("regions", RegionViewSet, basename="region")
router.register("organisations", OrganisationViewSet, basename="organisation")
router.register("programmes", ProgrammeViewSet, basename="programme")
router.register("inspections", InspectionViewSet, basename="inspection")
router.register("gradings", GradingViewSet, basename="grading")
router.register("characteristics", CharacteristicViewSet, basename="characteristic")
router.register("findings", FindingViewSet, basename="finding")
router.register("recommendations", RecommendationViewSet, basename="recommendation")
router.register("requirements", RequirementViewSet, basename="requirement")
router.register("rungs", RungViewSet, basename="rung")
router.register("own-records", PositionViewSet, basename="own-record")
router.register("responses", ResponseViewSet, basename="response")
router.register("revisits", RevisitViewSet, basename="revisit")
router.register("pairings", PairingViewSet, basename="pairing")
router.register("uptakes", UptakeViewSet, basename="uptake")
router.register("figures", FigureViewSet, basename="figure")
router.register("threats", ThreatViewSet, basename="threat")
router.register("disruptions", DisruptionViewSet, basename="disruption")
router.register("measures", MeasureViewSet, basename="measure")
router.register("extracts", ExtractViewSet, basename="extract")
router.register("partners", PartnerViewSet, basename="partner")
router.register("orders", OrderViewSet, basename="order")
router.register("lead-officers", OfficerViewSet, basename="lead-officer")
router.register("sites", SiteViewSet, basename="site")
router.register("plans", PlanViewSet, basename="plan")

urlpatterns = [
    path("v1/", include((router.urls, "api"))),
    path("schema/", Schema.as_view(), name="api_schema"),
    path("docs/", Documentation.as_view(url_name="api_schema"), name="api_docs"),
]
