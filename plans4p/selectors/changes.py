"""What others changed on somebody's plans, and when records were last written, read from their history."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Max
from django.utils.timezone import make_aware

from plans4p.models import Action, Aim, Consultation, Contribution, Omission, Plan, Review
from soc_tracker.lib.history import Change, changes_in

CHANGES = 20
# A change of owner is told by the plan itself.
OF_A_PLAN: tuple[type[models.Model], ...] = (Aim, Omission, Review, Consultation)


def changes_by_others(user: AbstractBaseUser, since: date, most: int = CHANGES) -> list[Change]:
    """The newest writes of the user's open plans and of their parts since the beginning of a day, newest first."""
    plans = Plan.objects.visible_to(user).of_owner(user).open().order_by().values("pk")
    aims = Aim.history.filter(plan_id__in=plans).values("id")  # those that have been removed among them
    bounds: dict[str, Any] = {"since": make_aware(datetime.combine(since, time.min)), "limit": most, "not_by": user}
    changes = changes_in(Plan, id__in=plans, **bounds)
    for model in OF_A_PLAN:
        changes += changes_in(model, plan_id__in=plans, **bounds)
    changes += changes_in(Action, aim_id__in=aims, **bounds)
    changes += changes_in(Contribution, aim_id__in=aims, named_by=("disruption", "order"), **bounds)
    return sorted(changes, key=lambda change: change.when, reverse=True)[:most]


def last_written(records: Iterable[Any]) -> dict[models.Model, datetime]:
    """When each record was last written: one query for each model among them."""
    by_model: dict[Any, dict[int, models.Model]] = defaultdict(dict)
    for record in records:
        by_model[type(record)][record.pk] = record
    return {
        found[key]: when
        for model, found in by_model.items()
        for key, when in model.history.filter(id__in=found).values_list("id").annotate(last=Max("history_date"))
    }
