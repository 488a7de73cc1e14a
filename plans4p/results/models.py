"""What counts towards a plan's aims."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from plans4p.aims.models import Aim
from plans4p.choices import ResultKind
from plans4p.orders.models import AncillaryOrder
from plans4p.plans.models import Plan
from soc_tracker.core.records.models import Tracked, VisibleQuerySet


class ContributionQuerySet(VisibleQuerySet):
    def counted(self) -> Self:
        """Of the kind that their aim counts; a disruption only while it is on the record, and under the aim's P."""
        stands = Q(disruption__known_to__isnull=True, disruption__four_p=F("aim__four_p"))
        return self.filter(Q(disruption__isnull=True) | stands, kind=F("aim__counts"))


class Contribution(Tracked):
    """A result that counts towards an aim: one disruption, one order, or a number of another kind.

    A disruption that is withdrawn from the record, or corrected to another P, stays linked and counts no longer.
    Its day is said by the disruption itself: ``on`` is what it was when it was linked.
    """

    aim = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(max_length=12, choices=ResultKind.words)
    on = models.DateField("when")
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=1)
    disruption = models.ForeignKey(
        "disruptions.Disruption", null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    order = models.ForeignKey(
        AncillaryOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    note = models.TextField(blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["aim", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ResultKind.DISRUPTIONS, disruption__isnull=False, order__isnull=True, amount=1)
                | Q(kind=ResultKind.ORDERS, order__isnull=False, disruption__isnull=True, amount=1)
                | (
                    ~Q(kind__in=(ResultKind.DISRUPTIONS, ResultKind.ORDERS))
                    & Q(disruption__isnull=True, order__isnull=True)
                    & ~Q(note="")
                ),
                name="contribution_names_what_it_is",
                violation_error_message="Name the disruption or the order; of other results, say in a note what it is.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="contribution_above_zero",
                violation_error_message="Give a number above 0.",
            ),
            models.UniqueConstraint(
                fields=["aim", "disruption"],
                condition=Q(disruption__isnull=False),
                name="contribution_of_a_disruption_once",
                violation_error_message="This disruption counts towards this aim already.",
            ),
            models.UniqueConstraint(
                fields=["aim", "order"],
                condition=Q(order__isnull=False),
                name="contribution_of_an_order_once",
                violation_error_message="This order counts towards this aim already.",
            ),
        ]

    @property
    def plan(self) -> Plan:
        return self.aim.plan

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.disruption or self.order or self.note}"

    def get_absolute_url(self) -> str:
        return self.aim.get_absolute_url()


class Dismissal(Tracked):
    """A disruption that was proposed for a plan and, somebody decided, is none of its results."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="dismissals")
    disruption = models.ForeignKey("disruptions.Disruption", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "disruption"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.plan.reference}: not {self.disruption}"
