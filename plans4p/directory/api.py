"""Officers, orders, partners and sites in the API, and what its lists of one kind of data share."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from disruptions.choices import DataKind
from plans4p.officers.models import LeadOfficer, Training
from plans4p.officers.pages import OFFICER_COLUMNS, OfficerFilter
from plans4p.officers.queries import list_officers
from plans4p.orders.models import AncillaryOrder, OrderTerm
from plans4p.orders.pages import ORDER_COLUMNS, OrderFilter
from plans4p.orders.queries import list_orders
from plans4p.partners.models import Offer, Partner
from plans4p.partners.pages import PARTNER_COLUMNS, PartnerFilter
from plans4p.partners.queries import list_partners
from plans4p.sites.models import Site, SitePhase
from plans4p.sites.pages import SITE_COLUMNS, SiteFilter
from soc_tracker.core.lists.api import CursorPages, ProblemsError, ReadOnlyViewSet, RowSerializer
from soc_tracker.core.lists.filters import StrictFilterSet


class KindPages(CursorPages):
    """Pages whose every answer says its kind of data, be it without a row."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any] | None:
        self.kind = view.filterset.kind
        return super().paginate_queryset(queryset, request, view)

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({**links, "kind_of_data": self.kind, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        kind = {"type": "string", "description": " or ".join(DataKind.values)}
        page["properties"] = {"kind_of_data": kind, **page["properties"]}
        page["required"] = [*page["required"], "kind_of_data"]
        return page


class KindViewSet(ReadOnlyViewSet):
    """A list is of one kind of data: the filter's, else recorded data, unless there is only illustrative data.

    A single row is of its own kind, and takes no filter. Every row says its kind.
    """

    pagination_class = KindPages

    def get_object(self) -> Model:
        parameters = StrictFilterSet(self.request.query_params, queryset=self.get_queryset(), reserved=())
        if parameters.problems:
            raise ProblemsError(*parameters.problems)
        return get_object_or_404(self.get_queryset(), **{self.lookup_field: self.kwargs[self.lookup_field]})


class TrainingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Training
        fields = ["subject", "completed_on"]


class OfficerSerializer(RowSerializer):
    """``mentor`` is the id of another officer; null: none whom you may see. ``share_of_time`` is a percentage, or null
    where it is not stated.
    """

    columns = OFFICER_COLUMNS
    more = ("id",)
    mentor = serializers.IntegerField(source="mentor.pk", default=None, allow_null=True, read_only=True)
    trainings = TrainingSerializer(many=True, read_only=True)
    plans_owned = serializers.IntegerField(read_only=True)
    threats_held = serializers.IntegerField(read_only=True)

    class Meta:
        model = LeadOfficer


class OfficerViewSet(KindViewSet):
    """Who owns 4P plans, with training and load."""

    permission = "plans4p.read_directory"
    queryset = LeadOfficer.objects.all()
    serializer_class = OfficerSerializer
    filterset_class = OfficerFilter

    def get_queryset(self) -> QuerySet:
        return list_officers(self.request.user).prefetch_related("trainings")


class TermSerializer(serializers.ModelSerializer):
    class Meta:
        model = OrderTerm
        fields = ["kind", "text"]


class OrderSerializer(RowSerializer):
    """The last day of an order, ``expires_on``, is one in force; null: no end is on record. ``threat`` is null where it
    is linked to none that you may see.
    """

    columns = ORDER_COLUMNS
    more = ("terms",)
    terms = TermSerializer(many=True, read_only=True)

    class Meta:
        model = AncillaryOrder


class OrderViewSet(KindViewSet):
    """Serious crime prevention orders and other orders of courts that manage a subject."""

    permission = "plans4p.read_order"
    queryset = AncillaryOrder.objects.all()
    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    lookup_field = "reference"

    def get_queryset(self) -> QuerySet:
        return list_orders(self.request.user).prefetch_related("terms")


class OfferSerializer(serializers.ModelSerializer):
    """Ages are inclusive; null is no bound."""

    class Meta:
        model = Offer
        fields = ["four_p", "kind", "description", "youngest", "oldest"]


class PartnerSerializer(RowSerializer):
    """``last_used`` is the day on which a plan last consulted it; null: none has."""

    columns = PARTNER_COLUMNS
    more = ("slug",)
    areas = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    offers = OfferSerializer(many=True, read_only=True)
    last_used = serializers.DateField(allow_null=True, read_only=True)
    plans = serializers.IntegerField(source="number_of_plans", read_only=True)

    class Meta:
        model = Partner


class PartnerViewSet(KindViewSet):
    """Bodies that can do what the police cannot do alone. One offer must have all that is asked of offers together."""

    permission = "plans4p.read_directory"
    queryset = Partner.objects.all()
    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet:
        return list_partners(self.request.user).for_list()


class PhaseSerializer(serializers.ModelSerializer):
    """``ends_on`` is the last day; null: not ended."""

    class Meta:
        model = SitePhase
        fields = ["phase", "starts_on", "ends_on"]


class SiteSerializer(RowSerializer):
    columns = SITE_COLUMNS
    phases = PhaseSerializer(many=True, read_only=True)

    class Meta:
        model = Site


class SiteViewSet(KindViewSet):
    """Places that police, partners and residents take back from organised crime. Phases may overlap."""

    permission = "plans4p.read_directory"
    queryset = Site.objects.select_related("organisation").prefetch_related("phases", "partners")
    serializer_class = SiteSerializer
    filterset_class = SiteFilter
    lookup_field = "slug"
