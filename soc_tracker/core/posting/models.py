"""Forms that were sent, and forms that came too late. Neither is a record: both are deleted after some days."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class SentForm(models.Model):
    """An opened form whose write is done. ``outcome`` is the address that it led to; its row is the write's witness."""

    key = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="Of what was sent.")
    outcome = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.outcome}"


class KeptForm(models.Model):
    """What somebody typed into a form that could not be taken, until they send it again.

    ``page`` is the address on which the form stood, ``action`` the one to which it was sent, ``browser`` the
    fingerprint of the cookie of the browser that sent it. ``fields`` are pairs of name and value; files are not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    browser = models.CharField(max_length=64)
    page = models.TextField()
    action = models.TextField()
    fields = models.JSONField()
    why = models.TextField()
    kept_at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.action}"
