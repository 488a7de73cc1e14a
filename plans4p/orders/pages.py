"""Ancillary orders: their list with its columns and filters, and the page of each. No subject is named here."""

from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.forms import HiddenInput

from disruptions.record_list.forms import ThreatReferenceFilter
from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from plans4p.choices import OrderKind, OrderStanding, Setting
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.directory.queries import User
from plans4p.orders.models import AncillaryOrder, OrderQuerySet, OrderTerm
from plans4p.orders.queries import ENDING_WITHIN, RELEASE_PLANNED_WITHIN, get_counts, get_order_facts, release_unplanned
from soc_tracker.core.lists.addresses import address
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, DayFilter, OneChoiceFilter, WordsFilter

NOBODY, NO_END, NONE_DUE = "Nobody on record", "No end on record", "None due"


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


def release_in_words(order: AncillaryOrder) -> date | str | None:
    """The day; that none is due, of a subject in the community; None where nothing says it of one in custody."""
    return order.release_on if order.setting == Setting.CUSTODY else NONE_DUE


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

ORDER_COLUMNS = (
    Column("reference", "Order", lambda order: order.reference, lambda order: order.get_absolute_url()),
    Column("kind", "Kind", lambda order: order.get_kind_display()),
    Column("subject", "Subject", lambda order: order.subject, wide_only=True),
    Column(
        "organisation",
        "Organisation",
        lambda order: order.organisation.name,
        lambda order: order.organisation.get_absolute_url(),
        sort=("organisation__name", "reference"),
    ),
    Column(
        "standing",
        "Today",
        lambda order, day: order.standing_on(day).label,
        tag=lambda order, day: order.standing_on(day).tag,
        whole=True,
        dated=True,
        api=(),
    ),
    Column(
        "setting", "Subject is", lambda order: order.get_setting_display(), tag=lambda order: Setting(order.setting).tag
    ),
    Column("ends", "Ends", lambda order: order.expires_on or NO_END, api=()),
    Column("release", "Release", release_in_words, api=()),
    Column("manager", "Managed by", lambda order: order.manager),
    Column("managing_unit", "Managing unit", lambda order: order.managing_unit),
    Column("made_on", "Made", lambda order: order.made_on),
    Column("expires_on", "Ends on", lambda order: order.expires_on, sort=("expires_on", "reference")),
    Column("release_on", "Release due on", lambda order: order.release_on, sort=("release_on", "reference")),
    Column("in_force_from", "In force from", lambda order: order.in_force_from),
    Column(
        "threat",
        "Threat",
        lambda order: order.threat.reference if order.threat else None,
        lambda order: order.threat.get_absolute_url() if order.threat else "",
    ),
    Column("release_plan", "What happens at release", lambda order: order.release_plan),
    Column("kind_of_data", "Kind of data", lambda order: order.get_kind_of_data_display()),
)


STANDS = (
    ("in_force", "In force today"),
    ("ending", f"In force, with its end or the release within {ENDING_WITHIN} days"),
    ("ended", "Ended"),
    ("to_come", "Not in force yet"),
)


class OrderFilter(KindSet):
    """Orders of one kind of data, as things stand today."""

    q = WordsFilter(label="Words in references, unit or manager")
    when = OneChoiceFilter(field_name="in_force_from", choices=STANDS, label="When", method="that_stand")
    setting = ChoicesFilter(choices=Setting.choices, label="Where the subject is")
    manager = OneChoiceFilter(choices=[("none", "Nobody")], label="Managed by", method="without_manager")
    release = OneChoiceFilter(
        field_name="release_plan",
        choices=[("unplanned", f"Due within {RELEASE_PLANNED_WITHIN} days, and not planned for")],
        label="Release",
        method="release_not_planned",
    )
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    kind = ChoicesFilter(choices=OrderKind.choices, label="Kind of order")
    made_from = DayFilter(field_name="made_on", lookup_expr="gte", label="Made from")
    made_to = DayFilter(field_name="made_on", lookup_expr="lte", label="Made to")
    expires_from = DayFilter(field_name="expires_on", lookup_expr="gte", label="Ends from")
    expires_to = DayFilter(field_name="expires_on", lookup_expr="lte", label="Ends to")
    threat = ThreatReferenceFilter(field_name="threat", label="Threat", widget=HiddenInput)

    class Meta:
        model = AncillaryOrder
        fields = ()

    def that_stand(self, queryset: OrderQuerySet, name: str, value: str) -> QuerySet:
        if value == "ending":
            return queryset.in_force(self.today).ending_within(self.today, ENDING_WITHIN)
        return queryset.standing(OrderStanding(value), self.today)

    def without_manager(self, queryset: OrderQuerySet, name: str, value: str) -> QuerySet:
        return queryset.without_manager()

    def release_not_planned(self, queryset: OrderQuerySet, name: str, value: str) -> QuerySet:
        return release_unplanned(queryset, self.today)


KEPT = ("data", "region", "organisation", "kind")
"""The filters that say of which orders the counts above the list are; all others are what the counts are about."""


class OrderList(DirectoryList):
    permission = "plans4p.read_order"
    title = "Ancillary orders"
    edited = "order"
    template_name = "plans4p/order_list.html"
    filterset_class = OrderFilter
    columns = ORDER_COLUMNS
    on_page = ("reference", "kind", "organisation", "standing", "setting", "ends", "release", "manager")
    order = ("reference",)

    def rows_for(self, user: User) -> QuerySet:
        return AncillaryOrder.objects.visible_to(user).for_list()

    def context(self) -> dict[str, Any]:
        """With each count, its words and the address of the list that has exactly the orders which it counts."""
        heads = []
        if not self.filter.problems:
            query = self.request.GET
            others = [name for name in query if name not in KEPT]
            scope = {name: query.getlist(name) for name in KEPT if name in query}
            rows = self.rows_for(self.request.user)
            orders = OrderFilter(scope, queryset=rows, request=self.request, today=self.today)
            rows_in_scope: Any = orders.qs
            counts = get_counts(rows_in_scope, self.today)
            heads = [
                (getattr(counts, name), words, address(query, without=others, **parameters))
                for name, words, parameters in HEADS
            ]
        return super().context() | {"heads": heads}


class OrderPage(DirectoryPage):
    permission = "plans4p.read_order"
    model = AncillaryOrder
    edited = "order"
    parents = (("Ancillary orders", "plans4p:order_list"),)
    slug_field = slug_url_kwarg = "reference"
    template_name = "plans4p/order_detail.html"
    context_object_name = "order"

    def facts(self) -> dict[str, Any]:
        order, today = self.object, self.today
        facts, standing = get_order_facts(self.request.user, order, today), order.standing_on(today)
        return {
            "facts": facts,
            "summary": summary(order),
            "standing": (standing.label, standing.tag),
            "setting_tag": Setting(order.setting).tag,
            "release": [("Release due", order.release_on), ("What happens then", order.release_plan)],
            "release_overdue": bool(order.release_on and order.release_on < today),
            "terms": [(words, list(terms)) for words, terms in groupby(facts.terms, OrderTerm.get_kind_display)],
        }
