"""Recommendations."""

from inspections.models import Recommendation
from inspections.presenters.summaries.shared import Rows, _url


def recommendation_summary(recommendation: Recommendation) -> Rows:
    finding = recommendation.finding
    return [
        ("For", recommendation.addressed_to.name, _url(recommendation.addressed_to)),
        ("Finding", finding.title, _url(finding)),
        ("Inspection", finding.inspection.title, _url(finding.inspection)),
    ]
