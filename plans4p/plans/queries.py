"""Plans of threats; what was changed on plans and around them, and when records were last written."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Max, Model, QuerySet, Value
from django.utils.timezone import make_aware

from plans4p.aims.models import Action, Aim, Contribution, Omission
from plans4p.directory.queries import User
from plans4p.plans.models import Consultation, OwnerChange, Plan, Review
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.records.history import Change, changes_in, changes_of, newest
from soc_tracker.core.records.models import Tracked

CHANGES, CHANGES_AROUND = 20, 50
PARTS: tuple[type[Tracked], ...] = (Aim, Omission, Review, Consultation)
"""That name their plan. Actions and results name their aim; a change of owner stands with the plan itself."""


def list_changes(
    user: User, plans: QuerySet[Plan], *, most: int, also: Iterable[type[Tracked]] = (), **bounds: Any
) -> list[Change]:
    """The newest writes of plans and of their parts, those that have been removed among them, newest first.

    Threats, officers, disruptions and orders that the user may not see are not named. ``also`` are further models that
    name their plan and such; ``bounds`` are those of ``changes_in``.
    """
    sight = sight_of(user)
    keys = plans.order_by().values("pk")
    aims = Aim.history.filter(plan_id__in=keys).values("id")
    bounds["limit"] = most
    changes = changes_in(Plan, id__in=keys, sight=sight, **bounds)
    for model in PARTS:
        changes += changes_in(model, plan_id__in=keys, **bounds)
    for model in also:
        changes += changes_in(model, plan_id__in=keys, sight=sight, **bounds)
    changes += changes_in(Action, aim_id__in=aims, **bounds)
    changes += changes_in(Contribution, aim_id__in=aims, named_by=("disruption", "order"), sight=sight, **bounds)
    return newest(changes, most)


def list_changes_by_others(user: AbstractBaseUser, since: date, most: int = CHANGES) -> list[Change]:
    """The newest writes of the user's open plans since the beginning of a day."""
    plans = Plan.objects.visible_to(user).of_owner(user).open()
    return list_changes(user, plans, most=most, since=make_aware(datetime.combine(since, time.min)), not_by=user)


def list_history(user: User, plan: Plan, most: int) -> list[Change]:
    """The newest writes of one plan, with the days on which it passed from owner to owner."""
    return list_changes(user, Plan.objects.filter(pk=plan.pk), most=most, also=[OwnerChange])


def changes_with_parts(user: User, record: Model, part: type[Tracked], field: str) -> Bounded[Change]:
    """The newest writes of a record and of its parts, which name it in ``field``, newest first; no other record that
    the user may not see is named.
    """
    parts: dict[str, Any] = {field: record}
    changes = newest(
        changes_of(record, sight=sight_of(user)) + changes_in(part, limit=CHANGES_AROUND + 1, **parts),
        CHANGES_AROUND + 1,
    )
    return Bounded(changes[:CHANGES_AROUND], None, more=len(changes) > CHANGES_AROUND)


def get_last_written(records: Iterable[Any]) -> dict[models.Model, datetime]:
    """When each record was last written. One query, whatever models are among them; none where there is no record."""
    by_model: dict[Any, dict[int, models.Model]] = defaultdict(dict)
    for record in records:
        by_model[type(record)][record.pk] = record
    groups = list(by_model.items())
    parts = [
        model.history.filter(id__in=rows)
        .order_by()
        .values("id")
        .annotate(last=Max("history_date"), group=Value(group))
        .values_list("group", "id", "last")
        for group, (model, rows) in enumerate(groups)
    ]
    written = parts[0].union(*parts[1:], all=True) if parts else ()
    return {groups[group][1][key]: when for group, key, when in written}


def get_plans_of_threats(user: User, threats: Collection[int]) -> dict[int, list[Plan]]:
    """By key of the threat, of its own kind of data: open plans first, then those closed last. One query."""
    plans = Plan.objects.visible_to(user).filter(threat__in=threats, kind_of_data=F("threat__kind_of_data"))
    in_order = plans.order_by(F("closed_on").desc(nulls_first=True), "reference", "pk")
    by_threat: defaultdict[int, list[Plan]] = defaultdict(list)
    for plan in in_order.select_related("organisation", "owner"):
        by_threat[cast(int, plan.threat_id)].append(plan)
    return dict(by_threat)
