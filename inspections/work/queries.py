"""What an inspection that is made here has so far, and what is still missing before it may be published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from forces.models import Organisation, Region
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import NEVER_PUBLISHED, Inspection
from inspections.recommendations.models import Recommendation
from inspections.vocabularies.models import FindingKind, InspectionStage
from inspections.work.choices import Verdict
from inspections.work.models import EvidenceNote, FactCheck, StageMove, TeamMember

User = AbstractBaseUser | AnonymousUser
MOST_NOTES = 200


def bodies_of(inspection: Inspection) -> list[Organisation]:
    """The bodies that it is about: of a region, those that are in it on the day of the inspection."""
    if inspection.organisation:
        return [inspection.organisation]
    region = cast(Region, inspection.region)  # of one or the other
    day = inspection.fieldwork_on or inspection.published_on or localdate()
    return list(Organisation.objects.in_region(region, day).order_by("-kind", "name", "pk"))


@dataclass(frozen=True)
class WorkFacts:
    """What the page of an inspection's work shows beside the inspection itself."""

    team: list[TeamMember]
    moves: list[StageMove]
    notes: list[EvidenceNote]
    checks: list[FactCheck]
    gaps: "list[Gap]"


def get_work_facts(user: User, inspection: Inspection) -> WorkFacts:
    """Of one that the user works on."""
    of_it = {"inspection": inspection}
    return WorkFacts(
        team=list(TeamMember.objects.visible_to(user).filter(**of_it).select_related("account")),
        moves=list(StageMove.objects.visible_to(user).filter(**of_it).select_related("by")),
        notes=list(EvidenceNote.objects.visible_to(user).filter(**of_it).for_list()[:MOST_NOTES]),
        checks=list(FactCheck.objects.visible_to(user).filter(**of_it).for_list()),
        gaps=[] if inspection.stage.is_published else list_gaps(inspection),
    )


def list_notes(user: User, finding: Finding) -> list[EvidenceNote]:
    """What a finding rests on; the team alone sees it."""
    return list(EvidenceNote.objects.visible_to(user).filter(findings=finding).select_related("by")[:MOST_NOTES])


def with_notes(user: User, history: Iterable[Any]) -> list[Any]:
    """The lines of a history, each with ``own_note``, which is its evidence, where the user may read it."""
    lines = list(history)
    keys = {key for line in lines if (key := getattr(line, "evidence_note_id", None))}
    notes = EvidenceNote.objects.visible_to(user).select_related("inspection").in_bulk(keys) if keys else {}
    for line in lines:
        line.own_note = notes.get(getattr(line, "evidence_note_id", None))
    return lines


def is_own_work(user: User, inspection: Inspection) -> bool:
    """Whether the user is in its team."""
    return TeamMember.objects.visible_to(user).filter(inspection=inspection, account=user.pk).exists()


def list_under_way(user: User) -> QuerySet[Inspection]:
    """Those of the user's teams, the published last."""
    teams = TeamMember.objects.visible_to(user).filter(account=user.pk).values("inspection")
    inspections = Inspection.objects.open_to(user).filter(pk__in=teams).for_list()
    return inspections.order_by("stage__order", "fieldwork_on", "title", "pk")


def list_with_teams(user: User) -> QuerySet[Inspection]:
    """Those whose teams the user may change: of an administrator, all; what they say is none of their business."""
    return Inspection.objects.filter(pk__in=TeamMember.objects.visible_to(user).values("inspection"))


def list_teams(user: User) -> list[TeamMember]:
    """Of inspections that are not published, all members whom the user may see, inspection by inspection."""
    stages: list[Any] = [stage.slug for stage in InspectionStage.rows() if not stage.is_published]
    members = TeamMember.objects.visible_to(user).filter(inspection__stage__in=stages)
    order = ("inspection__title", "inspection", "-is_lead", "pk")
    return list(members.select_related("inspection", "account").order_by(*order))


