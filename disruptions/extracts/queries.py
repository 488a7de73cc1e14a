"""What an extract did to the record: the rows that it added, and what it changed from what to what.

Rows that came with an extract have no history until their first change, so additions are read from the rows as well;
changes are read from the history that loading wrote.
"""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import Any

from django.db.models import Q

from disruptions.choices import ExtractContents
from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS, Described, Kind
from disruptions.extracts.models import Extract
from disruptions.record.models import Disruption
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from forces.areas.models import LocalPolicingArea
from forces.models import Alias, Organisation
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.history import Change, every_change
from soc_tracker.core.records.models import Tracked

Added = dict[str, Any]
"""A row that was added: its line in the file, and ``columns_added`` by their paths."""


def columns_added(contents: str) -> list[Described]:
    """The columns of the rows that an extract adds, as their histories keep them."""
    if contents == ExtractContents.DISRUPTIONS:
        return list(DISRUPTION_COLUMNS)
    return [column for column in THREAT_COLUMNS if column.model is Threat and column.kind is not Kind.CRIME_TYPES]


def rows_added(extract: Extract, sight: Sight) -> Iterator[Added]:
    """Each row in sight that the extract added, as it was then, in the order of the file; read as it is needed."""
    model: Any = Threat if extract.contents == ExtractContents.THREATS else Disruption
    first = ["first_type"] if model is Threat else []
    fields = ("extract_line", *(column.path for column in columns_added(extract.contents)), *first)
    seen = Q() if sight.everything else Q(organisation__in=sight.bodies)
    in_history = model.history.filter(_by(extract), seen, history_type="+", extract_line__isnull=False)
    sources = [in_history]
    if model is Disruption:
        sources.append(
            Disruption.objects.seen_by(sight).current().filter(extract=extract, version=1, extract_line__isnull=False)
        )
    rows = (source.order_by("extract_line").values(*fields).iterator(chunk_size=2_000) for source in sources)
    return merge(*rows, key=itemgetter("extract_line"))


def changes_made(extract: Extract, sight: Sight) -> Iterator[Change]:
    """Each write in sight by which the extract changed what was on record: of threats, states and scores too."""
    if extract.contents == ExtractContents.DISRUPTIONS:
        yield from every_change(Disruption, _by(extract) & Q(history_type="~"), sight=sight)
        return
    yield from every_change(Threat, _by(extract) & Q(history_type="~"), sight=sight)
    new = Threat.history.filter(_by(extract), history_type="+").values("id")
    parts: tuple[type[Tracked], ...] = (ThreatState, MorileAssessment)
    for model in parts:
        yield from every_change(model, _by(extract) & ~Q(threat__in=new), sight=sight)


def _by(extract: Extract) -> Q:
    """Of a history table: what the loading of the extract wrote, and nobody since."""
    return Q(extract=extract.pk, history_date=extract.loaded_at)


def nothing_written_since(extract: Extract) -> bool:
    """Whether neither an extract nor a person has written, since the extract was loaded, what its rows are read by and
    compared with: threats, disruptions, crime types, the names of bodies and areas.
    """
    models: tuple[Any, ...] = (
        *(Disruption, Threat, ThreatState, MorileAssessment),
        *(Alias, Organisation, LocalPolicingArea),
    )
    since = Q(history_date__gt=extract.loaded_at)
    renamed = CrimeType.history.filter(since, ~Q(history_type="+"))  # new ones come with the extract's own rows
    return not (
        Extract.objects.filter(pk__gt=extract.pk).exists()
        or renamed.exists()
        or any(model.history.filter(since).exists() for model in models)
    )
