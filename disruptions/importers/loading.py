"""Loading a file: read, compared with the record, and written as decided."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from django.utils.timezone import localdate

from disruptions.choices import ExtractContents
from disruptions.importers.disruptions import disruption_form
from disruptions.importers.errors import write_errors
from disruptions.importers.names import CrimeTypes, Organisations
from disruptions.importers.outcome import Loading, Outcome
from disruptions.importers.reading import Form, Reader
from disruptions.importers.threats import threat_form
from disruptions.models import Extract
from disruptions.services.loading import (
    FAULTS,
    DisruptionLoader,
    Loader,
    Result,
    Terms,
    ThreatLoader,
    scratch,
    settle,
)
from soc_tracker.lib.imports import Decision, Progress, UnreadableFileError, nothing, open_sheet
from soc_tracker.lib.periods import Precision, in_words

FormOf = Callable[[Organisations, CrimeTypes, date], Form]
KINDS: Mapping[ExtractContents, tuple[Callable[[], Loader], FormOf]] = {
    ExtractContents.THREATS: (ThreatLoader, threat_form),
    ExtractContents.DISRUPTIONS: (DisruptionLoader, disruption_form),
}


def load(
    loading: Loading,
    decision: Decision,
    *,
    errors: Path | None = None,
    progress: Progress = nothing,
    follow: Callable[[Extract], None] | None = None,
) -> Outcome:
    """Check a file and, as decided, put its rows on record.

    ``errors`` is where the refused rows go, if there are any: in the form of the file, with a column that
    says what is wrong with each. ``progress`` is told how many bytes have been read, and of how many.
    ``follow`` is called with the extract when its rows are written, before that is final: what it raises undoes it.
    Raises UnreadableFileError, which says what is wrong with the file as a whole, before anything is written.
    """
    last = _last_day(loading)
    loader_of, form_of = KINDS[loading.contents]
    loader, crime_types = loader_of(), CrimeTypes()
    with open_sheet(loading.path, loading.file_name) as sheet, scratch(FAULTS, *loader.tables):
        reader = Reader(sheet, form_of(Organisations(), crime_types, last))
        reader.read(progress)
        terms = Terms(
            contents=loading.contents,
            file_name=loading.file_name,
            sha256=_digest(loading.path),
            kind=loading.kind,
            as_at=loading.as_at or loader.newest() or last,
            headings=reader.headings,
            crime_types=crime_types.new,
        )
        before = _loaded_before(terms)
        result = settle(loader, terms, decision, by=loading.by, follow=follow)
        if errors and result.refused:
            write_errors(loading, errors)
    return _outcome(reader, terms, before, result)


def _last_day(loading: Loading) -> date:
    """The last day of which a row can speak."""
    today = localdate()
    if loading.as_at and loading.as_at > today:
        day = in_words(loading.as_at, Precision.DAY)
        raise UnreadableFileError(f"The file cannot be as at {day}, which is still to come: choose a day up to today.")
    return loading.as_at or today


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _loaded_before(terms: Terms) -> date | None:
    """The day on which the same file was loaded before."""
    same = Extract.objects.filter(sha256=terms.sha256, contents=terms.contents, kind_of_data=terms.kind)
    newest = same.order_by("-loaded_at", "-pk").first()
    return localdate(newest.loaded_at) if newest else None


def _outcome(reader: Reader, terms: Terms, before: date | None, result: Result) -> Outcome:
    return Outcome(
        written=result.extract is not None,
        added=result.found.added,
        changed=result.found.changed,
        unchanged=result.found.unchanged,
        refused=result.refused,
        missing=result.missing,
        stray=reader.match.stray,
        form=reader.sheet.form,
        as_at=terms.as_at,
        extract=result.extract,
        loaded_before=before,
        additions=tuple(result.additions),
        changes=tuple(result.changes),
        refusals=tuple(result.refusals),
        missing_references=tuple(result.missing_references),
        crime_types=tuple(terms.crime_types[number] for number in result.found.crime_types),
    )
