"""What every stored record has: a version number against lost updates, and its history."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete
from simple_history.models import HistoricalRecords

from soc_tracker.lib.folded_fields import FoldedText


class History(HistoricalRecords):
    """History in one table per stored model: a proxy, such as Force, writes to that of its model.

    It keeps what was written, not what searching makes of it.
    """

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        return [field for field in super().fields_included(model) if not isinstance(field, FoldedText)]

    def finalize(self, sender: type[models.Model], **kwargs: Any) -> None:
        if not sender._meta.proxy:
            super().finalize(sender, **kwargs)
        elif issubclass(sender, self.cls):
            post_save.connect(self.post_save, sender=sender, weak=False)
            pre_delete.connect(self.pre_delete, sender=sender, weak=False)
            post_delete.connect(self.post_delete, sender=sender, weak=False)


class Tracked(models.Model):
    """A record whose every change is kept: who, when, why and what it was before.

    ``version`` grows by one with each write, so that a form opened before
    somebody else's change is refused instead of overwriting it.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(inherit=True, history_change_reason_field=models.TextField(null=True))

    class Meta:
        abstract = True
