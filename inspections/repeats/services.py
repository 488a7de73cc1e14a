"""What people say of two findings, and what later inspections say of earlier ones."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from inspections.findings.models import Finding
from inspections.programmes.services import check_covered, check_region
from inspections.repeats.models import Pairing, Revisit
from inspections.sources.services import check_own_words
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import span

PAIRINGS = Service(Pairing, fixed=("first", "second"))


def judge(finding: Finding, other: Finding, *, is_one_problem: bool, by: By) -> Pairing:
    """Keep what somebody says of two findings; said again, it takes the place of what was said before.

    Raises ValidationError for a finding beside itself.
    """
    first, second = sorted((finding, other), key=lambda each: each.pk)
    says = {"is_one_problem": is_one_problem, "on": localdate(), "by": by}
    reason = "Compared: one problem." if is_one_problem else "Compared: not the same problem."
    with transaction.atomic():
        Finding.objects.select_for_update(of=("self",)).get(pk=first.pk)  # one judge of a pair at a time
        pairing = Pairing.objects.filter(first=first, second=second).first()
        if pairing is None:
            return PAIRINGS.create(says, first=first, second=second, by=by, reason=reason)
        return PAIRINGS.change(pairing, says, by=by, reason=reason, expected_version=pairing.version)


class RevisitService(Service[Revisit]):
    """A later inspection speaks of an earlier finding about what it looked at itself."""

    def prepare(self, record: Revisit) -> None:
        finding, inspection = record.finding, record.inspection
        if finding.inspection_id == inspection.pk:
            raise ValidationError({"inspection": "The finding was made by this very inspection: choose a later one."})
        if finding.organisation:
            check_covered(inspection, finding.organisation)
        elif finding.region:
            check_region(inspection, finding.region)
        earlier, later = finding.inspection, inspection
        if earlier.published_on and later.published_on:
            begins = span(earlier.published_on, earlier.published_precision).first
            if span(later.published_on, later.published_precision).last < begins:
                when = f"{later.published}, before the finding was ({earlier.published})"
                raise ValidationError({"inspection": f"“{later}” was published in {when}."})
        check_own_words(record, "summary")


REVISITS = RevisitService(Revisit, fixed=("finding", "inspection"))
