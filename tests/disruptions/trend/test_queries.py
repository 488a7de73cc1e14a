"""Disruptions over time: what is known of each month, how much of it is recorded so far, and what is not loaded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disruptions.choices import DataKind
from disruptions.counts.queries import Scope
from disruptions.measures.queries import of_bodies, period_counts
from disruptions.record.models import Disruption
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import RecentMonths, Span, completeness_of, trend_of
from forces.choices import OrganisationKind
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.text.days import Days
from tests.makers import make_disruption, make_organisation

pytestmark = pytest.mark.django_db
JANUARY, JULY = date(2023, 1, 4), date(2023, 7, 13)
YEAR = (date(2022, 1, 1), date(2022, 12, 31))


def at(day: date = JULY, kind: DataKind = DataKind.RECORDED, latest: date | None = JULY) -> Standpoint:
    return Standpoint(kind, day, latest, sight=EVERYTHING)


def lead_of(standing: Standpoint, body) -> RecentMonths:
    return completeness_of(of_bodies(standing, [body.pk]).lead)


@pytest.fixture
def cheshire(db):
    return make_organisation()


@pytest.fixture
def unit(db):
    return make_organisation("NWROCU Unit", OrganisationKind.ROCU)


def disruptions(number: int, organisation, start: int = 0, **values) -> list[Disruption]:
    return [
        make_disruption(f"DIS-{organisation.pk}-{start + each:05d}", organisation, **values) for each in range(number)
    ]


class TestTrend:
    def points(self, cheshire, by=Span.MONTH, standing=None, first=YEAR[0], last=YEAR[1]):
        standing = standing or at()
        counts = period_counts(standing, [cheshire.pk], first, last)
        return trend_of(counts.lead_by_month, lead_of(standing, cheshire), Days(first, last), by)

    def test_a_month_without_any_is_none_and_one_beyond_the_record_is_not_known(self, cheshire):
        make_disruption("DIS-1", cheshire, activity_date=date(2022, 2, 5))
        make_disruption("DIS-2", cheshire, activity_date=date(2022, 4, 5))
        latest = date(2022, 6, 30)
        points = self.points(cheshire, standing=at(JULY, latest=latest))
        assert [point.first.month for point in points] == list(range(2, 13))
        assert [point.n for point in points] == [1, 0, 1, 0, 0] + [None] * 6
        assert [point.complete for point in points] == [True] * 5 + [False] * 6

    def test_a_month_that_the_day_lies_in_is_not_complete(self, cheshire):
        make_disruption("DIS-1", cheshire, activity_date=date(2022, 11, 5))
        make_disruption("DIS-2", cheshire, activity_date=date(2022, 12, 5))
        before, after = at(date(2022, 12, 30)), at(date(2022, 12, 31))
        assert [point.complete for point in self.points(cheshire, standing=before)] == [True, False]
        assert [point.complete for point in self.points(cheshire, standing=after)] == [True, True]

    def test_a_month_or_quarter_only_partly_in_the_period_is_not_complete(self, cheshire):
        for number, month in enumerate((1, 2, 3, 4, 5, 6)):
            make_disruption(f"DIS-{number}", cheshire, activity_date=date(2022, month, 20))
        span = {"first": date(2022, 1, 15), "last": date(2022, 6, 29)}
        months = self.points(cheshire, **span)
        assert [point.complete for point in months] == [False, True, True, True, True, False]
        quarters = self.points(cheshire, Span.QUARTER, **span)
        assert [(point.n, point.complete) for point in quarters] == [(3, False), (3, False)]

    def test_a_quarter_begins_with_its_first_month_though_the_record_begins_later(self, cheshire):
        make_disruption("DIS-1", cheshire, activity_date=date(2022, 2, 20))
        assert self.points(cheshire, Span.QUARTER)[0].first == date(2022, 1, 1)

    def test_without_any_there_is_no_point(self, cheshire):
        assert self.points(cheshire) == ()


class TestCompleteness:
    @pytest.fixture
    def recorded_late(self, cheshire):
        """Fifteen months in which half of each month is recorded at once and the other half two months later."""
        number = 0
        for month in range(9, 24):
            day = date(2021 + month // 12, month % 12 + 1, 10)
            for added in (day, day + timedelta(days=61)):
                number += 1
                make_disruption(f"DIS-{number}", cheshire, activity_date=day, added_date=added)
        return cheshire

    def test_is_estimated_from_the_delays_of_earlier_months(self, recorded_late):
        found = lead_of(at(date(2022, 12, 31)), recorded_late)
        assert found.estimated
        assert found.recorded(date(2022, 12, 1)) == pytest.approx(0.5)
        assert found.recorded(date(2022, 11, 1)) == pytest.approx(0.5)
        assert found.recorded(date(2022, 10, 1)) == pytest.approx(1)
        assert found.recorded(date(2019, 1, 1)) is None
        complete = [found.is_complete(date(2022, month, 1)) for month in (9, 10, 11, 12)]
        assert complete == [True, True, False, False]

    def test_a_month_that_is_not_over_has_no_estimate_and_is_not_complete(self, recorded_late):
        found = lead_of(at(date(2022, 12, 30)), recorded_late)
        assert found.over == date(2022, 11, 1)
        assert found.recorded(date(2022, 12, 1)) is None
        assert not found.is_complete(date(2022, 12, 1))

    def test_the_record_does_not_go_on_after_its_last_day(self, recorded_late):
        standing = at(date(2026, 11, 22), latest=date(2022, 12, 31))
        assert lead_of(standing, recorded_late).over == date(2022, 12, 1)

    def test_too_few_months_give_delays_and_no_estimate(self, cheshire):
        disruptions(3, cheshire, activity_date=date(2022, 1, 10))
        disruptions(2, cheshire, 3, activity_date=date(2022, 1, 10), added_date=date(2022, 3, 1))
        found = lead_of(at(date(2022, 6, 30)), cheshire)
        assert not found.estimated
        assert found.estimate.delays == (3, 0, 2, 0, 0, 0)
        assert found.is_complete(date(2022, 6, 1))

    def test_months_without_any_tell_nothing(self, cheshire):
        for number, month in enumerate((1, 2, 12)):
            make_disruption(f"DIS-{number}", cheshire, activity_date=date(2021, month, 10))
        assert not lead_of(at(date(2022, 12, 31)), cheshire).estimated

    def test_rows_added_on_two_days_give_no_estimate(self, cheshire):
        for month in range(1, 13):
            make_disruption(
                f"DIS-{month}", cheshire, activity_date=date(2021, month, 1), added_date=date(2022, 1 + month % 2, 1)
            )
        found = lead_of(at(date(2022, 6, 30)), cheshire)
        assert len(found.estimate.delays) == 18
        assert not found.estimated

    def test_nothing_on_record_is_nothing_known(self, cheshire, django_assert_num_queries):
        with django_assert_num_queries(0):
            found = lead_of(at(latest=None), cheshire)
        assert (found.over, found.estimate.delays, found.estimated) == (None, (), False)
        assert not found.is_complete(date(2022, 1, 1))

    def test_support_and_what_is_not_assessed_take_no_part(self, unit):
        disruptions(2, unit, activity_date=date(2022, 1, 10))
        disruptions(3, unit, 2, activity_date=date(2022, 1, 10), involvement="support")
        disruptions(4, unit, 5, activity_date=date(2022, 1, 10), size="not_assessed")
        assert lead_of(at(date(2022, 1, 31)), unit).estimate.delays == (2,)

    def test_one_query(self, recorded_late, django_assert_num_queries):
        with django_assert_num_queries(1):
            lead_of(replace(at(), day=JANUARY), recorded_late)


ROWS = Disruption.objects.all


@pytest.mark.parametrize(
    "narrowed",
    [{}, {"four_p": frozenset(["prevent"])}, {"crime_type": frozenset([None])}, {"activity_year": frozenset([2021])}],
)
def test_rows_that_no_cell_counts_say_of_late_recording_what_cells_say(cheshire, narrowed):
    """By words or a single threat the same months are as complete as by what the cells hold."""
    for number in range(48):
        day = date(2021 + number // 24, number // 2 % 12 + 1, 10)
        four_p = "prevent" if number % 3 else "pursue"
        make_disruption(
            f"DIS-{number}", cheshire, four_p, activity_date=day, added_date=day + timedelta(days=31 * (number % 4))
        )
    standing = at(date(2022, 12, 31))
    by_cells, by_rows = Scope(standing, narrowed), Scope(standing, narrowed, rows=ROWS())
    assert completeness_of(by_cells) == completeness_of(by_rows)
    assert completeness_of(by_cells).estimated


def test_of_named_years_the_months_between_them_are_left_out(cheshire):
    for number, year in enumerate((2020, 2022)):
        make_disruption(f"DIS-{number}", cheshire, activity_date=date(year, 11, 5))
    counts = {(date(2020, 11, 1), "pursue"): 1, (date(2022, 11, 1), "pursue"): 1}
    recent = completeness_of(Scope(at()))
    points = trend_of(counts, recent, Days(None, None), years={2020, 2022})
    assert {point.first.year for point in points} == {2020, 2022}
    assert len(points) == 2 + 12
    assert [point.first for point in trend_of(counts, recent, Days(None, None), years={2023})][-1] == date(2023, 12, 1)


def test_months_long_after_the_record_are_not_drawn_without_end(cheshire):
    make_disruption("DIS-1", cheshire, activity_date=date(2022, 11, 5))
    recent = completeness_of(Scope(at()))
    points = trend_of({(date(2022, 11, 1), "pursue"): 1}, recent, Days(None, date(2100, 12, 31)))
    assert points[-1].first == date(2024, 7, 1)
    assert [point.n for point in points][-12:] == [None] * 12
