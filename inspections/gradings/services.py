"""Gradings, always on the scale of their programme."""

from django.core.exceptions import ValidationError

from inspections.gradings.models import Characteristic, Grading
from inspections.programmes.models import Programme
from inspections.programmes.services import check_covered
from inspections.responses.services import expect_response
from inspections.sources.services import check_own_words
from inspections.vocabularies.models import Grade, GradeScale
from soc_tracker.core.records.services import By, Service


class GradingService(Service[Grading]):
    """A grading answers one question of its inspection's programme, for a body that was inspected."""

    def prepare(self, record: Grading) -> None:
        # Locked: the programme's scale must not change under a grading that is about to join it. A filter, because
        # several gradings may be written in one request.
        [programme] = Programme.objects.select_for_update().filter(pk=record.inspection.programme_id)
        record.scale_id = programme.scale_id
        if record.question.programme_id != programme.pk:
            raise ValidationError({"question": f"Choose a question of {programme}, the inspection's programme."})
        check_covered(record.inspection, record.organisation)
        check_grade(record.grade, programme.scale, of=programme)
        check_own_words(record, "summary")

    def follow(self, record: Grading, *, by: By, reason: str) -> None:
        expect_response(record.inspection, record.organisation, by=by, reason=reason)


class CharacteristicService(Service[Characteristic]):
    """It is of a grade that its scale has, in words that are not the document's."""

    def prepare(self, record: Characteristic) -> None:
        check_grade(record.grade, record.scale, of=record.scale)
        check_own_words(record, "text")


def check_grade(grade: Grade, scale: GradeScale, *, of: Programme | GradeScale) -> None:
    """Refuse a judgement that is not on the scale, naming what may be given. Raises ValidationError."""
    if grade not in scale.allowed:
        named = ", ".join(each.label for each in scale.allowed)
        raise ValidationError({"grade": f"{of} has no {grade.label}. Choose one of: {named}."})


GRADINGS = GradingService(Grading)
CHARACTERISTICS = CharacteristicService(Characteristic)
