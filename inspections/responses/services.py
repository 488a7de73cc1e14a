"""The clock of responses: from when on one is awaited, until when, and whether it came in time."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q

from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.programmes.models import Inspection, Programme
from inspections.responses.models import Response
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import first_day, span


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


def set_clocks(responses: Iterable[Response], *, by: By, reason: str) -> None:
    """Work out anew when they are due, after what that hangs on has changed."""
    for response in responses:
        RESPONSES.change(response, {}, by=by, reason=reason, expected_version=response.version)


def clocks_of(changed: Inspection | Programme) -> list[Response]:
    of_it = Q(inspection=changed.pk) if isinstance(changed, Inspection) else Q(inspection__programme=changed.pk)
    return list(Response.objects.filter(of_it).order_by("pk"))
