"""Responses as JSON, each with its answers."""

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate
from rest_framework import serializers

from inspections.responses.models import Answer, Response
from inspections.responses.pages import RESPONSE_COLUMNS, ResponseFilter
from soc_tracker.core.lists.api import ReadOnlyViewSet, RowSerializer


class AnswerSerializer(serializers.ModelSerializer):
    """What it says of one thing that must change, which ``requirement`` is the key of: see the list of requirements."""

    class Meta:
        model = Answer
        fields = ("requirement", "kind", "acceptance", "text", "due_on")


class ResponseSerializer(RowSerializer):
    """``timeliness`` is where it stands today; ``responder`` is null unless another than who answers for the force."""

    columns = RESPONSE_COLUMNS
    more = ("id", "answers")
    kind_of_data = serializers.CharField(read_only=True)
    timeliness = serializers.SerializerMethodField()
    answers = AnswerSerializer(many=True, read_only=True)

    def get_timeliness(self, response: Response) -> str:
        return str(response.timeliness(localdate()))

    class Meta:
        model = Response


class ResponseViewSet(ReadOnlyViewSet):
    """What local policing bodies say of the reports on their forces, and by when they must."""

    permission = "inspections.read_published"
    queryset = Response.objects.for_list()
    serializer_class = ResponseSerializer
    filterset_class = ResponseFilter

    def get_queryset(self) -> QuerySet:
        answers = Answer.objects.visible_to(self.request.user).order_by("pk")
        return super().get_queryset().prefetch_related(Prefetch("answers", answers))
