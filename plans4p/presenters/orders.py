"""Ancillary orders in words. A subject is told by their reference alone."""

from datetime import date
from itertools import groupby
from typing import Any

from plans4p.choices import Setting
from plans4p.models import AncillaryOrder, OrderTerm
from plans4p.selectors.orders import ENDING_WITHIN, RELEASE_PLANNED_WITHIN, OrderCounts

IN_FORCE, ENDED, TO_COME = "In force", "Ended", "Not in force yet"
STANDING_TAGS = {IN_FORCE: "green", ENDED: "grey", TO_COME: "blue"}
SETTING_TAGS = {Setting.CUSTODY: "purple", Setting.COMMUNITY: "teal"}
NOBODY, NO_END, NONE_DUE = "Nobody on record", "No end on record", "None due"


def standing(order: AncillaryOrder, today: date) -> str:
    """Where the order stands on a day; its last day is one in force."""
    if order.in_force_from > today:
        return TO_COME
    return ENDED if order.expires_on and order.expires_on < today else IN_FORCE


def summary(order: AncillaryOrder) -> list[tuple[Any, ...]]:
    """What the head of an order's page lists."""
    threat = (str(order.threat), order.threat.get_absolute_url()) if order.threat else ("Linked to none",)
    return [
        ("Reference of the subject", order.subject),
        ("Organisation", order.organisation.name, order.organisation.get_absolute_url()),
        ("Threat", *threat),
        ("Made", order.made_on),
        ("In force from", order.in_force_from),
        ("Ends", order.expires_on or NO_END),
        ("Managing unit", order.managing_unit),
        ("Managed by", order.manager or NOBODY),
    ]


def release(order: AncillaryOrder) -> list[tuple[Any, ...]]:
    """When a subject in custody is released, and what happens then."""
    return [("Release due", order.release_on), ("What happens then", order.release_plan)]


def release_in_words(order: AncillaryOrder) -> date | str | None:
    """The day; that none is due, of a subject in the community; None where nothing says it of one in custody."""
    return order.release_on if order.setting == Setting.CUSTODY else NONE_DUE


def by_kind(terms: list[OrderTerm]) -> list[tuple[str, list[OrderTerm]]]:
    """Terms under the words of their kind, in which order they come."""
    return [(words, list(some)) for words, some in groupby(terms, key=lambda term: term.get_kind_display())]


HEADS = (
    ("in_force", "in force", {"when": "in_force"}),
    ("custody", "in custody", {"when": "in_force", "setting": Setting.CUSTODY.value}),
    ("community", "in the community", {"when": "in_force", "setting": Setting.COMMUNITY.value}),
    ("ending", f"end, or release their subject, within {ENDING_WITHIN} days", {"when": "ending"}),
    ("without_manager", "managed by nobody on record", {"when": "in_force", "manager": "none"}),
    (
        "release_unplanned",
        f"with a release within {RELEASE_PLANNED_WITHIN} days and no plan for it",
        {"when": "in_force", "release": "unplanned"},
    ),
)
"""Each count with its words, and the filter under which the list has exactly the orders that it counts."""


def heads(counts: OrderCounts) -> list[tuple[int, str, dict[str, str]]]:
    return [(getattr(counts, name), words, asked) for name, words, asked in HEADS]
