"""4P plans and what belongs around them, in the API."""

from plans4p.officers.api import OfficerViewSet
from plans4p.orders.api import OrderViewSet
from plans4p.partners.api import PartnerViewSet
from plans4p.plans.api import PlanViewSet
from plans4p.sites.api import SiteViewSet

__all__ = ["OfficerViewSet", "OrderViewSet", "PartnerViewSet", "PlanViewSet", "SiteViewSet"]
