"""What must change as JSON, each with its steps and the moves of its date."""

from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from inspections.following.forms import RequirementFilter
from inspections.following.pages import REQUIREMENT_COLUMNS, stands
from inspections.following.queries import with_closing
from inspections.requirements.models import DeadlineMove, Requirement, Step
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer
from soc_tracker.core.records.states import name_of
from soc_tracker.core.stats.histories import Timeliness

STANDS = serializers.ChoiceField([each.value for each in Timeliness])


class StepSerializer(serializers.ModelSerializer):
    """``corrects`` is the key of a wrong step that this one takes the place of. Of an uploaded file and of a note, the
    kind of evidence alone says that there is one.
    """

    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")
    document = serializers.SlugRelatedField(read_only=True, slug_field="slug")
    figure = serializers.SlugRelatedField(read_only=True, slug_field="slug")

    class Meta:
        model = Step
        fields = (
            "id",
            "on",
            "on_precision",
            "status",
            "note",
            "source",
            "locator",
            "evidence_kind",
            "evidence",
            "document",
            "figure",
            "link",
            "corrects",
        )


class DeadlineMoveSerializer(serializers.ModelSerializer):
    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")

    class Meta:
        model = DeadlineMove
        fields = ("on", "old_on", "old_precision", "new_on", "new_precision", "setter", "reason", "source", "locator")


class RequirementSerializer(RowSerializer):
    """``timeliness`` is against the present date, as at today; ``closed_on`` the day of the closing that stands."""

    columns = REQUIREMENT_COLUMNS
    more = ("id", "recommendation", "steps", "moves", "kind_of_data")
    kind_of_data = serializers.CharField(default="published", read_only=True)
    programme = serializers.SlugField(source="inspection.programme.slug", read_only=True)
    since = serializers.DateField(source="inspection.published_on", allow_null=True, read_only=True)
    since_precision = serializers.CharField(source="inspection.published_precision", read_only=True)
    closed_on = serializers.DateField(read_only=True, allow_null=True)
    timeliness = serializers.SerializerMethodField()
    first_timeliness = serializers.SerializerMethodField()
    inspector = serializers.SerializerMethodField()
    steps = StepSerializer(many=True, read_only=True)
    moves = DeadlineMoveSerializer(many=True, read_only=True)

    class Meta:
        model = Requirement

    @extend_schema_field(STANDS)
    def get_timeliness(self, requirement: Any) -> str:
        return stands(requirement, localdate()).value

    @extend_schema_field(STANDS)
    def get_first_timeliness(self, requirement: Any) -> str:
        return stands(requirement, localdate(), "first_due").value

    def get_inspector(self, requirement: Requirement) -> str:
        """ "" also for those who have no account here."""
        is_known = self.context["request"].user.is_authenticated
        return name_of(requirement.inspector) if requirement.inspector and is_known else ""


class RequirementViewSet(ReadOnlyViewSet):
    """What a body must change: findings that have to be put right, and recommendations, each with its history."""

    permission = "inspections.read_published"
    queryset = with_closing(Requirement.objects.for_list()).prefetch_related(
        Prefetch("steps", Step.objects.select_related("source", "document", "figure")),
        Prefetch("moves", DeadlineMove.objects.select_related("source")),
    )
    serializer_class = RequirementSerializer
    filterset_class = RequirementFilter
