"""Rows as JSON. Dates are ISO. Null means that the record does not say.

Every row says its kind of data and the day that it is as at.
"""

from typing import Any

from rest_framework import serializers

from disruptions.choices import AssessmentType, DataKind, Moderation, ThreatType
from disruptions.models import Disruption, Extract, Threat


class Slug(serializers.SlugRelatedField):
    """A related row by its slug."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", read_only=True, **kwargs)


class AsAtField(serializers.DateField):
    """The day of the view's standpoint, whatever the row."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> str:
        return super().to_representation(self.context["view"].standpoint.day)


class ThreatSerializer(serializers.ModelSerializer):
    """What the threat was on the day: ``type`` and the fields after it are null where nothing says so."""

    organisation = Slug(allow_null=True)
    crime_types = Slug(many=True)
    area = serializers.CharField(source="area.name", allow_null=True, default=None, read_only=True)
    type = serializers.ChoiceField(ThreatType.choices, allow_null=True, read_only=True)
    tier = serializers.IntegerField(allow_null=True, read_only=True)
    phase = serializers.CharField(allow_null=True, allow_blank=True, read_only=True)
    assessment_type = serializers.ChoiceField(AssessmentType.choices, allow_null=True, read_only=True)
    moderation = serializers.ChoiceField(Moderation.choices, allow_null=True, read_only=True)
    soc = serializers.BooleanField(source="is_soc", allow_null=True, read_only=True)
    since = serializers.DateField(source="valid_from", allow_null=True, read_only=True)
    score = serializers.DecimalField(9, 2, allow_null=True, read_only=True)
    scored_on = serializers.DateField(allow_null=True, read_only=True)
    last_disruption = serializers.DateField(allow_null=True, read_only=True)
    as_at = AsAtField()

    class Meta:
        model = Threat
        fields = [
            *("reference", "name", "first_type", "organisation", "crime_types", "area", "lead_responsible_officer"),
            *("type", "tier", "phase", "assessment_type", "moderation", "soc", "since"),
            *("score", "scored_on", "last_disruption", "extract", "extract_line", "kind_of_data", "as_at"),
        ]


class DisruptionSerializer(serializers.ModelSerializer):
    """What the record said of the disruption on the day, and since when it has said so."""

    threat = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    organisation = Slug()
    supported = Slug(allow_null=True)
    crime_type = Slug(allow_null=True)
    as_at = AsAtField()

    class Meta:
        model = Disruption
        fields = [
            *("reference", "threat", "threat_type", "organisation", "involvement", "supported"),
            *("four_p", "size", "crime_type", "activity_date", "added_date", "summary"),
            *("known_from", "extract", "extract_line", "kind_of_data", "as_at"),
        ]


class ExtractSerializer(serializers.ModelSerializer):
    """``as_at`` is the day on which the rows were taken from the national database."""

    class Meta:
        model = Extract
        fields = [
            *("id", "contents", "kind_of_data", "file_name", "sha256", "as_at", "loaded_at"),
            *("rows_added", "rows_changed", "rows_unchanged", "rows_refused", "rows_missing"),
        ]


class RecordPageSerializer(serializers.Serializer):
    """What an answer says of all its rows."""

    kind_of_data = serializers.ChoiceField(DataKind.choices)
    as_at = serializers.DateField()
