"""Requirements read as histories, and the filters of timeliness, which the database works out."""

from datetime import date, timedelta

import pytest
from model_bakery import baker

from inspections.following.forms import TIMELINESS
from inspections.following.pages import TIMELY, timely
from inspections.following.queries import Following, list_quarters, read_following, so_timely, with_closing
from inspections.requirements.models import Requirement
from inspections.sources.models import SourceDocument
from soc_tracker.core.stats.histories import Timeliness
from soc_tracker.core.text.days import Period
from tests.core.stats.histories import seeded
from tests.inspections.following.making import MADE, make_move, make_required, make_requirement, make_step
from tests.makers import make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 15)
STATUSES = ("awaiting_review", "being_progressed", "complete", "superseded", "reopened")


def followed(requirement: Requirement):
    (only,) = read_following(Requirement.objects.filter(pk=requirement.pk)).rows
    return only


class TestHistories:
    def test_steps_and_dates_hold_from_their_days(self):
        requirement = make_required(make_organisation(), date(2024, 5, 1), precision="month")
        make_step(requirement, "complete", date(2024, 6, 3))
        make_step(requirement, "reopened", date(2024, 8, 1))
        make_move(requirement, date(2024, 9, 1), date(2025, 3, 31))
        history = followed(requirement).history
        days = [date(2023, 11, 9), MADE, date(2024, 6, 2), date(2024, 6, 3), date(2024, 7, 31), date(2024, 8, 1)]
        assert [history.is_open(day) for day in days] == [False, True, True, False, False, True]
        assert history.closed_on(date(2024, 7, 1)) == date(2024, 6, 3)
        assert history.done_by(date(2024, 7, 1))
        assert history.dues(date(2024, 8, 31)) == [date(2024, 5, 31)]
        assert history.dues(date(2024, 9, 1)) == [date(2024, 5, 31), date(2025, 3, 31)]
        days = (date(2024, 8, 31), date(2024, 9, 1))
        assert [followed(requirement).due_on(day) for day in days] == ["May 2024", "31 March 2025"]

    def test_a_date_that_was_given_later_was_not_there_before(self):
        requirement = make_requirement(make_organisation())
        make_move(requirement, date(2024, 2, 1), date(2024, 12, 31))
        history = followed(requirement).history
        assert history.dues(date(2024, 1, 31)) == [None]
        assert history.dues(date(2024, 2, 1)) == [None, date(2024, 12, 31)]
        assert followed(requirement).first_due == "no date"

    def test_superseded_is_closed_and_not_done(self):
        requirement = make_requirement(make_organisation())
        make_step(requirement, "superseded", date(2024, 2, 1))
        history = followed(requirement).history
        assert not history.is_open(TODAY)
        assert not history.done_by(TODAY)

    def test_a_step_that_was_corrected_does_not_count(self):
        requirement = make_requirement(make_organisation())
        wrong = make_step(requirement, "complete", date(2024, 2, 1))
        make_step(requirement, "being_progressed", date(2024, 2, 1), corrects=wrong)
        assert followed(requirement).history.is_open(TODAY)
        assert [each.status for each in followed(requirement).stood] == ["being_progressed"]

    def test_a_step_without_a_day_counts_on_that_of_its_document(self):
        requirement = make_requirement(make_organisation())
        source = baker.make(SourceDocument, published_on=date(2024, 7, 9))
        make_step(requirement, "complete", None, source=source)
        assert followed(requirement).history.closed_on(TODAY) == date(2024, 7, 9)

    def test_where_the_document_has_none_either_it_counts_on_the_day_it_was_entered(self):
        requirement = make_requirement(make_organisation())
        step = make_step(requirement, "complete", None)
        entered = step.history.get().history_date.date()
        assert followed(requirement).history.closed_on(date(2100, 1, 1)) in (entered, entered + timedelta(days=1))

    def test_one_whose_report_has_no_day_has_no_history(self):
        requirement = make_requirement(make_organisation(), made=None)
        assert read_following(Requirement.objects.filter(pk=requirement.pk)) == Following([], 1)

    def test_three_queries_however_many_there_are(self, django_assert_num_queries):
        body = make_organisation()
        for number in range(4):
            requirement = make_required(body, date(2024, 5, 1), title=f"Plans {number}")
            make_step(requirement, "complete", date(2024, 6, 3))
            make_move(requirement, date(2024, 2, 1), date(2024, 12, 31))
        with django_assert_num_queries(3):
            assert len(read_following(Requirement.objects.all()).rows) == 8


