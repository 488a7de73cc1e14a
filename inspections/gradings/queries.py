"""What stands beside a grade while it is chosen: what the words mean, and what else was given."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.utils.timezone import localdate

from forces.models import Membership, Organisation
from inspections.choices import QuestionTheme
from inspections.gradings.models import Characteristic, Grading
from inspections.programmes.models import Inspection, Question
from inspections.vocabularies.models import Grade, GradeScale

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class GradeMeaning:
    """A grade of a scale with what documents say of bodies that have it."""

    grade: Grade
    characteristics: list[Characteristic]


def list_meanings(user: User, scale: GradeScale) -> list[GradeMeaning]:
    """Of all that may be given on the scale, the best first. One query."""
    of_grade: dict[str, list[Characteristic]] = defaultdict(list)
    for each in Characteristic.objects.visible_to(user).filter(scale=scale).select_related("source"):
        of_grade[each.grade_id].append(each)
    return [GradeMeaning(grade, of_grade[grade.slug]) for grade in scale.allowed]


@dataclass(frozen=True)
class Neighbour:
    """Another body of the region, and its grade: in the same inspection, else the newest; None where none is held."""

    body: Organisation
    grading: Grading | None
    is_same_inspection: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands beside the grade of a body: its grades in other inspections, and the other bodies of its region."""

    body: Organisation
    earlier: list[Grading]
    neighbours: list[Neighbour]


def list_beside(
    user: User, inspection: Inspection, bodies: Collection[Organisation], question: Question | None = None
) -> dict[int, Beside]:
    """By the key of each body; on the question, else on serious and organised crime, whatever the programme.

    The user sees what is published and what their own teams have drafted; of what is made up for show, only what is of
    the same inspection. Two queries.
    """
    members = _members(inspection, bodies)
    keys = {body.pk for body in bodies} | {other.pk for others in members.values() for other in others}
    same_question = Q(question__theme=QuestionTheme.SOC)
    if question and question.theme != QuestionTheme.SOC:
        same_question = Q(question__text__iexact=question.text)
    of_them = Grading.objects.open_to(user).filter(same_question, organisation__in=keys)
    gradings = of_them.filter(Q(inspection__is_illustrative=False) | Q(inspection=inspection)).for_list()
    of_body: dict[int, list[Grading]] = defaultdict(list)
    for grading in gradings.order_by("question__order", "pk"):
        of_body[grading.organisation_id].append(grading)
    for own in of_body.values():
        own.sort(key=_day, reverse=True)
    beside: dict[int, Beside] = {}
    for body in bodies:
        neighbours = []
        for other in members[body.pk]:
            newest = next(iter(of_body[other.pk]), None)
            same = next((each for each in of_body[other.pk] if each.inspection_id == inspection.pk), None)
            neighbours.append(Neighbour(other, same or newest, is_same_inspection=same is not None))
        earlier = [each for each in of_body[body.pk] if each.inspection_id != inspection.pk]
        beside[body.pk] = Beside(body, earlier, neighbours)
    return beside


def _members(inspection: Inspection, bodies: Collection[Organisation]) -> dict[int, list[Organisation]]:
    """The other bodies that were in a region of each on the day of the inspection, by the key of the body."""
    day = inspection.fieldwork_on or inspection.published_on or localdate()
    valid = Membership.objects.valid_on(day)
    regions = valid.filter(organisation__in=[body.pk for body in bodies]).values("region")
    in_region: dict[int, list[Organisation]] = defaultdict(list)
    rows = valid.filter(region__in=regions).select_related("organisation")
    for row in rows.order_by("-organisation__kind", "organisation__name", "pk"):
        in_region[row.region_id].append(row.organisation)
    return {
        body.pk: [other for own in in_region.values() if body in own for other in own if other != body]
        for body in bodies
    }


def _day(grading: Grading) -> Any:
    """By which the newest comes first: of an inspection without a day, the beginning of its programme."""
    inspection = grading.inspection
    return inspection.published_on or inspection.fieldwork_on or date(inspection.programme.year, 1, 1)
