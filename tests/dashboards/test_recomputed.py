"""Published figures worked out again from the record, each as at its own day."""

from datetime import date, timedelta

import pytest
from model_bakery import baker

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from forces.models import Membership
from inspections.figures.models import Measure, PublishedFigure
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.dashboards.agreement.pages import AGREES, DIFFERS, NOT_COMPARED, beside
from soc_tracker.dashboards.agreement.queries import MOST_READS, RECOMPUTED, Missing, recomputed
from tests.dashboards.making import make_figure, make_region
from tests.makers import make_disruption, make_member, make_organisation, make_state, make_threat

pytestmark = pytest.mark.django_db
JANUARY, APRIL, JULY = date(2023, 1, 4), date(2023, 4, 1), date(2023, 7, 13)
OF_A_DAY = {"period_from": None, "period_to": None}


def record(kind: DataKind = DataKind.RECORDED, latest: date | None = JULY, day: date = JULY) -> Standpoint:
    return Standpoint(kind, day, latest, sight=EVERYTHING)


def add(organisation, start: int, numbers: dict[str, int], **values) -> None:
    places = iter(range(start, start + sum(numbers.values())))
    for four_p, number in numbers.items():
        for _ in range(number):
            make_disruption(f"DIS-{next(places)}", organisation, four_p, **values)


def answers(user, figures=None, standpoint=None):
    found = figures or PublishedFigure.objects.for_list().order_by("pk")
    return [beside(row) for row in recomputed(user, found, standpoint or record())]


@pytest.fixture
def cheshire(db):
    return make_organisation()


class TestTable:
    def test_every_measure_in_the_table_is_one_that_is_published(self, reference):
        with_shares = {f"lead-disruptions-{four_p}" for four_p in ("prevent", "protect", "prepare")}
        assert set(RECOMPUTED) - with_shares <= set(Measure.objects.values_list("slug", flat=True))

    def test_every_published_figure_of_threats_or_disruptions_with_a_day_is_compared(self, reference):
        figures = PublishedFigure.objects.filter(measure__group="Threats and disruptions", as_at__isnull=False)
        assert set(figures.values_list("measure__slug", flat=True)) <= set(RECOMPUTED)

    def test_figures_of_other_measures_are_left_out(self, cheshire, user):
        make_figure(cheshire, "arrests", 250)
        assert answers(user) == []


