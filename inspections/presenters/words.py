"""Scales, sections, kinds and states in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from inspections.choices import (
    GRADES_OF_SCALE,
    FindingKind,
    FindingStatus,
    GradeScale,
    RecommendationStatus,
    Section,
)
from inspections.models import Finding, Recommendation
from soc_tracker.lib.periods import span

STATUS_TAGS = {
    RecommendationStatus.OPEN: "orange",
    RecommendationStatus.IN_PROGRESS: "yellow",
    RecommendationStatus.CLOSED: "green",
    RecommendationStatus.NOT_STATED: "grey",
    FindingStatus.NOTHING_TO_FOLLOW: "grey",
}


def scale_in_words(scale: str) -> str:
    """What the grades of a scale are, from best to worst."""
    grades = [str(grade.label).lower() for grade in GRADES_OF_SCALE[GradeScale(scale)] if grade.is_judgement]
    return f"{GradeScale(scale).label}: {', '.join(grades)}." if grades else f"{GradeScale(scale).label}."


def by_section(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the sections of the report, in the order of ``Section``; sections without any left out."""
    sections: dict[str, list[Finding]] = {section.value: [] for section in Section}
    for finding in findings:
        sections[finding.section].append(finding)
    return [(str(Section(section).label), found) for section, found in sections.items() if found]


def highlighted(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that the report sets apart; the others are observations made in passing."""
    return [finding for finding in findings if finding.kind != FindingKind.OBSERVATION]


def observations(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.kind == FindingKind.OBSERVATION]


def kinds_in_words(kinds: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Each kind of finding that there is: value, label and number, in the order of ``FindingKind``."""
    return [(kind.value, str(kind.label), kinds[kind.value]) for kind in FindingKind if kinds.get(kind.value)]


def is_overdue(recommendation: Recommendation, today: date) -> bool:
    """The rule of ``RecommendationQuerySet.overdue`` for one row: not closed, and every day it may mean has passed."""
    if recommendation.due_on is None or recommendation.status == RecommendationStatus.CLOSED:
        return False
    return span(recommendation.due_on, recommendation.due_precision).last < today


def due_in_words(recommendation: Recommendation, today: date) -> str:
    """The due date as precise as it is known; "overdue" beside it where it has passed without being closed."""
    return f"{recommendation.due} (overdue)" if is_overdue(recommendation, today) else recommendation.due
