"""Threats, what each was when, how it was scored, and the crime types that they are of."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from soc_tracker.core.records.services import By, Service


class ThreatService(Service[Threat]):
    """A threat lies in the area of the body that owns it."""

    def prepare(self, record: Threat) -> None:
        if record.area and record.organisation_id and record.area.organisation_id != record.organisation_id:
            raise ValidationError({"area": f"{record.area} is not an area of {record.organisation}."})


class ThreatStateService(Service[ThreatState]):
    """The states of a threat follow each other without a gap; the newest is open.

    When a state lasts until is not for people to say: it ends when the next
    begins. Writing one therefore moves the ends of its neighbours, which are no
    changes of their own.
    """

    def prepare(self, record: ThreatState) -> None:
        others = _others(record)
        starts = {other.valid_from for other in others}
        if record.valid_from in starts:
            raise ValidationError({"valid_from": "It has a state from this day on already: change that one."})
        record.valid_to = min((day for day in starts if day > record.valid_from), default=None)
        if record.valid_to:
            # The database lets one state be open: the record steps aside before another becomes it.
            ThreatState.objects.filter(pk=record.pk).update(valid_from=record.valid_from, valid_to=record.valid_to)
        _settle(others, starts | {record.valid_from})

    def remove(self, record: ThreatState, *, by: By, reason: str, expected_version: int) -> None:
        with transaction.atomic():
            others = _others(record)
            super().remove(record, by=by, reason=reason, expected_version=expected_version)
            _settle(others, {other.valid_from for other in others})


THREATS = ThreatService(Threat, fixed=("reference", "kind_of_data"))
STATES = ThreatStateService(ThreatState, fixed=("threat",))
ASSESSMENTS = Service(MorileAssessment, fixed=("threat",))
CRIME_TYPES = Service(CrimeType, fixed=("slug",))


def _others(record: ThreatState) -> list[ThreatState]:
    """The threat's other states, oldest first; nobody else writes any of them until the transaction ends."""
    Threat.objects.select_for_update(of=("self",)).get(pk=record.threat_id)
    return list(ThreatState.objects.filter(threat=record.threat_id).exclude(pk=record.pk).order_by("valid_from"))


def _settle(states: list[ThreatState], starts: set[date]) -> None:
    """Let each state, oldest first, end on the day on which the next one starts."""
    for state in states:
        end = min((day for day in starts if day > state.valid_from), default=None)
        if end != state.valid_to:
            ThreatState.objects.filter(pk=state.pk).update(valid_to=end)
