"""The 4P plans of one body in rows and words, with links to exactly what was counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forces.models import Organisation
from plans4p.choices import PlanStatus
from plans4p.selectors.bodies import EMPTY, LATE, MONTHS_IDLE, BodyPlans, Gap, idle
from plans4p.selectors.network import Network
from plans4p.selectors.quality import REQUIRED, WORDS, Key
from soc_tracker.dashboards.presenters.names import listing, several
from soc_tracker.dashboards.presenters.plan_links import PlanLinks
from soc_tracker.dashboards.presenters.record import NO_RECORDS
from soc_tracker.lib.tables import Column

NOBODY = Network()


@dataclass(frozen=True)
class BodyRow:
    """A body, how it stands with its plans, and the way to their lists."""

    body: Organisation
    plans: BodyPlans
    links: PlanLinks
    network: Network = NOBODY

    def answered(self, key: Key) -> str:
        """Such as "3 of 7", of its open plans."""
        return f"{self.plans.answered(key)} of {self.plans.open}" if self.plans.open else NO_PLAN

    def not_answering(self, key: Key) -> str:
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
            words=f"{WORDS[key]} (required)" if key in REQUIRED else WORDS[key],
            yes=row.plans.answered(key),
            no=row.plans.answered(key, False),
            not_known=row.plans.answered(key, None),
            url=row.not_answering(key),
        )
        for key in Key
    )


def questions_in_words(row: BodyRow) -> str:
    """How many questions all plans answer, and which one most of them leave open."""
    told = row.plans
    if not told.open:
        return "It has no open plan."
    by_all = sum(told.answered(key) == told.open for key in Key)
    worst = max((told.answered(key, False) for key in Key), default=0)
    most = [f"“{WORDS[key]}”" for key in Key if worst and told.answered(key, False) == worst]
    last = f" Most often not answered: {listing(most)} ({worst} of {told.open})." if most else ""
    who = "The one open plan answers" if told.open == 1 else f"All {several(told.open, 'open plan')} answer"
    return f"{who} {by_all} of the {len(Key)} questions.{last}"


def gaps(row: BodyRow) -> tuple[GapRow, ...]:
    """Threats, plans and disruptions that do not meet."""
    told, slug, links = row.plans, row.body.slug, row.links
    idle_plans = [
        GapRow(IDLE.format(months), told.gaps.get(idle(months), 0), told.running, links.plans(slug, idle=str(months)))
        for months in MONTHS_IDLE
    ]
    return (
        _on_record(UNPLANNED, told.unplanned, links.unplanned(slug)),
        *idle_plans,
        GapRow(EMPTY_AIM, told.gaps.get(EMPTY, 0), told.open, links.plans(slug, aims="empty")),
        GapRow(OVERDUE, told.gaps.get(LATE, 0), told.running, links.plans(slug, overdue="review")),
        _on_record(UNFORESEEN, told.unforeseen, links.unforeseen(slug)),
    )


def _on_record(words: str, gap: Gap, url: str) -> GapRow:
    return GapRow(words, gap.number, gap.of, url) if gap.of else GapRow(words, None, None, "")
