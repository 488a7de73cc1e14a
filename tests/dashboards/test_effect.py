"""Did it work? A finding's measure before and after publication, the peers' same span, and what else happened."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from disruptions.measures.queries import Share
from disruptions.standpoint.queries import standpoint
from forces.models import Organisation
from inspections.figures.models import Measure
from inspections.findings.models import Finding
from soc_tracker.core.access.models import Sight, sight_of
from soc_tracker.core.text.days import Period, month_after, months_between
from soc_tracker.dashboards.effect.queries import FEWEST, MOST, Side, get_effect, spans_of
from tests.forms import press
from tests.makers import make_author, make_disruption, make_extract

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.fixture
def finding(reference):
    return Finding.objects.select_related("inspection__programme", "organisation", "measure").get(
        slug="nw-2022-lancashire-recording-disruptions"
    )


def effect(finding, sight=None):
    user = make_author()
    point = standpoint(sight=sight or sight_of(user), today=localdate())
    return get_effect(user, point, finding, localdate())


def record(body, day, four_p, times, prefix):
    for each in range(times):
        number = f"DIS-{day.year}-{prefix}{each:05}"
        make_disruption(number, body, four_p, activity_date=day, added_date=day + timedelta(days=5))


@pytest.fixture
def recorded(finding):
    """Ten months after publication, as an extract of October 2024 has them: Lancashire moves, Cumbria does not."""
    cumbria = Organisation.objects.get(slug="cumbria")
    before, after = date(2023, 6, 10), date(2024, 6, 10)
    record(finding.organisation, before, "pursue", 9, 1)
    record(finding.organisation, before, "prevent", 1, 2)
    record(finding.organisation, after, "pursue", 5, 3)
    record(finding.organisation, after, "prevent", 5, 4)
    for day, prefix in ((before, 5), (after, 6)):
        record(cumbria, day, "pursue", 3, prefix)
    make_extract("disruptions", date(2024, 10, 4))


def test_the_share_before_and_after_beside_that_of_the_peers(finding, recorded):
    found = effect(finding)
    assert (found.spans.months, found.spans.after.last) == (10, date(2024, 9, 30))
    assert found.spans.before == Period(date(2023, 1, 1), date(2023, 10, 31))
    assert (found.own.before, found.own.after) == (Share(9, 10), Share(5, 10))
    assert found.own.moved == -1
    assert found.own.sentence == (
        "Lancashire: 90% (9 of 10) before, 50% (5 of 10) after. Their 95% intervals overlap, so that chance alone may "
        "explain it."
    )
    assert [(side.name, side.moved) for side in found.peers] == [("Cumbria", 0)]
    assert found.peers_in_words.startswith(
        "Of 1 other of its kind with records in both spans it rose in 0 and fell in 0."
    )


def test_what_is_added_late_is_missing_on_both_sides(finding, recorded):
    """What was added longer after its span than the record reaches after the other is not counted."""
    late = found = effect(finding)
    day = found.spans.before.last
    make_disruption("DIS-2023-900001", finding.organisation, activity_date=day, added_date=day + timedelta(days=5))
    assert effect(finding).own.before.n == late.own.before.n
    make_disruption("DIS-2023-900002", finding.organisation, activity_date=day, added_date=day + timedelta(days=4))
    assert effect(finding).own.before.n == late.own.before.n + 1


def test_before_enough_months_are_over_it_says_so(finding):
    record(finding.organisation, date(2023, 6, 10), "pursue", 1, 1)
    make_extract("disruptions", date(2024, 1, 4))
    found = effect(finding)
    assert found.own is None
    assert found.why_not.startswith("Fewer than 3 whole months after publication")
    assert found.why_not.endswith("the record is known until 4 January 2024.")


def test_what_is_outside_the_reach_is_not_told(finding, recorded):
    found = effect(finding, Sight(bodies=frozenset([finding.organisation_id])))
    assert found.own is not None
    assert found.peers == []
    assert found.peers_in_words == "No other body of its kind in your reach has records in both spans."
    cumbria = Organisation.objects.get(slug="cumbria")
    found = effect(finding, Sight(bodies=frozenset([cumbria.pk])))
    assert found.own is None
    assert "outside your reach" in found.why_not


def test_a_measure_that_the_record_does_not_count_has_published_figures_alone(finding):
    finding.measure = Measure.objects.get(slug="vacancy-rate")
    assert "does not count this measure" in effect(finding).why_not


def test_published_figures_stand_by_their_day(finding):
    found = effect(finding)
    assert [figure.measure.slug for figure in found.figures_before] == ["lead-disruptions-pursue-share"]
    assert found.figures_after == []


def test_a_body_without_records_in_one_span_is_not_compared():
    side = Side("Ash", "", None, Share(1, 2))
    assert (side.moved, side.sentence) == (
        None,
        "Ash has no records in one of the two spans, so nothing can be compared.",
    )


@given(DAYS, st.integers(0, 400), st.integers(0, 1200))
def test_spans_are_of_equal_whole_months_around_publication(first, known_within, later):
    published = Period(first, first + timedelta(days=known_within))
    reached = published.last + timedelta(days=later)
    spans = spans_of(published, reached)
    over = months_between(month_after(published.last), (reached + timedelta(days=1)))
    if over < FEWEST:
        assert spans is None
        return
    assert spans.months == min(MOST, over)
    for days in (spans.before, spans.after):
        assert (days.first.day, (days.last + timedelta(days=1)).day) == (1, 1)
        assert months_between(days.first, days.last) + 1 == spans.months
    assert spans.before.last < published.first
    assert published.last < spans.after.first
    assert spans.after.last + spans.lag == reached


class TestPages:
    def test_the_measure_is_named_on_a_page_of_its_own(self, finding, inspector):
        page = reverse("did_it_work", args=["nw-2022-cheshire-4p-plans"])
        assert "No measure has been named" in unescape(inspector.get(page).content.decode())
        form = inspector.get(reverse("measure_named", args=["nw-2022-cheshire-4p-plans"]))
        measure = Measure.objects.get(slug="lead-disruptions")
        answer = press(inspector, form, "Save", measure=str(measure.pk), change_reason="Plans should show in results.")
        assert answer.url == page
        html = unescape(inspector.get(page).content.decode())
        assert "Measure: Lead disruptions" in html
        assert "This page says what came after, not why." in html

    def test_the_sentences_stand_on_the_page(self, finding, recorded, inspector):
        html = unescape(inspector.get(reverse("did_it_work", args=[finding.slug])).content.decode())
        for text in ("90% (9 of 10) before, 50% (5 of 10) after", "10 months before publication", "Cumbria"):
            assert text in html

    def test_what_else_happened_is_listed(self, reference, inspector):
        page = inspector.get(reverse("did_it_work", args=["nw-2022-lancashire-recording-disruptions"]))
        assert "Graded" in unescape(page.content.decode())
