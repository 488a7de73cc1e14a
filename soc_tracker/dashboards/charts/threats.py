"""SOC threats on record, as published."""

from dataclasses import dataclass

from inspections.models import PublishedFigure
from inspections.presenters import figure_in_words, period_in_words
from soc_tracker.dashboards.charts.rows import PUBLISHED, names_of_their_own
from soc_tracker.dashboards.presenters.names import Body, bodies
from soc_tracker.dashboards.presenters.shares import NOT_PUBLISHED
from soc_tracker.dashboards.selectors.region import RegionPage
from soc_tracker.lib.charts import ChartSpec, Series, bars
from soc_tracker.lib.tables import Column

MEASURE = "soc-threats"


@dataclass(frozen=True)
class ThreatRow:
    """The SOC threats of one body as at one day; no figure where none was published."""

    name: str
    figure: PublishedFigure | None

    @property
    def threats(self) -> int | None:
        return int(self.figure.value) if self.figure and self.figure.value is not None else None

    @property
    def words(self) -> str:
        return figure_in_words(self.figure) if self.figure else NOT_PUBLISHED


COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    Column("threats", "SOC threats", lambda row: row.threats, numeric=True),
    Column("published", "As published", lambda row: row.words),
    Column("as_at", "As at", lambda row: row.figure.as_at if row.figure else None),
)


def soc_threats(page: RegionPage) -> ChartSpec:
    """One bar for the region, one for each body for which a number was published."""
    rows = _rows(page)
    return ChartSpec(
        slug=MEASURE,
        title="SOC threats on record",
        sentence=_sentence(page, rows),
        kind_of_data=PUBLISHED,
        columns=COLUMNS,
        rows=rows,
        figure=bars(
            rows,
            lambda row: row.name,
            Series("SOC threats", lambda row: row.threats, lambda row: row.words),
            axis="SOC threats",
        ),
    )


def _rows(page: RegionPage) -> tuple[ThreatRow, ...]:
    pairs: list[tuple[Body, PublishedFigure | None]] = []
    for body in (page.region, *page.bodies):
        own = [figure for figure in page.figures if figure.measure.slug == MEASURE and figure.about == body]
        pairs += [(body, figure) for figure in own] or [(body, None)]
    names = names_of_their_own([(body, period_in_words(figure) if figure else "") for body, figure in pairs])
    return tuple(ThreatRow(name, figure) for name, (_, figure) in zip(names, pairs, strict=True))


def _sentence(page: RegionPage, rows: tuple[ThreatRow, ...]) -> str:
    known = [row.figure for row in rows if row.figure]
    with_number = {figure.organisation_id for figure in known if figure.organisation_id}
    whole = next((figure for figure in known if figure.region_id), None)
    if not known:
        return "No number of SOC threats was published for this region or its bodies."
    first = (
        f"{figure_in_words(whole)} are published for the region as a whole, {period_in_words(whole)}."
        if whole
        else "No number is published for the region as a whole."
    )
    return (
        f"{first} Of its {bodies(len(page.bodies))}, {len(with_number)} "
        f"{'has' if len(with_number) == 1 else 'have'} a number of their own; for the others none was published."
    )
