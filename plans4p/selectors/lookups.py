"""How officers, partners and orders are found by what people type into a form."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse_lazy

from disruptions.selectors.lookups import labelled
from soc_tracker.lib.lookups import Finder, Rows, by_name, by_reference, by_words


def _named_alone(rows: Rows, texts: Iterable[str]) -> Rows:
    """Officers are named in full with rank and body, which the words find."""
    return rows.none()


def _of_bodies(rows: Rows, text: str) -> Rows:
    return by_words(rows, text.replace(",", " "), "folded", "organisation__folded")


def officer_in_full(officer: Any) -> str:
    """Such as: Chief Inspector Ada Lowe, Lancashire."""
    return f"{officer}, {officer.organisation.short_name}"


OFFICERS = Finder(
    one="officer",
    several="officers",
    hint="Words of their name, rank and body, such as: Lowe, Lancashire.",
    exact=_named_alone,
    words=_of_bodies,
    text=officer_in_full,
    label=labelled(officer_in_full),
    url=reverse_lazy("plans4p:lookup", args=["officers"]),
)
PARTNERS = Finder(
    one="partner",
    several="partners",
    hint="Words of its name.",
    exact=by_name,
    label=labelled(str, lambda partner: partner.get_sector_display().lower()),
    url=reverse_lazy("plans4p:lookup", args=["partners"]),
)
ORDERS = Finder(
    one="order",
    several="orders",
    hint="Its reference, such as SCPO-0001, or words of who manages it.",
    exact=by_reference,
    text=lambda order: order.reference,
    label=labelled(str, lambda order: order.organisation),
    url=reverse_lazy("plans4p:lookup", args=["orders"]),
)
