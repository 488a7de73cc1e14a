"""What keeps a plan to its signature: whoever writes it or a part of it, in whatever way, comes through here."""

from django.db import transaction

from plans4p.choices import PlanStatus
from plans4p.models import Plan, Signature, SignatureRequest
from plans4p.selectors.signatures import standing
from soc_tracker.lib.periods import Precision, in_words
from soc_tracker.lib.services import By, Service

SIGNED = ("plan_version", "required", "other", "content", "copies_reason")
SIGNATURES = Service(Signature, fixed=("plan", "by", "on", "at", *SIGNED))
REQUESTS = Service(SignatureRequest, fixed=("plan", "by", "to", "on"))
PLAIN = Service(Plan)
"""Writes a plan without a look at its signature: for signing itself, and for what takes it under review."""


def keep_to_signature(plan: Plan, *, by: By, reason: str) -> None:
    """Take an active plan under review where it no longer says what was signed, in what is required.

    ``plan`` then is as it is stored. Called in the transaction of the write, which holds the plan.
    """
    with transaction.atomic():
        stored = Plan.objects.with_content().filter(pk=plan.pk, status=PlanStatus.ACTIVE).first()
        if stored is None:
            return
        stands = standing(stored)
        if stands.signature is None or stands.holds:
            return
        signed = in_words(stands.signature.on, Precision.DAY)
        why = f"{reason} No longer as signed on {signed}, so under review until it is signed again."
        PLAIN.change(stored, status=PlanStatus.UNDER_REVIEW, by=by, reason=why, expected_version=stored.version)
    plan.refresh_from_db()
