"""Loading a file: read, compared with the record, and written as decided."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.timezone import localdate

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.extracts.queries import nothing_written_since
from disruptions.loading.disruptions import services as disruptions
from disruptions.loading.files.imports import Form, disruption_form, stage_rows, threat_form
from disruptions.loading.mended.imports import HEADING, Origin, origin_of, origin_words
from disruptions.loading.names.imports import Names
from disruptions.loading.queries import FAULTS, NUMBERS, Terms, list_refusals, temporary
from disruptions.loading.services import Loader, Result, one_at_a_time, settle
from disruptions.loading.threats import services as threats
from soc_tracker.core.access.models import EVERYTHING, sight_of
from soc_tracker.core.imports.cells import Fault
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.outcome import Outcome as RowOutcome
from soc_tracker.core.imports.questions import Answers, Question, UnreadableFileError, are_open, ask
from soc_tracker.core.imports.reader import Progress, Reader, copy_refused, nothing
from soc_tracker.core.imports.sheet import Sheet, open_sheet
from soc_tracker.core.text.days import in_words

AS_AT = "as_at"
"""The key of the question for the day."""


@dataclass(frozen=True)
class Loading:
    """A file to load. ``as_at`` is the day on which its rows were taken from the national database. It is asked for
    where neither it nor an answer says so: nothing is loaded as at a day that nobody named.

    ``is_complete``: it is said to hold all that the national database then had of its bodies and days. ``part_of`` is
    the extract whose refused rows, mended, these are. ``origin`` is what the rows themselves say of that, once they
    have been ``is_looked_into``.
    """

    contents: ExtractContents
    path: Path
    file_name: str
    kind: DataKind
    as_at: date | None = None
    by: AbstractBaseUser | None = None
    answers: Answers = field(default_factory=dict)
    is_complete: bool = False
    part_of: Extract | None = None
    origin: Origin | None = None
    is_looked_into: bool = False


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


CHANGES, YES = "accept_changes", "yes"
"""The question whether a file is right that changes most of what it shares with the record, and its answer."""
KINDS: Mapping[ExtractContents, tuple[Loader, Callable[[Names], Form]]] = {
    ExtractContents.THREATS: (threats.LOADER, threat_form),
    ExtractContents.DISRUPTIONS: (disruptions.LOADER, disruption_form),
}


def load(
    loading: Loading,
    decision: Decision,
    *,
    errors: Path | None = None,
    progress: Progress = nothing,
    follow: Callable[[Extract], None] | None = None,
    at_once: bool = False,
) -> Outcome:
    """Check a file and, as decided, put its rows on record.

    ``at_once``: in one transaction, in which nobody else can save: quicker where there is nobody else.

    Of a sender who sees only some bodies, rows of others are refused. Whoever has the server's command sees all.

    ``errors`` is where the refused rows go, if there are any: in the form of the file, with a column that
    says what is wrong with each. ``progress`` is told how many bytes have been read, and of how many.
    ``follow`` is called with the extract when its rows are written, before that is final: what it raises undoes it.
    Raises UnreadableFileError, which says what is wrong with the file as a whole, before anything is written.
    """
    today, given = localdate(), given_day(loading)
    loader, form_of = KINDS[loading.contents]
    with loading.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    sight = sight_of(loading.by) if loading.by else EVERYTHING
    same = Extract.objects.seen_by(sight).filter(
        undone_at=None, sha256=digest, contents=loading.contents, kind_of_data=loading.kind
    )
    before = same.order_by("-loaded_at", "-pk").first()
    names = Names(given or today, loading.answers)
    form = form_of(names)
    with open_sheet(loading.path, loading.file_name, loading.answers, form.fields) as sheet:
        reader = Reader(sheet, form.fields, form.rules)
        if HEADING in sheet.headings and not loading.is_looked_into:
            origin = with_origin(loading, sheet)
            return load(origin, decision, errors=errors, progress=progress, follow=follow, at_once=at_once)
        if before and not are_open(reader.questions) and stands(before, given, loading.answers):
            return unchanged(before, reader)
        with one_at_a_time(), temporary(FAULTS, NUMBERS, loader.rows(), *loader.others):
            stage_rows(reader, form, progress)
            newest = loader.newest()
            terms = Terms(
                contents=loading.contents,
                file_name=loading.file_name,
                sha256=digest,
                kind=loading.kind,
                as_at=given or newest or today,
                headings=reader.headings,
                sight=sight,
                crime_types=names.crime_types.new,
                answers=loading.answers,
                is_complete=loading.is_complete,
                part_of=loading.part_of,
            )
            questions = [*reader.questions, *([] if loading.as_at else [which_day(newest, today, loading.answers)])]
            if are_open(questions):
                decision = Decision.CHECK
            is_repeated = before is not None and before.is_complete and before.as_at == terms.as_at
            keeps_missing = loader.keeps_missing and loading.is_complete and not is_repeated
            result = settle(
                loader,
                terms,
                decision,
                by=loading.by,
                accepts_changes=loading.answers.get(CHANGES) == YES,
                keeps_missing=keeps_missing,
                at_once=at_once,
                follow=follow,
            )
            questions += alarms(result.alarm, loading.answers)
            if errors and result.refused:
                copy_refused(
                    loading.path,
                    loading.file_name,
                    errors,
                    fields=form.fields,
                    answers=loading.answers,
                    faults=faults_between,
                    beside=(HEADING, origin_words(terms, is_day_known=given is not None)),
                )
    return outcome_of(result, loading, reader, terms, before, questions, keeps_missing=keeps_missing)


def given_day(loading: Loading) -> date | None:
    """The as-at day, given with the file or chosen when asked. Raises UnreadableFileError for one to come."""
    given = loading.as_at or day_in(loading.answers)
    if given and given > localdate():
        day = in_words(given)
        raise UnreadableFileError(f"The file cannot be as at {day}, which is still to come: choose a day up to today.")
    return given


def outcome_of(
    result: Result,
    loading: Loading,
    reader: Reader,
    terms: Terms,
    before: Extract | None,
    questions: Sequence[Question],
    *,
    keeps_missing: bool,
) -> Outcome:
    """What is kept and shown of a loading. ``before`` is the extract that the same file was."""
    how = reader.how_read()
    if origin := loading.origin:
        day = f", and are as at {in_words(origin.as_at)} as it is" if origin.as_at else ""
        how["notes"] = (f"These are mended rows of {origin.file_name}: they are part of it{day}.", *how["notes"])
    return Outcome(
        written=result.extract is not None,
        added=result.numbers.added,
        changed=result.numbers.changed,
        unchanged=result.numbers.unchanged,
        refused=result.refused,
        missing=result.missing,
        is_part=not loading.is_complete,
        withdrawable=result.missing if keeps_missing else 0,
        stray=tuple(each for each in reader.match.stray if each != HEADING),
        as_at=terms.as_at,
        extract=result.extract,
        loaded_before=localdate(before.loaded_at) if before else None,
        additions=tuple(result.additions),
        changes=tuple(result.changes),
        refusals=tuple(result.refusals),
        missing_references=tuple(result.missing_references),
        questions=tuple(questions),
        **how,
        crime_types=tuple(terms.crime_types[number] for number in result.numbers.crime_types),
    )


def with_origin(loading: Loading, sheet: Sheet) -> Loading:
    """Mended rows have the day of the file that they came from, whatever day was given. Reads from the sheet."""
    origin = origin_of(
        sheet,
        sight=sight_of(loading.by) if loading.by else EVERYTHING,
        contents=loading.contents,
        kind_of_data=loading.kind,
    )
    if origin is None:
        return replace(loading, is_looked_into=True)
    return replace(
        loading,
        as_at=origin.as_at or loading.as_at,
        is_complete=False,
        part_of=origin.extract or loading.part_of,
        origin=origin,
        is_looked_into=True,
    )


def day_in(answers: Answers) -> date | None:
    """The as-at day that the sender of a file chose when asked. Raises UnreadableFileError."""
    try:
        return date.fromisoformat(answers[AS_AT]) if answers.get(AS_AT) else None
    except ValueError:
        raise UnreadableFileError(f"“{answers[AS_AT]}” is no day: give one such as 2023-07-13.") from None


def which_day(newest: date | None, today: date, answers: Answers) -> Question:
    """Asks for the as-at day: the newest day that the rows themselves speak of is offered first."""
    days = {today: f"Today, {in_words(today)}"}
    if newest and newest <= today:
        days = {newest: f"{in_words(newest)}, the newest day on which a row of the file was added"} | days
    if (given := day_in(answers)) and given not in days:
        days[given] = in_words(given)
    return ask(
        answers,
        key=AS_AT,
        text="On which day were the rows taken from the national database?",
        choices=[(day.isoformat(), words) for day, words in days.items()],
        hint="For any other day, load the file again with that day given as “As at”.",
        is_needed=True,
    )


def alarms(alarm: str, answers: Answers) -> Iterator[Question]:
    """The question that holds a file which would make most of the rows that are on record into others."""
    if alarm:
        hint = (
            "If its columns were sorted apart, or it comes from elsewhere, give it up: nothing of it has been loaded."
        )
        choices = [(YES, "Yes, the file is right: change them")]
        yield ask(answers, key=CHANGES, text=alarm, choices=choices, hint=hint, is_needed=True)


def stands(before: Extract, as_at: date | None, answers: Answers) -> bool:
    """Whether the record still says all that the same file said when it was loaded before, as at the same day."""
    is_same_day = as_at is None or as_at == before.as_at
    answers_before, answers_now = ({**each, AS_AT: ""} for each in (before.answers or {}, answers))
    is_whole = not (before.rows_refused or before.rows_missing)
    return is_same_day and answers_before == answers_now and is_whole and nothing_written_since(before)


def unchanged(before: Extract, reader: Reader) -> Outcome:
    """What becomes of a file that stands: nothing."""
    return Outcome(
        written=False,
        added=0,
        changed=0,
        unchanged=before.rows_added + before.rows_changed + before.rows_unchanged,
        refused=0,
        missing=0,
        stray=reader.match.stray,
        **reader.how_read(),
        as_at=before.as_at,
        extract=None,
        loaded_before=localdate(before.loaded_at),
        additions=(),
        changes=(),
        refusals=(),
        missing_references=(),
    )


def faults_between(first: int, last: int) -> Iterator[tuple[int, Fault]]:
    """What is wrong with the rows between two lines, in their order."""
    for line, _, *fault in list_refusals(between=(first, last)):
        yield line, Fault(*fault)
