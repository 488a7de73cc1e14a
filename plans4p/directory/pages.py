"""What the lists and pages of partners, orders, officers and sites share: one kind of data, for two never add up."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import rules
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from disruptions.choices import DataKind
from disruptions.standpoint.forms import KindFilter, ViewpointSet
from plans4p.directory.queries import OFFICER_FINDER, ORDER_FINDER, PARTNER_FINDER, User
from plans4p.editing.pages import KEEP_DIRECTORY, KINDS
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Partner
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.lists.lookups import suggestions
from soc_tracker.core.lists.pages import ListPage
from soc_tracker.core.records.pages import DetailPage


class KindSet(ViewpointSet):
    """Rows of one kind of data: the filter's, else recorded ones, unless there are only illustrative ones."""

    data = KindFilter()

    @cached_property
    def kind(self) -> DataKind:
        if chosen := self.given.get("data"):
            return DataKind(chosen)
        kinds = set(self.queryset.order_by().values_list("kind_of_data", flat=True).distinct())
        return DataKind.ILLUSTRATIVE if kinds == {DataKind.ILLUSTRATIVE} else DataKind.RECORDED

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows: QuerySet = super().filter_queryset(queryset.filter(kind_of_data=self.kind))
        return rows


class KindList(ListPage):
    """A list whose filter is a KindSet: one kind of data, which page and files say."""

    @property
    def kind_of_data(self) -> str:  # type: ignore[override]
        return str(self.filter.kind)


def may_keep(request: HttpRequest, record: Any = None) -> bool:
    """The record; without one, whether they may add any."""
    return bool(rules.has_perm(KEEP_DIRECTORY, request.user, record))


class DirectoryList(KindList):
    """A list of one kind of data as things stand today.

    ``edited`` is the word by which pages create and change its records, ``rows_for`` gives those that a user may see.
    """

    permission = "plans4p.read_directory"
    edited: ClassVar[str]

    def context(self) -> dict[str, Any]:
        new = reverse("plans4p:record_new", args=[self.edited]) if may_keep(self.request) else ""
        return super().context() | {"new_url": new, "new_words": KINDS[self.edited].words}


class DirectoryPage(DetailPage):
    """One record as it stands today. ``edited`` is the word by which pages create and change it, ``rows_for`` gives
    those that a user may see, with what the page reads of them.
    """

    permission = "plans4p.read_directory"
    edited: ClassVar[str]
    rows_for: Callable[[User], QuerySet]
    marking: Any = UNMARKED.label

    def get_queryset(self) -> QuerySet:
        return self.rows_for(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = {
            "may_edit": may_keep(self.request, self.object),
            "edited": self.edited,
            "kind": self.object.kind_of_data,
            "marking": self.marking,
        }
        return super().get_context_data(**kwargs) | shared

    def with_edit(self, columns: tuple[Column, ...], kind: str) -> tuple[Column, ...]:
        """The columns of a part's rows, and for those who may write it the way to change or remove each."""
        if not may_keep(self.request, self.object):
            return columns
        edit = Column(
            "edit",
            "Change or remove",
            lambda part: "Change",
            lambda part: reverse("plans4p:record_edit", args=[kind, part.pk]),
        )
        return (*columns, edit)


@needs("plans4p.read_plan")
@require_safe
def lookup(request: HttpRequest, what: str) -> HttpResponse:
    """Officers, partners and orders that fit what stands in a field so far."""
    match what:
        case "officers":
            officers = LeadOfficer.objects.visible_to(request.user).in_role().select_related("organisation")
            return suggestions(request, OFFICER_FINDER, officers)
        case "partners":
            return suggestions(request, PARTNER_FINDER, Partner.objects.visible_to(request.user))
        case "orders":
            orders = AncillaryOrder.objects.visible_to(request.user).select_related("organisation")
            return suggestions(request, ORDER_FINDER, orders)
        case _:
            raise Http404(f"Nothing called “{what}” is looked up here.")
