"""4P plans and what belongs around them, in the API."""

from plans4p.api.officers import OfficerViewSet
from plans4p.api.orders import OrderViewSet
from plans4p.api.partners import PartnerViewSet
from plans4p.api.plans import PlanViewSet
from plans4p.api.sites import SiteViewSet

__all__ = ["OfficerViewSet", "OrderViewSet", "PartnerViewSet", "PlanViewSet", "SiteViewSet"]
