"""Ancillary orders in the API. A subject is a reference, never a name."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet, Slug
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.orders.pages import OrderFilter


class TermSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrderTerm
        fields = ["kind", "text"]


class OrderSerializer(serializers.ModelSerializer):
    """The last day of an order, ``expires_on``, is one in force; null: no end is on record."""

    organisation = Slug()
    threat = serializers.SlugRelatedField(slug_field="reference", read_only=True, allow_null=True)
    terms = TermSerializer(many=True, read_only=True)

    class Meta:
        model = AncillaryOrder
        fields = [
            *("reference", "kind", "subject", "organisation", "threat", "made_on", "in_force_from", "expires_on"),
            *("setting", "release_on", "managing_unit", "manager", "release_plan", "terms", "kind_of_data"),
        ]


class OrderViewSet(KindViewSet):
    """Serious crime prevention orders and other orders of courts that manage a subject."""

    permission = "plans4p.read_order"
    queryset = AncillaryOrder.objects.for_list().prefetch_related("terms")
    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    lookup_field = "reference"
