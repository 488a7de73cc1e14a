"""Reviews of plans, and the partners whom plans consult."""

from django.conf import settings
from django.db import models

from plans4p.choices import ReviewKind
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.text.days import in_words


class Review(Tracked):
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

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {in_words(self.on)}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()


class Consultation(Tracked):
    """A partner was asked about a plan on a day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="consultations")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField("when")
    note = models.TextField("what it said", blank=True)

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

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()
