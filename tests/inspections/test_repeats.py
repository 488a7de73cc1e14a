"""Findings that come back: what people say of two of them, and what later inspections say of earlier ones."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from model_bakery import baker

from forces.models import Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.programmes.models import Inspection, Programme
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.models import Pairing, Revisit
from inspections.repeats.queries import Chain, about_same, list_chains
from inspections.repeats.services import REVISITS, judge
from inspections.sources.models import SourceDocument
from soc_tracker.core.text.days import Precision, span, years_after
from tests.forms import press
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
)

pytestmark = pytest.mark.django_db
UNEVEN = "Plans are uneven: some have no clear author, some no manager's eye on them"


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def earlier(region):
    force = make_member(region, "Cheshire Constabulary")
    of_2017 = make_inspection(force, make_programme("four", "PEEL 2017", 2017), published_on=date(2018, 3, 22))
    return make_finding(of_2017, title="Plans of uneven quality", region=None, organisation=force)


@pytest.fixture
def later(earlier, region):
    of_2023 = make_inspection(region, published_on=date(2023, 11, 1))
    return make_finding(of_2023, title="Plans still uneven", region=None, organisation=earlier.organisation)


def all_in(response, *texts):
    html = unescape(response.content.decode())
    assert {text for text in texts if text not in html} == set()
    return html


def revisit(finding, inspection, **more):
    values = {"outcome": RevisitOutcome.PARTLY, "summary": "Better.", "locator": "Page 3", "source": inspection.source}
    return REVISITS.create(values, finding=finding, inspection=inspection, by=None, reason=REASON, **more)


def test_a_pair_stands_once_whichever_of_the_two_it_is_seen_from(earlier, later):
    author = make_author()
    judge(later, earlier, is_one_problem=True, by=author)
    judge(earlier, later, is_one_problem=False, by=author)
    [pair] = Pairing.objects.all()
    assert (pair.first, pair.second, pair.is_one_problem, pair.version) == (earlier, later, False, 2)
    assert list(Pairing.objects.of(later)) == list(Pairing.objects.of(earlier)) == [pair]


def test_a_finding_is_not_compared_with_itself(earlier):
    with pytest.raises(ValidationError, match="A pair is of two findings"):
        judge(earlier, earlier, is_one_problem=True, by=make_author())


def test_a_later_inspection_says_what_has_become_of_a_finding(earlier, later):
    stored = revisit(earlier, later.inspection)
    assert list(earlier.revisits.all()) == list(later.inspection.revisits.all()) == [stored]


def test_an_inspection_does_not_look_again_at_its_own_findings_or_later_ones(earlier, later):
    with pytest.raises(ValidationError, match="made by this very inspection"):
        revisit(later, later.inspection)
    with pytest.raises(ValidationError, match="before the finding was"):
        revisit(later, earlier.inspection)


def test_an_inspection_speaks_of_findings_about_what_it_looked_at(later):
    other = make_organisation("Cumbria Constabulary")
    of_other = make_inspection(other, later.inspection.programme, published_on=date(2024, 1, 1))
    with pytest.raises(ValidationError, match="is not about Cheshire Constabulary"):
        revisit(later, of_other)


def test_what_the_reports_say_of_earlier_findings_is_on_record(reference):
    rows = {each.finding.slug: each for each in Revisit.objects.select_related("finding", "inspection")}
    assert rows["north-wales-2016-learning"].outcome == RevisitOutcome.NOT_RESOLVED
    assert {each.inspection.slug for each in rows.values()} == {"north-west-soc-2022-23"}


class TestChains:
    def chains(self, finding):
        return list_chains(make_author(), about_same(finding))

    def test_findings_that_are_linked_stand_in_one_chain_the_oldest_first(self, earlier, later):
        assert self.chains(later) == []
        judge(earlier, later, is_one_problem=True, by=make_author())
        [chain] = self.chains(later)
        assert (list(chain.findings), chain.again, chain.outcome) == ([earlier, later], [later], None)
        assert chain.standing == "First in PEEL 2017, again in PEEL 2022/23, when it had stood for at least 5 years"

    def test_what_the_report_itself_says_links_them_too(self, earlier, later):
        FINDINGS.change(later, repeats=earlier, by=make_author(), reason=REASON, expected_version=1)
        assert [list(chain.findings) for chain in self.chains(earlier)] == [[earlier, later]]

    def test_two_that_are_not_one_problem_make_no_chain(self, earlier, later):
        judge(earlier, later, is_one_problem=False, by=make_author())
        assert self.chains(earlier) == []

    def test_a_later_inspection_ends_it(self, earlier, later):
        revisit(earlier, later.inspection, outcome=RevisitOutcome.RESOLVED)
        [chain] = self.chains(earlier)
        assert chain.outcome == RevisitOutcome.RESOLVED
        assert chain.standing == "First in PEEL 2017; resolved by PEEL 2022/23, after at least 5 years"

    def test_without_days_the_years_of_the_inspections_say_about_how_long(self, earlier, later):
        Inspection.objects.update(published_on=None)
        judge(earlier, later, is_one_problem=True, by=make_author())
        [chain] = self.chains(later)
        assert chain.stood == "about 5 years, by the years of the inspections"

    @given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 4000), st.sampled_from(Precision))
    def test_it_has_stood_no_shorter_than_it_says(self, begin, days, precision):
        first = Inspection(pk=1, programme=Programme(year=2000), published_on=begin, published_precision=precision)
        end = begin + timedelta(days=days)
        last = Inspection(pk=2, programme=Programme(year=2001), published_on=end, published_precision=precision)
        chain = Chain([Finding(inspection=first), Finding(inspection=last)], [])
        years = int("".join(filter(str.isdigit, chain.stood)) or 0)
        assert chain.stood.startswith(f"at least {years}" if years else "less than a year")
        assert years_after(span(begin, precision).last, years) <= span(end, precision).first or not years
        assert years_after(span(begin, precision).last, years + 1) > span(end, precision).first

    def test_bodies_side_by_side_have_chains_of_their_own(self, earlier, later, region):
        other = make_member(region, "Cumbria Constabulary")
        sibling = make_finding(later.inspection, title="Plans uneven there", region=None, organisation=other)
        for one, two in ((earlier, later), (later, sibling)):
            judge(one, two, is_one_problem=True, by=make_author())
        both = Q(organisation__in=[earlier.organisation, other])
        [chain] = list_chains(make_author(), both, apart=True)
        assert list(chain.findings) == [earlier, later]
        [whole] = list_chains(make_author(), both)
        assert set(whole.findings) == {earlier, later, sibling}

    def test_a_region_page_has_the_problems_of_its_bodies(self, reference, inspector):
        html = inspector.get(reverse("region_findings", args=["north-west"]))
        all_in(html, "Problems that inspections came back to", "First in PEEL 2016, again in PEEL 2022/23")

    def test_a_body_page_says_how_long_its_problems_have_stood(self, reference, inspector):
        html = inspector.get(reverse("force_inspections", args=["north-wales"]))
        all_in(html, "Problems that inspections came back to", "First in PEEL 2016, again in PEEL 2022/23")
        all_in(html, "about 6 years, by the years of the inspections", "Not resolved")


class TestProblemPage:
    def test_it_proposes_findings_of_the_same_body_and_of_others(self, reference, inspector):
        html = inspector.get(reverse("inspections:problem", args=["nw-2022-north-wales-4p-plans"]))
        all_in(html, "Likely to be the same problem", "Improve the quality of 4P plans", "both on", "4P plans")

    def test_readers_are_not_asked(self, reference, analyst):
        html = analyst.get(reverse("inspections:problem", args=["nw-2022-north-wales-4p-plans"]))
        assert "Likely to be" not in all_in(html, "The same problem elsewhere")

    def test_what_is_judged_is_kept_not_asked_again_and_can_be_turned_over(self, reference, inspector):
        page = reverse("inspections:problem", args=["nw-2022-north-wales-4p-plans"])
        press(inspector, inspector.get(page), "The same problem: Improve the quality of 4P plans")
        press(inspector, inspector.get(page), f"Not the same: {UNEVEN}")
        inspector.get(page)  # with the message
        html = all_in(inspector.get(page), "the same problem, says", "not the same, says")
        assert (f"Not the same: {UNEVEN}" not in html, html.count(UNEVEN)) == (True, 2)
        other = reverse("inspections:problem", args=["nw-2022-cheshire-4p-plans"])
        assert "4P plans are inconsistent" in elsewhere(inspector.get(other))
        press(
            inspector,
            inspector.get(other),
            "Change to “not the same”: 4P plans are inconsistent and at times too generic",
        )
        assert "4P plans are inconsistent" not in elsewhere(inspector.get(other))

    def test_a_pair_that_is_none_comes_back_with_what_is_wrong(self, reference, inspector):
        page = reverse("inspections:problem", args=["nw-2022-north-wales-4p-plans"])
        for other in ("nw-2022-north-wales-4p-plans", "nowhere"):
            answer = inspector.post(page, {"other": other, "same": "yes"})
            assert "kept_form" in answer.url
        assert not Pairing.objects.exists()

    def test_a_later_inspection_is_entered_by_hand(self, reference, inspector):
        page = reverse("inspections:revisit_new", args=["peel-2017-cheshire-afi-investigation-plans"])
        answer = press(
            inspector,
            inspector.get(page),
            "Save",
            inspection=str(Inspection.objects.get(slug="north-west-soc-2022-23").pk),
            outcome="not_looked_at",
            summary="The later report does not speak of it.",
            source=str(SourceDocument.objects.get(slug="nw-soc-2023").pk),
            locator="The whole section on the constabulary",
        )
        assert answer.status_code == 302
        all_in(inspector.get(answer.url), "Not looked at again", "First in PEEL 2017")


def elsewhere(response):
    html = unescape(response.content.decode())
    return html.partition("The same problem elsewhere</h2>")[2].partition("Likely to be the same problem</h2>")[0]
