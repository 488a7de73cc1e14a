"""What the pages of one plan read: bounded lists, and a number of queries that does not grow with the plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from disruptions.choices import FourP
from disruptions.record.models import Disruption
from disruptions.threats.models import MorileAssessment
from forces.areas.models import LocalProfile
from plans4p.aims.models import Action, Aim, Contribution, Omission
from plans4p.aims.queries import ActionFacts, AimFacts, Progress, proposable, with_counted
from plans4p.directory.queries import User, number_of
from plans4p.likeness.models import Likeness
from plans4p.likeness.queries import get_copies
from plans4p.plans.models import Plan
from plans4p.quality.queries import PlanParts, Question, Tailored, get_tailored, list_questions, with_numbers
from plans4p.signatures.models import Signature
from plans4p.signatures.queries import Standing, get_standing
from soc_tracker.core.lists.paging import Bounded, bounded

RESULTS_AN_AIM, REVIEWS, REQUESTS, CONSULTATIONS, OWNERS = 8, 20, 20, 20, 10


@dataclass(frozen=True)
class FourPColumn:
    """One of the four columns: its aims, or why there is none."""

    four_p: FourP
    aims: list[AimFacts]
    omission: Omission | None


@dataclass(frozen=True)
class PlanFacts:
    """What the page of a plan says of it.

    ``score`` is the latest MoRiLE total of its threat, assessed on a day, None where there is none; ``disruptions`` how
    many of the threat are on record.
    """

    columns: list[FourPColumn]
    questions: list[Question]
    tailored: Tailored | None
    copies: dict[int, Likeness]
    score: Decimal | None
    scored_on: date | None
    disruptions: int
    standing: Standing


def with_what_pages_count(user: User) -> QuerySet:
    """Plans with what their pages say of each in numbers, ``waiting`` being the disruptions to link.

    ``score`` is the latest MoRiLE total of the threat, ``disruptions`` how many of the threat are on record.
    """
    latest = MorileAssessment.objects.visible_to(user).filter(threat=OuterRef("threat")).order_by("-assessed_on", "-pk")
    current = Disruption.objects.visible_to(user).current().filter(threat=OuterRef("threat"), known_to__isnull=True)
    plans: QuerySet = with_numbers(user, Plan.objects.visible_to(user).for_list(user)).annotate(
        score=Subquery(latest.values("total")[:1]),
        scored_on=Subquery(latest.values("assessed_on")[:1]),
        disruptions=number_of("pk", current, "threat"),
        waiting=number_of("pk", proposable(user, threat__plans=OuterRef("pk")), "plan"),
    )
    return plans


def get_plan_facts(user: User, plan: Any, today: date) -> PlanFacts:
    """Of one that was read ``with_what_pages_count``. Leaves its parts with it, so that nobody reads them again."""
    load_content(plan)
    parts = PlanParts.of(plan, today, plan.consulted, plan.compared, plan.shared)
    copies = get_copies(user, plan) if parts.shared else {}
    omissions = {omission.four_p: omission for omission in parts.omissions}
    columns = {p: FourPColumn(p, [], omissions.get(p)) for p in FourP}
    results = _results(user, parts.aims)
    for aim in sorted(parts.aims, key=lambda aim: (aim.due_on, aim.pk)):
        actions = sorted(aim.actions.all(), key=lambda action: (action.due_on or date.max, action.pk))
        counted: Any = aim  # with what load_content has counted
        facts = AimFacts(
            aim=aim,
            progress=Progress.of(counted.counted, aim.target, aim.due_on, today),
            actions=[ActionFacts(action, today, copies.get(action.pk)) for action in actions],
            results=results[aim.pk],
            more_results=results[aim.pk][0].in_all - len(results[aim.pk]) if results[aim.pk] else 0,
        )
        columns[FourP(aim.four_p)].aims.append(facts)
    return PlanFacts(
        columns=list(columns.values()),
        questions=list_questions(parts),
        tailored=get_tailored(user, parts),
        copies=copies,
        score=plan.score,
        scored_on=plan.scored_on,
        disruptions=plan.disruptions,
        standing=get_standing(plan),
    )


def load_content(plan: Plan) -> None:
    """Read all that is signed with the plan, with what its pages say of it; ``counted`` is what each aim has."""
    actions = Action.objects.select_related("tactic").prefetch_related("partners")
    prefetch_related_objects(
        [plan],
        Prefetch("aims", with_counted(Aim.objects.all()).prefetch_related(Prefetch("actions", actions))),
        "omissions",
        Prefetch("profiles", LocalProfile.objects.select_related("area")),
        "deputies",
        Prefetch("signatures", Signature.objects.select_related("by")),
    )


def get_around(plan: Plan) -> dict[str, Bounded]:
    """Its reviews, whom it asked to sign, whom it consulted and whose it was: the latest first."""
    reviews, requests = plan.reviews.select_related("by"), plan.signature_requests.select_related("by", "to")
    consultations = plan.consultations.select_related("partner").order_by("-on", "-pk")
    owners = plan.owner_changes.select_related("before", "after").order_by("-on", "-pk")
    return {
        "reviews": bounded(reviews.order_by("-on", "-pk"), REVIEWS),
        "requests": bounded(requests.order_by("-on", "-pk"), REQUESTS),
        "consultations": bounded(consultations, CONSULTATIONS),
        "owners": bounded(owners, OWNERS),
    }


def _results(user: User, aims: list[Aim]) -> defaultdict[int, list[Any]]:
    """The latest of each aim, each with the number of all in ``in_all``."""
    rows: Any = (
        Contribution.objects.visible_to(user)
        .filter(aim__in=aims)
        .naming(user, "disruption", "order")
        .annotate(
            place=Window(RowNumber(), partition_by=F("aim"), order_by=[F("on").desc(), F("pk").desc()]),
            in_all=Window(Count("pk"), partition_by=F("aim")),
        )
        .filter(place__lte=RESULTS_AN_AIM)
        .order_by("aim", "place")
    )
    results: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        results[row.aim_id].append(row)
    return results
