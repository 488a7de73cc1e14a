"""What a person who enters an inspection by hand needs to see."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from forces.models import Organisation
from inspections.choices import QuestionTheme
from inspections.programmes.models import Inspection, Question
from inspections.queries import User


def list_bodies(user: User, inspection: Inspection) -> list[Organisation]:
    """The bodies that an inspection is about: of a region, those that were in it on the day of the inspection."""
    bodies = Organisation.objects.visible_to(user)
    if inspection.region is None:
        return list(bodies.filter(pk__in=[inspection.organisation_id]))
    day = inspection.fieldwork_on or inspection.published_on or localdate()
    return list(bodies.in_region(inspection.region, day).order_by("-kind", "name", "pk"))


def list_questions(user: User, inspection: Inspection) -> QuerySet[Question]:
    """What its programme asks about serious and organised crime."""
    questions: QuerySet[Question] = Question.objects.visible_to(user).filter(
        programme=inspection.programme_id, theme=QuestionTheme.SOC
    )
    return questions
