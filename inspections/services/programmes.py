"""Programmes, their questions, their inspections, and the documents that report them."""

from django.core.exceptions import ValidationError

from inspections.models import Grading, Inspection, Programme, Question, SourceDocument
from inspections.services.dates import DatedService
from soc_tracker.lib.services import Service


class ProgrammeService(Service[Programme]):
    """A programme keeps its scale once it has gradings: their grades would mean something else on another."""

    def fixed_fields(self, record: Programme) -> tuple[str, ...]:
        graded = Grading.objects.filter(inspection__programme=record.pk).exists()
        return (*self.fixed, "scale") if graded else self.fixed


class QuestionService(Service[Question]):
    """A question and the parts it falls into belong to one programme."""

    def fixed_fields(self, record: Question) -> tuple[str, ...]:
        used = record.gradings.exists() or record.parts.exists()
        return (*self.fixed, "programme") if used else self.fixed

    def prepare(self, record: Question) -> None:
        if record.parent is None:
            return
        if record.parent_id == record.pk or record.parent.programme_id != record.programme_id:
            raise ValidationError({"parent": f"Choose another question of {record.programme}."})


class InspectionService(DatedService[Inspection]):
    """What has been judged stays judged under one programme, of one region or organisation."""

    def fixed_fields(self, record: Inspection) -> tuple[str, ...]:
        used = record.gradings.exists() or record.findings.exists()
        return (*self.fixed, "programme", "region", "organisation") if used else self.fixed


PROGRAMMES = ProgrammeService(Programme, fixed=("slug",))
QUESTIONS = QuestionService(Question, fixed=("slug",))
INSPECTIONS = InspectionService(Inspection, fixed=("slug",))
SOURCES = DatedService(SourceDocument, fixed=("slug",))
