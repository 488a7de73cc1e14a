"""What somebody has on their hands on a day: the dates of the plans that they own, and of what stands around them.

Digest, calendar and "My plans" read the same lists. A lead responsible officer, their plans and all that these name
are of one kind of data, and of their body's orders those of that kind are read: no number here adds up two kinds.
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict

from inspections.following.queries import get_own_due
from plans4p.aims.models import Action, Aim
from plans4p.aims.queries import Progress, WaitingPlan, list_waiting, short_of_target
from plans4p.choices import What
from plans4p.directory.queries import User
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Consultation, Plan, review_is_late
from plans4p.signatures.models import SignatureRequest
from plans4p.signatures.queries import list_requests_to
from soc_tracker.core.lists.paging import Bounded, bounded, paged
from soc_tracker.core.reports import PUBLISHED
from soc_tracker.core.text.days import span


@dataclass(frozen=True)
class Horizon:
    """How many days ahead to look, and how many rows of each list to read."""

    days: int = 14
    orders: int = 90
    agreements: int = 60
    rows: int = 20


NEAR = Horizon()
CALENDAR = Horizon(days=365, orders=365, agreements=365, rows=500)


@dataclass
class Item:
    """One date. ``record`` is the action, aim, plan (for its review), order or partner; ``progress`` that of an aim.

    ``plan`` is None for an order or a partner, which may belong to several plans or none.
    """

    what: What
    on: date
    record: Any
    plan: Plan | None = None
    progress: Progress | None = None

    @property
    def kind_of_data(self) -> str:
        """What an inspection asks for was published."""
        return PUBLISHED if self.what == What.REQUIREMENT else str((self.plan or self.record).kind_of_data)

    @property
    def url(self) -> str:
        return str(self.record.get_absolute_url())


@dataclass(frozen=True)
class Due:
    """The rows of each list are of ``Item``, those of the earliest day first."""

    actions_overdue: Bounded
    actions_due: Bounded
    aims_missed: Bounded
    aims_near: Bounded
    reviews_overdue: Bounded
    reviews_due: Bounded
    orders_ending: Bounded
    releases: Bounded
    agreements: Bounded

    @property
    def lists(self) -> list[Bounded]:
        return [getattr(self, field.name) for field in fields(self)]

    @property
    def items(self) -> list[Item]:
        """All that was read, by day."""
        return sorted((item for part in self.lists for item in part.rows), key=lambda item: item.on)


def get_due(user: User, today: date, horizon: Horizon = NEAR) -> Due:
    """What is overdue or near on the user's open plans, and the orders that end around them. Eleven queries at most.

    Drafts count too, except for their review: they are not reviewed before they run.
    """
    plans = Plan.objects.visible_to(user).of_owner(user).open()
    actions = Action.objects.visible_to(user).filter(aim__plan__in=plans).select_related("aim__plan")
    reviews = plans.running().filter(review_due_on__range=(today, today + timedelta(days=horizon.days)))
    aims = short_of_target(Aim.objects.visible_to(user).filter(plan__in=plans)).select_related("plan")
    near = aims.filter(due_on__range=(today, today + timedelta(days=horizon.days)))
    # Orders that the user's body manages, and agreements with the partners whom the plans consult
    orders = AncillaryOrder.objects.visible_to(user).filter(
        organisation__lead_officers__user=user.pk, kind_of_data=F("organisation__lead_officers__kind_of_data")
    )
    consulted = Consultation.objects.filter(plan__in=plans).values("partner")
    partners = Partner.objects.visible_to(user).filter(pk__in=consulted)
    span, ends = (today, today + timedelta(days=horizon.orders)), (today, today + timedelta(days=horizon.agreements))
    due = Due(
        actions_overdue=_items(What.ACTION, actions.overdue(today), "due_on", horizon),
        actions_due=_items(What.ACTION, actions.due_within(today, horizon.days), "due_on", horizon),
        aims_missed=_items(What.AIM, aims.filter(due_on__lt=today), "due_on", horizon),
        aims_near=_items(What.AIM, near, "due_on", horizon),
        reviews_overdue=_items(What.REVIEW, plans.filter(review_is_late(today)), "review_due_on", horizon),
        reviews_due=_items(What.REVIEW, reviews, "review_due_on", horizon),
        orders_ending=_items(What.ORDER_ENDS, orders.filter(expires_on__range=span), "expires_on", horizon),
        releases=_items(What.RELEASE, orders.filter(release_on__range=span), "release_on", horizon),
        agreements=_items(
            What.AGREEMENT, partners.filter(agreement_expires_on__range=ends), "agreement_expires_on", horizon
        ),
    )
    for item in (*due.aims_missed.rows, *due.aims_near.rows):
        item.progress = Progress.of(item.record.counted, item.record.target, item.record.due_on, today)
    return due


def get_required(user: User, today: date, horizon: Horizon = NEAR) -> tuple[Bounded, Bounded]:
    """What inspections ask of the user or of their body: overdue, and due soon, each by the last day that its date may
    stand for. Two queries.
    """
    own = get_own_due(user, today, days=horizon.days, rows=horizon.rows)

    def items(part: Bounded[Any]) -> Bounded:
        lasts = [(span(row.due_on, row.due_precision).last, row) for row in part.rows if row.due_on]
        return replace(part, rows=[Item(What.REQUIREMENT, last, row) for last, row in lasts])

    return items(own.overdue), items(own.due)


def _items(what: What, rows: QuerySet[Any], day: str, horizon: Horizon) -> Bounded:
    """The first of the rows by that day, each as an item of its plan, where it is of one."""
    first = bounded(rows.order_by(day, "pk"), horizon.rows)
    items = []
    for row in first.rows:
        plan = row if isinstance(row, Plan) else getattr(row, "plan", None)
        items.append(Item(what, getattr(row, day), row, plan))
    return replace(first, rows=items)


PLANS, REQUESTS = 50, 20


@dataclass(frozen=True)
class OnHand:
    """``officer`` is None where the user's account is no lead responsible officer's.

    ``plans`` are those that they own or are a deputy for, ``to_sign`` is what somebody asked them to sign.
    """

    officer: LeadOfficer | None
    plans: Bounded
    due: Due
    waiting: list[WaitingPlan]
    to_sign: Bounded[SignatureRequest]


def get_my_plans(user: User, today: date, *, params: QueryDict) -> OnHand:
    """As many queries for many plans as for few. ``params`` say where among the plans, or what is to be signed, the
    page is opened.
    """
    officer = LeadOfficer.objects.visible_to(user).filter(user=user.pk).select_related("organisation").first()
    open_plans = Plan.objects.visible_to(user).open().for_list(user).with_content()
    plans = paged(open_plans.of_writer(user), ("review_due_on",), PLANS, name="plans", params=params)
    return OnHand(
        officer=officer,
        plans=plans,
        due=get_due(user, today),
        waiting=list_waiting(user, plans.rows),
        to_sign=paged(list_requests_to(user), ("on",), REQUESTS, name="to-sign", params=params),
    )


@dataclass(frozen=True)
class InShort:
    """How many of an officer's actions are overdue or due soon, and how many plans to review by then, late or not."""

    officer: LeadOfficer
    overdue: int
    due: int
    to_review: int


def get_in_short(user: User, today: date) -> InShort | None:
    """The same in numbers, over so many days as ``get_due`` looks ahead; None where the account is no officer's."""
    officer = LeadOfficer.objects.visible_to(user).filter(user=user.pk).first()
    if officer is None:
        return None
    plans = Plan.objects.visible_to(user).of_owner(user).open()
    actions = Action.objects.visible_to(user).filter(aim__plan__in=plans)
    return InShort(
        officer=officer,
        overdue=actions.overdue(today).count(),
        due=actions.due_within(today, NEAR.days).count(),
        to_review=plans.running().filter(review_due_on__lte=today + timedelta(days=NEAR.days)).count(),
    )
