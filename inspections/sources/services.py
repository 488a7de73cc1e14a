"""That facts are in words of one's own: no run of eight words of their document."""

from typing import Any

from django.core.exceptions import ValidationError

from inspections.sources.models import SourceDocument, SourceRuns
from soc_tracker.core.text.runs import LENGTH, copied_runs, digests_of


def keep_runs(source: SourceDocument, text: str) -> None:
    """Keep which runs of words a document has, beside those of it that are known already; not the words."""
    before = SourceRuns.objects.filter(source=source).first()
    digests = digests_of(text, bytes(before.digests) if before else b"")
    SourceRuns.objects.update_or_create(source=source, defaults={"digests": digests})


def check_own_words(record: Any, *names: str) -> None:
    """Refuse a field that copies a run of words of the document that the fact is from. Raises ValidationError.

    Of a document that was never read here, nothing is known to be copied.
    """
    known = SourceRuns.objects.filter(source=record.source_id).values_list("digests", flat=True)
    for digests in known:
        errors = {}
        for name in names:
            if runs := copied_runs(getattr(record, name), bytes(digests)):
                quoted = "; ".join(f"“{run}”" for run in runs)
                words = f"at least {LENGTH} words in a row stand so in the document: {quoted}."
                errors[name] = f"Say it in your own words: {words}"
        if errors:
            raise ValidationError(errors)
