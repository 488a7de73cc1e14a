"""What the directory of partners can be narrowed to."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import NumberInput

from disruptions.choices import FourP
from disruptions.filters.record import OrganisationsFilter
from disruptions.filters.threats import KeysFilter
from forces.models import LocalPolicingArea, Membership, Region
from plans4p.choices import OfferKind, Sector
from plans4p.filters.kinds import KindSet
from plans4p.models import Offer, Partner
from plans4p.selectors.partners import is_used
from soc_tracker.lib.filter_fields import ChoicesFilter, Elsewhere, OneChoiceFilter, PlainCopy, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import Problem

OLDEST = 120
AGREEMENTS = (("in_force", "In force"), ("ended", "Ended"), ("none", "None on record"))


class AgeFilter(PlainCopy, django_filters.NumberFilter):
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


class PartnerFilter(KindSet):
    """Partners of one kind of data. One and the same offer has the P, the kind and the ages that are asked for."""

    q = WordsFilter(elsewhere=(Elsewhere("Offer", "pk", Offer, "partner"),), label="Words in name, note or offers")
    offer = ChoicesFilter(choices=OfferKind.choices, label="What it offers", method="as_it_is")
    four_p = ChoicesFilter(choices=FourP.choices, label="Offers it under", method="as_it_is")
    from_age = AgeFilter("For people from age")
    to_age = AgeFilter("To age")
    region = SlugsFilter(
        "serves__regions__slug", records=Region.objects.visible_to, label="Region", method="in_regions"
    )
    organisation = OrganisationsFilter("serves__slug", method="in_area_of")
    area = KeysFilter(
        "areas",
        records=lambda user: LocalPolicingArea.objects.visible_to(user).select_related("organisation"),
        label="Local policing area",
        method="in_areas",
    )
    sector = ChoicesFilter(choices=Sector.choices, label="Sector")
    agreement = OneChoiceFilter(
        field_name="agreement_expires_on",
        choices=AGREEMENTS,
        label="Information-sharing agreement",
        method="with_agreement",
    )
    used = OneChoiceFilter(
        field_name="actions",
        choices=[("yes", "Used by a plan"), ("no", "Used by no plan yet")],
        label="Use",
        method="used_or_not",
    )

    class Meta:
        model = Partner
        fields = ()

    @cached_property
    def problems(self) -> list[Problem]:
        """With a span of ages that ends before it begins among them."""
        found = list(super().problems)
        youngest, oldest = self.given.get("from_age"), self.given.get("to_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            found.append(
                Problem("to_age", str(oldest), f"To age: {oldest} is below the age to begin with, {youngest}.")
            )
        return found

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        wanted = self.offered()
        return rows.filter(Exists(Offer.objects.filter(wanted, partner=OuterRef("pk")))) if wanted else rows

    def offered(self) -> Q:
        """What the offer must be. For a span of ages, it covers all of it; one age alone is a span of itself."""
        given = self.given
        wanted = Q()
        if given.get("offer"):
            wanted &= Q(kind__in=given["offer"])
        if given.get("four_p"):
            wanted &= Q(four_p__in=given["four_p"])
        ages = [age for age in (given.get("from_age"), given.get("to_age")) if age is not None]
        return wanted & _for_ages(min(ages), max(ages)) if ages else wanted

    def in_regions(self, queryset: QuerySet, name: str, slugs: Sequence[str]) -> QuerySet:
        """Those that serve a body which belongs to one of the regions today."""
        members = Membership.objects.valid_on(self.today).filter(region__slug__in=slugs)
        return _linked(queryset, "serves", organisation__in=members.values("organisation")) if slugs else queryset

    def in_area_of(self, queryset: QuerySet, name: str, slugs: Sequence[str]) -> QuerySet:
        return _linked(queryset, "serves", organisation__slug__in=slugs) if slugs else queryset

    def in_areas(self, queryset: QuerySet, name: str, keys: Sequence[str]) -> QuerySet:
        return _linked(queryset, "areas", localpolicingarea__in=keys) if keys else queryset

    def with_agreement(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "none":
            return queryset.filter(sharing_agreement="")
        if value == "ended":
            return queryset.agreement_ended(self.today)
        named = queryset.exclude(sharing_agreement="")
        return named.filter(Q(agreement_expires_on__isnull=True) | Q(agreement_expires_on__gte=self.today))

    def used_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(is_used() if value == "yes" else ~is_used())


def _for_ages(youngest: Any, oldest: Any) -> Q:
    """Offers to everybody of the span; one without a bound has no bound there."""
    return (Q(youngest__isnull=True) | Q(youngest__lte=youngest)) & (Q(oldest__isnull=True) | Q(oldest__gte=oldest))


def _linked(partners: QuerySet, links: str, **wanted: Any) -> QuerySet:
    """Partners with such a link, by subquery: a join would list a partner once a link."""
    through = getattr(Partner, links).through
    return partners.filter(pk__in=through.objects.filter(**wanted).values("partner"))
