"""Every write of sent and kept forms."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now

from soc_tracker.core.posting.models import KeptForm, SentForm
from soc_tracker.core.posting.tokens import OPEN_FOR, FormToken

KEPT_FOR = timedelta(hours=12)
MOST_KEPT = 20  # of one person


def claim(token: FormToken, digest: str) -> tuple[SentForm, bool]:
    """The row of an opened form, and whether it is sent for the first time.

    Belongs in the transaction of the write: while another one holds the same form, this waits for its end.
    """
    try:
        with transaction.atomic():
            return SentForm.objects.create(key=token.key, user_id=token.user_id, digest=digest), True
    except IntegrityError:
        return SentForm.objects.get(key=token.key), False


def settle(sent: SentForm, outcome: str) -> None:
    """The write is done, and led to this address."""
    sent.outcome = outcome
    sent.save(update_fields=["outcome"])


def release(sent: SentForm) -> None:
    """Nothing came of it: the form may be sent again."""
    sent.delete()


def keep(token: FormToken, **values: Any) -> KeptForm:
    """Keep what was sent by an opened form, in place of what it sent before; the oldest of too many goes."""
    values |= {"user_id": token.user_id, "kept_at": now()}
    with transaction.atomic():
        kept, _ = KeptForm.objects.update_or_create(key=token.key, defaults=values)
        own = KeptForm.objects.filter(user_id=token.user_id).order_by("-kept_at")
        KeptForm.objects.filter(pk__in=own.values_list("pk", flat=True)[MOST_KEPT:]).delete()
    return kept


def find(pk: UUID, *, user_id: int, browser: str) -> KeptForm | None:
    """What is kept for this person in this browser; None where that is nothing, or no longer."""
    since = now() - KEPT_FOR
    return KeptForm.objects.filter(pk=pk, user_id=user_id, browser=browser, kept_at__gte=since).first()


def forget(pk: UUID, *, user_id: int) -> None:
    """What was kept has been saved."""
    KeptForm.objects.filter(pk=pk, user_id=user_id).delete()


def clear(at: datetime) -> tuple[int, int]:
    """Delete what is too old to be sent again or given back; how many of each."""
    sent, _ = SentForm.objects.filter(sent_at__lt=at - OPEN_FOR - KEPT_FOR).delete()
    kept, _ = KeptForm.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    return sent, kept
