"""What the page of one plan reads: bounded lists, and a number of queries that does not grow with the plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from disruptions.choices import FourP
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment
from plans4p.aims.models import Action, Aim, Omission
from plans4p.directory.queries import User
from plans4p.likeness.models import Likeness
from plans4p.likeness.queries import Tailored, copies
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import CONTENT, Plan
from plans4p.quality.queries import PlanParts, Question, get_tailored, list_parts, list_questions
from plans4p.results.models import Contribution
from plans4p.results.queries import Progress, Proposal, progress_of, proposals
from plans4p.signatures.queries import Standing, standing
from soc_tracker.core.lists.bounded import Bounded, bounded

RESULTS_AN_AIM, REVIEWS, CONSULTATIONS, OWNERS, REQUESTS = 8, 10, 20, 10, 10


@dataclass(frozen=True)
class AimFacts:
    """An aim with its actions, the latest of what counts towards it, and how far it is."""

    aim: Aim
    progress: Progress
    actions: list[Action]
    results: list[Contribution]
    more_results: int


@dataclass(frozen=True)
class FourPColumn:
    """One of the four columns: its aims, or why there is none."""

    four_p: FourP
    aims: list[AimFacts]
    omission: Omission | None


@dataclass(frozen=True)
class PlanFacts:
    """Everything on a plan's page. ``score`` is the latest assessment of its threat, None where there is none."""

    columns: list[FourPColumn]
    questions: list[Question]
    tailored: Tailored | None
    copies: dict[int, Likeness]
    score: MorileAssessment | None
    disruptions: int
    proposals: list[Proposal]
    proposed: Bounded
    reviews: Bounded
    consultations: Bounded
    owners: Bounded
    profiles: list[Any]
    standing: Standing
    requests: Bounded
    deputies: list[LeadOfficer]


def of_plan(user: User, plan: Plan, today: date) -> PlanFacts:
    said = list_parts([plan], today)[0]
    prefetch_related_objects([said.plan], *CONTENT, "aims__actions__tactic", "profiles__area__organisation")
    proposed, all_proposed = proposals(user, plan, said.aims)
    threat = plan.threat_id
    current = Disruption.objects.visible_to(user).current().filter(threat=threat, known_to__isnull=True)
    return PlanFacts(
        columns=_columns(user, said),
        questions=list_questions(said),
        tailored=get_tailored(said),
        copies=copies(plan) if said.shared else {},
        score=MorileAssessment.objects.filter(threat=threat).order_by("-assessed_on").first() if threat else None,
        disruptions=current.count() if threat else 0,
        proposals=proposed,
        proposed=all_proposed,
        reviews=bounded(plan.reviews.select_related("by").order_by("-on", "-pk"), REVIEWS),
        consultations=bounded(plan.consultations.select_related("partner").order_by("-on", "-pk"), CONSULTATIONS),
        owners=bounded(plan.owner_changes.select_related("before", "after").order_by("-on", "-pk"), OWNERS),
        profiles=list(said.plan.profiles.all()),
        standing=standing(said.plan),
        requests=bounded(plan.signature_requests.select_related("by", "to").order_by("-on", "-pk"), REQUESTS),
        deputies=list(said.plan.deputies.all()),
    )


def _columns(user: User, said: PlanParts) -> list[FourPColumn]:
    far = progress_of(said.aims, said.today)
    omissions = {omission.four_p: omission for omission in said.omissions}
    actions, results = _actions(said), _results(user, said.aims)
    facts = defaultdict(list)
    for aim in sorted(said.aims, key=lambda aim: (aim.due_on, aim.pk)):
        shown = results[aim.pk][:RESULTS_AN_AIM]
        facts[aim.four_p].append(
            AimFacts(aim, far[aim.pk], actions[aim.pk], shown, shown[0].in_all - len(shown) if shown else 0)
        )
    return [FourPColumn(p, facts[p], omissions.get(p)) for p in FourP]


def _actions(said: PlanParts) -> defaultdict[int, list[Action]]:
    """The actions of each aim in the order of their days."""
    found: defaultdict[int, list[Action]] = defaultdict(list)
    for action in sorted(said.actions, key=lambda action: (action.due_on or date.max, action.pk)):
        found[action.aim_id].append(action)
    return found


def _results(user: User, aims: list[Aim]) -> defaultdict[int, list[Any]]:
    """The latest of each aim, each with the number of all in ``in_all``."""
    rows: QuerySet[Any] = (
        Contribution.objects.visible_to(user)
        .filter(aim__in=aims)
        .select_related("disruption", "order")
        .annotate(
            place=Window(RowNumber(), partition_by=F("aim"), order_by=[F("on").desc(), F("pk").desc()]),
            last=Window(RowNumber(), partition_by=F("aim"), order_by=[F("on").asc(), F("pk").asc()]),
        )
        .filter(place__lte=RESULTS_AN_AIM)
        .order_by("aim", "place")
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        row.in_all = row.place + row.last - 1
        found[row.aim_id].append(row)
    return found
