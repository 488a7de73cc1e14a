"""What a complete extract lacks, withdrawn in one act from its as-at day on, and put back in one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now

from disruptions.counts.services import EVENT_COLUMNS, add_cells
from disruptions.extracts.models import Extract
from disruptions.extracts.services import EXTRACTS, Act, write_first_histories, write_histories
from disruptions.loading.queries import DISRUPTION, EXTRACT, Staging, make_joinable, rows, run, temporary, value
from disruptions.loading.services import alone, one_at_a_time
from disruptions.record.models import Disruption
from disruptions.withdrawals.queries import changed_since, later_than, to_withdraw, withdrawn_for
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.services import By
from soc_tracker.core.text.days import in_words

KEYS = Staging("loading_withdrawal", {"disruption_id": "bigint"}, key="disruption_id")
"""The disruptions of one act."""
CHOSEN = f"d.id IN (SELECT disruption_id FROM {KEYS.name})"


def withdraw_missing(extract: Extract, *, by: By, reason: str, expected_version: int) -> Extract:
    """Withdraw what the extract lacks, from its as-at day on. Raises ValidationError, StaleRecordError."""
    act = Act(extract, now(), by, f"Missing from {extract.file_name}: {reason}")
    with one_at_a_time(), transaction.atomic(), alone(Decision.ALL), temporary(KEYS):
        if later := later_than(extract).exclude(part_of=extract).first():
            raise ValidationError(f"“{later.file_name}” was loaded after it: look at what is missing from that one.")
        run(f"INSERT INTO {KEYS.name} {to_withdraw(extract)}")
        count = value(f"SELECT COUNT(*) FROM {KEYS.name}")
        if extract.withdrawn_at or not count:
            raise ValidationError("Nothing that is missing from it is left to be withdrawn.")
        values = {"withdrawn_at": act.moment, "rows_withdrawn": count}
        changed = EXTRACTS.change(extract, values, by=by, reason=act.reason, expected_version=expected_version)
        write_first_histories(CHOSEN)
        run(
            f"""UPDATE {DISRUPTION} SET known_to = x.as_at, version = {DISRUPTION}.version + 1 FROM {EXTRACT} x
            WHERE x.id = %s AND {DISRUPTION}.id IN (SELECT disruption_id FROM {KEYS.name})""",
            [extract.pk],
        )
        write_histories(Disruption, "~", CHOSEN, act)
        count_events(extract, sign=-1)
    return changed


def put_back(extract: Extract, *, by: By, reason: str, expected_version: int) -> Extract:
    """Put back on the record what was withdrawn for the extract, as if it never had been. Raises as it does."""
    act = Act(extract, now(), by, f"Put back: {reason}")
    with one_at_a_time(), transaction.atomic(), alone(Decision.ALL), temporary(KEYS):
        if not extract.withdrawn_at:
            raise ValidationError("Nothing has been withdrawn for it.")
        write_back(act)
        values = {"withdrawn_at": None, "rows_withdrawn": 0, "put_back_at": act.moment}
        return EXTRACTS.change(extract, values, by=by, reason=act.reason, expected_version=expected_version)


def write_back(act: Act) -> None:
    """To be used inside the transaction of an act, with the table of KEYS. Raises ValidationError."""
    run(f"INSERT INTO {KEYS.name} {withdrawn_for(act.extract)}")
    make_joinable(KEYS.name)
    if edited := [reference for (reference,) in rows(changed_since(act.extract))]:
        day = in_words(act.extract.as_at)
        raise ValidationError(
            f"What was withdrawn from {day} on has been changed by hand since then: {', '.join(edited)}. "
            "Put the others back one by one, on the page of each."
        )
    count_events(act.extract, sign=1)
    run(
        f"""UPDATE {DISRUPTION} SET known_to = NULL, version = version + 1
        WHERE id IN (SELECT disruption_id FROM {KEYS.name})"""
    )
    write_histories(Disruption, "~", CHOSEN, act)


def count_events(extract: Extract, *, sign: int) -> None:
    """That the disruptions of the act ended (-1) on the as-at day, or did not (+1)."""
    dimensions = ", ".join(f"d.{column}" for column in EVENT_COLUMNS)
    add_cells(
        f"SELECT {dimensions}, x.as_at AS known_date, {sign:d} AS sign FROM {DISRUPTION} d, {EXTRACT} x"
        f" WHERE x.id = %s AND {CHOSEN}",
        [extract.pk],
    )
