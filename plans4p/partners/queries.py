"""Partners with the use that plans make of them, and what the page of one reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict

from forces.areas.models import LocalPolicingArea
from forces.models import Organisation
from plans4p.aims.models import Action
from plans4p.choices import Agreement
from plans4p.directory.queries import User, number_of
from plans4p.partners.models import Offer, Partner, PartnerQuerySet
from plans4p.plans.models import Consultation, Plan
from plans4p.plans.queries import changes_with_parts
from plans4p.sites.models import Site
from soc_tracker.core.lists.paging import Bounded, bounded, paged
from soc_tracker.core.records.history import Change
from soc_tracker.core.records.models import seen_at

OFFERS, BODIES, PLANS, CONSULTATIONS, SITES = 50, 60, 20, 20, 20
NAMED_BY_ACTIONS = Action.partners.through


def list_partners(user: User) -> PartnerQuerySet:
    """Those that the user may see, with the day on which a plan last consulted them, None where none has, and how many
    plans use them.

    Of the plans that the user may see, too. One uses a partner that it has consulted, or that one of its actions names.
    """
    consulted = Consultation.objects.visible_to(user).filter(partner=OuterRef("pk"))
    same = Consultation.objects.filter(partner=OuterRef("partner"), plan=OuterRef("action__aim__plan"))
    named_only = NAMED_BY_ACTIONS.objects.filter(seen_at(user, "action", Action), ~Exists(same), partner=OuterRef("pk"))
    partners: PartnerQuerySet = Partner.objects.visible_to(user)
    return partners.annotate(
        last_used=Subquery(consulted.order_by("-on", "-pk").values("on")[:1]),
        number_of_plans=number_of("plan", consulted, "partner") + number_of("action__aim__plan", named_only, "partner"),
    )


def is_used(user: User) -> Q:
    """Partners that a plan uses which the user may see."""
    consulted = Consultation.objects.visible_to(user).filter(partner=OuterRef("pk"))
    named = NAMED_BY_ACTIONS.objects.filter(seen_at(user, "action", Action), partner=OuterRef("pk"))
    return Q(Exists(consulted)) | Q(Exists(named))


def has_agreement(agreement: Agreement, day: date) -> Q:
    """Partners whose agreement stands so on a day: as ``Partner.agreement_on``."""
    if agreement == Agreement.NONE:
        return Q(sharing_agreement="")
    ended = Q(agreement_expires_on__lt=day)
    return ~Q(sharing_agreement="") & (ended if agreement == Agreement.ENDED else ~ended)


@dataclass(frozen=True)
class PartnerFacts:
    """Everything on a partner's page."""

    offers: Bounded[Offer]
    bodies: Bounded[Organisation]
    areas: Bounded[LocalPolicingArea]
    plans: Bounded
    consultations: Bounded
    sites: Bounded
    changes: Bounded[Change]


def get_partner_facts(user: User, partner: Partner, *, sites_url: str, params: QueryDict) -> PartnerFacts:
    """``sites_url`` is the address of the list of all sites at which it works; ``params`` say where in the other
    sections the page is opened.
    """
    plans = Plan.objects.visible_to(user).filter(
        Q(pk__in=partner.consultations.values("plan")) | Q(pk__in=partner.actions.values("aim__plan"))
    )
    consultations = Consultation.objects.visible_to(user).filter(partner=partner).select_related("plan__organisation")
    sites = Site.objects.visible_to(user).filter(partners=partner).select_related("organisation")
    areas = partner.areas.visible_to(user).select_related("organisation")
    return PartnerFacts(
        offers=paged(partner.offers.visible_to(user), ("four_p", "kind"), OFFERS, name="offers", params=params),
        bodies=paged(partner.serves.visible_to(user), ("name",), BODIES, name="bodies", params=params),
        areas=paged(areas, ("name",), BODIES, name="areas", params=params),
        plans=paged(plans.for_list(user), ("reference",), PLANS, name="plans", params=params),
        consultations=paged(consultations, ("-on", "-pk"), CONSULTATIONS, name="consultations", params=params),
        sites=bounded(sites.order_by("place", "pk"), SITES, sites_url),
        changes=changes_with_parts(user, partner, Offer, "partner"),
    )
