"""Whatever is done to a plan, in whatever order: what its pages derive is what a plain account of the steps says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans4p.aims.models import Action, Aim, Contribution
from plans4p.aims.queries import get_progress
from plans4p.aims.services import ACTIONS, CONTRIBUTIONS
from plans4p.choices import QuestionKey, Stage
from plans4p.plans.queries import list_history
from plans4p.quality.queries import list_parts, list_questions
from tests.makers import make_action, make_aim, make_author, make_plan

pytestmark = pytest.mark.django_db
FIRST, TARGET = date(2023, 1, 1), 5
days = st.integers(1, 300).map(lambda number: FIRST + timedelta(days=number))
places = st.integers(0, 9)
steps = st.one_of(
    st.tuples(st.just("add action"), days | st.none(), st.sampled_from(["DS Kaur", ""])),
    st.tuples(st.just("move"), places, days | st.none()),
    st.tuples(st.just("end"), places, st.sampled_from(["done", "dropped"])),
    st.tuples(st.just("take up again"), places, st.none()),
    st.tuples(st.just("remove"), places, st.none()),
    st.tuples(st.just("count"), days, st.integers(1, 3)),
    st.tuples(st.just("take off"), places, st.none()),
)


class Account:
    """What was done, kept as plainly as can be: actions as (owner, day, ended) and results as numbers, by key."""

    def __init__(self, aim: Aim) -> None:
        self.aim = aim
        self.actions: dict[int, tuple[str, date | None, bool]] = {}
        self.results: dict[int, int] = {}
        self.writes = 0

    def do(self, step: str, one, other) -> None:
        getattr(self, step.replace(" ", "_"))(one, other)

    def add_action(self, day, owner) -> None:
        made = make_action(self.aim, owner=owner, due_on=day)
        self.actions[made.pk] = (owner, day, False)
        self.writes += 1

    def move(self, place, day) -> None:
        self._change(place, {"due_on": day}, lambda owner, before, ended: (owner, day, ended))

    def end(self, place, status) -> None:
        ended = {"status": status, "outcome": "Two people were charged."}
        self._change(place, ended, lambda owner, day, before: (owner, day, True))

    def take_up_again(self, place, nothing) -> None:
        self._change(place, {"status": "under_way"}, lambda owner, day, before: (owner, day, False))

    def remove(self, place, nothing) -> None:
        if self.actions:
            key = self._at(self.actions, place)
            action = Action.objects.get(pk=key)
            ACTIONS.remove(action, by=make_author(), reason="No longer needed.", expected_version=action.version)
            del self.actions[key]
            self.writes += 1

    def count(self, day, number) -> None:
        values = {"aim": self.aim, "kind": "safeguarded", "on": day, "amount": number, "note": "Counted by hand."}
        made = CONTRIBUTIONS.create(values, by=make_author(), reason="Counted.")
        self.results[made.pk] = number
        self.writes += 1

    def take_off(self, place, nothing) -> None:
        if self.results:
            key = self._at(self.results, place)
            result = Contribution.objects.get(pk=key)
            CONTRIBUTIONS.remove(result, by=make_author(), reason="Wrong.", expected_version=result.version)
            del self.results[key]
            self.writes += 1

    def _change(self, place, values, becomes) -> None:
        if self.actions:
            key = self._at(self.actions, place)
            before = Action.objects.get(pk=key)
            told = {"by": make_author(), "reason": "Changed.", "expected_version": before.version}
            self.writes += ACTIONS.change(before, values, **told).version - before.version
            self.actions[key] = becomes(*self.actions[key])

    @staticmethod
    def _at(rows: dict, place: int) -> int:
        return sorted(rows)[place % len(rows)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=9), days)
def test_what_is_derived_is_what_was_done(done, today):
    number = Aim.objects.count()
    aim = make_aim(make_plan(reference=f"4P-{number}"), counts="safeguarded", target=TARGET, due_on=today)
    account = Account(aim)
    for step in done:
        account.do(*step)

    late = {key for key, (_, day, ended) in account.actions.items() if day and day < today and not ended}
    assert set(Action.objects.overdue(today).filter(aim=aim).values_list("pk", flat=True)) == late

    far = get_progress([aim], today)[aim.pk]
    assert far.counted == Decimal(sum(account.results.values()))
    assert (far.stage is Stage.REACHED) is (sum(account.results.values()) >= TARGET)

    answers = {
        question.key: question.answered for question in list_questions(list_parts(make_author(), [aim.plan], today)[0])
    }
    assert answers[QuestionKey.IN_DATE] is not bool(late)
    assert answers[QuestionKey.ACTIONS] is (
        bool(account.actions) and all(owner and day for owner, day, _ in account.actions.values())
    )

    history = list_history(make_author(), aim.plan, most=100)
    told_of = [change for change in history if not change.title.startswith(("4P-",))]
    assert len(told_of) == account.writes
