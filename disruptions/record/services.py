"""Every write of single disruptions: recorded, corrected, withdrawn, put back.

What stood before stays as a row of its own, so that the record of any earlier
day can still be shown and counted. Whole extracts go their own way, with the
same outcome: see ``disruptions.loading``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from disruptions.counts.services import Event, add_events
from disruptions.extracts.services import write_first_histories_of
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat, ThreatState
from disruptions.words import models as words
from soc_tracker.core.records import services as records
from soc_tracker.core.records.services import By, Service
from soc_tracker.core.text.days import in_words


class DisruptionService(Service[Disruption]):
    """Keeps the states of each disruption, the counts, the words to search and the history at one.

    ``today`` gives the day on which what ``change`` writes becomes known;
    the other verbs are given the day.
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
        record.threat_type = type_on(record.threat_id, record.known_from)

    def follow(self, record: Disruption, *, by: By, reason: str) -> None:
        words.store("%s", [record.pk])
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

    def correct(self, record: Disruption, values: Mapping[str, Any], *, on: date, **write: Any) -> Disruption:
        """Give a disruption other values from a day on; of the days before, the record says what it said.

        On the very day on which the old values became known, the new ones replace them.
        ``write`` is ``by``, ``reason`` and ``expected_version``. Raises as ``Service.change`` does; ValidationError
        also when something is known of a later day.
        """

        def prepare(current: Disruption, stored: Disruption) -> None:
            refuse_known_later(stored, on)
            refuse_withdrawn(stored)
            differing = records.differing(stored, values)
            if not differing:
                return
            current.known_from = on
            if {"threat", "organisation", "added_date", *self.fixed} & {*differing}:
                self._prepare_change(current, stored)
            else:
                current.threat_type = type_on(current.threat_id, on)

        return records.change(record, values=values, prepare=prepare, follow=restate, **write)

    def withdraw(self, record: Disruption, *, on: date, **write: Any) -> Disruption:
        """Take a disruption off the record from a day on. Arguments and errors are those of ``correct``."""

        def prepare(current: Disruption, stored: Disruption) -> None:
            refuse_known_later(stored, on)
            refuse_withdrawn(stored)
            current.known_to = on

        def follow(current: Disruption, stored: Disruption) -> None:
            write_first_histories_of([stored])
            add_events([Event(current, on, -1)])

        return records.change(record, values={}, prepare=prepare, follow=follow, **write)

    def reinstate(self, record: Disruption, *, on: date, **write: Any) -> Disruption:
        """Put a withdrawn disruption back on the record from a day on. Arguments and errors are as of ``correct``."""

        def prepare(current: Disruption, stored: Disruption) -> None:
            refuse_known_later(stored, on)
            if stored.known_to is None:
                raise ValidationError("It has not been withdrawn.")
            current.known_from, current.known_to = on, None
            self._prepare_change(current, stored)

        return records.change(record, values={}, prepare=prepare, follow=restate, **write)

    def check_removal(self, record: Disruption) -> None:
        raise ValidationError("Figures as at earlier days count it, so it is never removed. Withdraw it instead.")


def refuse_known_later(stored: Disruption, on: date) -> None:
    """Refuse to write of a day when the record already knows of a later one. Raises ValidationError."""
    extract = stored.extract.as_at if stored.extract else date.min
    latest = max(stored.known_from, stored.known_to or date.min, extract)
    if on < latest:
        day = in_words(latest)
        raise ValidationError(f"It is known as it was on {day}: choose that day or a later one.")


def refuse_withdrawn(stored: Disruption) -> None:
    """Refuse to write what is no longer on the record. Raises ValidationError."""
    if stored.known_to:
        day = in_words(stored.known_to)
        raise ValidationError(f"It was withdrawn on {day}: put it back on the record first.")


def restate(current: Disruption, stored: Disruption) -> None:
    """Beside the row now written, keep the state that it had, where that lasted a day, and what is counted and
    searched.
    """
    write_first_histories_of([stored])
    keys, end = [current.pk], stored.known_to or current.known_from
    if end != stored.known_from:
        columns = {field.attname: getattr(stored, field.attname) for field in Disruption._meta.concrete_fields}
        earlier = Disruption(**columns | {"id": None, "known_to": end, "state_of_id": stored.pk})
        Disruption.objects.bulk_create([earlier])  # no save(): an earlier state has no history of its own
        keys.append(earlier.pk)
    words.forget_text(stored.pk, stored.folded)
    words.store(", ".join(["%s"] * len(keys)), keys)
    ended = [] if stored.known_to else [Event(stored, current.known_from, -1)]
    add_events([*ended, Event(current, current.known_from, 1)])


def type_on(threat: int, day: date) -> str:
    """What a threat was on a day; before its first state, and without any, what it was first called."""
    state = ThreatState.objects.as_at(day).filter(threat=OuterRef("pk")).values("type")[:1]
    types = Threat.objects.filter(pk=threat).values_list(Coalesce(Subquery(state), "first_type"), flat=True)
    return str(types[0])


DISRUPTIONS = DisruptionService(today=localdate)
record_disruption = DISRUPTIONS.create
correct_disruption = DISRUPTIONS.correct
withdraw_disruption = DISRUPTIONS.withdraw
reinstate_disruption = DISRUPTIONS.reinstate
