"""The files say what the documents say."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from forces.models import BodySize, Force, Organisation, Region, Rocu
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.recommendations.models import Recommendation
from inspections.sources.models import SourceDocument
from soc_tracker.reference.loader import load
from soc_tracker.reference.rows import Result, read
from tests.reference.conftest import FIXTURES

pytestmark = pytest.mark.usefixtures("reference")


def grades(inspection):
    return dict(Grading.objects.filter(inspection__slug=inspection).values_list("organisation__slug", "grade"))


def kinds(**of):
    return Counter(Finding.objects.filter(**of).values_list("kind", flat=True))


def test_a_second_run_changes_nothing():
    again = load(FIXTURES)
    assert {line.result for line in again.lines} == {Result.UNCHANGED}


def test_who_there_is():
    assert Region.objects.count() == 10
    assert Force.objects.count() == 44
    assert Force.objects.exclude(slug="btp").exclude(ons_code="").count() == 43
    assert Rocu.objects.count() == 9
    assert set(Organisation.objects.filter(memberships__isnull=True).values_list("kind", flat=True)) == {"policing"}


def test_london_has_three_forces_and_no_unit():
    london = Region.objects.get(slug="london")
    assert set(london.organisations.values_list("slug", flat=True)) == {"metropolitan", "city-of-london", "btp"}
    assert "without a regional organised crime unit" in london.note


@pytest.mark.parametrize(("force", "region"), [("kent", "eastern"), ("north-wales", "north-west")])
def test_borders_that_surprise(force, region):
    assert Organisation.objects.get(slug=force).regions.get().slug == region


def test_people_and_officers_are_dated():
    """The newest is in use; British Transport Police have no residents, and no newer number of officers."""
    for force in Force.objects.with_sizes():
        transport = force.slug == "btp"
        assert force.officers_as_at == (date(2019, 9, 30) if transport else date(2025, 3, 31))
        assert force.population_as_at == (None if transport else date(2023, 6, 30))


def test_earlier_sizes_stay_as_history():
    of_cheshire = BodySize.objects.filter(organisation__slug="cheshire").order_by("measure", "as_at")
    assert list(of_cheshire.values_list("measure", "as_at", "value", "source__slug")) == [
        ("officers", date(2019, 9, 30), Decimal("2009.65"), "police-workforce-2019"),
        ("officers", date(2025, 3, 31), Decimal("2395.18"), "police-workforce-2025"),
        ("population", date(2011, 3, 27), 1_027_709, "census-2011"),
        ("population", date(2023, 6, 30), 1_119_500, "ons-police-force-areas-2024"),
    ]


def test_residents_of_the_city_of_london_give_no_rate():
    assert set(BodySize.objects.exclude(no_rate_because="").values_list("organisation__slug", "measure")) == {
        ("city-of-london", "population")
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("GMP", "greater-manchester"),
        ("Avon and Somerset Police", "avon-and-somerset"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("Dyfed–Powys Police", "dyfed-powys"),
        ("Hampshire Constabulary", "hampshire"),
        ("London, City of", "city-of-london"),
        ("West Midlands", "west-midlands"),
        ("West Midlands ROCU", "rocuwm"),
        ("Tarian ROCU", "tarian"),
        ("Yorkshire & the Humber Regional Organised Crime Unit (YHROCU)", "yhrocu"),
    ],
)
def test_names_in_use(name, slug):
    assert Organisation.objects.named(name).slug == slug


def test_north_west_grades():
    assert grades("north-west-soc-2022-23") == {
        "nwrocu": "outstanding",
        "cheshire": "adequate",
        "cumbria": "requires_improvement",
        "greater-manchester": "good",
        "lancashire": "good",
        "merseyside": "outstanding",
        "north-wales": "inadequate",
    }


def test_north_west_findings_by_kind():
    of_report = kinds(inspection__slug="north-west-soc-2022-23", source__slug="nw-soc-2023")
    del of_report["observation"]
    assert of_report == {
        "area_for_improvement": 8,
        "cause_of_concern": 1,
        "innovative_practice": 6,
        "promising_practice": 4,
    }


def test_west_midlands_grades():
    assert grades("west-midlands-soc-2022-23") == {
        "rocuwm": "adequate",
        "west-mercia": "inadequate",
        "staffordshire": "requires_improvement",
        "warwickshire": "requires_improvement",
        "west-midlands": "adequate",
    }


def test_cheshire_2017():
    graded = Grading.objects.filter(inspection__slug="cheshire-peel-2017")
    assert dict(graded.values_list("question__slug", "grade")) == {
        "peel-2017-effectiveness": "good",
        "peel-2017-q3-vulnerable": "good",
        "peel-2017-q4-soc": "good",
        "peel-2017-q5-specialist": "ungraded",
    }
    assert set(graded.values_list("scale", flat=True)) == {"four"}
    assert graded[0].inspection.published == "22 March 2018"
    assert kinds(inspection__slug="cheshire-peel-2017")["area_for_improvement"] == 4


def test_cheshire_2023_is_recorded_once_and_from_the_report():
    recent = Grading.objects.get(inspection__slug="north-west-soc-2022-23", organisation__slug="cheshire")
    assert recent.source.slug == "nw-soc-2023"
    figures = PublishedFigure.objects.filter(organisation__slug="cheshire", source__slug="signal1-cheshire-soc-2023")
    assert [(figure.measure.slug, figure.value) for figure in figures] == [("firearm-discharges", 0)]


def test_west_mercia_deadline_has_no_year():
    due = Recommendation.objects.filter(finding__slug="wm-2022-west-mercia-cause-of-concern")
    assert due.count() == 3
    for recommendation in due:
        assert recommendation.due_on is None
        assert recommendation.due_precision == "year_not_stated"
        assert recommendation.due.startswith("1 January")


def test_west_mercia_was_watched_closely_and_let_go():
    period = MonitoringPeriod.objects.get()
    assert (period.organisation.slug, period.stage_id, period.started, period.ended) == (
        "west-mercia",
        "engage",
        "2017",
        "2019",
    )
    assert Finding.objects.get(slug="west-mercia-2017-cause-of-concern").kind_id == "cause_of_concern"


def test_north_wales_has_four_recommendations_with_a_day():
    due = Recommendation.objects.filter(addressed_to__slug="north-wales")
    assert [(row.number, row.due_on) for row in due] == [(number, date(2024, 11, 1)) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("slug", "value", "qualifier"),
    [
        ("wm-2022-staffordshire-arrests", 250, "over"),
        ("wm-2022-staffordshire-firearms", 6, "exactly"),
        ("wm-2022-staffordshire-county-lines", 19, "exactly"),
        ("wm-2022-west-mercia-robbery", -10, "exactly"),
        ("wm-2022-west-mercia-analysts-absent", None, "more_than_a_third"),
    ],
)
def test_figures_of_the_west_midlands(slug, value, qualifier):
    figure = PublishedFigure.objects.get(slug=slug)
    assert (figure.value, figure.qualifier_id) == (None if value is None else Decimal(value), qualifier)


@pytest.mark.parametrize(
    ("organisation", "measure", "values"),
    [
        ("cheshire", "soc-threats", [118]),
        ("cheshire", "soc-vulnerabilities", [0, 37]),
        ("cheshire", "lead-disruptions", [373]),
        ("cheshire", "lead-disruptions-pursue", [312]),
        ("cheshire", "lead-disruptions-pursue-share", [84]),
        ("greater-manchester", "lead-disruptions", [490]),
        ("greater-manchester", "lead-disruptions-pursue-share", [70]),
        ("lancashire", "soc-threats", [243]),
        ("lancashire", "lead-disruptions", [635]),
        ("lancashire", "lead-disruptions-pursue-share", [85]),
        ("cumbria", "lead-disruptions-prevent-share", [30]),
    ],
)
def test_threats_and_disruptions(organisation, measure, values):
    figures = PublishedFigure.objects.filter(organisation__slug=organisation, measure__slug=measure)
    assert sorted(figures.values_list("value", flat=True)) == values


def test_dates_are_those_that_the_documents_state():
    assert {source.slug: source.published for source in SourceDocument.objects.all()} == {
        "nw-soc-2023": "10 November 2023",
        "cheshire-peel-2017": "22 March 2018",
        "signal1-cheshire-soc-2023": "13 November 2023",
        "bbc-west-midlands-soc": "date not stated",
        "sentinel-staffordshire-soc": "date not stated",
        "census-2011": "date not stated",
        "ons-police-force-areas-2024": "date not stated",
        "police-workforce-2019": "date not stated",
        "police-workforce-2025": "28 January 2026",
    }


def test_each_fact_lies_in_the_folder_of_its_source():
    rows, _ = read(FIXTURES / "published")
    documents = SourceDocument.objects.exclude(kind="statistics")
    assert {row.data["source"] for row in rows} == set(documents.values_list("slug", flat=True))
    assert [row.place for row in rows if row.file.split("/")[0] != row.data["source"]] == []


def test_every_source_gave_findings_or_sizes_of_bodies():
    findings, sizes = (
        set(facts.values_list("source__slug", flat=True)) for facts in (Finding.objects, BodySize.objects)
    )
    assert findings | sizes == set(SourceDocument.objects.values_list("slug", flat=True))
    assert sizes == set(SourceDocument.objects.filter(kind="statistics").values_list("slug", flat=True))
