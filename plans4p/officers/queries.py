"""Lead responsible officers with their load, what the page of one reads, and where the network has gaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.http import QueryDict

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from forces.choices import OrganisationKind
from forces.models import Membership, Organisation
from plans4p.directory.queries import User, number_of
from plans4p.officers.models import LeadOfficer, OfficerQuerySet, Training
from plans4p.plans.models import Plan
from plans4p.plans.queries import changes_with_parts
from soc_tracker.core.lists.paging import Bounded, bounded, paged
from soc_tracker.core.records.history import Change
from soc_tracker.core.records.models import seen_at

PLANS, THREATS, TRAININGS, MENTORED, BODIES = 20, 20, 30, 30, 60
HELD = LeadOfficer.threats.through
IS_TRAINED = Q(Exists(Training.objects.filter(officer=OuterRef("pk"))))
OPEN_FIRST = (F("closed_on").desc(nulls_first=True), F("review_due_on").asc(nulls_last=True), "reference", "pk")


def list_officers(user: User) -> OfficerQuerySet:
    """Those whom the user may see, with the number of open plans that they own, and of threats that they hold: of
    those that the user may see, too. And with the number of their trainings, and the subject and day of the latest.
    """
    latest = Training.objects.filter(officer=OuterRef("pk")).order_by("-completed_on", "-pk")
    seen, is_seen = Plan.objects.visible_to(user).open(), seen_at(user, "threat", Threat)
    owned, by_plan = seen.filter(owner=OuterRef("pk")), seen.filter(owner=OuterRef("leadofficer"))
    by_name = HELD.objects.filter(is_seen, leadofficer=OuterRef("pk"))
    held_only = by_name.filter(~Exists(by_plan.filter(threat=OuterRef("threat"))))
    held = number_of("threat", owned.filter(is_seen), "owner") + number_of("threat", held_only, "leadofficer")
    officers: OfficerQuerySet = LeadOfficer.objects.visible_to(user)
    return (
        officers.select_related("organisation")
        .naming(user, "mentor")
        .annotate(
            plans_owned=number_of("pk", owned, "owner"),
            threats_held=held,
            number_of_trainings=number_of("pk", Training.objects.filter(officer=OuterRef("pk")), "officer"),
            trained_in=Subquery(latest.values("subject")[:1]),
            trained_on=Subquery(latest.values("completed_on")[:1]),
        )
    )


@dataclass(frozen=True)
class OfficerFacts:
    """Everything on an officer's page."""

    trainings: Bounded[Training]
    plans: Bounded
    threats: Bounded
    mentored: Bounded[LeadOfficer]
    changes: Bounded[Change]


def get_officer_facts(user: User, officer: LeadOfficer, *, plans_url: str, params: QueryDict) -> OfficerFacts:
    """With the threats of open plans that they own, and those that are named as theirs.

    ``plans_url`` is the address of the list of all plans of the officer; ``params`` say where in the other sections the
    page is opened.
    """
    plans = Plan.objects.visible_to(user).filter(owner=officer).for_list(user)
    owned = Plan.objects.visible_to(user).open().filter(owner=officer, threat__isnull=False)
    held = Q(pk__in=owned.values("threat")) | Q(pk__in=officer.threats.values("pk"))
    threats = Threat.objects.visible_to(user).filter(held).select_related("organisation")
    return OfficerFacts(
        trainings=paged(
            officer.trainings.visible_to(user), ("-completed_on", "-pk"), TRAININGS, name="trainings", params=params
        ),
        plans=bounded(plans.order_by(*OPEN_FIRST), PLANS, plans_url),
        threats=paged(threats, ("reference",), THREATS, name="threats", params=params),
        mentored=paged(officer.mentored.visible_to(user), ("name",), MENTORED, name="mentored", params=params),
        changes=changes_with_parts(user, officer, Training, "officer"),
    )


@dataclass(frozen=True)
class Gaps:
    """Where the network of some bodies has gaps on a day. Officers are those in the role.

    ``bodies`` are forces and units without any. ``unheld`` threats of their master lists are held by none of them;
    of ``unnamed`` ones the national database names no officer.
    """

    officers: int
    untrained: int
    without_time: int
    bodies: Bounded
    unheld: int
    unnamed: int


def get_gaps(
    user: User, *, kind: DataKind, today: date, organisations: list[str] | None = None, regions: list[str] | None = None
) -> Gaps:
    """Of the bodies with these slugs, in the regions with these; of all where neither is given."""
    bodies = Organisation.objects.visible_to(user)
    if organisations:
        bodies = bodies.filter(slug__in=organisations)
    if regions:
        members = Membership.objects.valid_on(today).filter(region__slug__in=regions)
        bodies = bodies.filter(pk__in=members.values("organisation"))
    officers = LeadOfficer.objects.visible_to(user).of_kind(kind).in_role()
    threats = Threat.objects.visible_to(user).of_kind(kind).as_at(today).on_master_list()
    if organisations or regions:
        threats = threats.filter(organisation__in=bodies.values("pk"))
    here = officers.filter(organisation__in=bodies.values("pk")).order_by()
    with_officer = officers.filter(organisation=OuterRef("pk"))
    working = bodies.valid_on(today).filter(kind__in=(OrganisationKind.FORCE, OrganisationKind.ROCU))
    without = working.filter(~Exists(with_officer))
    people = here.aggregate(
        officers=Count("pk"),
        untrained=Count("pk", filter=~IS_TRAINED),
        without_time=Count("pk", filter=Q(share_of_time__isnull=True)),
    )
    lacking = threats.order_by().aggregate(
        unheld=Count("pk", filter=~is_held(user)), unnamed=Count("pk", filter=Q(lead_responsible_officer=""))
    )
    return Gaps(bodies=bounded(without.order_by("name", "pk"), BODIES), **people, **lacking)


def is_held(user: User) -> Q:
    """Threats that an officer in the role holds, as far as the user may see their plans and officers."""
    owned = Plan.objects.visible_to(user).open().filter(threat=OuterRef("pk"), owner__is_active=True)
    is_seen = seen_at(user, "leadofficer", LeadOfficer)
    named = HELD.objects.filter(is_seen, threat=OuterRef("pk"), leadofficer__is_active=True)
    return Q(Exists(owned)) | Q(Exists(named))


@dataclass(frozen=True)
class Network:
    """Of one body: officers in the role, those with training on record, and threats of its master list.

    ``unheld`` threats are held by no officer in the role, of this body or another.
    """

    officers: int = 0
    trained: int = 0
    threats: int = 0
    unheld: int = 0


def get_networks(user: User, bodies: Iterable[int], standpoint: Standpoint) -> dict[int, Network]:
    """Of each of the bodies. Two queries. Officers are those of today, threats those of the standpoint's day."""
    keys = list(bodies)
    officers = LeadOfficer.objects.visible_to(user).of_kind(standpoint.kind).in_role().filter(organisation__in=keys)
    people = officers.order_by().values_list("organisation")
    by_body = {
        body: (number, trained)
        for body, number, trained in people.annotate(number=Count("pk"), trained=Count("pk", filter=IS_TRAINED))
    }
    on_list = Threat.objects.visible_to(user).of_kind(standpoint.kind).as_at(standpoint.day).on_master_list()
    threats = on_list.filter(organisation__in=keys).order_by().values_list("organisation")
    of_threats = {
        body: (number, number - held)
        for body, number, held in threats.annotate(number=Count("pk"), held=Count("pk", filter=is_held(user)))
    }
    return {body: Network(*by_body.get(body, (0, 0)), *of_threats.get(body, (0, 0))) for body in keys}
