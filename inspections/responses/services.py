"""The clock of responses: from when on one is awaited, until when, and whether it came in time; and what they say."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.programmes.models import Inspection, Programme
from inspections.requirements.models import Requirement
from inspections.requirements.services import REQUIREMENTS
from inspections.responses.models import Answer, Response
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import first_day, in_words, span


class ResponseService(Service[Response]):
    """Works out when a response is due, and whether it came in time."""

    def prepare(self, record: Response) -> None:
        """Raises ValidationError for a response that came before the report that it responds to."""
        [inspection] = Inspection.objects.filter(pk=record.inspection_id).select_related("programme")  # as stored now
        report = span(inspection.published_on, inspection.published_precision) if inspection.published_on else None
        days = inspection.programme.response_days
        record.due_from = record.due_to = record.in_time = None
        if report and days is not None:
            record.due_from, record.due_to = (day + timedelta(days) for day in (report.first, report.last))
        if not record.published_on:
            return
        record.published_on = first_day(record.published_on, record.published_precision)
        given = span(record.published_on, record.published_precision)
        if report and given.last < report.first:
            raise ValidationError({"published_on": f"The report was published later: {inspection.published}."})
        if record.due_from and record.due_to:
            in_time, late = given.last <= record.due_from, given.first > record.due_to
            record.in_time = True if in_time else False if late else None


RESPONSES = ResponseService(Response, fixed=("inspection", "organisation"))


def expect_response(inspection: Inspection, organisation: Organisation | None, *, by: By, reason: str) -> None:
    """Await the response on a force that the inspection speaks of. Others have no local policing body."""
    if organisation is None or organisation.kind != OrganisationKind.FORCE:
        return
    if not Response.objects.filter(inspection=inspection, organisation=organisation).exists():
        RESPONSES.create(inspection=inspection, organisation=organisation, by=by, reason=reason)


def set_clocks(changed: Inspection | Programme, *, by: By, reason: str) -> None:
    """Work out anew when its responses are due, after what that hangs on has changed."""
    of_it = Q(inspection=changed.pk) if isinstance(changed, Inspection) else Q(inspection__programme=changed.pk)
    for response in list(Response.objects.filter(of_it).order_by("pk")):
        RESPONSES.change(response, {}, by=by, reason=reason, expected_version=response.version)


class AnswerService(Service[Answer]):
    """An answer is to something that the response's own report asks of its force."""

    def prepare(self, record: Answer) -> None:
        response, requirement = record.response, record.requirement
        own = (response.inspection_id, response.organisation_id)
        if (requirement.finding.inspection_id, requirement.organisation_id) != own:
            raise ValidationError({"requirement": "Choose something that the report asks of this force."})
        check_own_words(record, "text")

    def follow(self, record: Answer, *, by: By, reason: str) -> None:
        """What was accepted stands with the requirement, too."""
        requirement = record.requirement
        if record.acceptance and requirement.acceptance != record.acceptance:
            values = {"acceptance": record.acceptance}
            REQUIREMENTS.change(requirement, values, by=by, reason=reason, expected_version=requirement.version)


ANSWERS = AnswerService(Answer, fixed=("response", "requirement"))


def give_response(
    response: Response,
    values: Mapping[str, Any],
    answers: Mapping[Requirement, Mapping[str, Any] | None],
    *,
    by: By,
    reason: str,
    expected_version: int,
    today: date,
) -> Response:
    """Store what the response says, with its answers, or amend it; all or nothing. It is silent where one is None.

    Raises ValidationError, naming the requirement where it is about one; StaleRecordError as ``Service.change`` does.
    """
    on = values.get("published_on")
    if on and on > today:
        raise ValidationError({"published_on": f"Choose a day up to today, {in_words(today)}."})
    if on is None and not values.get("source"):
        raise ValidationError({"published_on": "Give the day on which it was published."})
    if not response.inspection.stage.is_published:
        raise ValidationError("The report is not published yet: there is nothing to respond to.")
    with transaction.atomic():
        values = {**values, "is_published": True, "by": by}
        changed = RESPONSES.change(response, values, by=by, reason=reason, expected_version=expected_version)
        stored = {answer.requirement_id: answer for answer in changed.answers.order_by("pk")}
        for requirement, says in answers.items():
            answer = stored.get(requirement.pk)
            try:
                if answer and says is None:
                    ANSWERS.remove(answer, by=by, reason=reason, expected_version=answer.version)
                elif answer:
                    ANSWERS.change(answer, says, by=by, reason=reason, expected_version=answer.version)
                elif says is not None:
                    ANSWERS.create(says, response=changed, requirement=requirement, by=by, reason=reason)
            except ValidationError as error:
                raise ValidationError(f"{requirement.text}: {' '.join(error.messages)}") from error
    return changed
