"""What the record lacks or contradicts, as at a day: counts, each of exactly what its list shows."""

from dataclasses import dataclass

from django.db.models import F, Q

from disruptions.choices import CLOSED_PHASE, Size
from disruptions.counts.queries import Scope, total
from disruptions.record.models import Disruption, DisruptionQuerySet
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from disruptions.threats.queries import LACKING, User, named_only, threats_as_at


@dataclass(frozen=True)
class DataQuality:
    """Numbers of threats and disruptions that somebody should look at.

    ``threats`` and ``disruptions`` are all there are as at the day, the others
    some of them; ``lacking`` are threats by what they lack, as in ``LACKING``.
    """

    threats: int
    named_only: int
    lacking: dict[str, int]
    disruptions: int
    not_assessed: int
    after_closure: int


def data_quality(user: User, standpoint: Standpoint) -> DataQuality:
    threats = threats_as_at(Threat.objects.visible_to(user), standpoint)
    on_record = threats.on_record()
    disruptions = Disruption.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day)
    return DataQuality(
        threats=on_record.count(),
        named_only=named_only(threats, standpoint).count(),
        lacking={what: on_record.filter(lacks).count() for what, lacks in LACKING.items()},
        disruptions=total(Scope(standpoint=standpoint)),
        not_assessed=total(Scope(standpoint=standpoint, values={"size": frozenset([Size.NOT_ASSESSED])})),
        after_closure=after_closure(disruptions).count(),
    )


def after_closure(disruptions: DisruptionQuerySet) -> DisruptionQuerySet:
    """Disruptions whose threat had been closed by the day before: on the very day, they may be what closed it.

    A threat has one state on any day, so none is found twice.
    """
    return disruptions.filter(
        Q(threat__states__valid_to__isnull=True) | Q(threat__states__valid_to__gte=F("activity_date")),
        threat__states__phase__icontains=CLOSED_PHASE,
        threat__states__valid_from__lt=F("activity_date"),
    )
