"""What a plan wants to change under each P, what is done for it, and what counts towards it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from disruptions.choices import FourP
from plans4p.choices import ENDED, ActionStatus, PlanStatus, ResultKind
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan, PlanPart
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet


class ActionQuerySet(VisibleQuerySet):
    def not_ended(self) -> Self:
        return self.exclude(status__in=ENDED)

    def overdue(self, today: date) -> Self:
        """Of plans that are not closed: the day has passed, and the action is neither done nor dropped."""
        return self.not_ended().filter(due_on__lt=today).exclude(aim__plan__status=PlanStatus.CLOSED)

    def due_within(self, today: date, days: int) -> Self:
        return (
            self.not_ended()
            .filter(due_on__range=(today, today + timedelta(days=days)))
            .exclude(aim__plan__status=PlanStatus.CLOSED)
        )


class Tactic(Tracked):
    """A line of the menu of tactics that an administrator keeps: wording that plans may share without being generic."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    four_p = models.CharField("4P", max_length=7, choices=FourP.words)
    meaning = models.TextField(blank=True)

    reached_by = PUBLISHED
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["four_p", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Aim(Tracked):
    """What should change under one P, how that is measured, from where, to what and by when.

    ``counts`` is what adds up to the ``target``; ``baseline`` is the number before the plan, for comparison alone.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="aims")
    four_p = models.CharField("4P", max_length=7, choices=FourP.words)
    change = models.TextField("what should change")
    measure = models.CharField("how it is measured", max_length=200)
    counts = models.CharField("what counts towards it", max_length=12, choices=ResultKind.words)
    baseline = models.DecimalField("number before the plan", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2)
    due_on = models.DateField("by when")

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "four_p", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__gt=0),
                name="aim_target_above_zero",
                violation_error_message="Give a target above 0.",
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | Q(baseline__gte=0),
                name="aim_baseline_not_negative",
                violation_error_message="The number before the plan cannot be below 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.reference}, {self.get_four_p_display()}: {self.change}"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#aim-{self.pk}"


class Omission(PlanPart):
    """Why a plan has no aim under one of the Ps."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="omissions")
    four_p = models.CharField("4P", max_length=7, choices=FourP.words)
    reason = models.TextField("why there is no aim")

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "four_p"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "four_p"],
                name="omission_once_per_p",
                violation_error_message="The plan gives a reason for this P already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan.reference}, {self.get_four_p_display()}: no aim"


class Action(Tracked):
    """One thing that somebody does for an aim by a day. Whether it is overdue follows from the day and its status."""

    aim = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="actions")
    description = models.TextField("what is done", help_text="Begin with a verb, such as “Visit” or “Seize”.")
    owner = models.CharField("who does it", max_length=120, blank=True, help_text="One person, with rank or role.")
    due_on = models.DateField("by when", null=True, blank=True)
    status = models.CharField(max_length=10, choices=ActionStatus.words, default=ActionStatus.TO_DO)
    tactic = models.ForeignKey(Tactic, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    partners = models.ManyToManyField(Partner, blank=True, related_name="actions")
    outcome = models.TextField("what came of it", blank=True)

    reached_by = "aim__plan__organisation"
    objects = ActionQuerySet.as_manager()
    _history_m2m_fields = [partners]

    class Meta:
        ordering = ["aim", F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["due_on"], condition=~Q(status__in=ENDED), name="action_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=ENDED) | ~Q(outcome=""),
                name="action_that_ended_has_an_outcome",
                violation_error_message="Say what came of it: an action that has ended has an outcome.",
            )
        ]

    @property
    def plan(self) -> Plan:
        return self.aim.plan

    def __str__(self) -> str:
        return self.description if len(self.description) <= 80 else f"{self.description[:79]}…"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#action-{self.pk}"


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

    reached_by = "aim__plan__organisation"
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


class Dismissal(PlanPart):
    """A disruption that was proposed for a plan and, somebody decided, is none of its results."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="dismissals")
    disruption = models.ForeignKey("disruptions.Disruption", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "disruption"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.plan.reference}: not {self.disruption}"
