"""The page that tells readers how figures come about."""

import re

import pytest
from django.urls import reverse

from disruptions.choices import FourP
from disruptions.trend.queries import COMPLETE, WINDOW
from soc_tracker.core.stats.series import FEWEST_MONTHS
from soc_tracker.core.stats.shares import wilson

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(inspector) -> str:
    text = inspector.get(reverse("methods")).content.decode()
    return re.sub(r"\s+", " ", text)


SUBJECTS = [
    *("kinds", "missing", "published", "grades", "maps", "four-ps", "counting", "records", "beside", "shares"),
    *("time", "late", "small", "dates", "following", "problems", "did-it-work", "practice"),
]


def test_every_subject_is_a_heading_that_opens_and_has_its_anchor_within(page):
    heading = r"<summary [^>]*> <h2 [^>]*>[^<]+</h2> </summary>"
    assert re.findall(rf'<details [^>]*> {heading} <div class="govuk-details__text" id="([\w-]+)">', page) == SUBJECTS
    assert page.count("<h2") == len(SUBJECTS)


def test_the_worked_interval_is_the_one_that_is_computed(page):
    interval = wilson(312, 373)
    assert (
        f"it runs from {interval.low:.1%} to {interval.high:.1%}".replace("%", "", 1).replace("%", " percent") in page
    )


def test_tells_the_scales_the_four_ps_and_the_inclusive_period(page):
    assert "outstanding, good, requires improvement, inadequate." in page
    assert "outstanding, good, adequate, requires improvement, inadequate." in page
    for four_p in FourP:
        assert f"{four_p.label}: {four_p.meaning}." in page
    assert "leaves out 1 January" in page


def test_what_is_not_done_yet_is_marked(page):
    assert "Small numbers (not in use yet)" in page
    assert page.count("not in use yet") == 1


def test_tells_which_records_count_and_when_two_figures_agree(page):
    for said in (
        "its tier was 1 to 4 and its phase was not closed",
        "by then assessed as major, moderate or minor",
        "A percentage agrees when the recorded share rounds to it.",
        "the last calendar year that was over on that day",
    ):
        assert said in page


def test_the_numbers_of_late_recording_are_those_in_use(page):
    assert f"of the last {WINDOW} months" in page
    assert f"at least {COMPLETE:.0%} of it is recorded" in page
    assert f"With fewer than {FEWEST_MONTHS} complete months" in page


def test_a_parameter_is_named(inspector):
    assert inspector.get(reverse("methods"), {"x": "1"}).status_code == 400
