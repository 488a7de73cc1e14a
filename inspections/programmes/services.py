"""Programmes and inspections, and what an inspection may speak of: its bodies, its region, its days."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from forces.models import Membership, Organisation, Region
from inspections.gradings.models import Grading
from inspections.programmes.models import NEVER_PUBLISHED, Inspection, Programme, Question
from inspections.responses.services import expect_response, set_clocks
from inspections.sources.models import FACTS, Citation, SourceDocument, SourceKind
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By, Record, Service, WordService, change
from soc_tracker.core.text.days import Precision, first_day


def check_covered(inspection: Inspection, organisation: Organisation) -> None:
    """Refuse a record about an organisation that its inspection did not look at, whatever its region is by now.

    Raises ValidationError on the field.
    """
    if inspection.organisation_id:
        covered = organisation.pk == inspection.organisation_id
    else:
        covered = Membership.objects.filter(organisation=organisation, region=inspection.region_id).exists()
    if not covered:
        raise ValidationError({"organisation": f"“{inspection}” is not about {organisation}."})


def check_region(inspection: Inspection, region: Region) -> None:
    """Refuse a record about a region whose inspection was of another. Raises ValidationError on the field."""
    if region.pk != inspection.region_id:
        raise ValidationError({"region": f"“{inspection}” is not about {region}."})


SUFFIX = "_precision"


def settle_dates(record: models.Model) -> None:
    """Move each date that has a precision to the first day of the span it stands for."""
    for field in record._meta.concrete_fields:
        if not field.name.endswith(SUFFIX):
            continue
        name = field.name.removesuffix(SUFFIX) + "_on"
        day, precision = getattr(record, name), getattr(record, field.name)
        if day and precision in Precision.values:
            setattr(record, name, first_day(day, precision))


class DatedService(Service[Record]):
    """Stores dates as precisely as they are known, and no more."""

    def prepare(self, record: Record) -> None:
        settle_dates(record)


def settle_inspection(record: Inspection, stored: Inspection | None = None) -> None:
    """Settle its dates. Raises ValidationError where what is made up would stand among what was published."""
    settle_dates(record)
    if record.is_illustrative and record.stage.is_published:
        raise ValidationError(NEVER_PUBLISHED)


class ProgrammeService(Service[Programme]):
    """A programme keeps its scale once it has gradings: their grades would mean something else on another."""

    def fixed_fields(self, record: Programme) -> tuple[str, ...]:
        graded = Grading.objects.filter(inspection__programme=record.pk).exists()
        return (*self.fixed, "scale") if graded else self.fixed

    def follow(self, record: Programme, *, by: By, reason: str) -> None:
        set_clocks(record, by=by, reason=reason)


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
        about = ("programme", "region", "organisation") if used else ()
        return (*self.fixed, "stage", "out_at", "is_illustrative", *about)

    def move(
        self, record: Inspection, values: Mapping[str, Any], *, by: By, reason: str, expected_version: int
    ) -> Inspection:
        """Change its stage, which only a step from one stage to the next does."""
        with transaction.atomic():
            moved = change(
                record,
                by=by,
                reason=reason,
                expected_version=expected_version,
                values=values,
                prepare=settle_inspection,
            )
            self.follow(moved, by=by, reason=reason)
        return moved

    def remove(self, record: Inspection, *, by: By, reason: str, expected_version: int) -> None:
        """Of one that was made here, its report goes with it: nobody would see it otherwise, or everybody."""
        with transaction.atomic():
            report = record.source
            super().remove(record, by=by, reason=reason, expected_version=expected_version)
            if report.made_here:
                SOURCES.remove(report, by=by, reason=reason, expected_version=report.version)

    def prepare(self, record: Inspection) -> None:
        settle_inspection(record)
        check_own_words(record, "note")

    def follow(self, record: Inspection, *, by: By, reason: str) -> None:
        expect_response(record, record.organisation, by=by, reason=reason)
        set_clocks(record, by=by, reason=reason)


class CitationService(Service[Citation]):
    """Another place speaks of a fact: the one that it was taken from does so already."""

    def prepare(self, record: Citation) -> None:
        fact = record.fact
        if fact is not None and (record.source_id, record.locator) == (fact.source_id, fact.locator):
            raise ValidationError({"source": "The fact was taken from that very place: name another."})


PROGRAMMES = ProgrammeService(Programme, fixed=("slug",))
QUESTIONS = QuestionService(Question, fixed=("slug",))
INSPECTIONS = InspectionService(Inspection, fixed=("slug",))
SOURCES = DatedService(SourceDocument, fixed=("slug",))
SOURCE_KINDS = WordService(SourceKind)
CITATIONS = CitationService(Citation, fixed=FACTS)
