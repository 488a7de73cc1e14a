"""What falls due, in words that digest, calendar and pages share."""

from dataclasses import dataclass

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.views import View

from disruptions.choices import DataKind
from plans4p.aims.models import Action, Aim
from plans4p.due.queries import NEAR, Due, Item, What, my_plans
from plans4p.editing.pages import WRITE_PLAN
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from plans4p.plans.models import Plan
from plans4p.plans.pages import LIST_COLUMNS
from plans4p.results.queries import progress_in_words
from soc_tracker.core.lists.bounded import Bounded
from soc_tracker.core.lists.columns import on, pick

MY_COLUMNS = ("reference", "title", "purpose", "owner", "status", "signature", "review")
LENGTH = 100
LABELS = {
    What.ACTION: "Action due",
    What.AIM: "Aim due",
    What.REVIEW: "Plan to be reviewed",
    What.ORDER_ENDS: "Order ends",
    What.RELEASE: "Release from custody",
    What.AGREEMENT: "Sharing agreement ends",
}


def title(item: Item) -> str:
    """What it is about, short: titles and references, no names of people."""
    match item.record:
        case Action() as action:
            return f"{action} ({action.plan.reference})"
        case Aim() as aim:
            return f"{aim.get_four_p_display()}: {Truncator(aim.change).chars(LENGTH)} ({aim.plan.reference})"
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
        case _:
            return ""


# What is due, as "My plans" lists it: one click from each line to where it is settled.


@dataclass(frozen=True)
class Line:
    """``act`` is what to do about it, ``act_url`` where."""

    item: Item
    label: str
    title: str
    note: str
    act: str
    act_url: str


@dataclass(frozen=True)
class Part:
    """One list of the page. ``total`` may be more than its lines."""

    slug: str
    heading: str
    none: str
    lines: list[Line]
    total: int


def due_parts(due: Due) -> list[Part]:
    """Overdue first, then what is due soon, then reviews, then orders and agreements around the plans."""
    return [
        _part("overdue", "Overdue", "Nothing is overdue.", due.actions_overdue, due.aims_missed),
        _part("soon", f"Due within {NEAR.days} days", "Nothing is due.", due.actions_due, due.aims_near),
        _part("reviews", "To review", "No review is due.", due.reviews_overdue, due.reviews_due),
        _part(
            *("around", "Ending around your plans", "No order, release or agreement ends soon."),
            *(due.orders_ending, due.releases, due.agreements),
        ),
    ]


def _part(slug: str, heading: str, none: str, *lists: Bounded) -> Part:
    items = sorted((item for found in lists for item in found.rows), key=lambda item: item.on)
    return Part(slug, heading, none, [_line(item) for item in items], sum(found.total for found in lists))


def _line(item: Item) -> Line:
    act, url = _act(item)
    return Line(item, LABELS[item.what], title(item), note(item), act, url)


def _act(item: Item) -> tuple[str, str]:
    if item.what == What.ACTION:
        return "Say what came of it", reverse("plans4p:action_outcome", args=[item.record.pk])
    if item.what == What.REVIEW:
        return "Review it", reverse("plans4p:plan_step", args=[item.record.reference, "review"])
    return "Open", item.url


class MyPlans(View):
    """What the reader has on their hands: what is overdue, due soon, to review, and waiting to be linked."""

    permission = "plans4p.read_plan"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = localdate()
        found = my_plans(request.user, today)
        context = {
            "found": found,
            "today": today,
            "kind": found.officer.kind_of_data if found.officer else DataKind.RECORDED,
            "parts": due_parts(found.due),
            "columns": on(
                pick(LIST_COLUMNS, "reference", "title", "purpose", "owner", "status", "signature", "review"), today
            ),
            "may_write": rules.has_perm(WRITE_PLAN, request.user),
            "breadcrumbs": [("Home", reverse("home")), ("4P plans", reverse("plans4p:plan_list"))],
        }
        return render(request, "plans4p/my_plans.html", context)
