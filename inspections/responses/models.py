"""What local policing bodies say of the reports on the forces that they answer for, and by when they must."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q

from forces.models import Organisation, Oversight
from inspections.choices import Acceptance
from inspections.responses.choices import AnswerKind, Timeliness
from inspections.sources.models import HasPage, OnceOut, OnceOutQuerySet, with_place
from soc_tracker.core.text.days import Days, Precision, in_words
from soc_tracker.core.text.normal import FoldedText


class ResponseQuerySet(OnceOutQuerySet):
    def for_list(self) -> Self:
        rows = self.select_related("inspection__programme", "organisation", "responder", "source")
        return rows.prefetch_related(
            Prefetch("organisation__oversights", Oversight.objects.select_related("responder"))
        )

    def standing(self, timeliness: str, today: date) -> Self:
        """Those that stand so today: ``Response.timeliness`` for many rows."""
        given = Q(is_published=True)
        conditions = {
            Timeliness.IN_TIME: given & Q(in_time=True),
            Timeliness.LATE: given & Q(in_time=False),
            Timeliness.UNCERTAIN: given & Q(in_time=None),
            Timeliness.AWAITED: ~given & Q(due_to__gte=today),
            Timeliness.NONE_HELD: ~given & Q(due_to__lt=today),
            Timeliness.NO_CLOCK: ~given & Q(due_to=None),
        }
        return self.filter(conditions[Timeliness(timeliness)])


class Response(HasPage, OnceOut):
    """The response to one inspection's report on one force: awaited until it ``is_published``.

    It is due some day from ``due_from`` to ``due_to``, which are one day where the report's day of publication is
    known, and None where nothing is known or its programme asks for no response. ``in_time`` is None where that cannot
    be told. With a ``source`` it was published elsewhere; without one it was given here.
    """

    route = "inspections:response"
    inspection = models.ForeignKey("inspections.Inspection", on_delete=models.CASCADE, related_name="responses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="responses", verbose_name="force"
    )
    due_from = models.DateField(null=True, blank=True, editable=False)
    due_to = models.DateField("due", null=True, blank=True, editable=False)
    is_published = models.BooleanField("published", default=False)
    in_time = models.BooleanField(null=True, blank=True, editable=False)
    responder = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responses_given",
        verbose_name="local policing body",
        help_text="Who gave it. Empty: whoever answers for the force on that day.",
    )
    published_on = models.DateField(null=True, blank=True, help_text="Empty: the day is not known.")
    published_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    comments = models.TextField(blank=True, help_text="What it says of the report as a whole, in your own words.")
    is_whole = models.BooleanField(
        "held whole",
        default=True,
        db_default=True,
        help_text="All that it says of what must change is entered here. Of the rest, it is silent.",
    )
    source = models.ForeignKey(
        "inspections.SourceDocument", null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    locator = models.CharField("place in the source", max_length=250, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    folded = FoldedText("comments")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = [F("due_to").desc(nulls_last=True), "organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "organisation"], name="response_once_per_force"),
            with_place("response_source_with_place"),
            models.CheckConstraint(
                condition=Q(is_published=True)
                | Q(published_on__isnull=True, responder__isnull=True, comments="", source__isnull=True),
                name="response_awaited_says_nothing",
                violation_error_message="What is not published yet says nothing: mark it as published.",
            ),
        ]

    def __str__(self) -> str:
        return f"Response published {self.published}" if self.is_published else f"Response, due {self.due}"

    def timeliness(self, today: date) -> Timeliness:
        if self.is_published:
            in_words = {True: Timeliness.IN_TIME, False: Timeliness.LATE, None: Timeliness.UNCERTAIN}
            return in_words[self.in_time]
        if self.due_to is None:
            return Timeliness.NO_CLOCK
        return Timeliness.NONE_HELD if self.due_to < today else Timeliness.AWAITED

    @property
    def due(self) -> str:
        """By when, in words, with no more than is known."""
        if self.due_from is None or self.due_to is None:
            return "no day known"
        if self.due_from == self.due_to:
            return in_words(self.due_to)
        return f"some day from {in_words(self.due_from)} to {in_words(self.due_to)}"

    @property
    def published(self) -> str:
        """When it was published, in words; "" while it is awaited."""
        if not self.is_published:
            return ""
        return in_words(self.published_on, self.published_precision) if self.published_on else "day not known"

    @property
    def answering(self) -> Organisation | None:
        """Who gave it; while it is awaited, who answers for the force on the day on which it is due. None: not held
        here.
        """
        if self.responder_id:
            return self.responder
        day = self.published_on or self.due_to
        for row in self.organisation.oversights.all():
            if day is None or day in Days(row.valid_from, row.valid_to):
                return row.responder
        return None

    @property
    def kind_of_data(self) -> str:
        """Where it came from: a document, or somebody here. What is awaited follows from what was published."""
        return "recorded" if self.is_published and self.source_id is None else "published"


class Answer(OnceOut):
    """What a response says of one thing that must change: what will be done, or why nothing will."""

    belongs_to = ("response__inspection",)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    requirement = models.ForeignKey("inspections.Requirement", on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField("what it says", max_length=12, choices=AnswerKind.words)
    acceptance = models.CharField("accepted", max_length=12, blank=True, choices=Acceptance.words)
    text = models.TextField("in what words", help_text="In your own words.")
    due_on = models.DateField("by when", null=True, blank=True, help_text="The day that it names itself, if it does.")

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["response", "requirement", "pk"]
        constraints = [models.UniqueConstraint(fields=["response", "requirement"], name="answer_once")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def source_id(self) -> int | None:
        """The document of its response."""
        return self.response.source_id

    @property
    def tag(self) -> str:
        return AnswerKind(self.kind).tag
