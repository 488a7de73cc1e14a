"""Local policing areas of forces, and the profile of organised crime in each."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet, days_in_order
from soc_tracker.core.text.days import years_after

YEARS_BETWEEN_REFRESHES, YEARS_BETWEEN_FULL_REVIEWS = 1, 3


class LocalPolicingArea(Tracked):
    """A part of a force's area (also called basic command unit, division or community policing area)."""

    reached_by = PUBLISHED
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="area_name_once_per_organisation"),
            days_in_order("valid_from", "valid_to", "area_validity_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation.short_name})"


class LocalProfile(Tracked):
    """A SOC local profile: what organised crime looks like in one local policing area.

    It is due a refresh every year and a full review every three years, a practice that inspectors describe.
    """

    reached_by = PUBLISHED
    area = models.OneToOneField(LocalPolicingArea, on_delete=models.CASCADE, related_name="profile")
    refreshed_on = models.DateField()
    fully_reviewed_on = models.DateField(null=True, blank=True)
    partners = models.TextField(
        "partners whose data is in it", blank=True, help_text="One a line, such as health or education."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["area__organisation__name", "area__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fully_reviewed_on__isnull=True) | Q(fully_reviewed_on__lte=F("refreshed_on")),
                name="profile_review_is_a_refresh",
                violation_error_message="A full review is a refresh too: the refresh cannot be older.",
            ),
        ]

    def __str__(self) -> str:
        return f"SOC local profile of {self.area}"

    @property
    def refresh_due_on(self) -> date:
        return years_after(self.refreshed_on, YEARS_BETWEEN_REFRESHES)

    @property
    def full_review_due_on(self) -> date | None:
        """None where no full review is recorded: then nothing can be said of when the next is due."""
        return years_after(self.fully_reviewed_on, YEARS_BETWEEN_FULL_REVIEWS) if self.fully_reviewed_on else None
