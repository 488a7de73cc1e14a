"""Ancillary orders, and each on a page of its own."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from plans4p.exports.orders import order_columns
from plans4p.filters.orders import OrderFilter
from plans4p.models import AncillaryOrder
from plans4p.presenters import orders as present
from plans4p.selectors.orders import counts_of, of_order
from plans4p.views.directory import DirectoryList, DirectoryPage
from soc_tracker.lib.query_strings import address
from soc_tracker.lib.tables import Column

KEPT = ("data", "region", "organisation", "kind")
"""The filters that say of which orders the counts above the list are; all others are what the counts are about."""


class OrderList(DirectoryList):
    permission = "plans4p.read_order"
    title = "Ancillary orders"
    edited = "order"
    template_name = "plans4p/order_list.html"
    filterset_class = OrderFilter
    on_page = ("reference", "kind", "organisation", "standing", "setting", "ends", "release", "manager")
    order = ("reference",)
    sorts: ClassVar = {
        "expires_on": ("expires_on", "reference"),
        "release_on": ("release_on", "reference"),
        "organisation": ("organisation__name", "reference"),
    }

    def rows_for(self, user: AbstractBaseUser) -> QuerySet:
        return AncillaryOrder.objects.visible_to(user).for_list()

    @property
    def columns(self) -> tuple[Column, ...]:
        return order_columns(self.today)

    def extra_context(self) -> dict[str, Any]:
        return super().extra_context() | {"heads": self._heads()}

    def _heads(self) -> list[tuple[int, str, str]]:
        """Each count with its words and the address of the list that has exactly the orders counted."""
        if self.filter.problems:
            return []
        query = self.request.GET
        others = [name for name in query if name not in KEPT]
        kept = {name: query.getlist(name) for name in KEPT if name in query}
        orders = OrderFilter(kept, queryset=self.rows_for(self.request.user), request=self.request, today=self.today)
        counts = counts_of(orders.qs, self.today)
        return [
            (number, words, address(query, without=others, **asked)) for number, words, asked in present.heads(counts)
        ]


class OrderPage(DirectoryPage):
    permission = "plans4p.read_order"
    model = AncillaryOrder
    edited = "order"
    listed = ("Ancillary orders", "plans4p:order_list")
    slug_field = slug_url_kwarg = "reference"
    template_name = "plans4p/order_detail.html"
    context_object_name = "order"

    def facts(self) -> dict[str, Any]:
        facts = of_order(self.request.user, self.object, self.today)
        stands = present.standing(self.object, self.today)
        return {
            "facts": facts,
            "summary": present.summary(self.object),
            "standing": (stands, present.STANDING_TAGS[stands]),
            "setting_tag": present.SETTING_TAGS[self.object.setting],
            "release": present.release(self.object),
            "release_overdue": bool(self.object.release_on and self.object.release_on < self.today),
            "terms": present.by_kind(facts.terms),
        }
