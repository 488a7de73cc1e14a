"""Dates of lower precision."""

from django.db import models

from soc_tracker.lib.periods import Precision, first_day
from soc_tracker.lib.services import Record, Service

SUFFIX = "_precision"


def settle_dates(record: models.Model) -> None:
    """Move each date that has a precision to the first day of the span it stands for."""
    for field in record._meta.concrete_fields:
        if not field.name.endswith(SUFFIX):
            continue
        name = field.name.removesuffix(SUFFIX) + "_on"
        day, precision = getattr(record, name), getattr(record, field.name)
        if day and precision in Precision.values:
            setattr(record, name, first_day(day, precision))


class DatedService(Service[Record]):
    """Stores dates as precisely as they are known, and no more."""

    def prepare(self, record: Record) -> None:
        settle_dates(record)
