"""Scales and states in words."""

from inspections.choices import (
    GRADES_OF_SCALE,
    FindingStatus,
    GradeScale,
    RecommendationStatus,
)

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
