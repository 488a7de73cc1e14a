"""Ancillary orders: their list with its columns and filters, and the page of each. No subject is named here."""

from itertools import groupby
from typing import Any

from django.db.models import Q
from django.forms import HiddenInput

from disruptions.record_list.forms import ThreatReferenceFilter
from disruptions.standpoint.forms import OrganisationsFilter, RegionsFilter
from plans4p.choices import OrderKind, Setting
from plans4p.directory.pages import DirectoryList, DirectoryPage, KindSet
from plans4p.directory.queries import outside
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.orders.queries import (
    ENDING_WITHIN,
    RELEASE_PLANNED_WITHIN,
    get_counts,
    get_order_facts,
    is_ending,
    is_in_force,
    is_release_unplanned,
    list_orders,
)
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.filter_fields import ChoicesFilter, ConditionFilter, DayFilter, WordsFilter
from soc_tracker.core.lists.filters import address

NOBODY, NO_END, NONE_DUE = "Nobody on record", "No end on record", "None due"


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
    Column("release", "Release", lambda row: row.release_on if row.setting == Setting.CUSTODY else NONE_DUE, api=()),
    Column("manager", "Managed by", lambda order: order.manager),
    Column("managing_unit", "Managing unit", lambda order: order.managing_unit),
    Column("made_on", "Made", lambda order: order.made_on),
    Column("expires_on", "Ends on", lambda order: order.expires_on, sort=("expires_on", "reference")),
    Column("release_on", "Release due on", lambda order: order.release_on, sort=("release_on", "reference")),
    Column("in_force_from", "In force from", lambda order: order.in_force_from),
    Column(
        "threat",
        "Threat",
        lambda order: order.threat.reference if order.threat else outside(order.threat_id),
        lambda order: order.threat.get_absolute_url() if order.threat else "",
    ),
    Column("release_plan", "What happens at release", lambda order: order.release_plan),
    Column("kind_of_data", "Kind of data", lambda order: order.get_kind_of_data_display()),
)


class OrderFilter(KindSet):
    """Orders of one kind of data, as things stand today."""

    q = WordsFilter(label="Words in references, unit or manager")
    when = ConditionFilter(
        ("in_force", "In force today", is_in_force),
        ("ending", f"In force, with its end or the release within {ENDING_WITHIN} days", is_ending),
        ("ended", "Ended", lambda today: Q(expires_on__lt=today)),
        ("to_come", "Not in force yet", lambda today: Q(in_force_from__gt=today)),
        field_name="in_force_from",
        label="When",
    )
    setting = ChoicesFilter(choices=Setting.choices, label="Where the subject is")
    manager = ConditionFilter(("none", "Nobody", Q(manager="")), label="Managed by")
    release = ConditionFilter(
        ("unplanned", f"Due within {RELEASE_PLANNED_WITHIN} days, and not planned for", is_release_unplanned),
        field_name="release_plan",
        label="Release",
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
    rows_for = staticmethod(list_orders)

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
    rows_for = staticmethod(list_orders)

    def facts(self) -> dict[str, Any]:
        order, today = self.object, self.today
        facts = get_order_facts(self.request.user, order, today, params=self.request.GET)
        standing = order.standing_on(today)
        threat = (
            (str(order.threat), order.threat.get_absolute_url())
            if order.threat
            else (outside(order.threat_id) or "Linked to none",)
        )
        return {
            "facts": facts,
            "summary": [
                ("Reference of the subject", order.subject),
                ("Organisation", order.organisation.name, order.organisation.get_absolute_url()),
                ("Threat", *threat),
                ("Made", order.made_on),
                ("In force from", order.in_force_from),
                ("Ends", order.expires_on or NO_END),
                ("Managing unit", order.managing_unit),
                ("Managed by", order.manager or NOBODY),
            ],
            "standing": (standing.label, standing.tag),
            "setting_tag": Setting(order.setting).tag,
            "release": [("Release due", order.release_on), ("What happens then", order.release_plan)],
            "release_overdue": bool(order.release_on and order.release_on < today),
            "terms": [(words, list(terms)) for words, terms in groupby(facts.terms.rows, OrderTerm.get_kind_display)],
        }
