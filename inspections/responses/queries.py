"""Whose responses somebody gives, and what a response says of each thing that must change."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from forces.models import Organisation, Oversight
from inspections.practice.queries import list_own_bodies
from inspections.requirements.models import Requirement
from inspections.responses.models import Answer, Response
from soc_tracker.core.access.roles import Role, has_role, is_administrator

User = AbstractBaseUser | AnonymousUser


def list_spoken_for(user: User) -> QuerySet[Organisation]:
    """The bodies that the user acts for, and the forces that a local policing body which they act for answers for."""
    own = list_own_bodies(user).values("pk")
    overseen = Oversight.objects.valid_on(localdate()).filter(responder__in=own).values("organisation")
    return Organisation.objects.visible_to(user).filter(Q(pk__in=own) | Q(pk__in=overseen))


def can_speak_for(user: User, body: int | None) -> bool:
    """Whether the user may enter what the body with this key says, or what answers for it: for the body, or as an
    inspector from a document. For a region nobody may, which has None.
    """
    account: Any = user
    if body is None:
        return False
    if is_administrator(account) or has_role(account, Role.INSPECTOR):
        return True
    return list_spoken_for(user).filter(pk=body).exists()


@dataclass(frozen=True)
class Reply:
    """One thing that must change, with what the response says of it.

    It has no ``answer`` where the response is silent on it, is awaited, or is not held whole.
    """

    requirement: Requirement
    answer: Answer | None
    response: Response

    @property
    def words(self) -> str:
        if self.answer:
            return self.answer.get_kind_display()
        if not self.response.is_published:
            return "No response held here"
        return "Silent: says nothing of it" if self.response.is_whole else "Not taken in here"

    @property
    def tag(self) -> str:
        if self.answer:
            return self.answer.tag
        return "orange" if self.response.is_published and self.response.is_whole else "grey"


def list_replies(user: User, response: Response) -> list[Reply]:
    """What the report asks of the force, each with its answer. Two queries."""
    answers = Answer.objects.visible_to(user).filter(response=response).order_by("pk")
    by_requirement = {answer.requirement_id: answer for answer in answers}
    return [Reply(each, by_requirement.get(each.pk), response) for each in list_requirements(user, response)]


def list_answers_to(user: User, requirement: Requirement) -> QuerySet[Answer]:
    """What responses say of one thing that must change, each with its response, the latest first."""
    answers = Answer.objects.visible_to(user).filter(requirement=requirement)
    return answers.select_related("response").order_by(F("response__published_on").desc(nulls_last=True), "-pk")


def list_requirements(user: User, response: Response) -> list[Requirement]:
    """What the report asks of the force, in the order of the report."""
    rows = Requirement.objects.visible_to(user).select_related("finding", "recommendation", "organisation", "region")
    rows = rows.filter(finding__inspection=response.inspection_id, organisation=response.organisation_id)
    return list(rows.order_by("finding__order", "finding_id", F("recommendation__number").asc(nulls_first=True), "pk"))
