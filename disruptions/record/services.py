"""The states of a disruption: what may follow what, and what is kept of the one before."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from disruptions.counts.services import Event, add_events
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from disruptions.words import models as words_models
from soc_tracker.core.records import services as records
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import Precision, in_words


def refuse_known_later(stored: Disruption, on: date) -> None:
    """Refuse to write of a day when the record already knows of a later one. Raises ValidationError."""
    extract = stored.extract.as_at if stored.extract else date.min
    latest = max(stored.known_from, stored.known_to or date.min, extract)
    if on < latest:
        raise ValidationError(f"It is known as it was on {_words(latest)}: choose that day or a later one.")


def refuse_withdrawn(current: Disruption) -> None:
    """Refuse to write what is no longer on the record. Raises ValidationError."""
    if current.known_to:
        raise ValidationError(f"It was withdrawn on {_words(current.known_to)}: put it back on the record first.")


def keep_state(before: Disruption, after: Disruption) -> list[Disruption]:
    """Store what the row said before it became what it is after; nothing when that lasted not one day."""
    end = before.known_to or after.known_from
    if end == before.known_from:
        return []
    columns = {field.attname: getattr(before, field.attname) for field in Disruption._meta.concrete_fields}
    earlier = Disruption(**columns | {"id": None, "known_to": end, "state_of_id": after.pk})
    return Disruption.objects.bulk_create([earlier])  # no save(): an earlier state has no history of its own


def write_first_history(stored: Disruption) -> None:
    """Tell how a row that came with an extract began: loading leaves that to its first change."""
    if stored.extract is None or Disruption.history.filter(id=stored.pk, version__lte=stored.version).exists():
        return
    columns = {field.attname: getattr(stored, field.attname) for field in Disruption.history.model.tracked_fields}
    Disruption.history.create(
        **columns,
        history_type="+",
        history_date=stored.extract.loaded_at,
        history_user=stored.extract.loaded_by,
        history_change_reason=f"Loaded from {stored.extract.file_name}, row {stored.extract_line}",
    )


def _words(day: date) -> str:
    return in_words(day, Precision.DAY)


# Every write of single disruptions: recorded, corrected, withdrawn, put back.


Prepare = Callable[[Disruption, Disruption], None]  # what to do to a row, beside which stands how it is stored
KEY = "SELECT %s"


class DisruptionService(Service[Disruption]):
    """Keeps the states of each disruption, the counts, the words to search and the history at one.

    ``today`` tells the day on which what ``change`` writes becomes known;
    the other verbs are told the day.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(Disruption, fixed=("reference", "kind_of_data"))
        self.today = today

    def prepare(self, record: Disruption) -> None:
        if record.threat.kind_of_data != record.kind_of_data:
            kind = record.threat.get_kind_of_data_display().lower()
            raise ValidationError({"threat": f"{record.threat} is {kind}, unlike this disruption."})
        if record.added_date > self.today():
            raise ValidationError({"added_date": "Choose a day up to today."})
        record.organisation_kind = record.organisation.kind
        record.known_from = record.known_from or record.added_date
        record.threat_type = type_on(record.threat, record.known_from)

    def follow(self, record: Disruption, *, by: By, reason: str) -> None:
        words_models.store(KEY, [record.pk])
        add_events([Event(record, record.known_from, 1)])

    def change(
        self,
        record: Disruption,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        by: By,
        reason: str,
        expected_version: int,
        **more: Any,
    ) -> Disruption:
        values = {**(values or {}), **more}
        return self.correct(record, values, on=self.today(), by=by, reason=reason, expected_version=expected_version)

    def correct(
        self,
        record: Disruption,
        values: Mapping[str, Any],
        *,
        on: date,
        by: By,
        reason: str,
        expected_version: int,
    ) -> Disruption:
        """Give a disruption other values from a day on; of the days before, the record says what it said.

        On the very day on which the old values became known, the new ones replace them.
        Raises as ``Service.change`` does; ValidationError also when something is known of a later day.
        """

        def prepare(current: Disruption, stored: Disruption) -> None:
            refuse_withdrawn(stored)
            if records.differing(stored, values):
                current.known_from = on
                self._prepare_change(current)

        return self._restate(record, values, prepare, on=on, by=by, reason=reason, expected_version=expected_version)

    def withdraw(self, record: Disruption, *, on: date, by: By, reason: str, expected_version: int) -> Disruption:
        """Take a disruption off the record from a day on. Raises as ``correct`` does."""

        def prepare(current: Disruption, stored: Disruption) -> None:
            refuse_withdrawn(stored)
            current.known_to = on

        with transaction.atomic():
            _, after = self._write(record, {}, prepare, on=on, by=by, reason=reason, expected_version=expected_version)
            add_events([Event(after, on, -1)])
        return after

    def reinstate(self, record: Disruption, *, on: date, by: By, reason: str, expected_version: int) -> Disruption:
        """Put a withdrawn disruption back on the record from a day on. Raises as ``correct`` does."""

        def prepare(current: Disruption, stored: Disruption) -> None:
            if stored.known_to is None:
                raise ValidationError("It has not been withdrawn.")
            current.known_from, current.known_to = on, None
            self._prepare_change(current)

        return self._restate(record, {}, prepare, on=on, by=by, reason=reason, expected_version=expected_version)

    def check_removal(self, record: Disruption) -> None:
        raise ValidationError("Figures as at earlier days count it, so it is never removed. Withdraw it instead.")

    def _restate(
        self, record: Disruption, values: Mapping[str, Any], prepare: Prepare, *, on: date, **write: Any
    ) -> Disruption:
        """Write the row as it is from a day on, and beside it what it was until then."""
        with transaction.atomic():
            words_models.forget(KEY, [record.pk])
            before, after = self._write(record, values, prepare, on=on, **write)
            words_models.store(KEY, [record.pk])
            if after.version > before.version:
                self._keep(before, after, on)
        return after

    def _keep(self, before: Disruption, after: Disruption, on: date) -> None:
        """Store the state that a row had, where that lasted a day, and count what ended and what began."""
        for earlier in keep_state(before, after):
            words_models.store(KEY, [earlier.pk])
        ended = [] if before.known_to else [Event(before, on, -1)]
        add_events([*ended, Event(after, on, 1)])

    def _write(
        self, record: Disruption, values: Mapping[str, Any], prepare: Prepare, *, on: date, **write: Any
    ) -> tuple[Disruption, Disruption]:
        """The row before and after it is written as ``records.change`` does."""
        before = Disruption._base_manager.select_related("extract").get(pk=record.pk)

        def checked(current: Disruption) -> None:
            refuse_known_later(before, on)
            prepare(current, before)

        after = records.change(record, values=values, prepare=checked, **write)
        if after.version != before.version:
            write_first_history(before)
        return before, after


def type_on(threat: Threat, day: date) -> str:
    """What a threat was on a day; before its first state, and without any, what it was first called."""
    state = threat.states.as_at(day).first()
    return state.type if state else threat.first_type


DISRUPTIONS = DisruptionService(today=localdate)
record_disruption = DISRUPTIONS.create
correct_disruption = DISRUPTIONS.correct
withdraw_disruption = DISRUPTIONS.withdraw
reinstate_disruption = DISRUPTIONS.reinstate
