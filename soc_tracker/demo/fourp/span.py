"""The days of each demo plan: when it began, is reviewed and ends, and how far its actions are by then."""

from dataclasses import dataclass
from datetime import date, timedelta

from plans4p.choices import ActionStatus
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.plans import Sort, Stage, Wording

TO_SIGN = timedelta(days=9)
REVIEWED_AFTER = timedelta(days=120)
IN_A_DRAWER = 180
"""Days from the beginning of a plan that is out of date to the review that never came."""
REVIEWED = (Wording.TAILORED, Wording.STRATEGIC)


@dataclass(frozen=True)
class Step:
    """How far an action is, and its day."""

    status: ActionStatus
    due_on: date


@dataclass(frozen=True)
class Span:
    """The days of one plan. ``number`` is its place among the demo plans, which spreads them."""

    sort: Sort
    number: int
    days: Days

    @property
    def is_out_of_date(self) -> bool:
        return self.sort.stage == Stage.OUT_OF_DATE

    @property
    def is_reviewed(self) -> bool:
        return self.sort.wording in REVIEWED and self.sort.stage != Stage.DRAFT

    @property
    def starts_on(self) -> date:
        if self.sort.stage == Stage.DRAFT:
            return self.days.ago(30)
        return self.days.ago(660 - self.number) if self.is_out_of_date else self.days.ago(320 - 2 * self.number)

    @property
    def signed_on(self) -> date:
        return self.starts_on + TO_SIGN

    @property
    def reviewed_on(self) -> date:
        """When a plan that is reviewed was so the first time."""
        return self.starts_on + REVIEWED_AFTER

    @property
    def next_review_on(self) -> date:
        return self.days.ahead(12 + 7 * (self.number % 9))

    @property
    def first_due_on(self) -> date | None:
        """The day of the next review as the plan says it when it is written: none where nobody owns it."""
        if self.sort.owner is None:
            return None
        if self.is_out_of_date:
            return self.starts_on + timedelta(days=IN_A_DRAWER)
        is_forgotten = self.sort.wording == Wording.GENERIC and self.sort.stage != Stage.DRAFT
        return self.reviewed_on if self.is_reviewed or is_forgotten else self.next_review_on

    @property
    def ends_on(self) -> date:
        """The day of its aims."""
        if self.is_out_of_date:
            return self.starts_on + timedelta(days=365)
        return self.days.ahead(150 + 5 * (self.number % 20))

    def step(self, place: int) -> Step:
        """How far the action at a place of the plan is."""
        ahead = self.days.ahead(6 + 19 * place + self.number % 5)
        match self.sort.stage:
            case Stage.DRAFT:
                return Step(ActionStatus.TO_DO, ahead)
            case Stage.OUT_OF_DATE:
                return Step(ActionStatus.UNDER_WAY, self.starts_on + timedelta(days=90 + 30 * place))
            case Stage.CLOSED:
                return self._done(place)
            case Stage.SLIPPING if place == 1:
                return Step(ActionStatus.UNDER_WAY, self.days.ahead(-9))
        if self.is_reviewed and place % 3 == 0:
            return self._done(place)
        return Step(ActionStatus.UNDER_WAY if place % 3 == 1 else ActionStatus.TO_DO, ahead)

    def _done(self, place: int) -> Step:
        return Step(ActionStatus.DONE, self.signed_on + timedelta(days=30 + 12 * place))
