"""The 4P plans of threats. The app that keeps them stands above this one, and says at start how they are read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from disruptions.selectors.threats import User


@dataclass(frozen=True)
class ThreatPlan:
    """A plan for a threat, as it stands today; ``owner`` is "" while it has none, ``tag`` the colour of its status."""

    reference: str
    title: str
    url: str
    organisation: str
    owner: str
    status: str
    tag: str
    is_open: bool
    review_due_on: date | None


PlansByThreat = Mapping[int, list[ThreatPlan]]


class Reader(Protocol):
    """Gives the plans of threats by the keys of these, open ones first, in a number of queries that does not grow."""

    def __call__(self, user: User, threats: Collection[int]) -> PlansByThreat: ...


_readers: list[Reader] = []


def read_plans_by(reader: Reader) -> None:
    """For the app that keeps plans."""
    _readers[:] = [reader]


def plans_of(user: User, threats: Iterable[int]) -> PlansByThreat:
    """By key of the threat; one without a plan is absent."""
    keys = list(threats)
    return _readers[0](user, keys) if _readers and keys else {}
