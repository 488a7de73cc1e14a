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
from soc_tracker.core.access.models import OUTSIDE_REACH
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.report import listing, several
from soc_tracker.dashboards.record.charts import NO_RECORDS
from soc_tracker.dashboards.record.queries import ChosenPeriod
from soc_tracker.dashboards.words import page_of


class PlanLinks:
    """Which plans, threats, disruptions and officers the lists show that a page counts, beside the body."""

    def __init__(self, standpoint: Standpoint, period: ChosenPeriod) -> None:
        self.sight = standpoint.sight
        self.kind = {"data": standpoint.kind}
        day = self.kind | {"as_at": standpoint.day.isoformat()}
        days = {"activity_from": period.first.isoformat(), "activity_to": period.last.isoformat()}
        self.lists: Mapping[str, Mapping[str, str]] = {
            "plan": self.kind,
            "unplanned": day,
            "unforeseen": day | days,
            "officer": {"role": "in"} | self.kind,
        }


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

    @property
    def on_a_page(self) -> str:
        return f"{reverse('plans4p:on_a_page', args=[self.body.slug])}?{urlencode(self.links.kind)}"

    def listed(self, name: str, **filters: str | Sequence[str]) -> str:
        """Where those of the body are listed, narrowed by the filters."""
        query = {"organisation": self.body.slug, **self.links.lists[name], **filters}
        return f"{reverse(f'plans4p:{name}_list')}?{urlencode(query, doseq=True)}"

    def answered(self, key: QuestionKey) -> str:
        """Such as "3 of 7", of its open plans."""
        return f"{self.plans.answered(key)} of {self.plans.open}" if self.plans.open else NO_PLAN

    def not_answering(self, key: QuestionKey) -> str:
        """Where the open plans are listed that answer the question with no; "" where none does."""
        if not self.plans.answered(key, False):
            return ""
        return self.listed("plan", status=[str(status) for status in OPEN], question=key.value)


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


def by_status(row: BodyRow) -> list[StatusCount]:
    """Every status, those without a plan too."""
    return [
        StatusCount(str(status.label), number, row.listed("plan", status=status.value) if number else "")
        for status in PlanStatus
        for number in [row.plans.by_status.get(status, 0)]
    ]


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
    plans = row.plans
    idle_plans = [
        GapRow(
            IDLE.format(months), plans.gaps.get(idle(months), 0), plans.running, row.listed("plan", idle=str(months))
        )
        for months in MONTHS_IDLE
    ]
    return (
        _on_record(UNPLANNED, plans.unplanned, row.listed("unplanned")),
        *idle_plans,
        GapRow(EMPTY_AIM, plans.gaps.get(EMPTY, 0), plans.open, row.listed("plan", aims="empty")),
        GapRow(OVERDUE, plans.gaps.get(LATE, 0), plans.running, row.listed("plan", overdue="review")),
        _on_record(UNFORESEEN, plans.unforeseen, row.listed("unforeseen")),
    )


def _on_record(words: str, gap: Gap, url: str) -> GapRow:
    return GapRow(words, gap.number, gap.of, url) if gap.of else GapRow(words, None, None, "")


# The tables of 4P plans on the pages of bodies and regions, each once for the page and for its file.


USUAL_MONTHS = 6


def if_seen(read: Callable[[BodyRow], Any]) -> Callable[[BodyRow], Any]:
    """What is told of a body whose plans the reader sees; of another, that they are outside the reach."""
    return lambda row: read(row) if row.is_seen else OUTSIDE_REACH


BODY = Column("body", "Body", lambda row: row.body.short_name, lambda row: page_of(row.body, "plans"))
ON_A_PAGE = Column(
    "open",
    "Open plans",
    if_seen(lambda row: row.plans.open),
    lambda row: row.on_a_page if row.plans.open else "",
    numeric=True,
)


def _number(key: str, heading: str, gap: str, **filters: str) -> Column:
    """How many plans have a gap; "no open plan" where there is none that could."""
    return Column(
        key,
        heading,
        if_seen(lambda row: row.plans.gaps.get(gap, 0) if row.plans.open else NO_PLAN),
        lambda row: row.listed("plan", **filters) if row.plans.gaps.get(gap) else "",
        numeric=True,
    )


def _of_record(key: str, heading: str, gap: Callable[[BodyRow], Gap]) -> Column:
    """How many of all on record; ``key`` is also the name of their list."""
    return Column(
        key,
        heading,
        if_seen(lambda row: f"{gap(row).number:,} of {gap(row).of:,}" if gap(row).of else NO_RECORDS),
        lambda row: row.listed(key) if gap(row).number else "",
        numeric=True,
    )


BODIES = (
    BODY,
    ON_A_PAGE,
    _number("overdue", "Overdue for review", LATE, overdue="review"),
    _number("idle", f"No disruption counted for {USUAL_MONTHS} months", idle(USUAL_MONTHS), idle=str(USUAL_MONTHS)),
    _number("empty", "An aim with nothing counted", EMPTY, aims="empty"),
    _of_record("unplanned", "Threats without an open plan", lambda row: row.plans.unplanned),
    _of_record("unforeseen", "Disruptions that no plan foresaw", lambda row: row.plans.unforeseen),
)
ANSWERS = (
    BODY,
    *(
        Column(key.value, key.label, methodcaller("answered", key), methodcaller("not_answering", key))
        for key in QuestionKey
    ),
)


def _of_network(key: str, heading: str, value: Callable[[Network], int], **filters: str) -> Column:
    return Column(
        key,
        heading,
        if_seen(lambda row: value(row.network)),
        lambda row: row.listed("officer", **filters) if value(row.network) else "",
        numeric=True,
    )


NETWORK = (
    BODY,
    _of_network("officers", "In the role", lambda network: network.officers),
    _of_network("trained", "With training on record", lambda network: network.trained, trained="yes"),
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
    """The questions are asked of open plans: there are no rows where there is none."""
    rows = [
        QuestionRow(
            words=f"{key.label} (required)" if key.is_required else key.label,
            yes=row.plans.answered(key),
            no=row.plans.answered(key, False),
            not_known=row.plans.answered(key, None),
            url=row.not_answering(key),
        )
        for key in (QuestionKey if row.plans.open else ())
    ]
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
