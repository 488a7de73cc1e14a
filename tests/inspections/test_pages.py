"""Pages of one fact: where it comes from, what hangs together with it, and what was changed."""

import pytest
from django.urls import reverse
from model_bakery import baker

from forces.models import Region
from inspections.figures.models import Measure, PublishedFigure
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection
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
MOST_QUERIES = 12
OF_WHAT_MUST_CHANGE = 16
"""Its history, the responses to it, the body's own record, and three lists of what may show that it was done."""


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def force(region):
    return make_member(region)


@pytest.fixture
def inspection(region, force) -> Inspection:
    return make_inspection(region)


@pytest.fixture
def grading(inspection, force) -> Grading:
    return make_grading(inspection, force, "adequate")


@pytest.fixture
def finding(inspection, force) -> Finding:
    topic = baker.make("inspections.Topic", name="4P plans", slug="4p-plans")
    return make_finding(inspection, "cause_of_concern", "Weak plans", region=None, organisation=force, topics=[topic])


@pytest.fixture
def figure(inspection, force, finding) -> PublishedFigure:
    return FIGURES.create(
        {"value": 350_000, "step": 10_000, "unit": "pounds", "said_by": "body", "finding": finding},
        slug="money",
        measure=baker.make(Measure, name="Money returned", slug="money", group="Money and goods"),
        organisation=force,
        source=inspection.source,
        locator="Resources › paragraph 9",
        note="Given back to victims.",
        by=make_author(),
        reason=REASON,
    )


@pytest.fixture
def everything(inspection, force, grading, finding, figure):
    make_finding(inspection, "observation", "They meet weekly")
    make_recommendation(finding, force)
    baker.make(
        "inspections.MonitoringPeriod",
        organisation=force,
        stage="engage",
        source=inspection.source,
        started_on="2017-01-01",
        started_precision="year",
        reason="Failing.",
        locator="paragraph 4",
    )


def page_of(client, record) -> str:
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def all_in(html: str, *texts: str) -> None:
    assert [text for text in texts if text not in html] == []


def test_an_inspection_with_everything_that_it_said(inspector, inspection, everything) -> None:
    html = page_of(inspector, inspection)
    all_in(html, "The region itself is not graded.", "outstanding, good, adequate, requires improvement, inadequate")
    all_in(html, "date not stated", "Adequate", "Weak plans", "They meet weekly", "Improve the plans.", "£350,000")
    all_in(html, f"?inspection={inspection.slug}&amp;kind=cause_of_concern", inspection.source.title)


def test_an_inspection_without_anything_says_so(inspector, inspection) -> None:
    html = page_of(inspector, inspection)
    all_in(html, "No grading of this inspection is held here. Taken in of it: in part.")
    all_in(html, "No recommendation of this inspection is held here.", "No figure stands beside its findings.")


def test_of_an_inspection_held_whole_what_is_not_there_was_not_said(inspector, inspection) -> None:
    Inspection.objects.update(taken_in="everything")
    html = page_of(inspector, inspection)
    all_in(html, "This inspection has no finding: everything it says is held here.")


def test_long_lists_are_cut_with_the_way_to_all(inspector, inspection, force, monkeypatch) -> None:
    monkeypatch.setattr("inspections.queries.MOST_FINDINGS", 2)
    for number in range(3):
        make_finding(inspection, title=f"Finding {number}", order=number)
    html = page_of(inspector, inspection)
    all_in(html, "Finding 0", "Finding 1", "All 3 findings", f"/findings/?inspection={inspection.slug}")
    assert "Finding 2" not in html


def test_a_grading_with_scale_source_and_history(inspector, grading) -> None:
    GRADINGS.change(grading, by=make_author("ali", "Ali", "Khan"), reason="Misread.", expected_version=1, grade="good")
    html = page_of(inspector, grading)
    all_in(html, "Good", "Five grades (from 2021/22)", grading.source.title, "paragraph 1")
    all_in(html, "Ali Khan", "Reason: Misread.", "<del>Adequate</del>", "<ins>Good</ins>", "Priya Shah", REASON)


