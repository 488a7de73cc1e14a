"""Published figures."""

from inspections.models import PublishedFigure
from inspections.presenters.figures import period_in_words, step_in_words
from inspections.presenters.summaries.shared import Rows, _stated, _url


def figure_summary(figure: PublishedFigure) -> Rows:
    beside = [("Stands beside", figure.finding.title, _url(figure.finding))] if figure.finding else []
    return [
        ("About", figure.about.name, _url(figure.about)),
        ("Period", period_in_words(figure)),
        ("Whose figure", figure.get_said_by_display()),
        *_stated("Printed to", step_in_words(figure)),
        *_stated("Measure", figure.measure.description),
        *beside,
    ]
