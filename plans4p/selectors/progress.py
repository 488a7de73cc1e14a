"""How far each aim of plans is: what counts towards it, of the kind that it counts, against its target and its day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from plans4p.models import Aim, Contribution


class Stage(Enum):
    """Where an aim stands on a day."""

    REACHED = "Reached"
    MISSED = "Not reached in time"
    UNDER_WAY = "Under way"
    NOTHING = "Nothing counted yet"

    @property
    def tag(self) -> str:
        return TAGS[self]


TAGS = {Stage.REACHED: "green", Stage.MISSED: "red", Stage.UNDER_WAY: "blue", Stage.NOTHING: "grey"}


@dataclass(frozen=True)
class Progress:
    """``counted`` of ``target``, in the unit of what the aim counts."""

    counted: Decimal
    target: Decimal
    stage: Stage

    @property
    def percent(self) -> int:
        """Of the target, in whole percent rounded down, so that 100 is said of nothing short of it."""
        return int(100 * self.counted / self.target)


def progress(counted: Decimal, target: Decimal, due_on: date, today: date) -> Progress:
    """Derived from nothing but what counts, the target and the days."""
    if counted >= target:
        stage = Stage.REACHED
    elif due_on < today:
        stage = Stage.MISSED
    else:
        stage = Stage.UNDER_WAY if counted else Stage.NOTHING
    return Progress(counted, target, stage)


def progress_of(aims: Iterable[Aim], today: date) -> dict[int, Progress]:
    """The progress of each aim by its key: one query."""
    aims = list(aims)
    counted = Contribution.objects.counted().filter(aim__in=[aim.pk for aim in aims])
    sums = dict(counted.order_by().values_list("aim").annotate(number=Sum("amount")))
    return {aim.pk: progress(sums.get(aim.pk, Decimal(0)), aim.target, aim.due_on, today) for aim in aims}


def with_counted(aims: QuerySet[Aim]) -> QuerySet[Aim]:
    """Aims with what counts towards each, in ``counted``."""
    rows = Contribution.objects.counted().filter(aim=OuterRef("pk")).order_by().values("aim")
    # Rounded to the pence that are stored: SQLite adds in binary, and 0.7 + 0.1 falls short of 0.8.
    number = Subquery(rows.annotate(number=Round(Sum("amount"), 2)).values("number"), output_field=DecimalField())
    return aims.annotate(counted=Coalesce(number, Value(Decimal(0))))


def short_of_target(aims: QuerySet[Aim]) -> QuerySet[Aim]:
    """Those that are not reached, sifted in the database: for lists that show the first of many."""
    counted: QuerySet[Any] = with_counted(aims)
    return counted.filter(counted__lt=F("target"))
