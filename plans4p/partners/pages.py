"""The directory of partners: its list with the columns and filters, and the page of each."""

from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import NumberInput
from django.urls import reverse

from disruptions.choices import FourP
from disruptions.standpoint.forms import OrganisationsFilter
from disruptions.threats.forms import KeysFilter
from forces.areas.models import LocalPolicingArea
from forces.models import Membership, Region
from plans4p.choices import Agreement, OfferKind, Sector
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.directory.queries import User
from plans4p.partners.models import Offer, Partner
from plans4p.partners.queries import get_partner_facts, has_agreement, is_used, list_partners
from plans4p.plans.pages import PLANS_IN_SHORT
from plans4p.sites.pages import SITES_IN_SHORT
from soc_tracker.core.access.markings import UNMARKED, Marking
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import (
    ChoicesFilter,
    ConditionFilter,
    Elsewhere,
    OneChoiceFilter,
    PlainCopy,
    SlugsFilter,
    WordsFilter,
)
from soc_tracker.core.lists.filters import Problem

NAMED = 6
"""So many bodies are named in a cell of a list; more are counted."""
NEVER_USED = "By no plan yet"


def ages(offer: Offer) -> str:
    """Such as "ages 10 to 17"; "" where the offer has no bound."""
    match offer.youngest, offer.oldest:
        case None, None:
            return ""
        case youngest, None:
            return f"from age {youngest}"
        case None, oldest:
            return f"to age {oldest}"
        case youngest, oldest:
            return f"age {youngest}" if youngest == oldest else f"ages {youngest} to {oldest}"


def offers_in_words(offers: Iterable[Offer]) -> str:
    """Such as "Prevent: diversion (ages 10 to 17), education and awareness; Protect: housing"."""
    by_p: dict[str, dict[str, None]] = {}
    for offer in sorted(offers, key=lambda offer: (FourP.values.index(offer.four_p), offer.get_kind_display())):
        bounds = ages(offer)
        words = offer.get_kind_display().lower() + (f" ({bounds})" if bounds else "")
        by_p.setdefault(offer.get_four_p_display(), {})[words] = None
    return "; ".join(f"{p}: {', '.join(offers)}" for p, offers in by_p.items())


def served(partner: Partner) -> str:
    """The bodies in whose areas it works, by short name; how many, where they are many."""
    names = sorted(body.short_name for body in partner.serves.all())
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} bodies"


OFFER_COLUMNS = (
    Column("description", "What it offers", lambda offer: offer.description),
    Column("kind", "Kind", lambda offer: offer.get_kind_display()),
    Column("four_p", "4P", lambda offer: offer.get_four_p_display()),
    Column("ages", "For whom", lambda offer: ages(offer).capitalize() or "All ages"),
)
CONSULTATION_COLUMNS = (
    Column("plan", "Plan", lambda row: str(row.plan), lambda row: row.plan.get_absolute_url()),
    Column("on", "When", lambda row: row.on, whole=True),
    Column("note", "What it said", lambda row: row.note),
)


PARTNER_COLUMNS = (
    Column("name", "Partner", lambda partner: partner.name, lambda partner: partner.get_absolute_url()),
    Column("sector", "Sector", lambda partner: partner.get_sector_display(), sort=("sector", "name")),
    Column("offers", "Offers", lambda partner: offers_in_words(partner.offers.all())),
    Column("serves", "Works in", served),
    Column(
        "agreement",
        "Sharing agreement",
        lambda partner, day: partner.agreement_on(day).label,
        tag=lambda partner, day: partner.agreement_on(day).tag,
        dated=True,
        api=(),
    ),
    Column("used", "Last used", lambda partner: partner.last_used or NEVER_USED, wide_only=True, api=()),
    Column("plans", "Plans", lambda partner: partner.number_of_plans, numeric=True),
    Column("last_used", "Last consulted on", lambda partner: partner.last_used, sort=("-last_used", "name")),
    Column("bodies", "Bodies served", lambda partner: "; ".join(body.name for body in partner.serves.all()), api=()),
    Column(
        "areas", "Local policing areas served", lambda partner: "; ".join(area.name for area in partner.areas.all())
    ),
    Column("contact_route", "How to reach it", lambda partner: partner.contact_route),
    Column("sharing_agreement", "Agreement", lambda partner: partner.sharing_agreement),
    Column("agreement_expires_on", "Agreement ends on", lambda partner: partner.agreement_expires_on),
    Column("note", "Note", lambda partner: partner.note),
    Column("kind_of_data", "Kind of data", lambda partner: partner.get_kind_of_data_display()),
)
"""With the use that plans make of the partners."""


OLDEST = 120


