"""Plans in the API, with the page's own filters."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from plans4p.aims.models import Action, Aim, Omission
from plans4p.aims.queries import with_counted
from plans4p.choices import SignatureState
from plans4p.directory.api import KindViewSet
from plans4p.plans.models import CONTENT, Plan
from plans4p.plans.pages import PLAN_COLUMNS, PlanFilter
from plans4p.signatures.queries import get_standing
from soc_tracker.core.lists.api import RowSerializer
from soc_tracker.core.text.normal import key_of

REST_OF_CONTENT = tuple(name for name in CONTENT if not name.startswith("aims"))


class ActionSerializer(RowSerializer):
    more = ("description", "owner", "due_on", "status", "tactic", "partners", "outcome")

    class Meta:
        model = Action


class AimSerializer(serializers.ModelSerializer):
    """``counted`` is what counts towards the ``target`` so far, of the kind that the aim counts."""

    counted = serializers.DecimalField(12, 2, read_only=True)
    actions = ActionSerializer(many=True, read_only=True)

    class Meta:
        model = Aim
        fields = ["four_p", "change", "measure", "counts", "baseline", "target", "counted", "due_on", "actions"]


class OmissionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Omission
        fields = ["four_p", "reason"]


class SignatureSerializer(serializers.Serializer):
    """How a plan stands to its latest signature: ``signed_on`` is null where nobody has signed it.

    ``changed`` says what is no longer as signed; where that is required of a plan, ``state`` is "void".
    """

    state = serializers.ChoiceField(SignatureState.choices)
    signed_on = serializers.DateField(source="signature.on", default=None, allow_null=True)
    changed = serializers.ListField(child=serializers.CharField(), source="differences")


class PlanSerializer(RowSerializer):
    """What a plan says. ``owner`` is null of a draft that nobody owns yet. One without ``threat`` and ``theme`` is
    for a threat outside your reach.
    """

    columns = PLAN_COLUMNS
    more = ("learning", "aims", "omissions")
    owner = serializers.CharField(source="owner.name", allow_null=True, default=None, read_only=True)
    aims = AimSerializer(many=True, read_only=True)
    omissions = OmissionSerializer(many=True, read_only=True)
    signature = serializers.SerializerMethodField()

    class Meta:
        model = Plan

    @extend_schema_field(SignatureSerializer)
    def get_signature(self, plan: Plan) -> Any:
        return SignatureSerializer(get_standing(plan)).data


class PlanViewSet(KindViewSet):
    """4P plans with their aims and actions, and what counts towards each aim."""

    permission = "plans4p.read_plan"
    queryset = Plan.objects.select_related("organisation", "owner")
    serializer_class = PlanSerializer
    filterset_class = PlanFilter
    lookup_field = "reference"

    def get_object(self) -> Plan:
        rows = self.filter_queryset(self.get_queryset())
        return get_object_or_404(rows, reference_key=key_of(self.kwargs["reference"]))

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        actions = Action.objects.visible_to(user).select_related("tactic").prefetch_related("partners")
        aims = with_counted(Aim.objects.visible_to(user)).prefetch_related(Prefetch("actions", actions))
        rows: Any = super().get_queryset()
        plans: QuerySet = rows.naming(self.request.user, "threat")
        return plans.prefetch_related(Prefetch("aims", aims), *REST_OF_CONTENT)
