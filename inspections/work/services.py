"""Planning an inspection, its team, and the steps from one stage to the next."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate, now

from inspections.choices import Licence, TakenIn
from inspections.entering.services import free_slug
from inspections.programmes.models import Inspection
from inspections.programmes.services import INSPECTIONS, SOURCES, check_covered
from inspections.sources.models import SourceDocument, SourceKind
from inspections.vocabularies.models import InspectionStage
from inspections.work.choices import TeamChange, Verdict
from inspections.work.models import EvidenceNote, FactCheck, StageMove, TeamMember
from inspections.work.queries import list_gaps
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import Precision, in_words

Values = Mapping[str, Any]
PLACE = "The report as a whole"


class TeamService(Service[TeamMember]):
    """A team is of people who may work on inspections, and never without its lead."""

    def prepare(self, record: TeamMember) -> None:
        joins_or_leads = record.pk is None or record.is_lead
        if joins_or_leads and not record.account.has_perm("inspections.work_on_inspection"):
            raise ValidationError({"account": "Choose an inspector: this account may not work on inspections."})

    def check_removal(self, record: TeamMember) -> None:
        if record.is_lead:
            raise ValidationError("Give the inspection another lead first.")


TEAM = TeamService(TeamMember, fixed=("inspection", "account"))
MOVES = Service(StageMove, fixed=("inspection", "before", "stage", "by", "at", "note"))


def plan_inspection(values: Values, *, by: By) -> Inspection:
    """Store an inspection that is still to be made, with its writer as lead, at the first of the stages.

    ``values`` are those of an inspection without source, place and stage; ``publisher`` is whose report it will be.
    Its report, which is the source of all that it will say, is made with it. Raises ValidationError.
    """
    first = InspectionStage.rows()[0]
    about = values["region"] or values["organisation"]
    title = values["title"] or f"{about}: {values['programme']}"
    reason = f"Planned: {title}."
    with transaction.atomic():
        report = SOURCES.create(
            title=f"Report: {title}",
            slug=free_slug(SourceDocument, "report", title),
            publisher=values["publisher"],
            kind=next(kind.slug for kind in SourceKind.rows() if kind.first_hand),
            licence=Licence.OGL,
            made_here=True,
            by=by,
            reason=reason,
        )
        own = {name: value for name, value in values.items() if name != "publisher"}
        more = {"title": title, "slug": free_slug(Inspection, title), "source": report, "locator": PLACE}
        inspection = INSPECTIONS.create({**own, **more}, stage=first.slug, by=by, reason=reason)
        TEAM.create(inspection=inspection, account=by, is_lead=True, by=by, reason=reason)
        MOVES.create({"by": by}, inspection=inspection, stage=first.slug, by=by, reason=reason)
    return inspection


class NoteService(Service[EvidenceNote]):
    """A note is of something seen already, about a body of its inspection, for findings of the same."""

    def prepare(self, record: EvidenceNote) -> None:
        if record.on > localdate():
            raise ValidationError({"on": f"Choose a day up to today, {in_words(localdate())}."})
        if record.organisation:
            check_covered(record.inspection, record.organisation)

    def follow(self, record: EvidenceNote, *, by: By, reason: str) -> None:
        if record.findings.exclude(inspection=record.inspection_id).exists():
            raise ValidationError({"findings": "Choose findings of this inspection."})


class CheckService(Service[FactCheck]):
    """A body checks the facts while its inspection is at the stage for it, and says what is not so."""

    def prepare(self, record: FactCheck) -> None:
        if not record.inspection.stage.checked_by_body and record.pk is None:
            raise ValidationError("The time for checking the facts is over: write to the inspectors.")
        check_covered(record.inspection, record.organisation)
        if record.verdict == Verdict.WRONG and not record.text.strip():
            raise ValidationError({"text": "Say what is not so, and what shows it."})


NOTES = NoteService(EvidenceNote, fixed=("inspection",))
CHECKS = CheckService(FactCheck, fixed=("inspection", "organisation", "verdict", "text", "on", "by"))


def change_team(
    inspection: Inspection, account: Any, change: str, *, by: By, seen: Mapping[int, int]
) -> TeamMember | None:
    """Let an account join the team, lead it in place of whoever does, or leave it: all or nothing.

    ``seen`` are the versions of the members by their keys as the writer saw them. Returns the member, None of one who
    left. Raises ValidationError, and StaleRecordError where another has changed a member whom this would change.
    """
    why: dict[str, Any] = {"by": by, "reason": "Leads it now."}
    with transaction.atomic():
        team = list(TeamMember.objects.select_for_update().filter(inspection=inspection).order_by("pk"))
        member = next((each for each in team if each.account_id == account.pk), None)
        versions = {each.pk: seen.get(each.pk, 0) for each in team}
        if member is None and change == TeamChange.LEAVE:
            raise ValidationError({"account": "This account is not in the team."})
        if member and (change == TeamChange.JOIN or (change == TeamChange.LEAD and member.is_lead)):
            raise ValidationError({"account": f"In the team already: {member}."})
        if member is None:
            member = TEAM.create(inspection=inspection, account=account, by=by, reason="Joined the team.")
            versions[member.pk] = member.version
        if change == TeamChange.LEAVE:
            TEAM.remove(member, by=by, reason="Left the team.", expected_version=versions[member.pk])
            return None
        if change == TeamChange.LEAD:
            for lead in (each for each in team if each.is_lead):
                TEAM.change(lead, is_lead=False, expected_version=versions[lead.pk], **why)
            return TEAM.change(member, is_lead=True, expected_version=versions[member.pk], **why)
    return member


def move_on(inspection: Inspection, stage: str, *, by: Any, note: str, expected_version: int) -> Inspection:
    """Take an inspection to one of the stages that may follow its own; at the last, it is published, and today unless
    its report was published before.

    It is published complete, by a second person: neither its lead, nor whoever sent it here. Raises ValidationError
    where the step is not allowed, and StaleRecordError as ``Service.change`` does.
    """
    to, before = InspectionStage.named(stage), inspection.stage
    if to not in before.next_stages:
        raise ValidationError({"stage": f"After “{before}” does not come “{to}”."})
    reason = note.strip() or f"From “{before}” to “{to}”."
    values: dict[str, Any] = {"stage": to.slug}
    with transaction.atomic():
        if to.is_published:
            sender = inspection.moves.order_by("-at", "-pk").first()
            is_lead = inspection.team.filter(account=by, is_lead=True).exists()
            if is_lead or (sender and sender.by_id == by.pk):
                raise ValidationError("A second person publishes it: neither its lead, nor whoever sent it here.")
            if gaps := list_gaps(inspection):
                raise ValidationError([f"Not complete: {gap}" for gap in gaps])
            values["out_at"] = now()
            began = inspection.moves.order_by("at", "pk").first()
            if began and began.stage == InspectionStage.rows()[0]:
                values["taken_in"] = TakenIn.EVERYTHING  # planned here, its report says what was written here
            if inspection.published_on is None:
                today = {"published_on": localdate(), "published_precision": Precision.DAY}
                values, report = values | today, inspection.source
                SOURCES.change(report, today, by=by, reason=reason, expected_version=report.version)
        moved = INSPECTIONS.move(inspection, values, by=by, reason=reason, expected_version=expected_version)
        step = {"before": before.slug, "stage": to.slug, "by": by, "note": note.strip()}
        MOVES.create(step, inspection=moved, by=by, reason=reason)
    return moved
