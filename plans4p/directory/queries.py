"""Counts beside rows, and how records are found by what people type."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy

from disruptions.record.queries import labelled
from soc_tracker.core.lists.lookups import Finder, by_name, by_reference, by_words

User = AbstractBaseUser | AnonymousUser


OUTSIDE = "Outside your reach"


def outside(key: int | None) -> str | None:
    """What stands in the place of a linked record that was left out because the reader may not see it."""
    return None if key is None else OUTSIDE


def url_of(record: Any) -> str:
    """The address of a linked record; "" of none."""
    return record.get_absolute_url() if record else ""


def number_of(what: str, rows: QuerySet, by: str) -> Coalesce:
    """How many different ``what`` rows name that all have one ``by``, as an annotation; 0 where there is no row."""
    counted = rows.order_by().values(by).annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def officer_in_full(officer: Any) -> str:
    """Such as: Chief Inspector Ada Lowe, Borsetshire."""
    return f"{officer}, {officer.organisation.short_name}"


OFFICER_FINDER = Finder(
    one="officer",
    several="officers",
    hint="Words of their name, rank and body, such as: Lowe, Borsetshire.",
    exact=lambda rows, texts: rows.none(),  # they are named in full with rank and body, which the words find
    words=lambda rows, text: by_words(rows, text.replace(",", " "), "folded", "organisation__folded"),
    text=officer_in_full,
    label=labelled(officer_in_full),
    url=reverse_lazy("plans4p:lookup", args=["officers"]),
)
PARTNER_FINDER = Finder(
    one="partner",
    several="partners",
    hint="Words of its name.",
    exact=by_name,
    label=labelled(str, lambda partner: partner.get_sector_display().lower()),
    url=reverse_lazy("plans4p:lookup", args=["partners"]),
)
ORDER_FINDER = Finder(
    one="order",
    several="orders",
    hint="Its reference, such as SCPO-0001, or words of who manages it.",
    exact=by_reference,
    text=lambda order: order.reference,
    label=labelled(str, lambda order: order.organisation),
    url=reverse_lazy("plans4p:lookup", args=["orders"]),
)
