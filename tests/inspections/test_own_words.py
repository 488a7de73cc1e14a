"""Facts are in words of our own: no run of eight words stands so in the document that they are from."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from inspections.figures.models import PublishedFigure
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection
from inspections.programmes.services import INSPECTIONS
from inspections.recommendations.models import Recommendation
from inspections.recommendations.services import RECOMMENDATIONS
from inspections.sources.models import SourceDocument, SourceRuns
from inspections.sources.services import keep_runs
from soc_tracker.core.text.runs import copied_runs

RUNS = {path.stem: path.read_bytes() for path in Path(__file__).with_name("source_runs").glob("*.digests")}
"""Of each document that facts on record were taken from, the digests of its runs of words."""
WORDED = (
    (Inspection, INSPECTIONS, "note"),
    (Grading, GRADINGS, "summary"),
    (Finding, FINDINGS, "title"),
    (Finding, FINDINGS, "summary"),
    (Recommendation, RECOMMENDATIONS, "text"),
    (PublishedFigure, FIGURES, "note"),
)
COPIED = "Every officer of the night shift reads the list before the briefing begins."


def test_of_each_document_the_runs_are_known(reference: None) -> None:
    named = set(SourceDocument.objects.values_list("slug", flat=True))
    assert RUNS.keys() <= named
    used = set(Finding.objects.values_list("source__slug", flat=True))
    assert used <= RUNS.keys()


@pytest.mark.parametrize(("model", "service", "field"), WORDED)
def test_nothing_on_record_copies_a_document(reference: None, model, service, field: str) -> None:
    copied = {
        (slug, text): runs
        for text in model.objects.values_list(field, flat=True)
        for slug, digests in RUNS.items()
        if (runs := copied_runs(text, digests))
    }
    assert copied == {}


@pytest.mark.parametrize(("model", "service", "field"), WORDED)
def test_a_service_refuses_a_copied_run(reference: None, model, service, field: str) -> None:
    record = model.objects.first()
    keep_runs(record.source, f"At the beginning. {COPIED} At the end.")
    text = f"It is said that {' '.join(COPIED.lower().split()[:8])}"
    with pytest.raises(ValidationError) as refusal:
        service.change(record, {field: text}, by=None, reason="Copied", expected_version=record.version)
    assert field in refusal.value.message_dict
    assert "“every officer of the night shift reads the”" in str(refusal.value)
    own = {field: "The list is read before each night shift."}
    assert getattr(service.change(record, own, by=None, reason="Own words", expected_version=record.version), field)


def test_a_document_that_was_not_read_here_refuses_nothing(reference: None) -> None:
    finding = Finding.objects.first()
    values = {"summary": COPIED}
    assert FINDINGS.change(finding, values, by=None, reason="Typed", expected_version=finding.version).summary == COPIED


def test_what_is_known_of_a_document_grows(reference: None) -> None:
    source = Finding.objects.first().source
    keep_runs(source, "one two three four five six seven eight")
    keep_runs(source, COPIED)
    digests = SourceRuns.objects.get(source=source).digests
    assert copied_runs("one two three four five six seven eight", digests)
    assert copied_runs(COPIED, digests)