class TestDisruptions:
    def test_a_count_is_that_of_its_own_period_and_day(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3)
        make_figure(cheshire, "lead-disruptions", 2, as_at=JANUARY)
        add(cheshire, 0, {"pursue": 2})
        add(cheshire, 2, {"prevent": 1}, added_date=JULY)
        add(cheshire, 3, {"prevent": 1}, added_date=JULY + timedelta(days=1))
        add(cheshire, 4, {"prevent": 1}, activity_date=date(2021, 12, 31))
        rows = answers(user, standpoint=record(latest=date(2023, 9, 1), day=date(2023, 9, 1)))
        assert [(row.recorded, row.difference, row.verdict) for row in rows] == [("3", 0, AGREES), ("2", 0, AGREES)]

    def test_a_difference_has_its_sign_and_a_reason(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3)
        make_figure(cheshire, "lead-disruptions-pursue", 1)
        add(cheshire, 0, {"pursue": 2})
        fewer, more = answers(user)
        assert (fewer.difference_in_words, fewer.verdict) == ("−1", DIFFERS)
        assert (more.difference_in_words, more.verdict) == ("+1", DIFFERS)
        assert "added, corrected or withdrawn" in fewer.why

    def test_a_percentage_that_the_share_rounds_to_agrees(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions-pursue-share", 67)
        make_figure(cheshire, "lead-disruptions-prevent-share", 34)
        make_figure(cheshire, "lead-disruptions-protect-share", 0)
        add(cheshire, 0, {"pursue": 2, "prevent": 1})
        pursue, prevent, protect = answers(user)
        assert pursue.recorded.startswith("67%, 2 of 3 (")
        assert (pursue.difference_in_words, pursue.verdict, pursue.why) == (
            "−0.3 points",
            AGREES,
            "It rounds to 67 percent.",
        )
        assert (prevent.difference_in_words, prevent.verdict) == ("−0.7 points", DIFFERS)
        assert (protect.recorded[:10], protect.verdict, protect.why) == ("0%, 0 of 3", AGREES, "The same number.")

    def test_words_around_a_number_are_understood(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 2, qualifier="over")
        make_figure(cheshire, "lead-disruptions", 3, qualifier="over")
        add(cheshire, 0, {"pursue": 3})
        over_two, over_three = answers(user)
        assert (over_two.verdict, over_two.why) == (AGREES, "It is true of the recorded number that it is over 2.")
        assert over_three.verdict == DIFFERS

    def test_a_share_published_only_in_words_is_understood(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions-prevent-share", None, qualifier="more_than_a_third", unit="share")
        add(cheshire, 0, {"pursue": 1, "prevent": 1})
        (row,) = answers(user)
        assert (row.published, row.difference_in_words, row.verdict) == ("more than a third", "–", AGREES)

    def test_a_figure_of_a_region_is_that_of_the_bodies_it_had_on_the_day(self, north_west, user):
        stayed, left = make_member(north_west), make_organisation("Cumbria Constabulary")
        baker.make(Membership, organisation=left, region=north_west, valid_to=date(2023, 3, 31))
        make_figure(north_west, "lead-disruptions", 3, as_at=JANUARY)
        make_figure(north_west, "lead-disruptions", 2)
        add(stayed, 0, {"pursue": 2})
        add(left, 2, {"pursue": 1})
        assert [row.recorded for row in answers(user)] == ["3", "2"]


class TestThreats:
    def test_are_those_on_the_master_list_of_the_day_by_type(self, cheshire, user):
        for number in range(3):
            make_threat(f"OCG-{number}", cheshire)
        make_threat("OCG-9", cheshire, state={"tier": 5})
        make_state(make_threat("OCG-4", cheshire), APRIL, type="vul")
        make_figure(cheshire, "soc-threats", 4, as_at=JANUARY, **OF_A_DAY)
        make_figure(cheshire, "soc-vulnerabilities", 0, as_at=JANUARY, **OF_A_DAY)
        make_figure(cheshire, "soc-vulnerabilities", 1, as_at=APRIL, **OF_A_DAY)
        assert [(row.recorded, row.verdict) for row in answers(user)] == [("4", AGREES), ("0", AGREES), ("1", AGREES)]

    def test_a_region_has_the_sum_of_its_bodies(self, north_west, user):
        make_threat("OCG-1", make_member(north_west))
        make_threat("OCG-2", make_member(north_west, "Cumbria Constabulary"))
        make_threat("OCG-3", make_organisation("London Police"))
        make_figure(north_west, "soc-threats", 3, as_at=JANUARY, **OF_A_DAY)
        (row,) = answers(user)
        assert (row.recorded, row.difference_in_words, row.verdict) == ("2", "−1", DIFFERS)
        assert "reclassified" in row.why

    @pytest.mark.parametrize(("own", "verdict", "recorded"), [(5, AGREES, "2.5"), (4, DIFFERS, "2.0")])
    def test_more_than_double_any_other_region(self, own, verdict, recorded, north_west, user):
        unit, other = make_member(north_west), make_region("London", "london")
        for number in range(own):
            make_threat(f"OCG-{number}", unit)
        capital = make_member(other, "London Police")
        make_threat("OCG-8", capital)
        make_threat("OCG-9", capital)
        words = {"qualifier": "more_than_double", "unit": "share", "as_at": JANUARY}
        make_figure(north_west, "soc-threats-against-other-regions", None, **words, **OF_A_DAY)
        (row,) = answers(user)
        assert (row.verdict, row.recorded) == (verdict, f"{recorded} times as many")

    def test_without_another_region_nothing_can_be_said(self, north_west, user):
        make_threat("OCG-1", make_member(north_west))
        words = {"qualifier": "more_than_double", "unit": "share", "as_at": JANUARY}
        make_figure(north_west, "soc-threats-against-other-regions", None, **words, **OF_A_DAY)
        (row,) = answers(user)
        assert (row.verdict, row.why) == (NOT_COMPARED, f"Because {Missing.NO_OTHERS.value}.")


class TestMissing:
    def only(self, user, standpoint=None) -> Missing | None:
        (row,) = recomputed(user, PublishedFigure.objects.for_list(), standpoint or record())
        assert row.recorded is None
        return row.missing

    def test_no_day(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3, as_at=None)
        assert self.only(user) == Missing.NO_DAY

    def test_no_period(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3, period_from=None, period_to=None, period_words="last year")
        assert self.only(user) == Missing.NO_PERIOD

    def test_nothing_on_record(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3)
        assert self.only(user, record(latest=None)) == Missing.NOTHING

    def test_a_day_that_the_record_does_not_reach(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3)
        add(cheshire, 0, {"pursue": 3})
        assert self.only(user, record(latest=JULY - timedelta(days=1))) == Missing.BEYOND

    @pytest.mark.parametrize(
        "measure", ["lead-disruptions", "lead-disruptions-pursue", "lead-disruptions-pursue-share"]
    )
    def test_no_rows_are_not_none(self, measure, cheshire, user):
        make_figure(cheshire, measure, 0)
        add(make_organisation("Cumbria Constabulary"), 0, {"pursue": 3})
        assert self.only(user) == Missing.NO_ROWS

    def test_no_threats_are_not_none(self, cheshire, user):
        make_figure(cheshire, "soc-vulnerabilities", 0, as_at=JANUARY, **OF_A_DAY)
        assert self.only(user) == Missing.NO_THREATS

    def test_rows_of_the_other_kind_do_not_answer(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3)
        add(cheshire, 0, {"pursue": 3})
        assert self.only(user, record(DataKind.ILLUSTRATIVE)) == Missing.NO_ROWS

    def test_more_days_than_a_page_reads(self, cheshire, user, django_assert_num_queries):
        add(cheshire, 0, {"pursue": 3})
        figures = [
            make_figure(cheshire, "lead-disruptions", 3, as_at=JANUARY + timedelta(days=days))
            for days in range(MOST_READS + 2)
        ]
        with django_assert_num_queries(MOST_READS):
            rows = recomputed(user, figures, record())
        assert [row.missing for row in rows] == [None] * MOST_READS + [Missing.TOO_MANY_DAYS] * 2

    def test_figures_of_the_same_day_are_one_read(self, cheshire, user, django_assert_num_queries):
        add(cheshire, 0, {"pursue": 3})
        figures = [make_figure(cheshire, f"lead-disruptions{part}", 3) for part in ("", "-pursue", "-pursue-share")]
        with django_assert_num_queries(1):
            assert all(row.recorded for row in recomputed(user, figures, record()))

    def test_why_not_is_said_in_words(self, cheshire, user):
        make_figure(cheshire, "lead-disruptions", 3, as_at=None)
        (row,) = answers(user)
        assert (row.recorded, row.verdict) == ("no answer", NOT_COMPARED)
        assert row.why == "Because the document gives no day as at which it was counted."
