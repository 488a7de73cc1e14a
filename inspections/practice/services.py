"""What a body has done with the practice of another."""

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from inspections.practice.models import Uptake
from soc_tracker.core.records.services import Service
from soc_tracker.core.text.days import in_words


class UptakeService(Service[Uptake]):
    """A body takes up the practice of another, on a day up to today."""

    def prepare(self, record: Uptake) -> None:
        if not record.practice.kind.is_practice:
            raise ValidationError({"practice": f"“{record.practice}” is no practice: {record.practice.kind.label}."})
        if record.practice.organisation_id == record.organisation_id:
            raise ValidationError({"organisation": f"It is the practice of {record.organisation} itself."})
        if record.on > localdate():
            raise ValidationError({"on": f"Choose a day up to today, {in_words(localdate())}."})


UPTAKES = UptakeService(Uptake, fixed=("practice", "organisation", "by"))
