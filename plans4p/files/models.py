"""Files of plans on their way into the record."""

from typing import Self

import rules
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from soc_tracker.core.imports.uploads.models import UploadRecord, UploadsQuerySet
from soc_tracker.core.records.models import OWN_RULE, Tracked


class PlanFileQuerySet(UploadsQuerySet, KindQuerySet):  # type: ignore[override]
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """A user's own, while they may write plans. Those of others do not exist."""
        own = super().visible_to(user).of_sender(user)
        return own if rules.has_perm("plans4p.write_plan", user) else own.none()


class PlanFile(UploadRecord, Tracked):
    """Plans in a spreadsheet, that its sender alone sees until they are on record."""

    reached_by = OWN_RULE
    folder, route = "plans", "plans4p:import"

    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)

    objects = PlanFileQuerySet.as_manager()

    class Meta(UploadRecord.Meta):
        verbose_name = "file of plans"
        verbose_name_plural = "files of plans"
