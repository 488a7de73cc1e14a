"""The tables of a pack: each the same on its page, in files and on paper."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspections.choices import Setter
from inspections.findings.models import Finding
from inspections.following.queries import Followed, Quarter
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.report import listing, several
from soc_tracker.core.stats.histories import Moved, Movement, Pack, Timeliness, get_pack, timeliness
from soc_tracker.core.text.days import years_after

MOVEMENTS = {Movement.MADE: "Made", Movement.REOPENED: "Reopened", Movement.CLOSED: "Closed"}
NO_REASON = "No reason given"


@dataclass(frozen=True)
class Balance:
    """One line of a pack: of a kind, of a body, or of all."""

    name: str
    kind: str
    pack: Pack


def balance_columns(first: str, *more: Column) -> tuple[Column, ...]:
    def count(movement: Movement) -> Callable[[Balance], int]:
        return lambda row: row.pack.count(movement)

    return (
        Column("name", first, lambda row: row.name),
        *more,
        Column("opening", "Open at the start", lambda row: row.pack.opening, numeric=True),
        Column("made", "Made", count(Movement.MADE), numeric=True),
        Column("reopened", "Reopened", count(Movement.REOPENED), numeric=True),
        Column("closed", "Closed", count(Movement.CLOSED), numeric=True),
        Column("closing", "Open at the end", lambda row: row.pack.closing, numeric=True),
    )


def balances(
    followed: Iterable[Followed], quarter: Quarter, name: Callable[[Followed], tuple[str, str]]
) -> list[Balance]:
    """A line for each name and kind that anything happened to, or that has anything open, and one of all."""
    groups: dict[tuple[str, str], list[Followed]] = defaultdict(list)
    for each in followed:
        groups[name(each)].append(each)
    lines = [Balance(*key, get_pack((each.history for each in groups[key]), quarter.period)) for key in sorted(groups)]
    lines = [line for line in lines if line.pack.opening or line.pack.moves]
    every = get_pack((each.history for rows in groups.values() for each in rows), quarter.period)
    return [*lines, Balance("All", "All", every)] if lines else []


def by_kind(followed: Sequence[Followed], quarter: Quarter) -> Report:
    lines = balances(followed, quarter, lambda each: (each.requirement.kind, each.requirement.kind))
    sentence = ""
    if lines:
        every, count = lines[-1].pack, lines[-1].pack.count
        reopened = [f"{number:,} reopened"] if (number := count(Movement.REOPENED)) else []
        came = [f"{count(Movement.MADE):,} made", *reopened, f"{count(Movement.CLOSED):,} closed"]
        sentence = f"{every.opening:,} open at the start, {listing(came)}: {every.closing:,} open at the end."
    return Report(
        slug="by-kind",
        title="What was open, what came and what went",
        kind_of_data=PUBLISHED,
        columns=balance_columns("Kind"),
        rows=lines,
        sentence=sentence,
        notes=("Open at the start + made + reopened − closed = open at the end.",) if lines else (),
        none="Nothing was open, and nothing was made, in these months.",
    )


def by_body(followed: Sequence[Followed], quarter: Quarter) -> Report:
    kind = Column("kind", "Kind", lambda row: row.kind)
    lines = balances(followed, quarter, lambda each: (each.requirement.addressee.name, each.requirement.kind))
    return Report(
        slug="by-body",
        title="The same for each body",
        kind_of_data=PUBLISHED,
        columns=balance_columns("Body", kind),
        rows=lines,
        none="Nothing was open, and nothing was made, in these months.",
    )


WHAT = Column(
    "what", "What must change", lambda row: row.requirement.text, lambda row: row.requirement.get_absolute_url()
)
FOR = Column("for", "For", lambda row: row.requirement.addressee.name)
KIND_OF_IT = Column("kind", "Kind", lambda row: row.requirement.kind)


FIRST_DAY = "first day of the span known"
DAY_IN_FILES = (Column("on", f"Day ({FIRST_DAY})", lambda row: row.moved.on),)
SINCE_IN_FILES = (Column("since", f"Since ({FIRST_DAY})", lambda row: row.history.made),)


@dataclass(frozen=True)
class MovedRow:
    followed: Followed
    moved: Moved

    @property
    def requirement(self) -> Any:
        return self.followed.requirement


def movements(followed: Sequence[Followed], quarter: Quarter) -> Report:
    by_key = {each.requirement.pk: each for each in followed}
    pack = get_pack((each.history for each in followed), quarter.period)
    rows = [MovedRow(by_key[moved.history.key], moved) for moved in pack.moves]
    return Report(
        slug="movements",
        title="What was made, reopened and closed",
        kind_of_data=PUBLISHED,
        columns=(
            WHAT,
            Column("on", "Day", lambda row: row.followed.in_words(row.moved), files=DAY_IN_FILES),
            Column("movement", "What happened", lambda row: MOVEMENTS[row.moved.movement]),
            FOR,
            KIND_OF_IT,
        ),
        rows=rows,
        none="Nothing was made, reopened or closed in these months.",
    )


def still_open(followed: Sequence[Followed], quarter: Quarter) -> Report:
    """As at the end of the quarter, the oldest first."""
    day = quarter.period.last
    rows = sorted((each for each in followed if each.history.is_open(day)), key=lambda each: each.history.made)

    def is_overdue(row: Followed) -> bool:
        return timeliness(row.history.dues(day)[-1], None, day) == Timeliness.OVERDUE

    def why(row: Followed) -> str:
        is_old = years_after(row.history.made, 1) < day
        return (row.requirement.open_because or NO_REASON) if is_old else "Open for less than a year"

    late, unknown = sum(map(is_overdue, rows)), sum(not row.status_on(day).is_stated for row in rows)
    return Report(
        slug="open",
        title="Open at the end, the oldest first",
        kind_of_data=PUBLISHED,
        columns=(
            WHAT,
            FOR,
            KIND_OF_IT,
            Column("since", "Since", lambda row: row.requirement.inspection.published, files=SINCE_IN_FILES),
            Column("status", "Status then", lambda row: row.status_on(day).label),
            Column("first_due", "First due", lambda row: row.first_due),
            Column("due", "Due then", lambda row: row.due_on(day)),
            Column("overdue", "Overdue", is_overdue),
            Column("why", "Why it is still open", why),
        ),
        rows=rows,
        sentence=(
            f"{several(len(rows), 'is', 'are')} open, {late:,} of them overdue. "
            f"Of {unknown:,} nothing is known here since their report: they count as open."
            if rows
            else ""
        ),
        none="Nothing was open at the end.",
    )


def slipped(followed: Sequence[Followed], quarter: Quarter) -> Report:
    """The moves of due dates that were set in the quarter."""
    moves = [move for each in followed for move in each.moves if move.on in quarter.period]
    return Report(
        slug="slips",
        title="Due dates that were moved",
        kind_of_data=PUBLISHED,
        columns=(
            WHAT,
            FOR,
            Column("old", "From", lambda row: row.old),
            Column("new", "To", lambda row: row.new),
            Column("setter", "Set by", lambda row: Setter(row.setter).label),
            Column("on", "Set on", lambda row: row.on),
            Column("reason", "Reason", lambda row: row.reason),
        ),
        rows=sorted(moves, key=lambda move: (move.on, move.pk)),
        none="No due date was moved in these months.",
    )


def repeated(followed: Sequence[Followed], quarter: Quarter, earliest: Mapping[int, Finding]) -> Report:
    """Those open at the end that come back to an earlier finding: ``earliest`` by the keys of their findings."""
    day = quarter.period.last
    rows = [each for each in followed if each.history.is_open(day) and each.requirement.finding_id in earliest]

    def earlier(row: Followed) -> Finding:
        return earliest[row.requirement.finding_id]

    return Report(
        slug="repeats",
        title="Open, and asked for before",
        kind_of_data=PUBLISHED,
        columns=(
            WHAT,
            FOR,
            Column("earlier", "Before", lambda row: earlier(row).title, lambda row: earlier(row).get_absolute_url()),
            Column("published", "First found by", lambda row: earlier(row).inspection.programme.name),
        ),
        rows=rows,
        none="Nothing that is open at the end is known to repeat an earlier finding.",
    )


def late_responses(responses: Sequence[Any], quarter: Quarter) -> Report:
    """Those of local policing bodies that came late, and those that were due and are not held here; oldest first."""
    day = quarter.period.last

    def published(row: Any) -> str:
        if not row.is_published:
            return "none held here"
        is_later = row.published_on and row.published_on > day
        return "not by the end of the quarter" if is_later else str(row.published)

    return Report(
        slug="responses",
        title="Responses that were late, or are not held here",
        kind_of_data=PUBLISHED,
        columns=(
            Column("inspection", "Report", lambda row: row.inspection.title, lambda row: row.get_absolute_url()),
            Column("organisation", "On", lambda row: row.organisation.name),
            Column("answering", "To be given by", lambda row: row.answering.name if row.answering else "not held here"),
            Column("due", "Due", lambda row: row.due),
            Column("published", "Published", published),
        ),
        rows=responses,
        none="Every response that was due is held here, and none came late.",
    )