def list_to_check(user: User) -> list[tuple[Inspection, Organisation]]:
    """Inspections whose facts the user may check, each with the body that they act for."""
    account: Any = user
    reaches = account.reaches.in_force(localdate()).filter(organisation__isnull=False)
    bodies = list(Organisation.objects.filter(pk__in=reaches.values("organisation")).order_by("name", "pk"))
    if not (bodies and account.has_perm("inspections.check_facts")):
        return []
    stages: list[Any] = [stage.slug for stage in InspectionStage.rows() if stage.checked_by_body]
    inspections = Inspection.objects.filter(stage__in=stages).for_list().order_by("title", "pk")
    return [(each, body) for each in inspections for body in bodies if body in bodies_of(each)]


@dataclass(frozen=True)
class ToCheck:
    """All that an inspection is about to say of one body."""

    gradings: list[Grading]
    findings: list[Finding]
    recommendations: list[Recommendation]
    figures: list[tuple[PublishedFigure, str, str]]
    checks: list[FactCheck]


def get_facts_to_check(inspection: Inspection, body: Organisation) -> ToCheck:
    of_it = {"inspection": inspection, "organisation": body}
    recommendations = Recommendation.objects.filter(finding__inspection=inspection, addressed_to=body)
    return ToCheck(
        gradings=list(Grading.objects.filter(**of_it).select_related("question").order_by("question__order", "pk")),
        findings=list(Finding.objects.filter(**of_it).order_by("order", "pk")),
        recommendations=list(recommendations.select_related("finding").order_by("finding__order", "number", "pk")),
        figures=[
            (figure, figure_in_words(figure), period_in_words(figure))
            for figure in PublishedFigure.objects.filter(**of_it).select_related("measure").by_measure()
        ],
        checks=list(FactCheck.objects.filter(**of_it).for_list()),
    )


class Gap(str):
    """What is missing before an inspection may be published, in words; ``url`` is the page that puts it right."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, words: str, url: str = "") -> Self:
        gap = super().__new__(cls, words)
        gap.url = url
        return gap


def list_gaps(inspection: Inspection) -> list[Gap]:
    """Each thing that the checklist asks for and that is not there, in words.

    Of a report that was published elsewhere before, a figure without a period is as it was published.
    """

    def url(page: str, *of: Any) -> str:
        return reverse(f"inspections:{page}", args=of)

    graded = Grading.objects.about_soc().filter(inspection=inspection, organisation=OuterRef("pk"))
    bodies = Organisation.objects.filter(pk__in=[body.pk for body in bodies_of(inspection)])
    concerns = [kind for kind in FindingKind.rows() if kind.is_concern]
    of_it = Recommendation.objects.filter(finding=OuterRef("pk"))
    findings = Finding.objects.filter(inspection=inspection, kind__in=concerns)
    unanswered = FactCheck.objects.filter(inspection=inspection, verdict=Verdict.WRONG, answer="")
    figures = PublishedFigure.objects.filter(inspection=inspection, inspection__published_on=None)
    undated = figures.filter(Q(as_at=None) & Q(period_to=None) & Q(period_words="")).select_related("measure")
    return [
        *([Gap(NEVER_PUBLISHED)] if inspection.is_illustrative else []),
        *(
            Gap(f"{body} has no grade, and is not called ungraded either.", url("grades_new", inspection.slug))
            for body in bodies.filter(~Exists(graded)).order_by("-kind", "name", "pk")
        ),
        *(
            Gap(f"The cause of concern “{finding}” has no recommendation.", url("recommendation_new", finding.slug))
            for finding in findings.filter(~Exists(of_it)).order_by("order", "pk")
        ),
        *(
            Gap(
                f"“{finding}” was told before the report: the day of the letter is missing.",
                url("finding_edit", finding.slug),
            )
            for finding in findings.filter(is_accelerated=True, letter_on=None).order_by("order", "pk")
        ),
        *(
            Gap(
                f"What {check.organisation} says of the facts has no answer.",
                url("check_answer", inspection.slug, check.pk),
            )
            for check in unanswered.select_related("organisation").order_by("pk")
        ),
        *(
            Gap(f"The figure “{figure.measure}” says neither its period nor its day.", url("figure_edit", figure.slug))
            for figure in undated.order_by("pk")
        ),
    ]
