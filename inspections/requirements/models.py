"""What must change: each finding that has to be put right and each recommendation, with its steps and its dates."""

from __future__ import annotations

from datetime import date
from typing import Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

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
from inspections.recommendations.models import Recommendation
from inspections.sources.models import OnceOut, OnceOutQuerySet
from inspections.vocabularies.models import RequirementStatus, nothing_later
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words, span, years_after


class RequirementQuerySet(OnceOutQuerySet):
    def not_closed(self) -> Self:
        return self.filter(status__is_open=True)

    def due_before(self, day: date, due: str = "due") -> Self:
        """Every day that the date may stand for lies before the day: the present date, or the ``first_due`` one."""
        return self.filter(
            Q(**{f"{due}_precision": DuePrecision.DAY, f"{due}_on__lt": day})
            | Q(**{f"{due}_precision": DuePrecision.MONTH, f"{due}_on__lt": day.replace(day=1)})
            | Q(**{f"{due}_precision": DuePrecision.YEAR, f"{due}_on__lt": day.replace(month=1, day=1)})
        )

    def due_from(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes after it."""
        return self.filter(due_on__isnull=False).exclude(pk__in=self.due_before(day).values("pk"))

    def due_to(self, day: date) -> Self:
        """Some day that the due date may stand for is the day or comes before it: ``due_on`` is the first of them."""
        return self.filter(due_on__lte=day)

    def overdue(self, today: date) -> Self:
        """Not closed, and every day that the present due date may stand for has passed."""
        return self.not_closed().due_before(today)

    def of_finding(self, finding: Finding) -> Self:
        """The finding's own, without those of its recommendations."""
        return self.filter(finding=finding, recommendation__isnull=True)

    def for_list(self) -> Self:
        """With what names it, and with what is known of its last step: ``last_step`` is its key, None where it has
        none; ``last_on``, ``last_precision`` and ``last_source``.
        """
        steps = Step.objects.filter(requirement=OuterRef("pk")).standing().latest_first()
        columns = {"last_step": "pk", "last_on": "on", "last_precision": "on_precision", "last_source": "source"}
        last = {name: Subquery(steps.values(column)[:1]) for name, column in columns.items()}
        return self.select_related(
            "organisation", "region", "recommendation", "inspector", "finding__inspection__programme"
        ).annotate(**last)


class Requirement(OnceOut):
    """What an inspection asks to be changed: a finding of a kind that must be followed up, or a recommendation of it.

    ``status`` is that of the last of its steps. A due date is the first day of the span that its precision makes
    known, as that of a recommendation; the first date stays, whatever the present one moves to.
    """

    belongs_to = ("finding__inspection",)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="requirements")
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.CASCADE, related_name="requirement"
    )
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    region = models.ForeignKey(
        "forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    status = WordField(RequirementStatus, default=nothing_later)
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

    objects = RequirementQuerySet.as_manager()

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
        return str(self.fact)

    def get_absolute_url(self) -> str:
        return self.fact.get_absolute_url()

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
        return self.finding.inspection

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

    def is_overdue(self, today: date) -> bool:
        """The rule of ``RequirementQuerySet.overdue`` for one row."""
        return self.status.is_open and passed(self.due_on, self.due_precision, today)

    def was_due_before(self, today: date) -> bool:
        """Not closed, and the first date that it had has passed."""
        return self.status.is_open and passed(self.first_due_on, self.first_due_precision, today)

    def is_old(self, today: date) -> bool:
        """Not closed, and published longer than a year ago for certain."""
        inspection = self.inspection
        if not (self.status.is_open and inspection.published_on):
            return False
        return years_after(span(inspection.published_on, inspection.published_precision).last, 1) < today


def passed(on: date | None, precision: str, today: date) -> bool:
    """Whether every day that a date may stand for lies before today; no date never passes."""
    return on is not None and span(on, precision).last < today


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

    def for_list(self) -> Self:
        return self.select_related("by", "source", "document", "figure__measure", "corrects", "correction")


class Step(OnceOut):
    """One line of the history of a requirement: what happened, and where it stands since.

    A step with a ``source`` was published; without one it is what ``by`` recorded here. ``on`` is the first day of the
    span that ``on_precision`` makes known; None where a document gives no day. A step is never changed: a wrong one is
    corrected by another that names it, and takes its ``place`` among those of one day.
    """

    belongs_to = ("requirement__finding__inspection",)
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
    evidence_kind = models.CharField("evidence", max_length=10, blank=True, choices=EvidenceKind.words)
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

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = [F("on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=True, locator="") | Q(source__isnull=False) & ~Q(locator=""),
                name="step_source_with_place",
                violation_error_message="Give a source and the place in it, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.status.label}"

    @property
    def day(self) -> str:
        """When it happened, in words, with no more than is known."""
        return in_words(self.on, self.on_precision) if self.on else "day not known"

    @property
    def kind_of_data(self) -> str:
        return "published" if self.source_id else "recorded"


class DeadlineMove(OnceOut):
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
        constraints = [
            models.CheckConstraint(
                condition=Q(source__isnull=True, locator="") | Q(source__isnull=False) & ~Q(locator=""),
                name="deadline_move_source_with_place",
                violation_error_message="Give a source and the place in it, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} to {self.new}"

    @property
    def old(self) -> str:
        return in_words(self.old_on, self.old_precision) if self.old_on else "no date"

    @property
    def new(self) -> str:
        return in_words(self.new_on, self.new_precision)
