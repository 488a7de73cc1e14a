"""4P plans and what belongs around them, in the API."""

from plans4p.directory.api import OfficerViewSet, OrderViewSet, PartnerViewSet, SiteViewSet
from plans4p.plans.api import PlanViewSet

__all__ = ["OfficerViewSet", "OrderViewSet", "PartnerViewSet", "PlanViewSet", "SiteViewSet"]
