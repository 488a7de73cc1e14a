"""Findings and the topics that they share."""

from django.core.exceptions import ValidationError

from inspections.findings.models import Finding, Topic
from inspections.programmes.services import check_covered, check_region
from inspections.requirements.services import keep_requirement
from inspections.responses.services import expect_response
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import first_day


class FindingService(Service[Finding]):
    """A finding is about a body that its inspection looked at, and repeats only a finding about the same. One that must
    be followed up has a requirement.
    """

    def prepare(self, record: Finding) -> None:
        if record.organisation:
            check_covered(record.inspection, record.organisation)
        elif record.region:
            check_region(record.inspection, record.region)
        earlier = record.repeats.inspection if record.repeats else record.inspection
        if earlier != record.inspection and not earlier.stage.is_published:
            raise ValidationError({"repeats": "That finding is not published yet."})
        if record.repeats and record.repeats.about != record.about:
            raise ValidationError({"repeats": f"That finding is about {record.repeats.about}, not {record.about}."})
        if record.is_accelerated and not record.kind.is_concern:
            raise ValidationError({"is_accelerated": "Only a cause of concern is told before the report."})
        if record.letter_on:
            record.letter_on = first_day(record.letter_on, record.letter_precision)
            report = record.inspection.published_on
            if report and record.letter_on > report:
                words = f"The report was published before: {record.inspection.published}."
                raise ValidationError({"letter_on": words})
        check_own_words(record, "title", "summary")

    def follow(self, record: Finding, *, by: By, reason: str) -> None:
        keep_requirement(record, by=by, reason=reason)
        expect_response(record.inspection, record.organisation, by=by, reason=reason)


FINDINGS = FindingService(Finding, fixed=("slug",))
TOPICS = Service(Topic, fixed=("slug",))
