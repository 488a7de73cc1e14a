"""What falls due, in words that digest, calendar and pages share."""

from dataclasses import dataclass
from typing import Any

import rules
from django.urls import reverse
from django.utils.text import Truncator

from disruptions.choices import DataKind
from inspections.requirements.models import Requirement
from plans4p.aims.models import Action, Aim
from plans4p.aims.queries import progress_in_words
from plans4p.choices import What
from plans4p.due.queries import NEAR, Item, get_my_plans
from plans4p.editing.pages import WRITE_PLAN
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.plans.pages import PLAN_COLUMNS
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.lists.columns import on, pick
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.lists.paging import sections_of

LENGTH = 100


def title(item: Item) -> str:
    """What it is about, short: titles and references, no names of people."""
    match item.record:
        case Action() as action:
            return f"{action} ({action.plan.reference})"
        case Aim() as aim:
            return f"{aim.get_four_p_display()}: {Truncator(aim.change).chars(LENGTH)} ({aim.plan.reference})"
        case Requirement() as requirement:
            return f"{Truncator(requirement.text).chars(LENGTH)} ({requirement.addressee.name})"
        case Plan() | AncillaryOrder() as record:
            return str(record)
        case Partner() as partner:
            return f"{partner.sharing_agreement}, with {partner}"
        case other:
            raise TypeError(f"Nothing falls due on a {type(other).__name__}.")


def note(item: Item) -> str:
    """What to know of it besides, or ""."""
    match item.record:
        case Action() as action:
            return action.owner or "nobody is named to do it"
        case Aim() as aim if item.progress:
            return progress_in_words(aim, item.progress)
        case AncillaryOrder() as order if item.what == What.RELEASE and not order.release_plan:
            return "nothing is planned for it yet"
        case Requirement() as requirement:
            first = f"; first due {requirement.first_due}" if requirement.has_moved else ""
            return f"{requirement.kind}, {requirement.status.label.lower()}{first}"
        case _:
            return ""


@dataclass(frozen=True)
class DueLine:
    """``act`` is what to do about it, ``act_url`` where."""

    item: Item
    title: str
    note: str
    act: str
    act_url: str


@dataclass(frozen=True)
class DueList:
    """One list of the page. ``total`` may be more than its lines."""

    slug: str
    heading: str
    none: str
    lines: list[DueLine]
    total: int


class MyPlans(Page):
    """What the reader has on their hands: what is overdue, due soon, to review, and waiting to be linked."""

    permission = "plans4p.read_plan"
    title = "My plans"
    marking = UNMARKED.label
    template_name = "plans4p/my_plans.html"
    parents = (("4P plans", "plans4p:plan_list"),)
    parameters = sections_of("plans", "to-sign")

    def context(self) -> dict[str, Any]:
        """Overdue first, then what is due soon, then reviews, then orders and agreements around the plans."""
        mine = get_my_plans(self.request.user, self.today, params=self.request.GET)
        due, lists, around = mine.due, [], "No order, release or agreement ends soon."
        for slug, heading, none, parts in (
            ("overdue", "Overdue", "Nothing is overdue.", (due.actions_overdue, due.aims_missed)),
            ("soon", f"Due within {NEAR.days} days", "Nothing is due.", (due.actions_due, due.aims_near)),
            ("reviews", "To review", "No review is due.", (due.reviews_overdue, due.reviews_due)),
            ("around", "Ending around your plans", around, (due.orders_ending, due.releases, due.agreements)),
        ):
            lines = []
            for item in sorted((item for part in parts for item in part.rows), key=lambda item: item.on):
                act, url = "Open", item.url
                if item.what == What.ACTION:
                    act, url = "Say what came of it", reverse("plans4p:action_outcome", args=[item.record.pk])
                elif item.what == What.REVIEW:
                    act, url = "Review it", reverse("plans4p:plan_step", args=[item.record.reference, "review"])
                lines.append(DueLine(item, title(item), note(item), act, url))
            lists.append(DueList(slug, heading, none, lines, total=sum(part.total or 0 for part in parts)))
        columns = pick(PLAN_COLUMNS, "reference", "title", "purpose", "owner", "status", "signature", "review")
        return super().context() | {
            "mine": mine,
            "today": self.today,
            "kind": mine.officer.kind_of_data if mine.officer else DataKind.RECORDED,
            "lists": lists,
            "columns": on(columns, self.today),
            "may_write": rules.has_perm(WRITE_PLAN, self.request.user),
        }
