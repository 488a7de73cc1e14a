"""Who signed a plan and what stood in it then, and who was asked to sign it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans4p.choices import RequestStatus
from plans4p.plans.models import Plan, PlanPart
from soc_tracker.core.records.models import VisibleQuerySet
from soc_tracker.core.text.days import in_words


class RequestQuerySet(VisibleQuerySet):
    def waiting(self) -> Self:
        return self.filter(status=RequestStatus.WAITING)


class Signature(PlanPart):
    """One signature under a plan, bound to what it said: see ``plans4p.signatures.queries``.

    ``content`` is all that was signed, in the canonical form of which ``required`` and ``other`` are the SHA-256
    fingerprints: of what the inspectors' required questions rest on, and of the rest. ``plan_version`` is the version
    of the plan that the signature brought about, ``at`` the moment: what has been written later is not signed.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="signatures")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    on = models.DateField("signed on")
    at = models.DateTimeField(editable=False)
    plan_version = models.PositiveIntegerField("version of the plan")
    required = models.CharField(max_length=64, editable=False)
    other = models.CharField(max_length=64, editable=False)
    content = models.JSONField(editable=False)
    copies_reason = models.TextField("why it was signed with copied actions", blank=True, editable=False)

    reached_by = "plan__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "-at"], name="signature_latest_of_plan")]

    def __str__(self) -> str:
        return f"{self.plan.reference}, signed on {in_words(self.on)}"


class SignatureRequest(PlanPart):
    """Somebody asked another person to sign a plan. ``answer`` is the reason of one who declined."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="signature_requests")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="who asked"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signature_requests", verbose_name="who signs"
    )
    on = models.DateField("asked on")
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=RequestStatus.words, default=RequestStatus.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField("why it is not signed", blank=True)

    reached_by = "plan__organisation"
    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "to"],
                condition=Q(status=RequestStatus.WAITING),
                name="signature_request_waits_once",
                violation_error_message="This person has been asked already, and has not answered yet.",
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.DECLINED) | ~Q(answer=""),
                name="signature_request_declined_with_a_reason",
                violation_error_message="Say why you do not sign it, so that it can be mended.",
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.WAITING, answered_on__isnull=True)
                | (~Q(status=RequestStatus.WAITING) & Q(answered_on__isnull=False)),
                name="signature_request_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.reference}: asked to sign on {in_words(self.on)}"
