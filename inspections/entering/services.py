"""An inspection entered by hand: itself with its document, the grades of its bodies, then its findings one by one."""

from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify

from forces.models import Organisation
from inspections.choices import QuestionTheme
from inspections.figures.models import PublishedFigure
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Question
from inspections.programmes.services import INSPECTIONS, QUESTIONS, SOURCES
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.sources.models import SourceDocument
from soc_tracker.core.records.services import By

Values = Mapping[str, Any]


def enter_inspection(values: Values, *, document: Values, by: By) -> Inspection:
    """Store an inspection, and the document it was published as where ``document`` describes one that is new.

    Without a title it is called after what was inspected and the programme. Raises ValidationError.
    """
    with transaction.atomic():
        source = values["source"]
        if document:
            slug = free_slug(SourceDocument, document["title"])
            reason = f"Entered by hand: {document['title']}."
            source = SOURCES.create(document, slug=slug, by=by, reason=reason)
        about = values["region"] or values["organisation"]
        title = values["title"] or f"{about}: {values['programme']}"
        more = {"source": source, "title": title, "slug": free_slug(Inspection, title)}
        return INSPECTIONS.create({**values, **more}, by=by, reason=f"Entered by hand from {source}.")


def enter_grades(
    inspection: Inspection,
    question: Question | str,
    *,
    locator: str,
    grades: Iterable[tuple[Organisation, Values]],
    by: By,
    reason: str = "",
) -> list[Grading]:
    """Store the grades of several bodies on one question, all or none; a question in words is stored first.

    Raises ValidationError, which names a body where it is about one.
    """
    reason = reason or f"Entered by hand from {inspection.source}."
    stored = []
    with transaction.atomic():
        if isinstance(question, str):
            slug = free_slug(Question, inspection.programme.slug, question)
            words = {"text": question, "slug": slug, "theme": QuestionTheme.SOC, "programme": inspection.programme}
            question = QUESTIONS.create(words, by=by, reason=reason)
        shared = {"inspection": inspection, "question": question, "source": inspection.source, "locator": locator}
        for body, values in grades:
            try:
                stored.append(GRADINGS.create({**shared, **values}, organisation=body, by=by, reason=reason))
            except ValidationError as error:
                raise ValidationError(f"{body}: {' '.join(error.messages)}") from error
    return stored


def enter_finding(inspection: Inspection, values: Values, *, by: By, reason: str = "") -> Finding:
    """Store a finding of the inspection, with a slug made of its title. Raises ValidationError."""
    about = values["organisation"] or values["region"]
    slug = free_slug(Finding, inspection.slug, about.slug if values["organisation"] else "", values["title"])
    reason = reason or f"Entered by hand from {values['source']}."
    return FINDINGS.create({**values, "inspection": inspection, "slug": slug}, by=by, reason=reason)


def enter_recommendation(finding: Finding, values: Values, *, by: By, reason: str = "") -> Recommendation:
    """Store a recommendation of the finding, of which nothing is known since. Raises ValidationError."""
    reason = reason or f"Entered by hand from {values['source']}."
    return RECOMMENDATIONS.create({**values, "finding": finding}, by=by, reason=reason)


def enter_figure(inspection: Inspection, values: Values, *, by: By, reason: str = "") -> PublishedFigure:
    """Store a figure of the inspection, with a slug made of its body and measure. Raises ValidationError."""
    about = values["organisation"] or values["region"]
    slug = free_slug(PublishedFigure, inspection.slug, about.slug if about else "national", values["measure"].slug)
    source = inspection.source
    return FIGURES.create(
        {**values, "inspection": inspection, "source": source, "slug": slug},
        by=by,
        reason=reason or f"Entered by hand from {source}.",
    )


def free_slug(model: type[models.Model], *words: str) -> str:
    """A slug made of the words that no record of the model has yet, as long as its field lets it be."""
    longest: int = model._meta.get_field("slug").max_length or 0  # type: ignore[union-attr]
    made = slugify("-".join(filter(None, words)))[: longest - 4].strip("-") or "unnamed"
    taken = set(model._base_manager.filter(slug__startswith=made).values_list("slug", flat=True))
    return next(slug for slug in chain([made], (f"{made}-{number}" for number in count(2))) if slug not in taken)
