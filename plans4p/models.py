"""What is stored of 4P plans and of what belongs around them."""

from plans4p.aims.models import Action, Aim, Contribution, Dismissal, Omission, Tactic
from plans4p.files.models import PlanFile
from plans4p.likeness.models import Likeness, LikenessCheck
from plans4p.officers.models import LeadOfficer, Training
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.partners.models import Offer, Partner
from plans4p.plans.models import Consultation, OwnerChange, Plan, Review
from plans4p.reminders.models import Reminders
from plans4p.signatures.models import Signature, SignatureRequest
from plans4p.sites.models import Site, SitePhase

__all__ = [
    "Action",
    "Aim",
    "AncillaryOrder",
    "Consultation",
    "Contribution",
    "Dismissal",
    "LeadOfficer",
    "Likeness",
    "LikenessCheck",
    "Offer",
    "Omission",
    "OrderTerm",
    "OwnerChange",
    "Partner",
    "Plan",
    "PlanFile",
    "Reminders",
    "Review",
    "Signature",
    "SignatureRequest",
    "Site",
    "SitePhase",
    "Tactic",
    "Training",
]
