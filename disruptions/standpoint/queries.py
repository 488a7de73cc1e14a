"""Which record a page tells of: one kind of data, as it stood on one day."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.utils.timezone import now

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract
from disruptions.pending.models import on_record
from disruptions.record.models import Disruption
from disruptions.standpoint.models import KNOWN
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from forces.models import Organisation
from soc_tracker.core.access.models import Sight
from soc_tracker.core.reports.report import first_of
from soc_tracker.core.text.days import in_words

DISRUPTIONS, THREATS = ExtractContents.DISRUPTIONS.value, ExtractContents.THREATS.value
DAYS = (
    (DISRUPTIONS, Extract._meta.db_table, "as_at", f"undone_at IS NULL AND contents = '{DISRUPTIONS}'"),
    (DISRUPTIONS, Disruption._meta.db_table, "known_from", "known_from IS NOT NULL"),
    (DISRUPTIONS, Disruption._meta.db_table, "known_to", "known_to IS NOT NULL"),
    (THREATS, Extract._meta.db_table, "as_at", f"undone_at IS NULL AND contents = '{THREATS}'"),
)
"""Where the record says of which days it knows something, by what it knows then, and of which rows that holds."""


@dataclass(frozen=True)
class Standpoint:
    """``latest`` is the day of the last extract or change of a disruption of this kind, ``threats`` that of the last
    extract of threats; None: there is none. Each is the last day of which the record knows: later is not loaded.
    ``sight`` is whose rows are counted: the reader's, or EVERYTHING for what no reader is shown.
    ``known`` is the moment up to which it is asked for what was known here (None: all that is), and ``written`` that of
    the last write.
    """

    kind: DataKind
    day: date
    latest: date | None
    sight: Sight = field(kw_only=True)
    threats: date | None = None
    known: datetime | None = None
    written: datetime | None = field(default=None, compare=False)

    @property
    def is_latest(self) -> bool:
        """Whether the record says on the day all that it says now."""
        return self.latest is None or self.day >= self.latest

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this kind was ever loaded or entered."""
        return self.latest is None and self.threats is None

    @property
    def of_threats(self) -> "Standpoint":
        """From where threats are looked at: no later than the last day of which they are known."""
        return replace(self, day=min(self.day, self.threats or self.day))

    @property
    def parameters(self) -> dict[str, str]:
        """What an address must hold to be answered from the same standpoint whatever is loaded later."""
        moment = self.known or self.written or now()
        known = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return {"data": str(self.kind), "as_at": self.day.isoformat(), "known": known}

    @property
    def words(self) -> str:
        return in_words(self.day)

    @property
    def not_loaded(self) -> str:
        """What is not loaded of the day, in sentences; "" where all of it is. Not loaded is not zero."""
        sentences = []
        if self.latest is None:
            sentences.append("Disruptions are not loaded.")
        elif self.day > self.latest:
            sentences.append(f"The record is known until {in_words(self.latest)}: what came later is not loaded.")
        if self.threats and self.threats < min(self.day, self.latest or self.day):
            sentences.append(f"Threats are known until {in_words(self.threats)}, and shown as at that day.")
        return " ".join(sentences)

    @property
    def in_reach(self) -> str:
        """Whose rows are counted, in a sentence; "" for those of every body. One query."""
        if self.sight.everything:
            return ""
        names = list(
            Organisation.objects.filter(pk__in=self.sight.bodies).order_by("name").values_list("name", flat=True)
        )
        return f"Only rows of bodies in your reach: {first_of(names, where='bodies') or 'none'}."


def standpoint(
    *, sight: Sight, kind: str = "", day: date | None = None, today: date, contents: str = DISRUPTIONS
) -> Standpoint:
    """What is asked for; where nothing is, recorded data (unless there is only illustrative) as at the latest day of
    the ``contents``, then the last of which it knows; where there are none of these, of whatever else is known.
    """
    days, moment = _latest_days()
    only_illustrative = days[DataKind.ILLUSTRATIVE] and not days[DataKind.RECORDED]
    chosen = DataKind(kind or (DataKind.ILLUSTRATIVE if only_illustrative else DataKind.RECORDED))
    latest, threats = days[chosen].get(DISRUPTIONS), days[chosen].get(THREATS)
    if contents == THREATS and threats:
        latest = threats
    return Standpoint(chosen, day or latest or threats or today, latest, threats, KNOWN.get(), moment, sight=sight)


def standpoints(today: date, *, sight: Sight) -> dict[DataKind, Standpoint]:
    """Each kind of data as at its latest day."""
    days, _ = _latest_days()
    return {
        kind: Standpoint(kind, known.get(DISRUPTIONS) or today, known.get(DISRUPTIONS), known.get(THREATS), sight=sight)
        for kind, known in days.items()
    }


def _latest_days() -> tuple[dict[DataKind, dict[str, date]], datetime | None]:
    """The last day of which each kind of data knows something of disruptions and of threats, where it does, and when
    the record was last written: one query, whose parts each read one end of an index.
    """
    parts = [
        f"SELECT '{kind}', '{contents}', CAST(MAX({column}) AS varchar) FROM {table}"
        f" WHERE kind_of_data = '{kind}' AND {condition} AND {on_record(table, f'{table}.id')}"
        for kind in DataKind
        for contents, table, column, condition in DAYS
    ]
    parts += [f"SELECT '', '', CAST(MAX({column}) AS varchar) {rows}" for column, rows in written()]
    days: dict[DataKind, dict[str, date]] = {kind: {} for kind in DataKind}
    moments: list[datetime] = []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for kind, contents, stored in cursor:
            if stored and kind:
                day, of_kind = date.fromisoformat(stored), days[DataKind(kind)]
                of_kind[contents] = max(day, of_kind.get(contents, day))
            elif stored:
                moments.append(as_moment(stored))
    return days, max(moments, default=None)


# When the record was last written.


WRITTEN = (
    *((model.history.model._meta.db_table, "history_date") for model in (Disruption, Threat, ThreatState)),
    *((model.history.model._meta.db_table, "history_date") for model in (MorileAssessment, CrimeType)),
    *((Extract._meta.db_table, column) for column in ("loaded_at", "withdrawn_at", "put_back_at", "undone_at")),
)
"""Where the record says when it was written."""


def written() -> list[tuple[str, str]]:
    """The columns that say it, each with the rows of its table: an extract counts once it is on record."""
    extracts = Extract._meta.db_table
    condition = f" WHERE {on_record(extracts, f'{extracts}.id')}"
    return [(column, f"FROM {table}{condition if table == extracts else ''}") for table, column in WRITTEN]


def last_write() -> datetime | None:
    """When the record was last written: what is asked of that moment or later is answered as of now."""
    query = " UNION ALL ".join(f"SELECT MAX({column}) {rows}" for column, rows in written())
    with connection.cursor() as cursor:
        cursor.execute(query)
        return max((as_moment(value) for (value,) in cursor if value), default=None)


def as_moment(value: Any) -> datetime:
    """A moment as a database answers it: SQLite has text, in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
