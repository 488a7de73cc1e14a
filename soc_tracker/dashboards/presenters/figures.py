"""Published figures under the headings of their measures."""

from collections.abc import Iterable

from inspections.models import PublishedFigure


def by_group(figures: Iterable[PublishedFigure]) -> list[tuple[str, list[PublishedFigure]]]:
    """The figures by the group of their measure, the groups in the order of their first figure."""
    groups: dict[str, list[PublishedFigure]] = {}
    for figure in figures:
        groups.setdefault(figure.measure.group, []).append(figure)
    return list(groups.items())
