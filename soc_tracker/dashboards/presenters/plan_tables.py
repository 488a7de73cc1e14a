"""The tables of 4P plans on the pages of bodies and regions, each once for the page and for its file."""

from collections.abc import Callable, Iterable

from plans4p.selectors.bodies import EMPTY, LATE, Gap, idle
from plans4p.selectors.network import Network
from plans4p.selectors.quality import WORDS, Key
from soc_tracker.dashboards.presenters.plans import GAPS, NO_PLAN, QUESTIONS, BodyRow, gaps, questions
from soc_tracker.dashboards.presenters.record import NO_RECORDS
from soc_tracker.dashboards.presenters.record_tables import RecordTable
from soc_tracker.lib.tables import Column

USUAL_MONTHS = 6
Url = Callable[[BodyRow], str]

BODY = Column("body", "Body", lambda row: row.body.short_name, lambda row: f"{row.body.get_absolute_url()}#plans")
ON_A_PAGE = Column(
    "open",
    "Open plans",
    lambda row: row.plans.open,
    lambda row: row.links.on_a_page(row.body.slug) if row.plans.open else "",
    numeric=True,
)


def _number(key: str, heading: str, name: str, of: Callable[[BodyRow], int], url: Url) -> Column:
    """How many plans have a gap; "no open plan" where there is none that could."""
    return Column(
        key,
        heading,
        lambda row: row.plans.gaps.get(name, 0) if of(row) else NO_PLAN,
        lambda row: url(row) if row.plans.gaps.get(name) else "",
        numeric=True,
    )


def _of_record(key: str, heading: str, gap: Callable[[BodyRow], Gap], url: Url) -> Column:
    return Column(
        key,
        heading,
        lambda row: f"{gap(row).number:,} of {gap(row).of:,}" if gap(row).of else NO_RECORDS,
        lambda row: url(row) if gap(row).number else "",
        numeric=True,
    )


BODIES = (
    BODY,
    ON_A_PAGE,
    _number(
        "overdue",
        "Overdue for review",
        LATE,
        lambda row: row.plans.open,
        lambda row: row.links.plans(row.body.slug, overdue="review"),
    ),
    _number(
        "idle",
        f"No disruption counted for {USUAL_MONTHS} months",
        idle(USUAL_MONTHS),
        lambda row: row.plans.open,
        lambda row: row.links.plans(row.body.slug, idle=str(USUAL_MONTHS)),
    ),
    _number(
        "empty",
        "An aim with nothing counted",
        EMPTY,
        lambda row: row.plans.open,
        lambda row: row.links.plans(row.body.slug, aims="empty"),
    ),
    _of_record(
        "unplanned",
        "Threats without an open plan",
        lambda row: row.plans.unplanned,
        lambda row: row.links.unplanned(row.body.slug),
    ),
    _of_record(
        "unforeseen",
        "Disruptions that no plan foresaw",
        lambda row: row.plans.unforeseen,
        lambda row: row.links.unforeseen(row.body.slug),
    ),
)


def _answers(key: Key) -> Column:
    return Column(key.value, WORDS[key], lambda row: row.answered(key), lambda row: row.not_answering(key))


ANSWERS = (BODY, *map(_answers, Key))


def _of_network(key: str, heading: str, value: Callable[[Network], int], url: Url) -> Column:
    return Column(
        key,
        heading,
        lambda row: value(row.network),
        lambda row: url(row) if value(row.network) else "",
        numeric=True,
    )


NETWORK = (
    BODY,
    _of_network(
        "officers", "In the role", lambda network: network.officers, lambda row: row.links.officers(row.body.slug)
    ),
    _of_network(
        "trained",
        "With training on record",
        lambda network: network.trained,
        lambda row: row.links.officers(row.body.slug, trained="yes"),
    ),
    Column(
        "unheld",
        "Threats on the master list that none of them holds",
        lambda row: f"{row.network.unheld:,} of {row.network.threats:,}" if row.network.threats else NO_RECORDS,
        numeric=True,
    ),
)


def tables_of_one_body(row: BodyRow, kind: str) -> tuple[RecordTable, ...]:
    return (
        RecordTable("questions", "The inspectors’ questions", kind, QUESTIONS, questions(row), QUESTIONS),
        RecordTable("gaps", "Gaps", kind, GAPS, gaps(row), GAPS),
    )


def tables_of_bodies(rows: Iterable[BodyRow], kind: str) -> tuple[RecordTable, ...]:
    found = tuple(rows)
    with_plans = tuple(row for row in found if row.plans.open)
    return (
        RecordTable("bodies", "Open plans and gaps, body by body", kind, BODIES, found, BODIES),
        RecordTable("answers", "Open plans that answer each question", kind, ANSWERS, with_plans, ANSWERS),
        RecordTable("network", "Lead responsible officers", kind, NETWORK, found, NETWORK),
    )
