"""The reports on the 4P plans of bodies, with links to lists of exactly the plans and threats that were counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from disruptions.standpoint.queries import Standpoint
from forces.models import Organisation
from plans4p.choices import OPEN, PlanStatus, QuestionKey
from plans4p.gaps.queries import EMPTY, LATE, MONTHS_IDLE, BodyPlans, Gap, idle
from plans4p.officers.queries import Network
from soc_tracker.core.access.sight import OUTSIDE_REACH
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.report import listing, several
from soc_tracker.dashboards.record.charts import NO_RECORDS
from soc_tracker.dashboards.record.queries import ChosenPeriod
from soc_tracker.dashboards.words import page_of


class PlanLinks:
    def __init__(self, standpoint: Standpoint, period: ChosenPeriod) -> None:
        self.sight = standpoint.sight
        self._kind = {"data": standpoint.kind}
        self._day = self._kind | {"as_at": standpoint.day.isoformat()}
        self._days = {"activity_from": period.first.isoformat(), "activity_to": period.last.isoformat()}

    def plans(self, body: str, **filters: str | Sequence[str]) -> str:
        return _address("plans4p:plan_list", {"organisation": body} | self._kind | filters)

    def open_plans(self, body: str, **filters: str) -> str:
        return self.plans(body, status=[str(status) for status in OPEN], **filters)

    def not_answering(self, body: str, question: QuestionKey) -> str:
        """Open plans that answer the question with no."""
        return self.open_plans(body, question=question.value)

    def unplanned(self, body: str) -> str:
        return _address("plans4p:unplanned_list", {"organisation": body} | self._day)

    def unforeseen(self, body: str) -> str:
        return _address("plans4p:unforeseen_list", {"organisation": body} | self._day | self._days)

    def officers(self, body: str, **filters: str) -> str:
        """Those in the role now."""
        return _address("plans4p:officer_list", {"organisation": body, "role": "in"} | self._kind | filters)

    def on_a_page(self, body: str) -> str:
        return f"{reverse('plans4p:on_a_page', args=[body])}?{urlencode(self._kind)}"


def _address(name: str, query: Mapping[str, str | Sequence[str]]) -> str:
    return f"{reverse(name)}?{urlencode(query, doseq=True)}"


NOBODY = Network()


@dataclass(frozen=True)
class BodyRow:
    """A body, how it stands with its plans, and the way to their lists."""

    body: Organisation
    plans: BodyPlans
    links: PlanLinks
    network: Network = NOBODY

    @property
    def is_seen(self) -> bool:
        """Whether the reader sees its plans: of those of others nothing is told, not even that there is none."""
        return self.links.sight.sees(self.body.pk)

    def answered(self, key: QuestionKey) -> str:
        """Such as "3 of 7", of its open plans."""
        return f"{self.plans.answered(key)} of {self.plans.open}" if self.plans.open else NO_PLAN

    def not_answering(self, key: QuestionKey) -> str:
        """Where those are listed that do not answer; "" where all do."""
        return self.links.not_answering(self.body.slug, key) if self.plans.answered(key, False) else ""


@dataclass(frozen=True)
class StatusCount:
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class QuestionRow:
    """How many of the open plans answer one of the inspectors' questions; ``url`` lists those that do not."""

    words: str
    yes: int
    no: int
    not_known: int
    url: str


@dataclass(frozen=True)
class GapRow:
    """A gap: ``number`` of ``of``, None where nothing is on record of which there could be one."""

    words: str
    number: int | None
    of: int | None
    url: str


NO_PLAN = "no open plan"
IDLE = "Running plans that counted no disruption for {} months or more"
EMPTY_AIM = "Open plans with an aim towards which nothing counts yet"
OVERDUE = "Running plans that are overdue for review"
UNPLANNED = "Threats on the master list without an open plan"
UNFORESEEN = "Disruptions of the period that no plan foresaw"
QUESTIONS = (
    Column("question", "Question", lambda row: row.words),
    Column("yes", "Answered", lambda row: row.yes, numeric=True),
    Column("no", "Not answered", lambda row: row.no, lambda row: row.url if row.no else "", numeric=True),
    Column("not_known", "Not known yet", lambda row: row.not_known, numeric=True),
)
GAPS = (
    Column("gap", "Gap", lambda row: row.words),
    Column(
        "number",
        "Number",
        lambda row: NO_RECORDS if row.number is None else row.number,
        lambda row: row.url if row.number else "",
        numeric=True,
    ),
    Column("of", "Of all", lambda row: NO_RECORDS if row.of is None else row.of, numeric=True),
)


def body_rows(
    bodies: Iterable[Organisation], plans: Mapping[int, BodyPlans], networks: Mapping[int, Network], links: PlanLinks
) -> tuple[BodyRow, ...]:
    """A row a body, in the order given."""
    return tuple(BodyRow(body, plans[body.pk], links, networks.get(body.pk, NOBODY)) for body in bodies)


def by_status(row: BodyRow) -> list[StatusCount]:
    """Every status, those without a plan too."""
    return [
        StatusCount(str(status.label), number, row.links.plans(row.body.slug, status=status.value) if number else "")
        for status in PlanStatus
        for number in [row.plans.by_status.get(status, 0)]
    ]


def questions(row: BodyRow) -> tuple[QuestionRow, ...]:
    """Of the open plans; () where there is none."""
    if not row.plans.open:
        return ()
    return tuple(
        QuestionRow(
            words=f"{key.label} (required)" if key.is_required else key.label,
            yes=row.plans.answered(key),
            no=row.plans.answered(key, False),
            not_known=row.plans.answered(key, None),
            url=row.not_answering(key),
        )
        for key in QuestionKey
    )


