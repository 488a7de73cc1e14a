"""The directory of partners: who can do what the police cannot do alone, where, and how to reach them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disruptions.choices import DataKind, FourP
from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import Agreement, OfferKind, Sector
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.text.normal import FoldedText


class PartnerQuerySet(KindQuerySet):
    def for_list(self) -> Self:
        return self.prefetch_related("serves", "areas", "offers")


class Partner(Tracked):
    """A statutory body, charity or business. When it was last used follows from the plans that consult it."""

    name = models.CharField(max_length=150, unique=True)
    slug = models.SlugField(max_length=150, unique=True)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    sector = models.CharField(max_length=10, choices=Sector.words)
    serves = models.ManyToManyField(
        "forces.Organisation",
        blank=True,
        related_name="partners",
        verbose_name="areas served",
        help_text="The bodies in whose areas it works.",
    )
    areas = models.ManyToManyField(
        "forces.LocalPolicingArea", blank=True, related_name="partners", verbose_name="local policing areas served"
    )
    contact_route = models.CharField(max_length=200, blank=True, help_text="How to reach it; no private addresses.")
    sharing_agreement = models.CharField("information-sharing agreement", max_length=200, blank=True)
    agreement_expires_on = models.DateField("agreement ends on", null=True, blank=True)
    note = models.TextField(blank=True)
    folded = FoldedText("name", "note")

    reached_by = PUBLISHED
    objects = PartnerQuerySet.as_manager()
    _history_m2m_fields = [serves, areas]

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement_expires_on__isnull=True) | ~Q(sharing_agreement=""),
                name="partner_agreement_has_a_name",
                violation_error_message="Name the agreement that ends on this day.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans4p:partner", args=[self.slug])

    def agreement_on(self, day: date) -> Agreement:
        """An agreement is in force on its last day, and ended from the next."""
        if not self.sharing_agreement:
            return Agreement.NONE
        ends = self.agreement_expires_on
        return Agreement.ENDED if ends and ends < day else Agreement.IN_FORCE


class Offer(Tracked):
    """One thing that a partner offers, under one P, for whom. Ages are inclusive; empty is no bound."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offers")
    four_p = models.CharField("4P", max_length=7, choices=FourP.words)
    kind = models.CharField("what it is", max_length=15, choices=OfferKind.words)
    description = models.CharField(max_length=250)
    youngest = models.PositiveSmallIntegerField("from age", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("to age", null=True, blank=True)
    folded = FoldedText("description")

    reached_by = PUBLISHED
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["partner", "four_p", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(youngest__isnull=True) | Q(oldest__isnull=True) | Q(oldest__gte=F("youngest")),
                name="offer_ages_in_order",
                violation_error_message="The highest age is below the lowest.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.description}"
