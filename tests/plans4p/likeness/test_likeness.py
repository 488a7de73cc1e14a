"""Which plans share their wording: compared by tasks, kept, and true after every change."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks import default_task_backend

from disruptions.choices import DataKind
from plans4p.aims.models import Action
from plans4p.aims.services import ACTIONS, TACTICS
from plans4p.likeness import services as likeness_services
from plans4p.likeness.models import Likeness, LikenessCheck
from plans4p.likeness.queries import get_wordings
from plans4p.likeness.services import compare_again, compare_all, compare_plan
from plans4p.plans.models import Plan
from plans4p.quality.queries import Tailored, get_tailored, list_parts
from tests.makers import make_action, make_aim, make_author, make_organisation, make_partner, make_plan

TODAY = date(2023, 3, 1)
pytestmark = pytest.mark.django_db

FLATS = "Visit the nine flats that housing officers have flagged in {}"
VAN = "Search the white van of the courier before it reaches the port"
BANK = "Restrain the accounts of the car wash and of its two directors"


def plan_with(*texts: str, number: int = 1, **more: object) -> Plan:
    plan = make_plan(reference=f"4P-{number}", **more)
    aim = make_aim(plan)
    for text in texts:
        make_action(aim, text)
    return plan


def compare(*plans: Plan) -> None:
    for plan in plans:
        compare_plan.func(plan.pk)


def found_of(plan: Plan) -> Tailored | None:
    return get_tailored(make_author(), list_parts(make_author(), [plan], TODAY)[0])


def rows() -> set[tuple[str, str]]:
    """Which plan shares an action with which."""
    return set(Likeness.objects.values_list("plan__reference", "other_plan__reference"))


def change(action: Action, text: str) -> Action:
    told = {"by": make_author(), "reason": "Mended.", "expected_version": action.version}
    return ACTIONS.change(action, {"description": text}, **told)


class TestComparePlan:
    def test_a_shared_action_is_kept_both_ways_round(self):
        first, second = plan_with(FLATS.format("Crewe")), plan_with(FLATS.format("Crewe"), VAN, number=2)
        compare(second)
        mine, theirs = first.aims.get().actions.get(), second.aims.get().actions.first()
        kept = set(Likeness.objects.values_list("action", "other", "plan", "other_plan", "ratio"))
        assert kept == {
            (mine.pk, theirs.pk, first.pk, second.pk, 100),
            (theirs.pk, mine.pk, second.pk, first.pk, 100),
        }

    def test_the_check_counts_the_actions_that_were_compared(self):
        make_menu("Cuckooing visits")
        plan = plan_with("Carry out cuckooing visits", VAN)
        compare(plan)
        assert plan.likeness_check.actions == 1

    def test_the_checks_of_others_stay(self):
        first, second = plan_with(VAN), plan_with(VAN, number=2)
        compare(first, second)
        compare_again(second)
        compare(second)
        assert set(LikenessCheck.objects.values_list("plan", flat=True)) == {first.pk, second.pk}

    def test_its_own_actions_are_not_compared_with_each_other(self):
        plan = plan_with(VAN, VAN)
        compare(plan)
        assert found_of(plan).shared == 0

    def test_plans_of_another_kind_of_data_are_never_compared(self):
        recorded = plan_with(VAN)
        made_up = plan_with(VAN, number=2, kind_of_data=DataKind.ILLUSTRATIVE, owner=None)
        compare(recorded, made_up)
        assert rows() == set()
        assert LikenessCheck.objects.count() == 2

    def test_names_on_record_may_be_swapped(self):
        make_partner("Harbour Mentoring")
        make_partner("Second Step")
        text = "Ask {} to mentor the boys who carry knives to school"
        plan = plan_with(text.format("Harbour Mentoring"))
        plan_with(text.format("Second Step"), number=2)
        compare(plan)
        assert rows() == {("4P-1", "4P-2"), ("4P-2", "4P-1")}

    def test_the_menu_may_be_shared(self):
        make_menu("Serious crime prevention order")
        plan = plan_with("Serious crime prevention order limiting the banker to one account")
        plan_with("Serious crime prevention order with terms on telephones and company", number=2)
        compare(plan)
        assert rows() == set()

    def test_a_plan_that_is_gone_leaves_nothing_to_do(self):
        compare_plan.func(0)
        assert not LikenessCheck.objects.exists()

    def test_a_plan_that_goes_meanwhile_leaves_nothing_to_do(self, monkeypatch):
        plan = plan_with()

        def meanwhile(*args):
            Plan.objects.all().delete()
            return get_wordings(*args)

        monkeypatch.setattr(likeness_services, "get_wordings", meanwhile)
        default_task_backend.clear()
        compare(plan)
        assert default_task_backend.results == []

    def test_a_second_task_has_nothing_to_do(self, django_assert_num_queries):
        plan = plan_with(VAN)
        compare(plan)
        with django_assert_num_queries(1):
            compare(plan)


class TestChanges:
    def test_a_changed_action_takes_its_likenesses_along(self):
        first, second = plan_with(VAN, BANK), plan_with(VAN, BANK, number=2)
        compare(first, second)
        changed = change(second.aims.get().actions.get(description=VAN), FLATS.format("Kendal"))
        compare(second)
        assert Likeness.objects.count() == 2
        assert not Likeness.objects.filter(action=changed).exists()
        assert found_of(first).shared == found_of(second).shared == 1

    def test_a_removed_action_takes_its_likenesses_along(self):
        first, second = plan_with(VAN), plan_with(VAN, BANK, number=2)
        compare(first, second)
        action = second.aims.get().actions.get(description=VAN)
        ACTIONS.remove(action, by=make_author(), reason="Copied.", expected_version=action.version)
        compare(second)
        assert rows() == set()
        assert (found_of(first).shared, found_of(second).of) == (0, 1)

    def test_others_keep_what_they_share_with_each_other(self):
        plans = [plan_with(VAN, number=number) for number in (1, 2, 3)]
        compare(*plans)
        change(plans[0].aims.get().actions.get(), BANK)
        compare(plans[0])
        assert rows() == {("4P-2", "4P-3"), ("4P-3", "4P-2")}

    def test_until_it_is_compared_again_nothing_is_said_of_a_plan(self):
        plan = plan_with(VAN)
        compare(plan)
        change(plan.aims.get().actions.get(), BANK)
        assert found_of(plan) is None

    def test_a_change_asks_for_one_task_in_its_own_transaction(self):
        plan = plan_with(VAN)
        default_task_backend.clear()
        with transaction.atomic():
            change(plan.aims.get().actions.get(), BANK)
            assert [(task.task.func.__name__, task.args) for task in default_task_backend.results] == [
                ("compare_plan", [plan.pk])
            ]

    def test_what_changed_while_it_was_compared_is_compared_again(self, monkeypatch):
        first = plan_with(VAN)
        plan_with(VAN, number=2)

        def meanwhile(*args):
            read = get_wordings(*args)
            change(first.aims.get().actions.get(), BANK)
            default_task_backend.clear()
            return read

        monkeypatch.setattr(likeness_services, "get_wordings", meanwhile)
        compare(first)
        assert rows() == set()
        assert found_of(first) is None
        assert [task.args for task in default_task_backend.results] == [[first.pk]]

    def test_what_another_task_has_compared_meanwhile_is_compared_again(self, monkeypatch):
        first, second = plan_with(VAN), plan_with(VAN, number=2)
        read = get_wordings(DataKind.RECORDED, datetime(2023, 3, 1, tzinfo=UTC))
        compare(second)
        monkeypatch.setattr(likeness_services, "get_wordings", lambda *args: read)
        assert likeness_services.compare_now(first) is False


class TestBoilerplate:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(likeness_services, "KEPT", 2)

    def test_of_many_plans_the_one_that_is_most_alike_is_kept(self):
        for number in range(1, 5):
            plan_with(VAN, number=number)
        plan_with(VAN, BANK, number=5)
        plan = plan_with(VAN, BANK, number=6)
        compare(plan)
        found = found_of(plan)
        most = found.alike[0]
        assert (most.reference, most.actions, found.of) == ("4P-5", 2, 2)
        assert Likeness.objects.filter(plan=plan).count() == 3

    def test_comparing_one_takes_nothing_from_others(self):
        plans = [plan_with(VAN, number=number) for number in range(1, 6)]
        compare_all()
        before = rows()
        for plan in plans:
            compare_again(plan)
            compare(plan)
        assert before <= rows()
        assert all(found_of(plan).shared == 1 for plan in plans)


class TestCompareAll:
    def test_it_finds_what_the_tasks_find(self):
        plans = [
            plan_with(VAN, FLATS.format("Crewe")),
            plan_with(FLATS.format("Crewe"), BANK, number=2),
            plan_with(BANK, VAN, number=3),
            plan_with("Train dog handlers to find hidden telephones", number=4),
        ]
        compare(*plans)
        of_tasks = set(Likeness.objects.values_list("action", "other", "plan", "other_plan", "ratio"))
        assert compare_all() == likeness_services.Outcome(plans=4, alike=3, again=0)
        assert set(Likeness.objects.values_list("action", "other", "plan", "other_plan", "ratio")) == of_tasks != set()
        assert [check.actions for check in LikenessCheck.objects.order_by("plan")] == [2, 2, 2, 1]

    def test_what_changed_meanwhile_is_left_to_tasks(self, monkeypatch):
        first = plan_with(VAN)
        plan_with(VAN, number=2)
        made_up = plan_with(VAN, number=3, kind_of_data=DataKind.ILLUSTRATIVE, owner=None)

        def meanwhile(kind, at):
            read = get_wordings(kind, at)
            if kind == DataKind.RECORDED:
                change(first.aims.get().actions.get(), BANK)
            return read

        monkeypatch.setattr(likeness_services, "get_wordings", meanwhile)
        assert compare_all() == likeness_services.Outcome(plans=3, alike=0, again=2)
        assert set(LikenessCheck.objects.values_list("plan", flat=True)) == {made_up.pk}

    def test_progress_is_told_in_plans(self, monkeypatch):
        monkeypatch.setattr(likeness_services, "AT_A_TIME", 2)
        for number in range(3):
            plan_with(VAN, number=number)
        told = []
        compare_all(lambda done, of: told.append((done, of)))
        assert told == [(2, 3), (3, 3)]

    def test_the_command_says_how_many(self, capsys):
        plan_with(VAN)
        plan_with(VAN, number=2)
        plan_with(BANK, number=3)
        call_command("compare_plans")
        last = "3 plans compared; 2 share an action, nearly word for word, with another."
        assert capsys.readouterr().out.splitlines()[-1] == last

    def test_queries_do_not_grow_with_the_plans(self):
        counts = []
        for numbers in (range(2), range(2, 8)):
            for number in numbers:
                plan_with(VAN, BANK, number=number)
            with CaptureQueriesContext(connection) as queries:
                compare_all()
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestOfAPlan:
    def test_its_page_reads_and_compares_nothing(self, django_assert_num_queries):
        first, *_ = plans = [plan_with(VAN, number=number) for number in range(1, 9)]
        compare(*plans)
        reader = make_author()
        said = list_parts(reader, [first], TODAY)[0]
        with django_assert_num_queries(1):
            found = get_tailored(reader, said)
        assert [one.reference for one in found.alike] == ["4P-2", "4P-3", "4P-4", "4P-5", "4P-6"]

    def test_a_plan_that_shares_nothing_names_no_other(self):
        plan = plan_with(VAN, BANK)
        compare(plan)
        assert found_of(plan) == Tailored(of=2, shared=0, alike=())


def make_menu(name: str) -> None:
    make_organisation()
    TACTICS.create(name=name, slug="tactic", four_p="pursue", by=make_author(), reason="On the menu.")
