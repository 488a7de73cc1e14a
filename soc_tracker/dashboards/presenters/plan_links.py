"""Addresses of the lists that show what the pages count of 4P plans: of the same kind of data, day and period."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.http import urlencode

from disruptions.selectors.record import Standpoint
from plans4p.choices import OPEN
from plans4p.selectors.quality import Key
from soc_tracker.dashboards.periods import ChosenPeriod


class PlanLinks:
    def __init__(self, standpoint: Standpoint, period: ChosenPeriod) -> None:
        self._kind = {"data": standpoint.kind}
        self._day = self._kind | {"as_at": standpoint.day.isoformat()}
        self._days = {"activity_from": period.first.isoformat(), "activity_to": period.last.isoformat()}

    def plans(self, body: str, **asked: str | Sequence[str]) -> str:
        return _address("plans4p:plan_list", {"organisation": body} | self._kind | asked)

    def open_plans(self, body: str, **asked: str) -> str:
        return self.plans(body, status=_values(OPEN), **asked)

    def not_answering(self, body: str, question: Key) -> str:
        """Open plans that answer the question with no."""
        return self.open_plans(body, question=question.value)

    def unplanned(self, body: str) -> str:
        return _address("plans4p:unplanned_list", {"organisation": body} | self._day)

    def unforeseen(self, body: str) -> str:
        return _address("plans4p:unforeseen_list", {"organisation": body} | self._day | self._days)

    def officers(self, body: str, **asked: str) -> str:
        """Those in the role now."""
        return _address("plans4p:officer_list", {"organisation": body, "role": "in"} | self._kind | asked)

    def on_a_page(self, body: str) -> str:
        return f"{reverse('plans4p:on_a_page', args=[body])}?{urlencode(self._kind)}"


def _values(choices: Iterable[str]) -> list[str]:
    return [str(choice) for choice in choices]


def _address(name: str, query: dict[str, str | Sequence[str]]) -> str:
    return f"{reverse(name)}?{urlencode(query, doseq=True)}"
