"""Which record a page tells of: one kind of data, as it stood on one day."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from disruptions.choices import DataKind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from soc_tracker.core.text.days import in_words

DAYS = (
    (Extract._meta.db_table, "as_at", "undone_at IS NULL"),
    (Disruption._meta.db_table, "known_from", "known_from IS NOT NULL"),
    (Disruption._meta.db_table, "known_to", "known_to IS NOT NULL"),
)
"""Where the record says of which days it knows something, and of which rows that holds."""


@dataclass(frozen=True)
class Standpoint:
    """``latest`` is the day of the last extract or change of a disruption of this kind; None: there is none."""

    kind: DataKind
    day: date
    latest: date | None

    @property
    def is_latest(self) -> bool:
        """Whether the record says on the day all that it says now."""
        return self.latest is None or self.day >= self.latest

    @property
    def words(self) -> str:
        return in_words(self.day)


def standpoint(*, kind: str = "", day: date | None = None, today: date) -> Standpoint:
    """What is query for; where nothing is, recorded data (unless there is only illustrative) as at its latest day."""
    latest = _latest_days()
    only_illustrative = latest[DataKind.ILLUSTRATIVE] and not latest[DataKind.RECORDED]
    chosen = DataKind(kind or (DataKind.ILLUSTRATIVE if only_illustrative else DataKind.RECORDED))
    return Standpoint(chosen, day or latest[chosen] or today, latest[chosen])


def standpoints(today: date) -> dict[DataKind, Standpoint]:
    """Each kind of data as at its latest day."""
    return {kind: Standpoint(kind, latest or today, latest) for kind, latest in _latest_days().items()}


def _latest_days() -> dict[DataKind, date | None]:
    """The last day of which each kind of data knows something: one query, whose parts each read one end of an index."""
    query = " UNION ALL ".join(
        f"SELECT '{kind}', MAX({column}) FROM {table} WHERE kind_of_data = '{kind}' AND {condition}"
        for kind in DataKind
        for table, column, condition in DAYS
    )
    days: dict[DataKind, list[date]] = {kind: [] for kind in DataKind}
    with connection.cursor() as cursor:
        cursor.execute(query)
        for kind, day in cursor:
            if day is not None:
                days[DataKind(kind)].append(date.fromisoformat(day) if isinstance(day, str) else day)
    return {kind: max(of_kind, default=None) for kind, of_kind in days.items()}
