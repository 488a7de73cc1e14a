"""What is to be loaded, and what became of it."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.timezone import localdate

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.loading.disruptions.services import DisruptionLoader
from disruptions.loading.files.imports import CrimeTypes, Form, Organisations, Reader
from disruptions.loading.services import Loader, Result, settle
from disruptions.loading.staging.queries import FAULTS, Terms, refusals_between, scratch
from disruptions.loading.threats.services import ThreatLoader
from disruptions.record.imports import disruption_form
from disruptions.threats.imports import threat_form
from soc_tracker.core.imports.cells import Fault, UnreadableFileError
from soc_tracker.core.imports.outcome import Decision, Progress, nothing
from soc_tracker.core.imports.outcome import Outcome as RowOutcome
from soc_tracker.core.imports.sheet import ErrorFile, open_sheet
from soc_tracker.core.text.days import Precision, in_words


@dataclass(frozen=True)
class Loading:
    """A file to load. ``as_at``, the day on which its rows were taken from the national database, has a default:
    the newest day on which one of its disruptions was added there; for threats, today.
    """

    contents: ExtractContents
    path: Path
    file_name: str
    kind: DataKind
    as_at: date | None = None
    by: AbstractBaseUser | None = None


@dataclass(frozen=True)
class Outcome(RowOutcome):
    """What became of an extract. ``crime_types`` are names that are new.

    ``loaded_before`` is the day on which the same file was loaded before.
    """

    as_at: date
    extract: Extract | None
    loaded_before: date | None
    crime_types: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {
            "as_at": self.as_at.isoformat(),
            "loaded_before": self.loaded_before.isoformat() if self.loaded_before else None,
            "extract": self.extract.pk if self.extract else None,
        }


# The refused rows of a file, given back in its own form with what is wrong with each.


def write_errors(loading: Loading, errors: Path) -> None:
    """Read the file a second time and copy the rows that have a fault."""
    with open_sheet(loading.path, loading.file_name) as sheet, ErrorFile(errors, sheet) as file:
        for chunk in sheet.chunks():
            said: dict[int, list[str]] = defaultdict(list)
            for line, _, *fault in refusals_between(chunk.lines[0], chunk.lines[-1]):
                said[line].append(str(Fault(*fault)))
            for at, line in enumerate(chunk.lines) if said else ():
                if line in said:
                    file.add(chunk.row(at), said[line])


# Loading a file: read, compared with the record, and written as decided.


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
