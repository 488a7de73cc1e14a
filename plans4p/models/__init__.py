"""What is stored of 4P plans and of what belongs around them."""

from plans4p.models.aims import Action, Aim, Omission, Tactic
from plans4p.models.files import PlanFile
from plans4p.models.likeness import Likeness, LikenessCheck
from plans4p.models.officers import LeadOfficer, Training
from plans4p.models.orders import AncillaryOrder, OrderTerm
from plans4p.models.partners import Offer, Partner
from plans4p.models.plans import OwnerChange, Plan
from plans4p.models.reminders import Reminders
from plans4p.models.results import Contribution, Dismissal
from plans4p.models.reviews import Consultation, Review
from plans4p.models.signatures import Signature, SignatureRequest
from plans4p.models.sites import Site, SitePhase

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
