"""The inspectors' questions: each answered or not by what the plan says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import FourP
from plans4p.aims.models import Action, Aim, Omission
from plans4p.aims.services import OMISSIONS
from plans4p.choices import ENDED, ActionStatus, QuestionKey
from plans4p.likeness.models import Likeness, LikenessCheck
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS, PLANS
from plans4p.quality.queries import PlanParts, get_spread_by_body, list_failing, list_parts, list_questions
from soc_tracker.core.access.models import sight_of
from tests.makers import make_action, make_aim, make_author, make_partner, make_plan

TODAY = date(2023, 3, 1)


def answer(plan: Plan, key: QuestionKey) -> tuple[bool | None, str]:
    question = next(
        question for question in list_questions(list_parts(make_author(), [plan], TODAY)[0]) if question.key == key
    )
    return question.answered, question.to_do


@pytest.mark.django_db
class TestOfStoredPlans:
    def test_an_ownerless_draft_is_told_to_name_one(self):
        assert answer(make_plan(owner=None), QuestionKey.OWNER) == (False, "Name one lead responsible officer.")

    def test_every_p_is_covered_or_explained(self):
        plan = make_plan()
        make_aim(plan, "pursue")
        OMISSIONS.create({"plan": plan, "four_p": "prepare", "reason": "x"}, by=make_author(), reason="x")
        assert (
            answer(plan, QuestionKey.COVERED)[1] == "Write an aim, or say why there is none, under Prevent and Protect."
        )

    @pytest.mark.parametrize(
        ("values", "lacking"),
        [
            ({"owner": " "}, "1 action without an owner"),
            ({"due_on": None}, "1 action without a date"),
            ({"description": "Intelligence around the network"}, "1 action without a verb to begin with"),
        ],
    )
    def test_an_unclear_action_is_named(self, values, lacking):
        plan = make_plan()
        make_action(make_aim(plan), **values)
        assert answer(plan, QuestionKey.ACTIONS) == (False, f"Mend: {lacking}.")

    def test_an_aim_without_action_is_named(self):
        plan = make_plan()
        make_aim(plan)
        assert answer(plan, QuestionKey.ACTIONS) == (False, "Mend: 1 aim without an action.")

    def test_a_plan_without_anything_is_not_clear(self):
        assert answer(make_plan(), QuestionKey.ACTIONS) == (False, "Mend: no action at all.")

    def test_a_day_that_has_passed_asks_for_a_result(self):
        plan = make_plan()
        make_action(make_aim(plan), due_on=TODAY - timedelta(days=1))
        assert answer(plan, QuestionKey.IN_DATE)[0] is False

    def test_the_day_itself_has_not_passed(self):
        plan = make_plan()
        make_action(make_aim(plan), due_on=TODAY)
        assert answer(plan, QuestionKey.IN_DATE) == (True, "")

    @pytest.mark.parametrize(
        ("due", "expected"), [(None, False), (TODAY, True), (TODAY - timedelta(days=1), False)], ids=str
    )
    def test_reviewed_in_time(self, due, expected):
        assert answer(make_plan(review_due_on=due), QuestionKey.REVIEWED)[0] is expected

    def test_partners_are_named_and_dated(self):
        plan = make_plan()
        assert answer(plan, QuestionKey.PARTNERS)[0] is False
        values = {"plan": plan, "partner": make_partner(), "on": TODAY}
        CONSULTATIONS.create(values, by=make_author(), reason="x")
        assert answer(plan, QuestionKey.PARTNERS) == (True, "")

    def test_evidence_is_a_profile_or_intelligence(self):
        plan = make_plan()
        assert answer(plan, QuestionKey.EVIDENCE)[0] is False
        told = {"by": make_author(), "reason": "x", "expected_version": plan.version}
        assert answer(PLANS.change(plan, {"intelligence": "Profile of May"}, **told), QuestionKey.EVIDENCE) == (
            True,
            "",
        )

    def test_tailored_is_not_known_before_the_comparison(self):
        plan = make_plan()
        make_action(make_aim(plan))
        assert answer(plan, QuestionKey.TAILORED) == (None, "Its wording is being compared with that of other plans.")

    @pytest.mark.parametrize("is_compared", [False, True], ids=["before", "after"])
    def test_a_plan_without_actions_does_not_wait_for_the_comparison(self, is_compared):
        plan = make_plan()
        if is_compared:
            LikenessCheck.objects.create(plan=plan, checked_at="2023-03-01T00:00Z", actions=0)
        told = "It has no action yet that could be compared with other plans."
        assert answer(plan, QuestionKey.TAILORED) == (None, told)

    def test_a_plan_whose_actions_stand_nowhere_else_is_tailored(self):
        plan = make_plan()
        make_action(make_aim(plan))
        LikenessCheck.objects.create(plan=plan, checked_at="2023-03-01T00:00Z", actions=1)
        assert answer(plan, QuestionKey.TAILORED) == (True, "")

    def test_a_plan_whose_actions_stand_elsewhere_is_told_so(self):
        plan, other = make_plan(), make_plan(reference="4P-2")
        mine = [make_action(make_aim(plan), f"Visit flat {number}") for number in range(2)]
        theirs = make_action(make_aim(other), "Visit flat 0")
        LikenessCheck.objects.create(plan=plan, checked_at="2023-03-01T00:00Z", actions=2)
        Likeness.objects.create(action=mine[0], other=theirs, plan=plan, other_plan=other, ratio=100)
        told = "1 of 2 actions also stand, nearly word for word, in other plans: rewrite them for this threat."
        assert answer(plan, QuestionKey.TAILORED) == (False, told)

    def test_the_filter_and_the_page_agree(self):
        plans = [make_plan(), make_plan(reference="4P-2", owner=None), make_plan(reference="4P-3")]
        wanted = [plan.pk for plan in plans if answer(plan, QuestionKey.OWNER)[0] is False]
        assert list_failing(make_author(), plans, ["owner"], TODAY) == wanted

    def test_the_spread_counts_every_plan_under_every_question(self):
        plans = [make_plan(reference=f"4P-{number}") for number in range(3)]
        spread = get_spread_by_body(make_author(), plans, TODAY)[plans[0].organisation_id]
        assert all(sum(counts.values()) == 3 for counts in spread.values())

    def test_many_plans_cost_as_many_queries_as_one(self, django_assert_num_queries):
        plans = [make_plan(reference=f"4P-{number}") for number in range(4)]
        for plan in plans:
            make_action(make_aim(plan))
        reader = make_author()
        sight_of(reader)  # once for each request
        with django_assert_num_queries(5):
            get_spread_by_body(reader, plans, TODAY)


days = st.dates(date(2022, 1, 1), date(2024, 12, 31))
actions = st.lists(
    st.builds(
        Action,
        aim_id=st.just(1),
        description=st.sampled_from(["Visit the flat", "The flat"]),
        owner=st.sampled_from(["", "DS Kaur"]),
        due_on=st.none() | days,
        status=st.sampled_from(ActionStatus),
    ),
    max_size=6,
)


def said(actions: list[Action], covered: set[str], today: date, due: date | None = None, **more) -> PlanParts:
    aims = [Aim(pk=1, four_p=p, due_on=today) for p in sorted(covered)[:1]]
    given = {"consulted": 0, "profiles": 0, "compared": 0, "shared": None} | more
    plan = Plan(reference="4P-1", review_due_on=due, owner_id=1)
    omissions = [Omission(four_p=p) for p in sorted(covered)[1:]]
    return PlanParts(plan, today, aims, actions, omissions, **given)


@given(actions, days)
def test_overdue_follows_from_day_and_status_alone(rows, today):
    question = next(q for q in list_questions(said(rows, set(), today)) if q.key == QuestionKey.IN_DATE)
    late = [action for action in rows if action.due_on and action.due_on < today and action.status not in ENDED]
    assert question.answered is not bool(late)
    assert not late or f"what came of {len(late)} action" in question.to_do


@given(st.sets(st.sampled_from(FourP)), days)
def test_every_p_is_either_covered_or_asked_for(covered, today):
    question = next(q for q in list_questions(said([], set(covered), today)) if q.key == QuestionKey.COVERED)
    assert question.answered is (len(covered) == 4)
    assert all((p.label in question.to_do) is (p not in covered) for p in FourP)


@given(actions, days, st.none() | days)
def test_a_question_says_what_to_do_exactly_where_it_is_not_answered(rows, today, due):
    for question in list_questions(said(rows, {"pursue"}, today, due)):
        assert bool(question.to_do) is (question.answered is not True)