class AgeFilter(PlainCopy, django_filters.NumberFilter):  # type: ignore[misc]
    """One end of a span of ages, in whole years; see ``PartnerFilter.offers``."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            method="as_it_is",
            decimal_places=0,
            min_value=0,
            validators=[MaxValueValidator(OLDEST)],
            widget=NumberInput(attrs={"min": 0, "max": OLDEST}),
        )


def linked(partners: QuerySet, links: str, **condition: Any) -> QuerySet:
    """Partners with such a link, by subquery: a join would list a partner once a link."""
    through = getattr(Partner, links).through
    return partners.filter(pk__in=through.objects.filter(**condition).values("partner"))


class PartnerFilter(KindSet):
    """Partners of one kind of data. One and the same offer has the P, the kind and the ages of the filter."""

    q = WordsFilter(elsewhere=(Elsewhere("Offer", "pk", Offer, "partner"),), label="Words in name, note or offers")
    offer = ChoicesFilter(choices=OfferKind.choices, label="What it offers", method="as_it_is")
    four_p = ChoicesFilter(choices=FourP.choices, label="Offers it under", method="as_it_is")
    from_age = AgeFilter("For people from age")
    to_age = AgeFilter("To age")
    region = SlugsFilter(
        "serves__regions__slug", records=Region.objects.visible_to, label="Region", method="in_regions"
    )
    organisation = OrganisationsFilter(
        "serves__slug",
        method=lambda partners, name, slugs: linked(partners, "serves", organisation__slug__in=slugs),
    )
    area = KeysFilter(
        "areas",
        records=lambda user: LocalPolicingArea.objects.visible_to(user).select_related("organisation"),
        label="Local policing area",
        method=lambda partners, name, keys: linked(partners, "areas", localpolicingarea__in=keys),
    )
    sector = ChoicesFilter(choices=Sector.choices, label="Sector")
    agreement = ConditionFilter(
        *((agreement.value, agreement.label, partial(has_agreement, agreement)) for agreement in Agreement),
        field_name="agreement_expires_on",
        label="Information-sharing agreement",
    )
    used = OneChoiceFilter(
        choices=[("yes", "Used by a plan"), ("no", "Used by no plan yet")],
        field_name="actions",
        label="Use",
        method="by_use",
    )

    class Meta:
        model = Partner
        fields = ()

    @cached_property
    def problems(self) -> list[Problem]:
        """With a span of ages that ends before it begins among them."""
        problems: list[Problem] = list(super().problems)
        youngest, oldest = self.given.get("from_age"), self.given.get("to_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            problems.append(
                Problem("to_age", str(oldest), f"To age: {oldest} is below the age to begin with, {youngest}.")
            )
        return problems

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        offer = self.offer_condition()
        return rows.filter(Exists(Offer.objects.filter(offer, partner=OuterRef("pk")))) if offer else rows

    def offer_condition(self) -> Q:
        """What the offer must be. For a span of ages, it covers all of it; one age alone is a span of itself."""
        values = self.given
        condition = Q()
        if values.get("offer"):
            condition &= Q(kind__in=values["offer"])
        if values.get("four_p"):
            condition &= Q(four_p__in=values["four_p"])
        if ages := [age for age in (values.get("from_age"), values.get("to_age")) if age is not None]:
            condition &= Q(youngest__isnull=True) | Q(youngest__lte=min(ages))
            condition &= Q(oldest__isnull=True) | Q(oldest__gte=max(ages))
        return condition

    def by_use(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """By the plans that the user may see."""
        used = is_used(self.user)
        return queryset.filter(used if value == "yes" else ~used)

    def in_regions(self, queryset: QuerySet, name: str, slugs: Sequence[str]) -> QuerySet:
        """Those that serve a body which belongs to one of the regions today."""
        members = Membership.objects.valid_on(self.today).filter(region__slug__in=slugs)
        return linked(queryset, "serves", organisation__in=members.values("organisation"))


class PartnerList(DirectoryList):
    marking = Marking.OFFICIAL.label
    title = "Partners"
    edited = "partner"
    template_name = "plans4p/partner_list.html"
    filterset_class = PartnerFilter
    columns = PARTNER_COLUMNS
    on_page = ("name", "sector", "offers", "serves", "agreement", "used", "plans")
    order = ("name",)

    def rows_for(self, user: User) -> QuerySet:
        return list_partners(user).for_list()


class PartnerPage(DirectoryPage):
    model = Partner
    edited = "partner"
    parents = (("Partners", "plans4p:partner_list"),)
    marking = UNMARKED.label
    template_name = "plans4p/partner_detail.html"
    rows_for = staticmethod(list_partners)

    def facts(self) -> dict[str, Any]:
        agreement = self.object.agreement_on(self.today)
        sites_url = f"{reverse('plans4p:site_list')}?partner={self.object.slug}"
        return {
            "facts": get_partner_facts(self.request.user, self.object, sites_url=sites_url, params=self.request.GET),
            "summary": [
                ("Sector", self.object.get_sector_display()),
                ("How to reach it", self.object.contact_route),
                ("Last consulted", self.object.last_used or NEVER_USED),
                ("Note", self.object.note),
            ],
            "agreement": (agreement.label, agreement.tag),
            "offer_columns": self.with_edit(OFFER_COLUMNS, "offer"),
            "plan_columns": PLANS_IN_SHORT,
            "consultation_columns": CONSULTATION_COLUMNS,
            "site_columns": SITES_IN_SHORT,
        }
