"""What a cited figure says today, and which write to the record made the difference."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from disruptions.citations.models import Citation
from disruptions.extracts.models import Extract
from disruptions.known.queries import as_known
from disruptions.record.models import Disruption
from disruptions.standpoint.queries import last_write
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from soc_tracker.core.records.history import in_sight
from soc_tracker.core.records.states import NOT_STATED, name_of
from soc_tracker.core.text.days import in_words

Value = dict[str, Any]
Recompute = Callable[[], Value]
MOST_EVENTS = 24
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Event:
    """One write to the record, in words: an extract loaded or undone, or a correction by hand."""

    moment: datetime
    words: str
    url: str = ""


@dataclass(frozen=True)
class Differing:
    """One number of a figure that is another: in which row and column, before and after; "" where it is not there."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Move:
    """What one write changed of a figure."""

    event: Event
    differences: list[Differing]


def differences(before: Value, after: Value) -> list[Differing]:
    """Cell by cell."""
    rows = []
    for value in (before, after):
        # The other cells of each row by the first, its name; of several of one name, also by which of them it is
        by_name, times = dict[str, list[str]](), Counter[str]()
        for name, *cells in value["rows"]:
            times[name] += 1
            by_name[name if times[name] == 1 else f"{name} ({times[name]})"] = cells
        rows.append(by_name)
    columns = after["headings"][1:] or before["headings"][1:]
    differing = []
    for name in dict.fromkeys((*rows[0], *rows[1])):
        filled = [list(each.get(name, ())) + [""] * (len(columns) - len(each.get(name, ()))) for each in rows]
        differing += [
            Differing(name, column, old, new) for column, old, new in zip(columns, *filled, strict=False) if old != new
        ]
    return differing


def value_today(citation: Citation, recompute: Recompute) -> Value:
    """What the figure says now. Where nothing was written since, that is what was cited."""
    written = last_write()
    return recompute() if written and written > citation.known else citation.value


def moves(citation: Citation, recompute: Recompute) -> list[Move]:
    """Which writes since it was cited changed the figure, each with what it changed: the oldest first.

    The figure is worked out as it was known after each write. Of more writes than MOST_EVENTS, the last stand for all
    that came after them.
    """
    events = list(events_since(citation))[:MOST_EVENTS]
    steps, before = [], citation.value
    for event, following in zip(events, [*events[1:], None], strict=True):
        with as_known(following.moment - INSTANT if following else None):
            after = recompute()
        if changed := differences(before, after):
            steps.append(Move(event, changed))
        before = after
    return steps


def events_since(citation: Citation) -> Iterator[Event]:
    """The writes, since a figure was cited, to rows that it was of, the oldest first; those of one moment are one."""
    since, sight, events = citation.known, citation.sight, dict[datetime, Event]()
    acts = {"loaded_at": "was loaded", "withdrawn_at": "had what it lacks withdrawn"}
    acts |= {"put_back_at": "had what it lacks put back", "undone_at": "was undone"}
    for column, act in acts.items():
        for extract in Extract.objects.seen_by(sight).filter(**{f"{column}__gt": since}).order_by(column)[:MOST_EVENTS]:
            moment = getattr(extract, column)
            words = f"The extract {extract.file_name}, as at {in_words(extract.as_at)}, {act}"
            events[moment] = Event(moment, f"{words} on {on(moment)}.", extract.get_absolute_url())
    models: tuple[Any, ...] = (Disruption, Threat, ThreatState, MorileAssessment)
    for model in models:
        seen = model.history.filter(in_sight(model, sight), history_date__gt=since)
        rows = seen.exclude(history_date__in=list(events))
        for row in rows.select_related("history_user").order_by("history_date", "history_id")[:MOST_EVENTS]:
            if row.history_date not in events:
                who = name_of(row.history_user) if row.history_user else NOT_STATED
                what = f"{model._meta.verbose_name} {getattr(row, 'reference', '')}".strip()
                words = f"{what[0].upper()}{what[1:]} was written by {who} on {on(row.history_date)}"
                events[row.history_date] = Event(
                    row.history_date, f"{words}: {row.history_change_reason or NOT_STATED}"
                )
    yield from (events[moment] for moment in sorted(events))


def on(moment: datetime) -> str:
    """A moment in words, to the minute."""
    here = localtime(moment)
    return f"{in_words(here.date())} at {here:%H:%M}"
