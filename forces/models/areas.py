"""Local policing areas and their SOC local profiles."""

from django.db import models
from django.db.models import F, Q

from forces.models.organisations import Organisation
from forces.models.tracked import Tracked
from forces.querysets import LocalProfileQuerySet, VisibleQuerySet


class LocalPolicingArea(Tracked):
    """A part of a force's area (also called basic command unit, division or community policing area)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="area_name_once_per_organisation"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="area_validity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation.short_name})"


class LocalProfile(Tracked):
    """A SOC local profile: what organised crime looks like in one local policing area.

    It is due a refresh every year and a full review every three years, the
    practice that the 2022/23 north-west report describes at Merseyside.
    """

    area = models.OneToOneField(LocalPolicingArea, on_delete=models.CASCADE, related_name="profile")
    refreshed_on = models.DateField()
    fully_reviewed_on = models.DateField(null=True, blank=True)
    partners = models.TextField(
        "partners whose data is in it", blank=True, help_text="One a line, such as health or education."
    )

    objects = LocalProfileQuerySet.as_manager()

    class Meta:
        ordering = ["area__organisation__name", "area__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fully_reviewed_on__isnull=True) | Q(fully_reviewed_on__lte=F("refreshed_on")),
                name="profile_review_is_a_refresh",
            ),
        ]

    def __str__(self) -> str:
        return f"SOC local profile of {self.area}"
