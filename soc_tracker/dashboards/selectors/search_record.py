"""Searching the record: threats by their words, disruptions by their reference."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from disruptions.filters.threats import ThreatFilter
from disruptions.models import Disruption, Threat
from disruptions.selectors.record import Standpoint, standpoint
from disruptions.selectors.threats import threats_as_at
from soc_tracker.dashboards.selectors.bodies import User
from soc_tracker.dashboards.selectors.bounds import First, first
from soc_tracker.dashboards.selectors.search import MOST


@dataclass(frozen=True)
class RecordResults:
    """What was found in the kind of data that there is, as at its latest day."""

    standpoint: Standpoint
    threats: First[Threat]
    disruptions: First[Disruption]


def search_record(user: User, text: str, today: date) -> RecordResults:
    """Threats that hold every word in reference or name, and the disruption whose reference the text is.

    A threat that is only named by disruptions is found by its whole reference.
    """
    where = standpoint(today=today)
    threats = threats_as_at(Threat.objects.visible_to(user).for_list(), where)
    by_words = ThreatFilter.base_filters["q"].filter(threats.on_record(), text).values("pk")
    references = [text, text.upper()]
    # As it is now, for which there is an index by reference.
    disruptions = Disruption.objects.visible_to(user).of_kind(where.kind).current().as_at(where.day).for_list()
    return RecordResults(
        standpoint=where,
        threats=first(threats.filter(Q(pk__in=by_words) | Q(reference__in=references)).order_by("reference"), MOST),
        disruptions=first(disruptions.filter(reference__in=references).order_by("reference"), MOST),
    )
