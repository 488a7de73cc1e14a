"""What detail pages read: the right rows, bounded, in order, and only what the user may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Region
from inspections.figures.models import Measure, PublishedFigure
from inspections.figures.services import FIGURES
from inspections.programmes.models import Inspection
from inspections.queries import (
    get_inspection_facts,
    get_source_facts,
    list_other_gradings,
    list_same_measure,
    list_sources,
)
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def cheshire(region):
    return make_member(region)


@pytest.fixture
def inspection(region, cheshire) -> Inspection:
    return make_inspection(region)


def make_figure(slug: str, measure: Measure, about: dict, **more) -> PublishedFigure:
    values = {"unit": "count", "value": 1, "step": 1, "said_by": "body", "locator": "p"} | about | more
    return FIGURES.create(values, slug=slug, measure=measure, by=make_author(), reason=REASON)


def test_gradings_of_an_inspection_begin_with_the_unit(inspection, region, cheshire) -> None:
    question = baker.make("inspections.Question", programme=inspection.programme)
    make_grading(inspection, make_member(region, "Avon Police"), question=question)
    make_grading(inspection, make_member(region, "Titan Unit", kind=OrganisationKind.ROCU), question=question)
    make_grading(inspection, cheshire, question=question)
    facts = get_inspection_facts(make_author(), inspection)
    assert [row.organisation.short_name for row in facts.gradings.rows] == ["Titan", "Avon", "Cheshire"]


def test_an_inspection_has_its_own_facts_only(inspection, cheshire) -> None:
    other = make_inspection(cheshire, make_programme("four", "PEEL 2017", 2017))
    mine = make_finding(inspection, title="mine", order=2)
    make_finding(inspection, "observation", "also mine", order=1)
    theirs = make_finding(other, title="theirs")
    measure = baker.make(Measure, slug="m")
    for finding, slug in ((mine, "a"), (theirs, "b")):
        make_figure(slug, measure, {"organisation": cheshire}, finding=finding, source=inspection.source)
        make_recommendation(finding, cheshire)
    facts = get_inspection_facts(make_author(), inspection)
    assert [row.title for row in facts.findings.rows] == ["mine", "also mine"]
    assert [(kind.slug, number) for kind, number in facts.kinds] == [("area_for_improvement", 1), ("observation", 1)]
    assert [row.slug for row in facts.figures.rows] == ["a"]
    assert facts.recommendations.total == 1
    assert facts.findings.url == f"/findings/?inspection={inspection.slug}"


def test_the_weightiest_comes_first_and_context_counts_as_no_finding(inspection) -> None:
    for order, (kind, tone) in enumerate(
        [
            ("observation", "context"),
            ("observation", "strength"),
            ("observation", "shortcoming"),
            ("innovative_practice", "strength"),
            ("area_for_improvement", "shortcoming"),
            ("cause_of_concern", "shortcoming"),
        ]
    ):
        make_finding(inspection, kind, f"{kind} {tone}", tone=tone, order=order)
    facts = get_inspection_facts(make_author(), inspection)
    assert [row.title for row in facts.findings.rows] == [
        "cause_of_concern shortcoming",
        "area_for_improvement shortcoming",
        "innovative_practice strength",
        "observation shortcoming",
        "observation strength",
        "observation context",
    ]
    assert {kind.slug: number for kind, number in facts.kinds}["observation"] == 2
    assert facts.context == 1


def test_lists_are_bounded_and_count_the_rest(inspection, monkeypatch) -> None:
    monkeypatch.setattr("inspections.queries.MOST_FINDINGS", 2)
    for number in range(5):
        make_finding(inspection, title=f"finding {number}", order=number)
    findings = get_inspection_facts(make_author(), inspection).findings
    assert (len(findings.rows), findings.total, findings.is_cut) == (2, 5, True)


def test_a_source_has_all_that_was_taken_from_it(inspection, cheshire) -> None:
    source = inspection.source
    finding = make_finding(inspection)
    make_recommendation(finding, cheshire)
    make_grading(inspection, cheshire)
    make_figure("a", baker.make(Measure, slug="m"), {"organisation": cheshire}, source=source)
    facts = get_source_facts(make_author(), list_sources(make_author()).get(pk=source.pk), params=QueryDict())
    parts = (facts.inspections, facts.gradings, facts.findings, facts.recommendations, facts.figures)
    assert [part.total for part in parts] == [1, 1, 1, 1, 1]
    assert facts.monitoring.total == 0
    assert all(part.url.endswith(f"?source={source.slug}") for part in parts)


def test_other_gradings_are_the_same_body_s_newest_first(inspection, region, cheshire) -> None:
    grading = make_grading(inspection, cheshire)
    make_grading(inspection, make_member(region, "Avon Police"), question=grading.question)
    for year in (2016, 2017):
        programme = make_programme("four", f"PEEL {year}", year)
        make_grading(make_inspection(cheshire, programme), cheshire, "good")
    others = list_other_gradings(make_author(), grading)
    assert [row.inspection.programme.year for row in others.rows] == [2017, 2016]
    assert others.url == "/gradings/?organisation=cheshire"


def test_the_same_measure_elsewhere_leaves_the_figure_itself_out(inspection, region, cheshire) -> None:
    threats, arrests = (baker.make(Measure, slug=slug) for slug in ("threats", "arrests"))
    figure = make_figure("a", threats, {"organisation": cheshire}, source=inspection.source)
    make_figure("b", threats, {"region": region}, source=inspection.source)
    make_figure("c", arrests, {"region": region}, source=inspection.source)
    others = list_same_measure(make_author(), figure)
    assert [row.slug for row in others.rows] == ["b"]


def test_who_may_see_nothing_reads_nothing(inspection, cheshire) -> None:
    make_recommendation(make_finding(inspection), cheshire)
    make_grading(inspection, cheshire)
    facts = get_inspection_facts(AnonymousUser(), inspection)
    assert facts.kinds == []
    assert facts.gradings.total == facts.findings.total == facts.recommendations.total == 0
