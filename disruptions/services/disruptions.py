"""Every write of single disruptions: recorded, corrected, withdrawn, put back.

What stood before stays as a row of its own, so that the record of any earlier
day can still be told and counted. Whole extracts go their own way, with the
same outcome: see ``disruptions.services.loading``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from disruptions import text_search
from disruptions.models import Disruption, Threat
from disruptions.services.cells import Event, add_events
from disruptions.services.states import keep_state, refuse_known_later, refuse_withdrawn, write_first_history
from soc_tracker.lib import records
from soc_tracker.lib.services import By, Service

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
        text_search.store(KEY, [record.pk])
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
            text_search.forget(KEY, [record.pk])
            before, after = self._write(record, values, prepare, on=on, **write)
            text_search.store(KEY, [record.pk])
            if after.version > before.version:
                self._keep(before, after, on)
        return after

    def _keep(self, before: Disruption, after: Disruption, on: date) -> None:
        """Store the state that a row had, where that lasted a day, and count what ended and what began."""
        for earlier in keep_state(before, after):
            text_search.store(KEY, [earlier.pk])
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