def test_the_closing_day_is_that_of_the_closing_which_stands():
    requirement = make_requirement(make_organisation())
    for status, day in (("complete", 1), ("reopened", 5), ("complete", 9), ("complete", 20)):
        make_step(requirement, status, date(2024, 3, day))
    assert with_closing(Requirement.objects.all()).get().closed_on == date(2024, 3, 9)
    make_step(requirement, "reopened", date(2024, 3, 20))
    assert with_closing(Requirement.objects.all()).get().closed_on is None


def test_the_database_and_the_page_agree_on_timeliness():
    """Of many histories left to chance: what each filter leaves is what the page calls so, and what histories say."""
    random, body = seeded(9), make_organisation()
    for number in range(40):
        made = TODAY - timedelta(days=random.randrange(1, 1500))
        due = made + timedelta(days=random.randrange(1500))
        requirement = (
            make_required(body, due, made, random.choice(("day", "month", "year")), title=f"Plans {number}")
            if random.random() < 0.8
            else make_requirement(body, made, f"Plans {number}")
        )
        for day in sorted(random.randrange(1500) for _ in range(random.randrange(4))):
            if made + timedelta(days=day) <= TODAY:
                make_step(requirement, random.choice(STATUSES), made + timedelta(days=day))
        if random.random() < 0.3:
            make_move(requirement, made, due + timedelta(days=random.choice((-20, 400))))
    for days in (-1, 0, 30, 31):
        make_required(body, TODAY + timedelta(days=days), title=f"Edge {days + 1}")
    rows = list(with_closing(Requirement.objects.all().for_list()))
    histories = {each.requirement.pk: each.history for each in read_following(Requirement.objects.all()).rows}
    assert {row.pk: row.closed_on for row in rows} == {key: each.closed_on(TODAY) for key, each in histories.items()}
    several = {"open": {"no_date", "overdue", "due_soon", "not_yet_due"}, "to_come": {"due_soon", "not_yet_due"}}
    for value, parts in several.items():
        left = {*so_timely(Requirement.objects.all(), value, TODAY).values_list("pk", flat=True)}
        assert left == {row.pk for row in rows if timely(row, TODAY) in {TIMELY[Timeliness(part)] for part in parts}}
    others = {*several, "overdue_first", "moved"}
    of_page = {word: TIMELY[Timeliness(word)] for word, _ in TIMELINESS if word not in others}
    for value, words in of_page.items():
        left = set(so_timely(Requirement.objects.all(), value, TODAY).values_list("pk", flat=True))
        assert left == {row.pk for row in rows if timely(row, TODAY) == words}, value
        assert left, value
    first = set(so_timely(Requirement.objects.all(), "overdue_first", TODAY).values_list("pk", flat=True))
    assert first == {row.pk for row in rows if timely(row, TODAY, "first_due") == "Overdue"}
    moved = set(so_timely(Requirement.objects.all(), "moved", TODAY).values_list("pk", flat=True))
    assert moved == {row.pk for row in rows if row.has_moved and row.moves.exists()}


def test_quarters_are_those_that_are_over_the_newest_first():
    quarters = list_quarters(date(2025, 4, 1), 5)
    assert [each.name for each in quarters] == ["2025-Q1", "2024-Q4", "2024-Q3", "2024-Q2", "2024-Q1"]
    assert (quarters[0].period, quarters[0].words) == (
        Period(date(2025, 1, 1), date(2025, 3, 31)),
        "January to March 2025",
    )
    assert list_quarters(date(2025, 3, 31), 1)[0].name == "2024-Q4"
