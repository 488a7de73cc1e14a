"""What stands around plans: officers and their training, partners and their offers, orders, sites."""

from typing import Any

from django.core.exceptions import ValidationError

from plans4p.officers.models import LeadOfficer, Training
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.partners.models import Offer, Partner
from plans4p.sites.models import Site, SitePhase
from soc_tracker.core.records.services import Service


class OrderService(Service[AncillaryOrder]):
    """An order and its threat are of one kind of data."""

    def prepare(self, record: AncillaryOrder) -> None:
        if record.threat and record.threat.kind_of_data != record.kind_of_data:
            raise ValidationError({"threat": f"{record.threat} is of another kind of data than the order."})


class OfficerService(Service[LeadOfficer]):
    """A mentor is of the same kind of data, and no circle of mentors leads back to the officer."""

    def prepare(self, record: LeadOfficer) -> None:
        mentor: Any = record.mentor
        while mentor is not None:
            if mentor.pk == record.pk:
                raise ValidationError({"mentor": "The mentors would go round in a circle."})
            mentor = mentor.mentor
        if record.mentor and record.mentor.kind_of_data != record.kind_of_data:
            raise ValidationError({"mentor": f"{record.mentor} is of another kind of data."})


OFFICERS = OfficerService(LeadOfficer, fixed=("kind_of_data",))
TRAININGS = Service(Training, fixed=("officer",))
PARTNERS = Service(Partner, fixed=("slug", "kind_of_data"))
OFFERS = Service(Offer, fixed=("partner",))
ORDERS = OrderService(AncillaryOrder, fixed=("reference", "kind_of_data"))
TERMS = Service(OrderTerm, fixed=("order",))
SITES = Service(Site, fixed=("slug", "kind_of_data"))
PHASES = Service(SitePhase, fixed=("site",))
