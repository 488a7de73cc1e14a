"""Findings and the topics that they share."""

from django.core.exceptions import ValidationError

from inspections.findings.models import Finding, Topic
from inspections.programmes.services import check_covered, check_region
from soc_tracker.core.records.services import Service


class FindingService(Service[Finding]):
    """A finding is about a body that its inspection looked at, and repeats only a finding about the same."""

    def prepare(self, record: Finding) -> None:
        if record.organisation:
            check_covered(record.inspection, record.organisation)
        elif record.region:
            check_region(record.inspection, record.region)
        if record.repeats and record.repeats.about != record.about:
            raise ValidationError({"repeats": f"That finding is about {record.repeats.about}, not {record.about}."})


FINDINGS = FindingService(Finding, fixed=("slug",))
TOPICS = Service(Topic, fixed=("slug",))
