"""What is due, as "My plans" lists it: one click from each line to where it is settled."""

from dataclasses import dataclass

from django.urls import reverse

from plans4p.presenters.due import LABELS, note, title
from plans4p.selectors.due import NEAR, Due, Item, What
from soc_tracker.lib.bounded import Bounded


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