def questions_in_words(row: BodyRow) -> str:
    """How many questions all plans answer, and which one most of them leave open."""
    plans = row.plans
    if not row.is_seen:
        return "Its plans are outside your reach."
    if not plans.open:
        return "It has no open plan."
    by_all = sum(plans.answered(key) == plans.open for key in QuestionKey)
    worst = max((plans.answered(key, False) for key in QuestionKey), default=0)
    most = [f"“{key.label}”" for key in QuestionKey if worst and plans.answered(key, False) == worst]
    last = f" Most often not answered: {listing(most)} ({worst} of {plans.open})." if most else ""
    who = "The one open plan answers" if plans.open == 1 else f"All {several(plans.open, 'open plan')} answer"
    return f"{who} {by_all} of the {len(QuestionKey)} questions.{last}"


def gaps(row: BodyRow) -> tuple[GapRow, ...]:
    """Threats, plans and disruptions that do not meet; () of a body whose plans are not seen."""
    if not row.is_seen:
        return ()
    plans, slug, links = row.plans, row.body.slug, row.links
    idle_plans = [
        GapRow(IDLE.format(months), plans.gaps.get(idle(months), 0), plans.running, links.plans(slug, idle=str(months)))
        for months in MONTHS_IDLE
    ]
    return (
        _on_record(UNPLANNED, plans.unplanned, links.unplanned(slug)),
        *idle_plans,
        GapRow(EMPTY_AIM, plans.gaps.get(EMPTY, 0), plans.open, links.plans(slug, aims="empty")),
        GapRow(OVERDUE, plans.gaps.get(LATE, 0), plans.running, links.plans(slug, overdue="review")),
        _on_record(UNFORESEEN, plans.unforeseen, links.unforeseen(slug)),
    )


def _on_record(words: str, gap: Gap, url: str) -> GapRow:
    return GapRow(words, gap.number, gap.of, url) if gap.of else GapRow(words, None, None, "")


# The tables of 4P plans on the pages of bodies and regions, each once for the page and for its file.


USUAL_MONTHS = 6
Url = Callable[[BodyRow], str]


def if_seen(read: Callable[[BodyRow], Any]) -> Callable[[BodyRow], Any]:
    """What is told of a body whose plans the reader sees; of another, that they are outside the reach."""
    return lambda row: read(row) if row.is_seen else OUTSIDE_REACH


BODY = Column("body", "Body", lambda row: row.body.short_name, lambda row: page_of(row.body, "plans"))
ON_A_PAGE = Column(
    "open",
    "Open plans",
    if_seen(lambda row: row.plans.open),
    lambda row: row.links.on_a_page(row.body.slug) if row.plans.open else "",
    numeric=True,
)


def _number(key: str, heading: str, name: str, of: Callable[[BodyRow], int], url: Url) -> Column:
    """How many plans have a gap; "no open plan" where there is none that could."""
    return Column(
        key,
        heading,
        if_seen(lambda row: row.plans.gaps.get(name, 0) if of(row) else NO_PLAN),
        lambda row: url(row) if row.plans.gaps.get(name) else "",
        numeric=True,
    )


def _of_record(key: str, heading: str, gap: Callable[[BodyRow], Gap], url: Url) -> Column:
    return Column(
        key,
        heading,
        if_seen(lambda row: f"{gap(row).number:,} of {gap(row).of:,}" if gap(row).of else NO_RECORDS),
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


ANSWERS = (
    BODY,
    *(
        Column(key.value, key.label, methodcaller("answered", key), methodcaller("not_answering", key))
        for key in QuestionKey
    ),
)


def _of_network(key: str, heading: str, value: Callable[[Network], int], url: Url) -> Column:
    return Column(
        key,
        heading,
        if_seen(lambda row: value(row.network)),
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
        if_seen(
            lambda row: f"{row.network.unheld:,} of {row.network.threats:,}" if row.network.threats else NO_RECORDS
        ),
        numeric=True,
    ),
)


def reports_of_one_body(row: BodyRow, kind: str) -> list[Report]:
    rows = questions(row)
    return [
        Report(
            slug="questions",
            title="The inspectors’ questions",
            sentence=f"{questions_in_words(row)} Each number of plans that do not answer opens their list.",
            kind_of_data=kind,
            columns=QUESTIONS,
            rows=rows,
            filename="4p-plans-questions",
        ),
        Report(slug="gaps", title="Gaps", kind_of_data=kind, columns=GAPS, rows=gaps(row), filename="4p-plans-gaps"),
    ]


def reports_of_bodies(rows: Iterable[BodyRow], kind: str) -> list[Report]:
    every = tuple(rows)
    return [
        Report(
            slug="bodies",
            title="Open plans and gaps, body by body",
            kind_of_data=kind,
            columns=BODIES,
            rows=every,
            filename="4p-plans-bodies",
        ),
        Report(
            slug="answers",
            title="Open plans that answer each question",
            sentence="How many of its open plans answer each of the inspectors’ questions. Each opens the plans that "
            "do not; whether wording is tailored may not be known yet.",
            kind_of_data=kind,
            columns=ANSWERS,
            rows=tuple(row for row in every if row.plans.open),
            filename="4p-plans-answers",
        ),
        Report(
            slug="network",
            title="Lead responsible officers",
            kind_of_data=kind,
            columns=NETWORK,
            rows=every,
            filename="4p-plans-network",
        ),
    ]
