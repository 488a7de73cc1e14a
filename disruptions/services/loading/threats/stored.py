"""What the record holds of the threats that some rows name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from disruptions.models import MorileAssessment, Threat, ThreatState
from disruptions.services.loading.threats.rows import ThreatRow

Dated = Threat | ThreatState | MorileAssessment


class Stored:
    """Threats with their states (oldest first), assessments and crime types, in five queries however many."""

    def __init__(self, rows: Sequence[ThreatRow]) -> None:
        references = [row.reference for row in rows]
        threats = Threat.objects.select_related("extract", "area").filter(reference__in=references)
        self.threats = {threat.reference: threat for threat in threats}
        keys = [threat.pk for threat in self.threats.values()]
        self.states: dict[int, list[ThreatState]] = defaultdict(list)
        for state in ThreatState.objects.select_related("extract").filter(threat__in=keys).order_by("valid_from"):
            self.states[state.threat_id].append(state)
        assessments = MorileAssessment.objects.select_related("extract").filter(threat__in=keys)
        self.assessments = {(each.threat_id, each.assessed_on): each for each in assessments}
        self.crime_types: dict[int, set[int]] = defaultdict(set)
        links = Threat.crime_types.through.objects.filter(threat__in=keys).values_list("threat_id", "crimetype_id")
        for threat, crime_type in links:
            self.crime_types[threat].add(crime_type)


class Knowledge:
    """The day as at which each of some rows is known: that of its extract or, when somebody has edited it since, the
    day on which they did."""

    def __init__(self, records: Iterable[Dated]) -> None:
        by_model: dict[type[Any], list[int]] = defaultdict(list)
        for record in records:
            by_model[type(record)].append(record.pk)
        self._written = {
            (model, key): when
            for model, keys in by_model.items()
            for key, when in model.history.filter(id__in=keys).values_list("id").annotate(Max("history_date"))
        }

    def of(self, record: Dated) -> date:
        written = self._written.get((type(record), record.pk))
        extract = record.extract
        if extract is None or (written and written > extract.loaded_at):
            return localdate(written)
        return extract.as_at
