"""An aim with what its column shows of it."""

from dataclasses import dataclass, field
from datetime import date

from plans4p.aims.models import Action, Aim
from plans4p.choices import ENDED, ActionStatus
from plans4p.likeness.models import Likeness
from plans4p.results.models import Contribution
from plans4p.results.queries import Progress, in_unit, progress_in_words


@dataclass(frozen=True)
class ActionFacts:
    """An action on a day. ``copy`` is where its wording also stands."""

    action: Action
    today: date
    copy: Likeness | None

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.action.status not in ENDED

    @property
    def tag(self) -> tuple[str, str]:
        """How far it is, with a colour: that it is overdue comes before all else."""
        if self.is_open and self.action.due_on and self.action.due_on < self.today:
            return "Overdue", "red"
        status = ActionStatus(self.action.status)
        return status.label, status.tag


@dataclass(frozen=True)
class AimFacts:
    """An aim with its actions, the latest of what counts towards it, and how far it is."""

    aim: Aim
    progress: Progress
    actions: list[ActionFacts] = field(default_factory=list)
    results: list[Contribution] = field(default_factory=list)
    more_results: int = 0

    @property
    def words(self) -> str:
        return progress_in_words(self.aim, self.progress)

    @property
    def width(self) -> int:
        """The part of its bar that is full, in percent."""
        return min(100, self.progress.percent)

    @property
    def baseline(self) -> str:
        return "" if self.aim.baseline is None else in_unit(self.aim.baseline, self.aim.counts)
