"""Ancillary orders of each body: references of subjects, and no names.

North Wales has as many serious crime prevention orders, and as many of them in the community, as were published.
Cheshire's subjects are all in custody, as the report says ("Tackling SOC and safeguarding people and communities",
5th heading); how many orders it and the others have is made up.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plans4p.choices import OrderKind, Setting, TermKind
from soc_tracker.demo.chance import chance
from soc_tracker.demo.fourp import facts
from soc_tracker.demo.fourp.days import Days
from soc_tracker.demo.fourp.facts import Facts

SCPO = OrderKind.SERIOUS_CRIME_PREVENTION
YEARS = 5
"""How long a serious crime prevention order lasts at most."""
RELEASE_PLAN = "Meet at the gate, explain the terms, register telephone and vehicle; first visit within three days."


@dataclass(frozen=True)
class Holding:
    """The orders of a body. ``without_manager`` says which have nobody: every so many-th, 0 for none."""

    total: int
    in_community: int
    unit: str
    kinds: tuple[OrderKind, ...] = (SCPO,)
    without_manager: int = 0
    has_release_plans: bool = True


HOLDINGS: Mapping[str, Holding] = {
    "cheshire": Holding(6, 0, "Investigating team", without_manager=2, has_release_plans=False),
    "cumbria": Holding(3, 1, "Prevent co-ordinator"),
    "greater-manchester": Holding(9, 4, "Offender management", without_manager=4),
    "lancashire": Holding(8, 3, "Civil order team", (SCPO, OrderKind.SLAVERY_RISK, OrderKind.SEXUAL_HARM)),
    "merseyside": Holding(10, 6, "SOC unit", (SCPO, OrderKind.GANG_INJUNCTION, OrderKind.CLOSURE)),
    "north-wales": Holding(31, 11, "SCPO co-ordinator"),
    "nwrocu": Holding(4, 1, "Regional offender unit", without_manager=2, has_release_plans=False),
}
TERMS = (
    (TermKind.COMMUNICATION, "Own one telephone and tell the police its number."),
    (TermKind.FINANCE, "Carry no more than £500 in cash and hold one bank account."),
    (TermKind.ASSOCIATION, "Do not meet or write to the co-defendants."),
    (TermKind.TRAVEL, "Tell the police of any journey abroad seven days before it."),
    (TermKind.BUSINESS, "Be no director of a company without leave of the court."),
    (TermKind.REPORTING, "Report each change of address within 24 hours."),
)
MANAGERS = ("PS Aldous", "DC Birtwistle", "PC Cadwallader", "DS Entwhistle", "Ms Featherstone")
SOON = (25, 60, 85)
"""Days ahead at which the first few orders end or their subjects are released."""


@dataclass(frozen=True)
class Order:
    """One order; ``number`` counts those of all bodies."""

    body: str
    number: int
    kind: OrderKind
    unit: str
    setting: Setting
    made_on: date
    expires_on: date
    release_on: date | None
    manager: str
    release_plan: str
    terms: tuple[tuple[TermKind, str], ...]

    @property
    def reference(self) -> str:
        return f"ORDER-DEMO-{self.number:04}"

    @property
    def subject(self) -> str:
        return f"SUBJECT-DEMO-{self.number:04}"


def orders(published: Facts, days: Days) -> Iterator[Order]:
    """The orders of every body."""
    number = 0
    for body, made_up in HOLDINGS.items():
        total = published.get((facts.ORDERS, body), made_up.total)
        in_community = published.get((facts.ORDERS_IN_COMMUNITY, body), made_up.in_community)
        holding = replace(made_up, total=total, in_community=in_community)
        for place in range(total):
            number += 1
            yield _order(body, holding, place, number, days)


def _order(body: str, holding: Holding, place: int, number: int, days: Days) -> Order:
    rng = chance("order", body, place)
    is_free = place < holding.in_community
    of_setting = place if is_free else place - holding.in_community
    ends_on = days.ahead(SOON[of_setting] if of_setting < len(SOON) else rng.randint(120, 420))
    made_on = days.ahead(-rng.randint(200, 1300))
    return Order(
        body=body,
        number=number,
        kind=holding.kinds[place % len(holding.kinds)],
        unit=holding.unit,
        setting=Setting.COMMUNITY if is_free else Setting.CUSTODY,
        made_on=made_on,
        expires_on=ends_on if is_free else made_on + timedelta(days=365 * YEARS),
        release_on=None if is_free else ends_on,
        manager="" if _every(holding.without_manager, place) else MANAGERS[number % len(MANAGERS)],
        release_plan=RELEASE_PLAN if holding.has_release_plans and not is_free and of_setting % 3 != 1 else "",
        terms=tuple(rng.sample(TERMS, 2)),
    )


def _every(nth: int, place: int) -> bool:
    """Whether a place is one of every so many; none are where that is 0."""
    return nth > 0 and place % nth == nth - 1
