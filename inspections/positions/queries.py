"""The records of bodies beside the inspectorate's, with what differs."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from inspections.positions.models import Position
from inspections.requirements.models import Requirement

User = AbstractBaseUser | AnonymousUser


def list_beside(user: User) -> QuerySet[Requirement]:
    """What bodies have said something of themselves, with the latest of it that the user may see.

    ``own_status``, ``own_implementation``, ``own_on``, ``own_note``, ``own_source`` are the body's; ``differs`` says
    whether its status, or how far it says that it carried it out, is other than the one here.
    """
    latest = Position.objects.visible_to(user).filter(requirement=OuterRef("pk")).order_by("-on", "-pk")
    columns = {name: Subquery(latest.values(name)[:1]) for name in ("status", "implementation", "on", "note", "source")}
    rows = Requirement.objects.visible_to(user).for_list().filter(Exists(latest))
    rows = rows.annotate(**{f"own_{name}": value for name, value in columns.items()})
    other_outcome = ~Q(own_implementation="") & ~Q(own_implementation=F("implementation"))
    return rows.annotate(differs=~Q(own_status=F("status")) | other_outcome)


def list_positions(user: User, requirement: Requirement) -> QuerySet[Position]:
    """The body's own record of one requirement, the newest first."""
    rows = Position.objects.visible_to(user).filter(requirement=requirement).order_by("-on", "-pk")
    return rows.select_related("by", "source", "organisation")
