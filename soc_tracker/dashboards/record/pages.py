"""The recorded side of the pages of regions and bodies: what is counted, as at a day and for a period."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from disruptions.counts.queries import Scope, count_by
from disruptions.extracts.models import Extract
from disruptions.extracts.pages import provenance
from disruptions.record_list.pages import came_later
from disruptions.trend.charts import delays_in_words
from forces.models import Organisation
from inspections.figures.models import PublishedFigure
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.reports import Makers, Report, ready
from soc_tracker.core.reports.report import listing
from soc_tracker.dashboards.agreement.pages import agreement
from soc_tracker.dashboards.agreement.queries import recomputed
from soc_tracker.dashboards.glance.pages import PartPage
from soc_tracker.dashboards.record.charts import over_time, reports_of_bodies, reports_of_one_body
from soc_tracker.dashboards.record.forms import Boundaries, RecordPartFilter, TrendFilter
from soc_tracker.dashboards.record.queries import RecordSide, record_side


class OfPeriod(PartPage):
    """A page that is asked for a day, a period and a kind of data; its files say all of these in full."""

    marking = UNMARKED.label
    filterset_class = TrendFilter

    @property
    def filter_words(self) -> str:
        period = self.filter.period
        return f"{self.subject}; activity from {period.first.isoformat()} to {period.last.isoformat()}"

    @property
    def as_at(self) -> date:
        day: date = self.filter.standpoint.day
        return day

    def file_query(self) -> str:
        query = {
            "as_at": self.filter.standpoint.day.isoformat(),
            "data": str(self.filter.standpoint.kind),
            "from": self.filter.period.first.isoformat(),
            "to": self.filter.period.last.isoformat(),
            "by": str(self.filter.span),
        }
        if self.filter.given.get("boundaries") == Boundaries.NOW:
            query["boundaries"] = Boundaries.NOW.value
        return f"?{urlencode(query)}"

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "kinds": [self.filter.standpoint.kind],
            "standpoint": self.filter.standpoint,
            "period": self.filter.period,
        }


class RecordPart(OfPeriod):
    """The page of what the record holds of the ``bodies``, beside the published ``figures`` about them."""

    permission = "disruptions.read_record"
    for_programs = True
    filterset_class = RecordPartFilter
    into: Mapping[int, Organisation] = {}
    """In which body each that is no more goes on, by its key."""
    divided: tuple[Sequence[Organisation], Sequence[Organisation]] = (), ()
    """Those that became several: all of whose parts are here, and only some."""

    @property
    def is_of_now(self) -> bool:
        return bool(self.filter.given.get("boundaries") == Boundaries.NOW)

    @cached_property
    def side(self) -> RecordSide:
        return record_side(self.filter.standpoint, self.filter.period, self.bodies)

    def list_reports(self) -> Makers:
        side = self.side.counted_as(self.into) if self.is_of_now else self.side
        is_one = isinstance(self.owner, Organisation) and len(side.bodies) == 1
        counted = reports_of_one_body(side) if is_one else reports_of_bodies(side)
        return ready(counted) | {
            "over-time": partial(over_time, self.side, self.filter.span),
            "published-against-recorded": self.beside,
        }

    def list_figures(self) -> Sequence[PublishedFigure]:
        """The published figures that the record is held against."""
        raise NotImplementedError

    def beside(self) -> Report:
        """Published figures, each with what the record says of the same."""
        side = self.side
        rows = recomputed(self.request.user, self.list_figures(), side.standpoint, side)
        is_one = isinstance(self.owner, Organisation) and len(self.bodies) == 1
        return agreement(rows, str(side.standpoint.kind), one_body=is_one)

    def context(self) -> dict[str, Any]:
        stands, period, later = self.filter.standpoint, self.filter.period, list[tuple[str, int]]()
        # How many lead disruptions of the period came with extracts taken after the day.
        after = Extract.objects.in_force().of_kind(stands.kind).taken_after(stands.day)
        if taken := [] if stands.is_latest else list(after):
            bodies = frozenset(body.pk for body in self.bodies)
            values = {"organisation": bodies, "extract": frozenset(extract.pk for extract in taken)}
            counts = count_by(Scope(stands, values, period.first, period.last).lead, "extract")
            numbers = {key: number for (key,), number in counts.items()}
            with_some = [each for each in taken if each.pk in numbers]
            later = [(provenance(each, None, stands.sight)[0], numbers[each.pk]) for each in with_some]
        *counted, beside = self.reports.values()
        return super().context() | {
            "record": self.side,
            "later": came_later(later),
            "counted": counted,
            "beside": beside,
            "outside": listing([body.short_name for body in self.side.outside]),
            "late": delays_in_words(self.side.recent),
            "boundaries": boundaries_in_words(self.into, *self.divided, is_of_now=self.is_of_now),
        }


def boundaries_in_words(
    into: Mapping[int, Organisation],
    wholly: Sequence[Organisation] = (),
    partly: Sequence[Organisation] = (),
    *,
    is_of_now: bool,
) -> str:
    """ "" where no body is counted with another, and none became several."""
    names = listing(sorted({body.short_name for body in into.values()}))
    when = "now" if is_of_now else "then"
    stands = "is counted with it" if is_of_now else "stands by itself"
    words = [f"On the boundaries of {when}: what was recorded by the bodies before {names} {stands}."] if names else []
    if wholly:
        words.append(f"{listing([body.short_name for body in wholly])} became several: what was recorded stands apart.")
    if partly:
        names = listing([body.short_name for body in partly])
        words.append(f"{names} became several, not all of them here: what was recorded is in no sum of this page.")
    return " ".join(words)
