"""The network of lead responsible officers, body by body."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from disruptions.models import Threat
from disruptions.selectors.record import Standpoint
from plans4p.models import LeadOfficer, Training
from plans4p.selectors.directory import User
from plans4p.selectors.officers import is_held


@dataclass(frozen=True)
class Network:
    """Of one body: officers in the role, those with training on record, and threats of its master list.

    ``unheld`` threats are held by no officer in the role, of this body or another.
    """

    officers: int = 0
    trained: int = 0
    threats: int = 0
    unheld: int = 0


def networks(user: User, bodies: Iterable[int], standpoint: Standpoint) -> dict[int, Network]:
    """Every body that is asked for. Two queries. Officers are those of today, threats those of the standpoint's day."""
    keys = list(bodies)
    training = Exists(Training.objects.filter(officer=OuterRef("pk")))
    officers = LeadOfficer.objects.visible_to(user).of_kind(standpoint.kind).in_role().filter(organisation__in=keys)
    people = officers.order_by().values_list("organisation")
    by_body = {
        body: (number, trained)
        for body, number, trained in people.annotate(number=Count("pk"), trained=Count("pk", filter=training))
    }
    on_list = Threat.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day).on_master_list()
    threats = on_list.filter(organisation__in=keys).order_by().values_list("organisation")
    of_threats = {
        body: (number, number - held)
        for body, number, held in threats.annotate(number=Count("pk"), held=Count("pk", filter=is_held()))
    }
    return {body: Network(*by_body.get(body, (0, 0)), *of_threats.get(body, (0, 0))) for body in keys}
