"""Findings that come back: what people say of two of them, and what later inspections say of earlier ones."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from model_bakery import baker

from forces.models import Region
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.models import Pairing, Revisit
from inspections.repeats.services import REVISITS, judge
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
