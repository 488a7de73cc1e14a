"""Filters of inspections and their facts: each narrows as it says, and no row comes twice."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Region
from forces.services import MEMBERSHIPS
from inspections.figures.models import Measure, PublishedFigure
from inspections.figures.pages import FigureFilter
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding, Topic
from inspections.findings.pages import FindingFilter
from inspections.gradings.models import Grading
from inspections.gradings.pages import GradingFilter
from inspections.programmes.models import Inspection, Programme
from inspections.programmes.pages import InspectionFilter, ProgrammeFilter
from inspections.recommendations.models import Recommendation
from inspections.recommendations.pages import RecommendationFilter
from inspections.sources.models import SourceDocument
from inspections.sources.pages import SourceFilter
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_grading,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2023, 7, 13)


@pytest.fixture(autouse=True, scope="module")
def facts(rows_of_module: None) -> None:
    """Two regions. Cheshire was graded with its region and alone; Kent moved from the first region to the second."""
    north = baker.make(Region, name="North West", slug="north-west")
    east = baker.make(Region, name="Eastern", slug="eastern")
    cheshire = make_member(north, "Cheshire Constabulary")
    unit = make_member(north, "Titan Unit", kind=OrganisationKind.ROCU)
    kent = make_organisation("Kent Police")
    said = {"by": make_author(), "reason": REASON}
    MEMBERSHIPS.create(organisation=kent, region=north, valid_to=date(2020, 12, 31), **said)
    MEMBERSHIPS.create(organisation=kent, region=east, valid_from=date(2021, 1, 1), **said)
    regional = make_inspection(north)
    alone = make_inspection(cheshire, make_programme("four", "PEEL 2017", 2017))
    make_grading(regional, cheshire, "adequate")
    make_grading(regional, unit, "outstanding")
    make_grading(regional, kent, "good")
    make_grading(alone, cheshire, "good")
    plans, analysts = (baker.make(Topic, name=name, slug=name) for name in ("plans", "analysts"))
    about_cheshire = {"region": None, "organisation": cheshire}
    make_finding(regional, title="regional plans", topics=[plans, analysts])
    weak = make_finding(regional, "cause_of_concern", "weak plans", topics=[plans], **about_cheshire)
    make_finding(regional, "observation", "kent sharing", tone="strength", **(about_cheshire | {"organisation": kent}))
    make_finding(alone, title="old risk", section="vulnerability", topics=[analysts])
    make_recommendation(weak, cheshire, 1, due_on=date(2023, 4, 1), due_precision="day")
    make_recommendation(weak, cheshire, 2, due_on=date(2023, 7, 1), due_precision="month")
    make_recommendation(weak, cheshire, 3, due_on=date(2023, 4, 1), due_precision="day", status="complete")
    make_recommendation(weak, cheshire, 4, due_precision="year_not_stated", due_as_published="1 January")
    threats = baker.make(Measure, name="Threats", slug="threats", group="Threats and disruptions", order=1)
    arrests = baker.make(Measure, name="Arrests", slug="arrests", group="Enforcement", order=2)
    for slug, measure, about, more in (
        ("threats-region", threats, {"region": north}, {"said_by": "database"}),
        ("threats-cheshire", threats, {"organisation": cheshire}, {"said_by": "database"}),
        ("arrests-kent", arrests, {"organisation": kent}, {"said_by": "body", "unit": "percent"}),
    ):
        values = {"unit": "count", "value": 5, "step": 1, "source": regional.source, "locator": "p"} | about | more
        FIGURES.create(values, slug=slug, measure=measure, **said)


def keys(filterset: type, model: type, query: str, key: str, today: date = TODAY) -> list:
    request = RequestFactory().get("/")
    request.user = make_author()
    filtered = filterset(QueryDict(query), queryset=model.objects.all(), request=request, today=today)
    assert filtered.problems == []
    return sorted(filtered.qs.values_list(key, flat=True))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Cheshire Constabulary, PEEL 2017", "North West, PEEL 2022/23"]),
        ("programme=peel-2017", ["Cheshire Constabulary, PEEL 2017"]),
        ("organisation=cheshire", ["Cheshire Constabulary, PEEL 2017", "North West, PEEL 2022/23"]),
        ("organisation=titan", ["North West, PEEL 2022/23"]),
        ("region=north-west", ["Cheshire Constabulary, PEEL 2017", "North West, PEEL 2022/23"]),
        ("region=eastern", []),
        ("q=2017+cheshire", ["Cheshire Constabulary, PEEL 2017"]),
    ],
)
def test_inspections(query: str, titles: list[str]) -> None:
    assert keys(InspectionFilter, Inspection, query, "title") == titles


@pytest.mark.parametrize(
    ("query", "grades"),
    [
        ("grade=good", ["good", "good"]),
        ("grade=good&grade=outstanding", ["good", "good", "outstanding"]),
        ("region=north-west", ["adequate", "good", "outstanding"]),
        ("region=eastern", ["good"]),
        ("organisation=cheshire&programme=peel-2017", ["good"]),
        ("scale=four", ["good"]),
        ("theme=soc&inspection=north-west-peel-202223", ["adequate", "good", "outstanding"]),
    ],
)
def test_gradings(query: str, grades: list[str]) -> None:
    assert keys(GradingFilter, Grading, query, "grade") == grades


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("kind=area_for_improvement", ["old risk", "regional plans"]),
        ("kind=area_for_improvement&programme=peel-2017", ["old risk"]),
        ("tone=strength", ["kent sharing"]),
        ("topic=plans&topic=analysts", ["old risk", "regional plans", "weak plans"]),
        ("topic=analysts&q=plans", ["regional plans"]),
        ("organisation=kent", ["kent sharing"]),
        ("region=north-west", ["old risk", "regional plans", "weak plans"]),
        ("region=eastern", ["kent sharing"]),
        ("region=eastern&region=north-west", ["kent sharing", "old risk", "regional plans", "weak plans"]),
        ("about=region", ["regional plans"]),
        ("about=organisation&region=north-west", ["old risk", "weak plans"]),
        ("section=vulnerability", ["old risk"]),
        ("status=nothing_to_follow", ["kent sharing"]),
        ("inspection=cheshire-constabulary-peel-2017", ["old risk"]),
    ],
)
def test_findings(query: str, titles: list[str]) -> None:
    assert keys(FindingFilter, Finding, query, "title") == titles


def test_a_region_means_its_members_of_the_day() -> None:
    before = keys(FindingFilter, Finding, "region=north-west", "title", today=date(2020, 6, 1))
    assert before == ["kent sharing", "old risk", "regional plans", "weak plans"]


@pytest.mark.parametrize(
    ("query", "today", "numbers"),
    [
        ("", TODAY, [1, 2, 3, 4]),
        ("overdue=yes", TODAY, [1]),
        ("overdue=yes", date(2023, 4, 1), []),
        ("overdue=yes", date(2023, 4, 2), [1]),
        ("overdue=yes", date(2023, 7, 31), [1]),
        ("overdue=yes", date(2023, 8, 1), [1, 2]),
        ("due_from=2023-07-31", TODAY, [2]),
        ("due_from=2023-08-01", TODAY, []),
        ("due_to=30/6/2023", TODAY, [1, 3]),
        ("due_to=2023-07-01", TODAY, [1, 2, 3]),
        ("due_from=2023-04-01&due_to=2023-04-01", TODAY, [1, 3]),
        ("due_within=30", date(2023, 6, 1), [2]),
        ("due_within=30", date(2023, 5, 31), []),
        ("due_within=90", date(2023, 4, 1), [1]),
        ("due_within=365", date(2023, 4, 1), [1, 2]),
        ("status=complete", TODAY, [3]),
        ("status=not_stated&organisation=cheshire&programme=peel-202223", TODAY, [1, 2, 4]),
        ("region=north-west&q=improve", TODAY, [1, 2, 3, 4]),
        ("region=eastern", TODAY, []),
        ("inspection=cheshire-constabulary-peel-2017", TODAY, []),
    ],
)
def test_recommendations(query: str, today: date, numbers: list[int]) -> None:
    assert keys(RecommendationFilter, Recommendation, query, "number", today) == numbers


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("group=threats-and-disruptions", ["threats-cheshire", "threats-region"]),
        ("group=enforcement&group=threats-and-disruptions", ["arrests-kent", "threats-cheshire", "threats-region"]),
        ("measure=arrests", ["arrests-kent"]),
        ("region=north-west", ["threats-cheshire", "threats-region"]),
        ("region=eastern", ["arrests-kent"]),
        ("organisation=cheshire", ["threats-cheshire"]),
        ("said_by=database&unit=count", ["threats-cheshire", "threats-region"]),
        ("unit=percent", ["arrests-kent"]),
        ("q=threats", ["threats-cheshire", "threats-region"]),
    ],
)
def test_figures(query: str, slugs: list[str]) -> None:
    assert keys(FigureFilter, PublishedFigure, query, "slug") == slugs


def test_sources_narrow_every_list() -> None:
    source = Inspection.objects.get(region__slug="north-west").source
    for filterset, model, number in (
        (InspectionFilter, Inspection, 1),
        (GradingFilter, Grading, 3),
        (FindingFilter, Finding, 3),
        (RecommendationFilter, Recommendation, 4),
        (FigureFilter, PublishedFigure, 3),
    ):
        assert len(keys(filterset, model, f"source={source.slug}", "pk")) == number


def test_documents_by_kind_and_words() -> None:
    SourceDocument.objects.update(kind="report", licence="ogl")
    baker.make(SourceDocument, slug="news", title="A page of news", kind="news", licence="all_rights_reserved")
    assert keys(SourceFilter, SourceDocument, "kind=news", "slug") == ["news"]
    assert keys(SourceFilter, SourceDocument, "licence=all_rights_reserved&q=news", "slug") == ["news"]


FILTERSETS: Mapping[str, tuple[type, type]] = {
    "programme": (ProgrammeFilter, Programme),
    "inspection": (InspectionFilter, Inspection),
    "grading": (GradingFilter, Grading),
    "finding": (FindingFilter, Finding),
    "recommendation": (RecommendationFilter, Recommendation),
    "figure": (FigureFilter, PublishedFigure),
    "source": (SourceFilter, SourceDocument),
}


@pytest.mark.parametrize(("filterset", "model"), FILTERSETS.values(), ids=FILTERSETS)
def test_every_filter_answers_nonsense_with_a_problem(filterset: type, model: type) -> None:
    request = RequestFactory().get("/")
    request.user = make_author()
    for name in filterset.base_filters:
        if name == "q":
            continue
        filtered = filterset(QueryDict(f"{name}=nonsense"), queryset=model.objects.all(), request=request)
        assert [problem.parameter for problem in filtered.problems] == [name]
        assert list(filtered.qs) == []


@pytest.mark.parametrize(("filterset", "model"), FILTERSETS.values(), ids=FILTERSETS)
def test_every_choice_offered_is_understood(filterset: type, model: type) -> None:
    request = RequestFactory().get("/")
    request.user = make_author()
    offered = filterset(QueryDict(), queryset=model.objects.all(), request=request)
    for name, field in offered.form.fields.items():
        for value, _ in getattr(field, "choices", ()):
            filtered = filterset(QueryDict(f"{name}={value}"), queryset=model.objects.all(), request=request)
            assert filtered.problems == [], (name, value)
            assert len(filtered.qs) <= model.objects.count()
