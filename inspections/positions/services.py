"""What a body says of what it has to change itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from inspections.positions.models import Position
from inspections.requirements.models import Requirement
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import in_words


class PositionService(Service[Position]):
    """A body speaks for what it has to change itself."""

    def prepare(self, record: Position) -> None:
        if record.requirement.organisation_id != record.organisation_id:
            raise ValidationError({"organisation": f"That is for {record.requirement.addressee} to say."})
        check_own_words(record, "note")


POSITIONS = PositionService(Position, fixed=("requirement", "organisation"))


def take_position(requirement: Requirement, values: Mapping[str, Any], *, by: By, today: date) -> Position:
    """Add to the body's own record of the requirement. Raises ValidationError for a day in the future."""
    if values["on"] > today:
        raise ValidationError({"on": f"Choose a day up to today, {in_words(today)}."})
    reason = f"As {values['source']} says." if values.get("source") else "What the body says of itself."
    more = {"requirement": requirement, "organisation": requirement.organisation, "by": by}
    return POSITIONS.create({**values, **more}, by=by, reason=reason)