def test_gradings_on_another_scale_are_marked_as_not_comparable(inspector, grading, force) -> None:
    assert "Some are on another scale" not in page_of(inspector, grading)
    make_grading(make_inspection(force, make_programme("four", "PEEL 2017", 2017)), force, "good")
    all_in(page_of(inspector, grading), "Some are on another scale", "Four grades (to 2018/19)", "PEEL 2017")


def test_a_finding_with_topics_recommendations_and_figures(inspector, finding, everything) -> None:
    html = page_of(inspector, finding)
    all_in(html, "Cause of concern", "Shortcoming", "?topic=4p-plans", "Improve the plans.", "£350,000", "paragraph 2")


def test_a_finding_that_repeats_and_one_that_is_repeated(inspector, inspection, finding, force) -> None:
    old = make_finding(make_inspection(force, make_programme("four", "PEEL 2017", 2017)), title="Plans of 2017")
    FINDINGS.change(finding, repeats=old, by=make_author(), reason=REASON, expected_version=1)
    all_in(page_of(inspector, finding), "Repeats", "Plans of 2017", "(PEEL 2017)")
    all_in(page_of(inspector, old), "Repeated by", "Weak plans", "(PEEL 2022/23)")


def test_a_figure_exactly_as_published(inspector, figure, finding) -> None:
    html = page_of(inspector, figure)
    all_in(html, "£350,000", "the nearest £10,000", "The body itself", "Given back to victims.", "Weak plans")
    all_in(html, "period not stated", "Resources › paragraph 9", "No other figure of this measure is on record.")


def test_a_source_with_everything_taken_from_it(inspector, inspection, everything) -> None:
    source = inspection.source
    for model in (Grading, Finding, PublishedFigure):
        model.objects.update(source=source)
    html = page_of(inspector, source)
    all_in(
        html, "Inspections (1)", "Gradings (1)", "Findings (2)", "Recommendations (1)", "Figures (1)", "Monitoring (1)"
    )
    all_in(html, f"/findings/?source={source.slug}", source.get_licence_display(), "Engage (enhanced)", "Since")


def test_a_source_without_facts_says_so(inspector) -> None:
    source = baker.make("inspections.SourceDocument", slug="empty", kind="news", licence="ogl")
    all_in(page_of(inspector, source), "Nothing on this site was taken from it.", "date not stated")


@pytest.mark.parametrize("name", ["inspection", "grading", "finding", "figure", "source", "recommendation"])
def test_few_queries_however_much_hangs_on_it(
    inspector, name, everything, inspection, finding, force, django_assert_max_num_queries
) -> None:
    for number in range(30):
        make_finding(inspection, title=f"More {number}")
        make_recommendation(finding, force, number + 2)
    record = {
        "inspection": inspection,
        "grading": Grading.objects.get(),
        "finding": finding,
        "figure": PublishedFigure.objects.get(),
        "source": inspection.source,
        "recommendation": finding.recommendations.first(),
    }[name]
    url = record.get_absolute_url()
    inspector.get(url)
    with django_assert_max_num_queries(OF_WHAT_MUST_CHANGE if name == "recommendation" else MOST_QUERIES):
        inspector.get(url)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("inspection", "none"),
        ("grading", 0),
        ("grading", 10**30),
        ("finding", "none"),
        ("recommendation", 10**30),
        ("figure", "none"),
        ("source", "none"),
    ],
)
def test_what_does_not_exist_is_a_404(inspector, name: str, key: object) -> None:
    assert inspector.get(reverse(f"inspections:{name}", args=[key])).status_code == 404


def test_what_may_not_be_seen_gets_the_same_404(inspector, grading, monkeypatch) -> None:
    monkeypatch.setattr("inspections.sources.models.OnceOutQuerySet.open_to", lambda self, user: self.none())
    assert inspector.get(grading.get_absolute_url()).status_code == 404
