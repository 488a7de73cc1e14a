"""The OpenAPI schema: what every operation may answer besides its rows."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers


class ProblemSerializer(serializers.Serializer):
    """A parameter that was not understood, and what would be."""

    parameter = serializers.CharField()
    value = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField())


REFUSED = inline_serializer("Refused", {"problems": ProblemSerializer(many=True)})
DETAIL = inline_serializer("Detail", {"detail": serializers.CharField()})


class ReadOnlySchema(AutoSchema):
    """Documents refusals beside rows: 400 for what was not understood, 403 for strangers, 404 for what is not there."""

    def get_response_serializers(self) -> dict[int, Any]:
        return {200: super().get_response_serializers(), 400: REFUSED, 403: DETAIL, 404: DETAIL}
