"""Lead responsible officers: who owns 4P plans, with what training and how much time."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from soc_tracker.core.records.models import Tracked, VisibleQuerySet
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import FoldedText


class OfficerQuerySet(KindQuerySet):
    def in_role(self) -> Self:
        return self.filter(is_active=True)


class LeadOfficer(Tracked):
    """A lead responsible officer (LRO). ``user`` is their account, where they have one.

    ``share_of_time`` is the percentage of their working time that they have for this role, as they or their body say.
    """

    name = models.CharField(max_length=120)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="lead_officers")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lead_officer",
        help_text="Their account, where they have one.",
    )
    rank = models.CharField("rank or grade", max_length=60, blank=True)
    share_of_time = models.PositiveSmallIntegerField(
        "share of their time for this role, in percent", null=True, blank=True
    )
    mentor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="mentored")
    threats = models.ManyToManyField(
        "disruptions.Threat", blank=True, related_name="lead_officers", verbose_name="threats held"
    )
    is_active = models.BooleanField("in the role now", default=True)
    folded = FoldedText("name", "rank")

    reached_by = "organisation"
    objects = OfficerQuerySet.as_manager()
    _history_m2m_fields = [threats]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "lead responsible officer"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="lead_officer_name_once_per_body",
                violation_error_message="This body has a lead responsible officer of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(share_of_time__isnull=True) | Q(share_of_time__gte=0, share_of_time__lte=100),
                name="lead_officer_share_is_a_percentage",
                violation_error_message="Give a percentage from 0 to 100.",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True) | ~Q(mentor=F("id")),
                name="lead_officer_is_not_their_own_mentor",
                violation_error_message="Nobody is their own mentor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("plans4p:officer", args=[self.pk])


class Training(Tracked):
    """One training of a lead responsible officer, on the day on which it ended."""

    officer = models.ForeignKey(LeadOfficer, on_delete=models.CASCADE, related_name="trainings")
    subject = models.CharField("trained in", max_length=120)
    completed_on = models.DateField("trained on")

    reached_by = "officer__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "subject", "completed_on"], name="training_once")]

    def __str__(self) -> str:
        return f"{self.subject}, {in_words(self.completed_on)}"
