"""How far plans share their wording: compared by the worker after each change of an action, and kept for the pages.

To compare takes seconds and holds no lock. What was found is written under locks, only if nothing has changed
meanwhile, and otherwise compared again. Whoever changes an action locks its plan, here, before the transaction ends;
a comparison never waits for such a lock. So the two cannot wait for each other, and what is kept is true of the
actions as they are, or a task that will mend it is in the queue.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django_tasks import task

from disruptions.choices import DataKind
from plans4p.aims.models import Action, Aim
from plans4p.likeness.models import Likeness, LikenessCheck
from plans4p.likeness.queries import Wordings, get_wordings
from plans4p.plans.models import Plan
from soc_tracker.core.text.likeness import Likely, most_telling

KEPT = 10
"""Likenesses that are kept of one action: boilerplate that thousands of plans share would fill the disk otherwise."""
AT_A_TIME = 50
"""Plans that are written in one transaction, so that nobody who writes a plan waits long."""


@dataclass(frozen=True)
class Outcome:
    """How many plans were compared, how many of them share an action with another, and how many are left to tasks."""

    plans: int
    alike: int
    again: int


def compare_again(plan: Plan) -> None:
    """Have the actions of a plan compared with those of all others; until that is done, its page says so."""
    with transaction.atomic():
        list(Plan.objects.select_for_update(no_key=True).filter(pk=plan.pk))  # which may be gone
        LikenessCheck.objects.filter(plan=plan).delete()
        compare_plan.enqueue(plan.pk)


@task()
def compare_plan(plan: int) -> None:
    """Compare one plan. A plan that is gone, or that an earlier task has compared as it is, leaves nothing to do."""
    stored = Plan.objects.filter(pk=plan, likeness_check__isnull=True).first()
    if stored and not compare_now(stored):
        compare_plan.enqueue(plan)


def compare_now(plan: Plan) -> bool:
    """Compare one plan at once, unless it has been, and write what it shares with others and they with it.

    False, and nothing, where somebody writes what it is like, or that has changed meanwhile.
    """
    if LikenessCheck.objects.filter(plan=plan).exists():
        return True
    wordings = get_wordings(DataKind(plan.kind_of_data), now())
    if plan.pk not in wordings.of_plan:
        return True
    alike = wordings.alike(plan.pk, indexed=False)
    kept = most_telling(alike, KEPT)
    with transaction.atomic():
        if not _hold(wordings, [plan.pk], kept):
            return False
        # Others may have kept what is not among the most telling here.
        theirs = set(Likeness.objects.filter(other_plan=plan).values_list("other", "action"))
        theirs |= {(likely.text.key, likely.other.key) for likely in kept}
        turned = [likely.turned for likely in alike if (likely.text.key, likely.other.key) in theirs]
        return _replace(wordings, [plan.pk], kept, turned)


def compare_all(progress: Callable[[int, int], None] = lambda done, of: None) -> Outcome:
    """Compare every plan with all others. ``progress`` is told how many plans of how many are done."""
    total, done, again = Plan.objects.count(), 0, 0
    for kind in DataKind:
        wordings = get_wordings(kind, now())
        plans = sorted(wordings.of_plan)
        for some in (plans[first : first + AT_A_TIME] for first in range(0, len(plans), AT_A_TIME)):
            kept = [likely for plan in some for likely in most_telling(wordings.alike(plan, indexed=True), KEPT)]
            with transaction.atomic():  # what others share with these plans comes with the others
                is_kept = _hold(wordings, some, kept) and _replace(wordings, some, kept)
            if not is_kept:
                again += len(some)
                for plan in Plan.objects.filter(pk__in=some):
                    compare_again(plan)
            done += len(some)
            progress(done, max(done, total))
    alike = Likeness.objects.filter(plan__likeness_check__isnull=False).order_by().values("plan").distinct().count()
    return Outcome(done, alike, again)


def _hold(wordings: Wordings, plans: Sequence[int], likenesses: Iterable[Likely]) -> bool:
    """Lock the plans, with all that they are or were like: True when nobody holds or has compared any of them since."""
    before = Likeness.objects.filter(Q(plan__in=plans) | Q(other_plan__in=plans)).order_by().distinct()
    neighbours = {plan for pair in before.values_list("plan", "other_plan") for plan in pair}
    affected = {*plans, *neighbours, *(likely.other.whole for likely in likenesses)}
    free = Plan.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=affected).order_by("pk")
    if len(free.values_list("pk")) < len(affected):
        return False
    return not LikenessCheck.objects.filter(plan__in=affected, checked_at__gt=wordings.at).exists()


def _replace(
    wordings: Wordings, plans: Sequence[int], kept: Sequence[Likely], turned: Sequence[Likely] | None = None
) -> bool:
    """Put rows in place of those that are stored, unless an action has changed; ``turned`` are those of other plans."""
    actions = [likely.other for likely in kept] + [likely.text for likely in turned or ()]
    others = {action.key: wordings.versions[action.whole][action.key] for action in actions}
    own = {key: version for plan in plans for key, version in wordings.versions[plan].items()}
    if _versions(Q(aim__in=Aim.objects.filter(plan__in=plans))) != own or _versions(Q(pk__in=others)) != others:
        return False
    Likeness.objects.filter(plan__in=plans).delete()
    if turned is not None:
        Likeness.objects.filter(other_plan__in=plans).delete()
    Likeness.objects.bulk_create(
        Likeness(
            action_id=likely.text.key,
            other_id=likely.other.key,
            plan_id=likely.text.whole,
            other_plan_id=likely.other.whole,
            ratio=likely.ratio,
        )
        for likely in (*kept, *(turned or ()))
    )
    LikenessCheck.objects.filter(plan__in=plans).delete()
    LikenessCheck.objects.bulk_create(
        LikenessCheck(plan_id=plan, checked_at=wordings.at, actions=len(wordings.of_plan[plan])) for plan in plans
    )
    return True


def _versions(actions: Q) -> dict[int, int]:
    """Of those that nobody else is writing, which stay so until the transaction ends."""
    free = Action.objects.select_for_update(no_key=True, skip_locked=True).filter(actions).order_by("pk")
    return dict(free.values_list("pk", "version"))
