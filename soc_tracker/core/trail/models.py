"""What the trail holds: entries, and the seals over them. Rows are added, and that is all."""

from typing import Any, NoReturn

from django.db import models
from django.utils.timezone import now

from soc_tracker.core.text.vocabulary import Vocabulary, word


class Kind(Vocabulary):
    """What an entry tells of. ``security`` kinds are also a line of the log, under their value as its stable name."""

    security: bool

    ADDITION = word("addition", "Added", security=False)
    CHANGE = word("change", "Changed", security=False)
    REMOVAL = word("removal", "Removed", security=False)
    LOAD = word("load", "Loaded in bulk", security=False)
    SIGN_IN = word("sign_in", "Signed in", security=True)
    SIGN_IN_REFUSAL = word("sign_in_refusal", "Sign-in refused", security=True)
    LOCK_OUT = word("lock_out", "Locked out for a while", security=True)
    SIGN_OUT = word("sign_out", "Signed out", security=True)
    SESSION_END = word("session_end", "Session ended", security=True)
    ACCOUNT = word("account_change", "Account changed", security=True)
    ROLES = word("role_change", "Roles changed", security=True)
    REACH = word("reach_change", "Reach changed", security=True)
    FACTOR = word("second_factor_change", "Second factor changed", security=True)
    PASSWORD = word("password_change", "Password set", security=True)
    TOKEN = word("token_issue", "Token made", security=True)
    TOKEN_END = word("token_end", "Token ended", security=True)
    TOKEN_USE = word("token_use", "Token used, the first time that day", security=True)
    EXPORT = word("export", "Exported", security=True)
    READING = word("sensitive_reading", "Read", security=True)
    KEEPING = word("keeping", "Backed up, restored or shortened", security=True)


class AppendOnlyError(TypeError):
    """What is on the trail stays as it is."""


def refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise AppendOnlyError("The trail is only ever added to: nothing on it is changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet):
    update = delete = bulk_update = update_or_create = refuse
    aupdate = adelete = abulk_update = aupdate_or_create = refuse


class AppendOnly(models.Model):
    """A row that is stored once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    delete = adelete = refuse

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse()
        super().save(*args, **{**kwargs, "force_insert": True})


class Entry(AppendOnly):
    """One event. Whom and what it is about stands as text: it outlives both.

    ``who_key`` is the key of an account, ``who`` its name then; without one, the command that ran. ``subject_kind`` is
    the label of a model, such as "plans4p.plan", ``subject_key`` its row's key, ``subject`` its name then. ``before``
    and ``after`` hold the fields that changed. ``session`` is a fingerprint, with which nobody can sign in.
    """

    at = models.DateTimeField(default=now, editable=False)
    kind = models.CharField(max_length=40, choices=Kind.words)
    who_key = models.CharField(max_length=40, blank=True)
    who = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_key = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)
    session = models.CharField(max_length=16, blank=True)
    details = models.JSONField(default=dict)

    class Meta(AppendOnly.Meta):
        verbose_name_plural = "entries"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "id"], name="entry_by_time"),
            models.Index(fields=["who_key", "at", "id"], name="entry_by_account"),
            models.Index(fields=["kind", "at", "id"], name="entry_by_kind"),
            models.Index(fields=["subject_kind", "subject_key", "at", "id"], name="entry_by_subject"),
            models.Index(fields=["request_id", "at", "id"], name="entry_of_request"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject or self.who}"


class Seal(AppendOnly):
    """The seal of a batch of entries, over the seal before it.

    ``members`` has a pair for each entry, in their order: its key, and the beginning of its digest. Keys may have gaps:
    PostgreSQL gives them out before it is certain that a row comes of it, and a batch holds what had come by then.
    ``root`` is the digest of the entries' digests; ``digest`` that of the seal.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(default=now, editable=False)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.PositiveIntegerField()
    members = models.JSONField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Seal {self.number}"
