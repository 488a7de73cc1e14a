"""Partners in the API."""

from rest_framework import serializers

from plans4p.directory.api import KindViewSet
from plans4p.partners.models import Offer, Partner
from plans4p.partners.pages import LIST_COLUMNS, PartnerFilter
from plans4p.partners.queries import with_use
from soc_tracker.core.lists.api import RowSerializer


class OfferSerializer(serializers.ModelSerializer):
    """Ages are inclusive; null is no bound."""

    class Meta:
        model = Offer
        fields = ["four_p", "kind", "description", "youngest", "oldest"]


class PartnerSerializer(RowSerializer):
    """``last_used`` is the day on which a plan last consulted it; null: none has."""

    columns = LIST_COLUMNS
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
    queryset = with_use(Partner.objects.for_list())
    serializer_class = PartnerSerializer
    filterset_class = PartnerFilter
    lookup_field = "slug"
