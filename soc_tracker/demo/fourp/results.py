"""What counts towards the aims of a demo plan: disruptions of its threat, and made-up results of other kinds."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import User

from disruptions.record.models import Disruption
from plans4p.aims.models import Aim
from plans4p.choices import ResultKind
from plans4p.results import services as results_services
from soc_tracker.demo.fourp import words
from soc_tracker.demo.fourp.cases import Case
from soc_tracker.demo.fourp.content import AimSaid
from soc_tracker.demo.fourp.plans import Stage, Wording
from soc_tracker.demo.fourp.words import REASON

LEFT_TO_LINK = 2
"""How many disruptions of each P wait to be linked, so that the site has something to propose."""
MOST_LINKED = 8
LEAST_TARGET = 3
AMOUNTS = {
    ResultKind.ASSETS: (18_500, 7_250),
    ResultKind.SAFEGUARDED: (2, 1),
    ResultKind.DIVERTED: (3, 1),
    ResultKind.OTHER: (1, 1),
}
TARGETS = {ResultKind.ASSETS: 40_000, ResultKind.SAFEGUARDED: 4, ResultKind.DIVERTED: 6, ResultKind.OTHER: 3}
COUNTED = (Wording.TAILORED, Wording.STRATEGIC)
"""The plans whose owners keep count; the others' aims have no result, whatever the record holds."""


def to_link(case: Case, said: AimSaid) -> list[Disruption]:
    """The disruptions that the owner has linked: not the latest, except where the plan is closed."""
    fitting = case.disruptions_since(case.span.starts_on, said.four_p)
    if case.sort.stage == Stage.CLOSED:
        return fitting[:MOST_LINKED]
    return fitting[: max(1, len(fitting) - LEFT_TO_LINK)][:MOST_LINKED]


def target(case: Case, said: AimSaid) -> int:
    """Somewhat more than there is so far; what there is, where the plan is closed."""
    if said.counts == ResultKind.DISRUPTIONS:
        linked = len(to_link(case, said))
        return max(1, linked) if case.sort.stage == Stage.CLOSED else max(LEAST_TARGET, linked + linked // 2)
    return sum(AMOUNTS[said.counts]) if case.sort.stage == Stage.CLOSED else TARGETS[said.counts]


def contribute(case: Case, aims: Iterable[tuple[AimSaid, Aim]], *, by: User | None) -> None:
    """Count towards each aim what the owner has counted."""
    if case.sort.wording not in COUNTED:
        return
    for said, aim in aims:
        if said.counts == ResultKind.DISRUPTIONS:
            for row in to_link(case, said):
                results_services.link_disruption(aim, row, by=by, reason=REASON)
        else:
            _add(aim, said.counts, case, by)


def _add(aim: Aim, kind: ResultKind, case: Case, by: User | None) -> None:
    for place, amount in enumerate(AMOUNTS[kind]):
        on = case.span.signed_on + timedelta(days=25 + 40 * place)
        results_services.CONTRIBUTIONS.create(
            aim=aim, kind=kind, on=on, amount=amount, note=words.NOTES[kind], by=by, reason=REASON
        )
