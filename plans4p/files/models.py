"""Files of plans on their way into the record."""

from django.db import models

from disruptions.choices import DataKind
from plans4p.querysets import PlanFileQuerySet
from soc_tracker.core.imports.uploads.models import UploadRecord
from soc_tracker.core.records.models import Tracked


class PlanFile(UploadRecord, Tracked):
    """Plans in a spreadsheet, that its sender alone sees until they are on record."""

    folder, route = "plans", "plans4p:import"

    kind_of_data = models.CharField(max_length=12, choices=DataKind, default=DataKind.RECORDED)

    objects = PlanFileQuerySet.as_manager()

    class Meta(UploadRecord.Meta):
        verbose_name = "file of plans"
        verbose_name_plural = "files of plans"
