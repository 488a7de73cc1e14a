"""Serious crime prevention orders and other ancillary orders."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import OrderKind, OrderStanding, Setting, TermKind
from soc_tracker.core.records.models import Tracked, VisibleQuerySet, days_in_order
from soc_tracker.core.text.normal import FoldedText, ReferenceKey, key_once


class AncillaryOrder(Tracked):
    """An order of a court that manages a subject. ``subject`` is a reference to them, never a name.

    ``release_plan`` says what happens when the subject is released, and is written before that day.
    """

    reference = models.CharField(max_length=40, unique=True)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    kind = models.CharField(max_length=20, choices=OrderKind.words)
    subject = models.CharField("reference of the subject", max_length=40, help_text="A reference, never a name.")
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="orders")
    threat = models.ForeignKey(
        "disruptions.Threat", null=True, blank=True, on_delete=models.PROTECT, related_name="orders"
    )
    made_on = models.DateField()
    in_force_from = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    setting = models.CharField("where the subject is", max_length=10, choices=Setting.words)
    release_on = models.DateField("release due on", null=True, blank=True)
    managing_unit = models.CharField(max_length=120, blank=True)
    manager = models.CharField("managed by", max_length=120, blank=True, help_text="One person, with rank or role.")
    release_plan = models.TextField("what happens at release", blank=True)
    folded = FoldedText("reference", "subject", "managing_unit", "manager")
    reference_key = ReferenceKey()

    reached_by = "organisation"
    is_sensitive = True
    objects = KindQuerySet.as_manager()

    class Meta:
        ordering = ["reference", "pk"]
        indexes = [
            models.Index(fields=["organisation", "setting"], name="order_of_body"),
            models.Index(fields=["expires_on"], name="order_by_end"),
        ]
        constraints = [
            key_once("order_key_once", "Another order has this reference."),
            models.CheckConstraint(
                condition=Q(in_force_from__gte=F("made_on")),
                name="order_in_force_after_made",
                violation_error_message="It cannot be in force before it was made.",
            ),
            days_in_order("in_force_from", "expires_on", "order_days_in_order"),
            models.CheckConstraint(
                condition=Q(release_on__isnull=True) | Q(setting=Setting.CUSTODY),
                name="order_release_is_from_custody",
                violation_error_message="Only a subject in custody is still to be released.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.get_kind_display().lower()}"

    def standing_on(self, day: date) -> OrderStanding:
        """Its last day is one in force."""
        if self.in_force_from > day:
            return OrderStanding.TO_COME
        return OrderStanding.ENDED if self.expires_on and self.expires_on < day else OrderStanding.IN_FORCE

    def get_absolute_url(self) -> str:
        return reverse("plans4p:order", args=[self.reference])


class OrderTerm(Tracked):
    """One thing that an order forbids or asks for."""

    order = models.ForeignKey(AncillaryOrder, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=15, choices=TermKind.words)
    text = models.TextField()

    reached_by = "order__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
