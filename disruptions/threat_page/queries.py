"""What the page of one threat reads: every list on it is bounded, and nothing later than its day is on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, When
from django.http import QueryDict

from disruptions.counts.queries import Scope, count_by
from disruptions.record.models import Disruption
from disruptions.standpoint.models import known_on
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import MorileAssessment, Threat, ThreatState, on_master_list
from disruptions.threats.queries import User
from disruptions.trend.queries import RecentMonths, completeness_of
from soc_tracker.core.lists.paging import Bounded, bounded, paged
from soc_tracker.core.records.history import Change, ChangeKind, changes_in, changes_of, newest

ASSESSMENTS, STATES, DISRUPTIONS, CHANGES = 50, 100, 20, 50
WRITES = 500
"""Of the states of a threat: who stored each is among them."""


@dataclass(frozen=True)
class ThreatFacts:
    """A threat until the day of the standpoint.

    ``standing`` is its state on the day, ``states`` and ``assessments`` are
    those that began by then, latest first; ``additions`` tells who stored each state, by
    its key. ``by_month`` counts disruptions by month of activity and 4P, and ``recent``
    says how complete those months are.
    """

    standing: ThreatState | None
    on_master_list: bool
    states: list[ThreatState]
    additions: dict[int, Change]
    later_states: int
    assessments: Bounded
    by_month: dict[tuple[date, str], int]
    recent: RecentMonths
    disruptions: Bounded
    changes: list[Change]


def of_threat(user: User, threat: Threat, standpoint: Standpoint, list_url: str, *, params: QueryDict) -> ThreatFacts:
    """``list_url`` is the address of the list of all disruptions of the threat; ``params`` say where among its
    assessments the page is opened.
    """
    states = ThreatState.objects.visible_to(user).filter(threat=threat).select_related("extract__loaded_by")
    assessments = MorileAssessment.objects.visible_to(user).filter(threat=threat, assessed_on__lte=standpoint.day)
    rows = Disruption.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day).filter(threat=threat)
    listed = When(on_master_list() & known_on(standpoint.day, "valid_from", "valid_to"), then=True)
    begun: list[Any] = list(
        states.filter(valid_from__lte=standpoint.day)
        .annotate(is_listed=Case(listed, default=False))
        .order_by("-valid_from", "-pk")[:STATES]
    )
    scores = paged(
        assessments.select_related("extract"),
        ("-assessed_on", "-pk"),
        ASSESSMENTS,
        name="assessments",
        params=params,
    )
    for row in (*begun, *scores.rows):
        row.threat = threat
    of_states = changes_in(ThreatState, limit=WRITES, known=begun, sight=standpoint.sight, threat=threat)
    of_scores = changes_in(MorileAssessment, limit=CHANGES, known=scores.rows, sight=standpoint.sight, threat=threat)
    return ThreatFacts(
        standing=begun[0] if begun else None,
        on_master_list=any(state.is_listed for state in begun),
        states=begun,
        additions={change.key: change for change in of_states if change.kind == ChangeKind.ADDED},
        later_states=states.filter(valid_from__gt=standpoint.day).count(),
        assessments=scores,
        by_month=count_by(Scope(standpoint=standpoint, rows=rows), "activity_month", "four_p"),
        recent=completeness_of(Scope(standpoint=standpoint, rows=Disruption.objects.filter(threat=threat))),
        disruptions=bounded(rows.for_list().order_by("-activity_date", "-pk"), DISRUPTIONS, list_url),
        changes=newest([*changes_of(threat, sight=standpoint.sight), *of_states, *of_scores], CHANGES),
    )
