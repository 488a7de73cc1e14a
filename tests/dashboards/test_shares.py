"""Shares as published: a percent never turns into a count, and only counts have an interval."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import FourP
from inspections.figures.models import PublishedFigure
from soc_tracker.dashboards.shares.charts import NOT_PUBLISHED, high, low, percent, share_in_words
from soc_tracker.dashboards.shares.queries import Share, exact_count, extracts
from tests.dashboards.making import make_figure, make_region, make_source
from tests.makers import make_member

pytestmark = pytest.mark.django_db


def count(value: int, qualifier: str = "exactly") -> PublishedFigure:
    return PublishedFigure(value=Decimal(value), step=Decimal(1), unit="count", qualifier=qualifier)


def percents(value: int) -> PublishedFigure:
    return PublishedFigure(value=Decimal(value), step=Decimal(1), unit="percent", qualifier="exactly")


@pytest.mark.parametrize(
    ("x", "n", "bounds"),
    [(312, 373, ("79.6", "87.1")), (343, 490, ("65.8", "73.9")), (540, 635, ("82.1", "87.6"))],
)
def test_the_interval_of_published_counts_agrees_with_the_worked_values(x, n, bounds):
    share = Share(FourP.PURSUE, count=count(x), total=count(n))
    assert (low(share.interval), high(share.interval)) == tuple(Decimal(bound) for bound in bounds)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (
            Share(FourP.PURSUE, percents(84), count(312), count(373)),
            "84 percent, 312 of 373; 95% interval 79.6 to 87.1 percent",
        ),
        (
            Share(FourP.PURSUE, percents(83), count(312), count(373)),
            "83 percent, 312 of 373 (which is 84 percent); 95% interval 79.6 to 87.1 percent",
        ),
        (
            Share(FourP.PURSUE, None, count(312), count(373)),
            "84 percent, 312 of 373; 95% interval 79.6 to 87.1 percent",
        ),
        (Share(FourP.PURSUE, percents(85), None, count(635)), "85 percent of 635; count not published, so no interval"),
        (Share(FourP.PREVENT, percents(30)), "30 percent; count and total not published, so no interval"),
        (Share(FourP.PURSUE, None, count(312), None), "312; no share can be worked out"),
        (Share(FourP.PURSUE, None, count(300, "over"), count(373)), "over 300 of 373; no share can be worked out"),
        (Share(FourP.PREPARE, total=count(373)), NOT_PUBLISHED),
    ],
)
def test_a_share_says_what_was_published_and_why_it_has_no_interval(share, words):
    assert share_in_words(share) == words


def test_nothing_out_of_nothing_is_no_share():
    share = Share(FourP.PURSUE, count=count(0), total=count(0))
    assert (share.counts, share.interval, percent(share)) == (None, None, None)


@given(value=st.integers(0, 100), total=st.integers(0, 10**6))
def test_a_percent_of_a_known_total_stays_a_percent(value, total):
    share = Share(FourP.PURSUE, percent=percents(value), total=count(total))
    assert (share.counts, share.interval) == (None, None)
    assert percent(share) == value


@given(total=st.integers(1, 10**6), part=st.floats(0, 1))
def test_an_interval_encloses_its_share(total, part):
    share = Share(FourP.PURSUE, count=count(round(part * total)), total=count(total))
    assert 0 <= low(share.interval) <= high(share.interval) <= 100
    assert share.interval.low <= share.counts[0] / total <= share.interval.high


@pytest.mark.parametrize("qualifier", ["over", "about", "nearly", "at_least"])
def test_a_count_that_is_not_exact_is_no_count_to_compute_with(qualifier):
    assert exact_count(count(3000, qualifier)) is None


@pytest.mark.django_db
class TestExtracts:
    def test_a_body_without_figures_has_one_extract_with_nothing_in_it(self):
        body = make_member(make_region())
        (extract,) = extracts([body], [])
        assert (extract.published, [share.published for share in extract.shares]) == (False, [False] * 4)

    def test_figures_of_one_period_and_day_stand_together(self):
        body = make_member(make_region())
        figures = [
            make_figure(body, "lead-disruptions", 373),
            make_figure(body, "lead-disruptions-pursue", 312),
            make_figure(body, "lead-disruptions-pursue-share", 84),
        ]
        (extract,) = extracts([body], figures)
        assert extract.shares[0].counts == (312, 373)

    def test_counts_as_at_different_days_are_never_put_over_one_another(self):
        body = make_member(make_region())
        figures = [
            make_figure(body, "lead-disruptions", 373),
            make_figure(body, "lead-disruptions-pursue", 300, as_at=date(2023, 1, 4)),
        ]
        newer, older = extracts([body], figures)
        assert newer.shares[0].counts is None
        assert older.shares[0].counts is None
        assert newer.any_figure.as_at > older.any_figure.as_at

    def test_the_report_speaks_before_the_press_that_passes_its_figure_on(self):
        body = make_member(make_region())
        press = make_figure(body, "lead-disruptions", 374, source=make_source("News", "news"))
        report = make_figure(body, "lead-disruptions", 373, source=make_source("Report"))
        (extract,) = extracts([body], [press, report])
        assert extract.total == report

    def test_figures_of_another_body_or_measure_are_left_out(self):
        region = make_region()
        body, other = make_member(region), make_member(region, "Cumbria Constabulary")
        figures = [make_figure(other, "lead-disruptions", 1), make_figure(body, "arrests", 106)]
        (extract,) = extracts([body], figures)
        assert not extract.published
