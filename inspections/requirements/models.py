"""What must change: each finding that has to be put right and each recommendation, with its steps and its dates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst

from forces.models import Organisation, Region, about_one
from inspections.choices import (
    DATED,
    Acceptance,
    DuePrecision,
    EvidenceKind,
    Implementation,
    Setter,
)
from inspections.findings.models import Finding
from inspections.programmes.models import Inspection
from inspections.recommendations.models import FollowedQuerySet, Recommendation
from inspections.sources.models import OnceOut, OnceOutQuerySet, PublishedOrRecorded, with_place
from inspections.vocabularies.models import RequirementStatus, nothing_later
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words, passed, span, years_after


class StatusDay(NamedTuple):
    """The day of a status, with how much of it is known."""

    on: date | None
    precision: str


class Requirement(OnceOut):
    """What an inspection asks to be changed: a finding of a kind that must be followed up, or a recommendation of it.

    ``status`` is that of the last of its steps, ``status_on`` the day of that step, None where none is known or there
    is no step; ``is_recorded`` where it was recorded here, and not published. A due date is the first day of the span
    that its precision makes known, as that of a recommendation; the first date stays, whatever the present one moves
    to. ``number`` is that of the recommendation, 0 for the finding itself.
    """

    belongs_to = ("finding__inspection",)
    listed_with = (
        *("organisation", "region", "inspector", "recommendation__addressed_to", "recommendation__source"),
        *("finding__inspection__programme", "finding__organisation", "finding__region", "finding__source"),
    )
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="requirements")
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.CASCADE, related_name="requirement"
    )
    number = models.PositiveSmallIntegerField(default=0, db_default=0)
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    region = models.ForeignKey(
        "forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    status = WordField(RequirementStatus, default=nothing_later)
    status_on = models.DateField(null=True, blank=True)
    status_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, db_default=Precision.DAY.value
    )
    is_recorded = models.BooleanField(default=False, db_default=False)
    acceptance = models.CharField(max_length=12, blank=True, choices=Acceptance.words)
    implementation = models.CharField(max_length=12, blank=True, choices=Implementation.words)
    is_priority = models.BooleanField("priority", default=False)
    owner = models.CharField(
        "owner at the body", max_length=120, blank=True, help_text="Who answers for it there: a role, not a name."
    )
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="inspector responsible",
    )
    open_because = models.TextField(
        "why it is still open", blank=True, help_text="What is asked for once it has been open for longer than a year."
    )
    first_due_on = models.DateField(null=True, blank=True)
    first_due_precision = models.CharField(max_length=15, choices=DuePrecision.words, default=DuePrecision.NONE)
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=15, choices=DuePrecision.words, default=DuePrecision.NONE)

    objects = FollowedQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "finding", "pk"]
        constraints = [
            about_one("requirement_of_region_or_organisation"),
            models.UniqueConstraint(
                fields=["finding"], condition=Q(recommendation__isnull=True), name="requirement_once_a_finding"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{due}_on__isnull": False, f"{due}_precision__in": DATED})
                    | Q(**{f"{due}_on__isnull": True}) & ~Q(**{f"{due}_precision__in": DATED}),
                    name=f"requirement_{due}_date_as_precise_as_known",
                )
                for due in ("first_due", "due")
            ),
        ]

    def __str__(self) -> str:
        whose = self.organisation.short_name if self.organisation else self.addressee.name
        return f"Recommendation {self.number} to {whose}" if self.number else f"What {whose} must change"

    def get_absolute_url(self) -> str:
        if self.recommendation_id:
            return reverse("inspections:recommendation", args=[self.recommendation_id])
        return reverse("inspections:finding_followed", args=[self.finding.slug])

    @property
    def text(self) -> str:
        """What must change."""
        return self.recommendation.text if self.recommendation else self.finding.title

    @property
    def fact(self) -> Finding | Recommendation:
        """What was published: the recommendation, else the finding."""
        return self.recommendation or self.finding

    @property
    def kind(self) -> str:
        """What it is: a recommendation, or the kind of its finding."""
        return "Recommendation" if self.recommendation_id else self.finding.kind.label

    @property
    def addressee(self) -> Organisation | Region:
        """Who has to do it; it has one of them."""
        return self.organisation or cast(Region, self.region)

    @property
    def inspection(self) -> Inspection:
        """By way of what has been read already: a list of recommendations reads the finding of each once."""
        is_read = "finding" in self._state.fields_cache
        fact = self.recommendation if self.recommendation and not is_read else self
        return fact.finding.inspection

    @property
    def first_due(self) -> str:
        """When it was first due, in words."""
        return self._in_words(self.first_due_on, self.first_due_precision)

    @property
    def due(self) -> str:
        """When it is due now, in words, with no more than is known."""
        return self._in_words(self.due_on, self.due_precision)

    def _in_words(self, on: date | None, precision: str) -> str:
        if on:
            return in_words(on, precision)
        is_stated = precision == DuePrecision.YEAR_NOT_STATED and self.recommendation
        return self.recommendation.due_as_published if is_stated and self.recommendation else "no date given"

    @property
    def has_moved(self) -> bool:
        """Whether its date is another than the first."""
        return (self.due_on, self.due_precision) != (self.first_due_on, self.first_due_precision)

    @property
    def since(self) -> str:
        """The day of its last step, in words; "" where it has none."""
        if not self.status.is_stated:
            return ""
        return in_words(self.status_on, self.status_precision) if self.status_on else "a day not known"

    @property
    def status_kind(self) -> str:
        """What somebody recorded here is recorded; all else was published."""
        return "recorded" if self.is_recorded else "published"

    @property
    def status_day(self) -> StatusDay:
        """Of its last step, else of publication."""
        if self.status.is_stated:
            return StatusDay(self.status_on, self.status_precision)
        return StatusDay(self.inspection.published_on, self.inspection.published_precision)

    @property
    def known(self) -> str:
        """Of which kind and day its status is."""
        if self.status.is_stated:
            return f"{self.status_kind} {self.since if self.status_on else '(day not known)'}"
        return f"as published ({self.inspection.published}), nothing later here"

    @property
    def standing(self) -> str:
        """Its status with kind and day: "Complete, recorded 2 June 2024"."""
        return f"{self.status.label}, {self.known}" if self.status.is_stated else capfirst(self.known)

    def is_overdue(self, today: date) -> bool:
        """The rule of ``FollowedQuerySet.overdue`` for one row."""
        return self.status.is_open and passed(self.due_on, self.due_precision, today)

    def due_in_words(self, today: date) -> str:
        """The due date as precise as it is known, with the first where it has moved; "overdue" beside it where it has
        passed without being closed.
        """
        due = f"{self.due}, first {self.first_due}" if self.has_moved else self.due
        return f"{due} (overdue)" if self.is_overdue(today) else due

    def was_due_before(self, today: date) -> bool:
        """Not closed, and the first date that it had has passed."""
        return self.status.is_open and passed(self.first_due_on, self.first_due_precision, today)

    def is_old(self, today: date) -> bool:
        """Not closed, and published longer than a year ago for certain."""
        inspection = self.inspection
        if not (self.status.is_open and inspection.published_on):
            return False
        return years_after(span(inspection.published_on, inspection.published_precision).last, 1) < today


class StepQuerySet(OnceOutQuerySet):
    def standing(self) -> Self:
        """Without those that a later one corrects."""
        return self.filter(correction__isnull=True)

    def latest_first(self) -> Self:
        """One whose day is not known happened by the day of its source; where that is not known either, it is last.

        Of one day, that which was entered later; a correction stands where what it corrects stood.
        """
        day = Coalesce("on", "source__published_on").desc(nulls_first=True)
        return self.order_by(day, Coalesce("place", "pk").desc(), "-pk")


class Step(PublishedOrRecorded, OnceOut):
    """One line of the history of a requirement: what happened, and where it stands since.

    A step with a ``source`` was published; without one it is what ``by`` recorded here. ``on`` is the first day of the
    span that ``on_precision`` makes known; None where a document gives no day. A step is never changed: a wrong one is
    corrected by another that names it, and takes its ``place`` among those of one day.
    """

    belongs_to = ("requirement__finding__inspection",)
    listed_with = ("by", "source", "document", "figure__measure", "upload", "corrects", "correction")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField(null=True, blank=True, help_text="Empty: the day is not known.")
    on_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    status = WordField(RequirementStatus)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    locator = models.CharField(max_length=250, blank=True, help_text="Where in the source.")
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="correction")
    place = models.PositiveBigIntegerField(null=True, blank=True)
    evidence_kind = models.CharField("kind of evidence", max_length=10, blank=True, choices=EvidenceKind.words)
    evidence = models.CharField(
        "what it shows", max_length=500, blank=True, help_text="Of a visit, also where it was and when."
    )
    document = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_of"
    )
    figure = models.ForeignKey(
        "inspections.PublishedFigure", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_of"
    )
    link = models.URLField(max_length=500, blank=True)
    upload = models.ForeignKey(
        "inspections.EvidenceFile", null=True, blank=True, on_delete=models.RESTRICT, related_name="steps"
    )
    evidence_note = models.ForeignKey(
        "inspections.EvidenceNote", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence_of"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = [F("on").desc(nulls_first=True), "-pk"]
        constraints = [with_place("step_source_with_place")]

    def __str__(self) -> str:
        return f"{self.day}: {self.status.label}"

    @property
    def day(self) -> str:
        """When it happened, in words, with no more than is known."""
        return in_words(self.on, self.on_precision) if self.on else "day not known"

    @property
    def is_corrected(self) -> bool:
        """Whether another names it as wrong."""
        return hasattr(self, "correction")


class DeadlineMove(PublishedOrRecorded, OnceOut):
    """That the due date of a requirement was moved, or one was set: from which to which, by whom and why.

    ``on`` is the day on which it was set, ``by`` who recorded it here; one with a ``source`` was published.
    """

    belongs_to = ("requirement__finding__inspection",)
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="moves")
    on = models.DateField("set on")
    old_on = models.DateField(null=True, blank=True)
    old_precision = models.CharField(max_length=15, choices=DuePrecision.words, default=DuePrecision.NONE)
    new_on = models.DateField("due")
    new_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    setter = models.CharField("set by", max_length=20, choices=Setter.words)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="deadline_moves"
    )
    locator = models.CharField(max_length=250, blank=True, help_text="Where in the source.")

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["requirement", "-on", "-pk"]
        constraints = [with_place("deadline_move_source_with_place")]

    def __str__(self) -> str:
        return f"{self.old} to {self.new}"

    @property
    def old(self) -> str:
        return in_words(self.old_on, self.old_precision) if self.old_on else "no date"

    @property
    def new(self) -> str:
        return in_words(self.new_on, self.new_precision)
