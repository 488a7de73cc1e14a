"""Scales, sections, kinds and states in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.choices import DATED, DuePrecision
from inspections.figures.models import PublishedFigure, step_in_words
from inspections.findings.models import Finding, by_section
from inspections.recommendations.models import Recommendation
from inspections.requirements.models import Requirement
from inspections.vocabularies.models import GradeScale, RequirementStatus, Section

pytestmark = pytest.mark.django_db


def due_by(
    due_on: date | None, precision: str = "day", status: str = "being_progressed", as_published: str = ""
) -> Requirement:
    due = {"due_on": due_on, "due_precision": precision}
    first = {f"first_{name}": value for name, value in due.items()}
    recommendation = Recommendation(**due, due_as_published=as_published)
    return Requirement(recommendation=recommendation, status=status, **due, **first)


def test_four_grades_are_without_adequate() -> None:
    assert [scale.in_words for scale in GradeScale.rows()] == [
        "Four grades (to 2018/19): outstanding, good, requires improvement, inadequate.",
        "Five grades (from 2021/22): outstanding, good, adequate, requires improvement, inadequate.",
        "Scale not stated.",
    ]


@given(st.lists(st.integers(0, 7)))
def test_every_finding_stands_once_in_its_section_in_the_order_of_the_report(places: list[int]) -> None:
    sections = [Section.rows()[place] for place in places]
    findings = [Finding(section=section, slug=str(number)) for number, section in enumerate(sections)]
    grouped = by_section(findings)
    assert [label for label, _ in grouped] == [section.label for section in Section.rows() if section in sections]
    assert sorted(finding.slug for _, found in grouped for finding in found) == sorted(
        finding.slug for finding in findings
    )
    for _, found in grouped:
        assert [int(finding.slug) for finding in found] == sorted(int(finding.slug) for finding in found)


@pytest.mark.parametrize(
    ("due_on", "precision", "last_day"),
    [
        (date(2023, 4, 1), "day", date(2023, 4, 1)),
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2024, 1, 1), "year", date(2024, 12, 31)),
    ],
)
def test_it_is_overdue_after_the_last_day_that_the_date_may_mean(due_on: date, precision: str, last_day: date) -> None:
    due = due_by(due_on, precision)
    assert not due.is_overdue(last_day)
    assert due.is_overdue(date.fromordinal(last_day.toordinal() + 1))


def test_only_what_is_closed_is_never_overdue() -> None:
    dues = [due_by(date(2000, 1, 1), status=slug) for slug, _ in RequirementStatus.words()]
    assert [due.status_id for due in dues if not due.is_overdue(date(2023, 1, 1))] == ["complete", "superseded"]


@pytest.mark.parametrize("precision", [precision for precision in DuePrecision if precision not in DATED])
def test_without_a_year_nobody_can_say_that_it_is_overdue(precision: str) -> None:
    due = due_by(None, precision, as_published="1 January")
    assert not due.is_overdue(date(2099, 1, 1))
    is_dated = precision == DuePrecision.YEAR_NOT_STATED
    assert due.due_in_words(date(2099, 1, 1)) == ("1 January" if is_dated else "no date given")


def test_the_due_date_says_when_it_has_passed() -> None:
    assert due_by(date(2023, 4, 1), "month").due_in_words(date(2023, 5, 1)) == "April 2023 (overdue)"
    assert due_by(date(2023, 4, 1), "month").due_in_words(date(2023, 4, 30)) == "April 2023"
    assert due_by(None, "none").due_in_words(date(2023, 4, 30)) == "no date given"


@pytest.mark.parametrize(
    ("step", "unit", "words"),
    [
        (None, "share", ""),
        (1, "count", ""),
        (1000, "count", "the nearest 1,000"),
        (100_000, "pounds", "the nearest £100,000"),
        (1_000_000, "pounds", "the nearest £1 million"),
    ],
)
def test_how_coarsely_a_figure_was_printed(step: int | None, unit: str, words: str) -> None:
    assert step_in_words(PublishedFigure(step=step, unit=unit)) == words
