"""Ancillary orders in the API. A subject is a reference, never a name."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.orders.pages import LIST_COLUMNS, OrderFilter
from soc_tracker.core.lists.api import RowSerializer


class TermSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrderTerm
        fields = ["kind", "text"]


class OrderSerializer(RowSerializer):
    """The last day of an order, ``expires_on``, is one in force; null: no end is on record."""

    columns = LIST_COLUMNS
    more = ("terms",)
    terms = TermSerializer(many=True, read_only=True)

    class Meta:
        model = AncillaryOrder


class OrderViewSet(KindViewSet):
    """Serious crime prevention orders and other orders of courts that manage a subject."""

    permission = "plans4p.read_order"
    queryset = AncillaryOrder.objects.for_list().prefetch_related("terms")
    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    lookup_field = "reference"
