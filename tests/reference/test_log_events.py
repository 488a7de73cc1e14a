"""Lines of the log of a recommendation, from a JSON file."""

import pytest

from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Step
from soc_tracker.reference.rows import Result
from tests.reference.conftest import sourced

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommended(rows):
    """A finding with a recommendation, and lines of its log: published, and known without its day."""
    recommendation = {"finding": "few-analysts", "number": 1, "text": "Hire some.", "addressed_to": "cheshire"}
    rows["recommendations"] = [{**recommendation, "due_precision": "none", **sourced()}]
    line = {"finding": "few-analysts", "number": 1}
    rows["events"] = [
        {**line, "on": "2024-05-01", "on_precision": "month", "status": "being_progressed", **sourced()},
        {**line, "status": "complete", "note": "The register closed it.", "source": "report", "locator": "Page 9"},
    ]
    return rows


def test_the_lines_load_and_the_recommendation_stands_where_the_latest_says(load_rows, recommended):
    outcome = load_rows(recommended)
    assert outcome.of(Result.REFUSED) == []
    requirement = Recommendation.objects.for_list().get().requirement
    log = [(step.day, step.status_id, step.note, step.locator) for step in requirement.steps.latest_first()]
    assert sorted(log) == [
        ("May 2024", "being_progressed", "", "Page 1"),
        ("day not known", "complete", "The register closed it.", "Page 9"),
    ]
    assert requirement.status_id == log[0][1]
    assert requirement.status_kind == "published"


def test_loaded_again_they_are_the_same_lines(load_rows, recommended):
    load_rows(recommended)
    again = load_rows(recommended)
    assert again.of(Result.ADDED) == again.of(Result.CHANGED) == again.of(Result.LEFT_ALONE) == []
    assert Step.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"number": 7}, "requirement", "the number and finding of a known requirement"),
        ({"finding": "few-analyst"}, "finding", "such as “Few analysts”"),
        ({"on": "1 May"}, "on", "a date such as 2023-01-04"),
        ({"status": "shut"}, "status", "one of "),
        ({"number": "1"}, "number", "a whole number without quotation marks"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(load_rows, recommended, change, field, expected):
    recommended["events"][0] |= change
    (line,) = load_rows(recommended).of(Result.REFUSED)
    (problem,) = line.problems
    assert problem.field == field
    assert expected in problem.expected
