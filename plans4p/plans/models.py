"""4P plans: whose they are, what they are for, where they stand, and how they are reviewed."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import OPEN, RUNNING, PlanResult, PlanStatus, ReviewKind
from plans4p.officers.models import LeadOfficer
from plans4p.partners.models import Partner
from soc_tracker.core.access.markings import marking_field
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.text.days import Days, in_words
from soc_tracker.core.text.normal import FoldedText, ReferenceKey, key_once

CONTENT = ("aims__actions__partners", "omissions", "profiles", "deputies", "reviews", "signatures__by")


def review_is_late(today: date) -> Q:
    """Running plans whose day for the next review has passed."""
    return Q(status__in=RUNNING, review_due_on__lt=today)


class PlanQuerySet(KindQuerySet):
    def running(self) -> Self:
        """Approved, and not closed."""
        return self.filter(status__in=RUNNING)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def of_owner(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those whose lead responsible officer the user is."""
        return self.filter(owner__user=user.pk)

    def of_writer(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Those that the user owns or is a deputy for."""
        as_deputy = Plan.deputies.through.objects.filter(leadofficer__user=user.pk)
        return self.filter(Q(owner__user=user.pk) | Q(pk__in=as_deputy.values("plan")))

    def for_list(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        rows = self.select_related("organisation", "owner__organisation", "author", "approved_by")
        return rows.naming(user, "threat")

    def with_content(self) -> Self:
        """With all that a signature is bound to, and the signatures, the latest first."""
        return self.prefetch_related(*CONTENT)


class Plan(Tracked):
    """What one body means to do about one threat (tactical) or one theme (strategic), under each of the 4Ps.

    ``owner`` is the one lead responsible officer; only a draft may lack one. ``author`` is who wrote it first.
    ``deputies`` write it beside the owner, who names them.
    ``review_due_on`` is the day by which it is next reviewed: required while the plan runs.
    ``profiles`` are the SOC local profiles that were used as evidence, ``intelligence`` what else was.
    """

    reference = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=150)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="plans")
    threat = models.ForeignKey(
        "disruptions.Threat", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    theme = models.CharField("priority theme", max_length=150, blank=True, help_text="Of a strategic plan.")
    owner = models.ForeignKey(
        LeadOfficer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
        help_text="The one lead responsible officer.",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_written"
    )
    deputies = models.ManyToManyField(
        LeadOfficer, blank=True, related_name="deputy_for", help_text="Officers who write the plan beside its owner."
    )
    marking = marking_field()
    status = models.CharField(max_length=12, choices=PlanStatus.words, default=PlanStatus.DRAFT)
    starts_on = models.DateField("begins on")
    ends_on = models.DateField(
        "ends by", null=True, blank=True, help_text="Its aims are due by then. Empty: no end is set."
    )
    review_due_on = models.DateField("next review due", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plans_approved"
    )
    approved_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=15, choices=PlanResult.words, blank=True)
    learning = models.TextField("what was learned", blank=True)
    profiles = models.ManyToManyField(
        "forces.LocalProfile", blank=True, related_name="plans", verbose_name="SOC local profiles used"
    )
    intelligence = models.TextField(
        "intelligence used",
        blank=True,
        help_text="What else the plan rests on, such as a problem profile and its date.",
    )
    folded = FoldedText("reference", "title", "theme", "intelligence")
    reference_key = ReferenceKey()

    reached_by = "organisation"
    objects = PlanQuerySet.as_manager()
    _history_m2m_fields = [profiles, deputies]

    class Meta:
        ordering = ["reference", "pk"]
        verbose_name = "4P plan"
        indexes = [
            models.Index(fields=["organisation", "status"], name="plan_of_body"),
            models.Index(fields=["review_due_on"], name="plan_by_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="plan_has_a_reference"),
            key_once("plan_key_once", "Another plan has this reference."),
            models.CheckConstraint(
                condition=Q(threat__isnull=False, theme="") | (Q(threat__isnull=True) & ~Q(theme="")),
                name="plan_is_for_a_threat_or_a_theme",
                violation_error_message="Choose a threat, or name a priority theme: one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(status=PlanStatus.DRAFT),
                name="plan_that_runs_has_an_owner",
                violation_error_message="A plan that is more than a draft has one owner.",
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__isnull=False) | ~Q(status__in=RUNNING),
                name="plan_that_runs_has_a_next_review",
                violation_error_message="A plan that runs says when it is next reviewed.",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=False) | ~Q(status__in=RUNNING),
                name="plan_that_runs_was_approved",
                violation_error_message="A plan runs once it is approved.",
            ),
            models.CheckConstraint(
                condition=(Q(status=PlanStatus.CLOSED, closed_on__isnull=False) & ~Q(result="") & ~Q(learning=""))
                | (~Q(status=PlanStatus.CLOSED) & Q(closed_on__isnull=True, result="")),
                name="plan_that_is_closed_says_what_came_of_it",
                violation_error_message="A closed plan says when it was closed, with what result and what was learned.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="plan_ends_after_it_begins",
                violation_error_message="The plan cannot end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__isnull=True) | Q(review_due_on__gte=F("starts_on")),
                name="plan_is_reviewed_after_it_begins",
                violation_error_message="The next review cannot be due before the plan begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def days_in_words(self) -> str:
        """From when to when it runs, such as: from 1 January 2023 to 31 December 2023."""
        starts = f"from {in_words(self.starts_on)}"
        return f"{starts} to {in_words(self.ends_on)}" if self.ends_on else f"{starts} on"

    def runs_on(self, day: date) -> bool:
        """Whether the day is within the plan's own, both ends in it."""
        return day in Days(self.starts_on, self.ends_on)

    def get_absolute_url(self) -> str:
        return reverse("plans4p:plan", args=[self.reference])


class PlanPart(Tracked):
    """What belongs to one plan, and is shown on its page."""

    plan: Any

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return str(self.plan.get_absolute_url())


class OwnerChange(Tracked):
    """A plan passed from one owner to another: on which day, and why. The first owner of a plan passed from nobody."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="owner_changes")
    on = models.DateField()
    before = models.ForeignKey(LeadOfficer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(LeadOfficer, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(before=F("after")), name="owner_change_is_a_change"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan.reference}: {self.after} from {in_words(self.on)}"


class Review(PlanPart):
    """One look at a plan: by whom, when, what was checked and what changes because of it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=15, choices=ReviewKind.words)
    on = models.DateField("when")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_reviews"
    )
    checked = models.TextField("what was checked")
    next_due = models.DateField("next review due", null=True, blank=True, help_text="Set by the owner’s review.")
    changes = models.TextField("what changes", help_text="“Nothing” is an answer.")

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {in_words(self.on)}"


class Consultation(PlanPart):
    """A partner was asked about a plan on a day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="consultations")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField("when")
    note = models.TextField("what it said", blank=True)

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "partner", "on"],
                name="consultation_once_a_day",
                violation_error_message="It is on record already that this partner was asked on that day.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner} on {in_words(self.on)}"
