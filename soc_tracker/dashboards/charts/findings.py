"""How many findings of each kind an inspection programme has on the region and on each of its bodies."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst

from inspections.choices import NO_DATA, FindingKind
from soc_tracker.dashboards.charts.rows import PUBLISHED
from soc_tracker.dashboards.presenters.names import WHOLE_REGION, WHOLE_REGION_IN_A_SENTENCE, listing, several, short
from soc_tracker.dashboards.selectors.region import RegionPage
from soc_tracker.lib.charts import ChartSpec, Series, stacked_bars
from soc_tracker.lib.tables import Column

COLOURS = {
    FindingKind.AREA_FOR_IMPROVEMENT: "#F46A25",
    FindingKind.CAUSE_OF_CONCERN: "#801650",
    FindingKind.ACCELERATED_CAUSE_OF_CONCERN: "#801650",
    FindingKind.INNOVATIVE_PRACTICE: "#28A197",
    FindingKind.PROMISING_PRACTICE: "#12436D",
    FindingKind.OBSERVATION: "#A285D1",
}
"""Of the palette, near those of the tags: what is wrong is never green. The two of one colour differ in pattern."""


@dataclass(frozen=True)
class KindRow:
    """How many findings of each kind speak of one body; None where the programme has no data on it."""

    name: str
    findings: Mapping[str, int] | None

    def of(self, kind: FindingKind) -> int | None:
        return self.findings[kind] if self.findings else None

    @property
    def all(self) -> int | None:
        return sum(self.findings.values()) if self.findings else None


def _column(kind: FindingKind) -> Column:
    return Column(kind.value, str(kind.label), lambda row: row.of(kind) if row.findings else NO_DATA, numeric=True)


COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    *(_column(kind) for kind in FindingKind),
    Column("all", "All findings", lambda row: row.all if row.findings else NO_DATA, numeric=True),
)


def findings_by_kind(page: RegionPage) -> ChartSpec:
    """One bar a body, made of its findings by kind."""
    rows = _rows(page)
    figure = stacked_bars(
        rows, lambda row: row.name, [_series(kind) for kind in FindingKind], axis="Number of findings"
    )
    return ChartSpec(
        slug="findings-by-kind",
        title=f"Findings by kind in {page.programme}" if page.programme else "Findings by kind",
        sentence=_sentence(rows),
        kind_of_data=PUBLISHED,
        columns=COLUMNS,
        rows=rows,
        figure=figure,
    )


def _rows(page: RegionPage) -> tuple[KindRow, ...]:
    bodies: list[tuple[int | None, str]] = [(None, WHOLE_REGION), *((body.pk, short(body)) for body in page.bodies)]
    return tuple(
        KindRow(name, {kind: page.kinds[key, kind] for kind in FindingKind} if key in page.with_data else None)
        for key, name in bodies
    )


def _series(kind: FindingKind) -> Series:
    """A piece without findings has no width and gets no label; a body without data says so instead of a bar."""

    def label(row: KindRow) -> str:
        return str(row.of(kind) or "") if row.findings else NO_DATA

    return Series(str(kind.label), lambda row: row.of(kind), label, COLOURS[kind])


def _sentence(rows: tuple[KindRow, ...]) -> str:
    known, unknown = [row for row in rows if row.findings], [row for row in rows if not row.findings]
    if not known:
        return "No inspection of this region or its bodies is held here."
    totals = {kind: sum(row.of(kind) or 0 for row in known) for kind in FindingKind}
    parts = [several(number, kind.label.lower(), PLURALS[kind]) for kind, number in totals.items() if number]
    said = f"{capfirst(listing(parts) or 'no findings')}, on {_named(known)}."
    return f"{said} No data on {_named(unknown)}." if unknown else said


def _named(rows: list[KindRow]) -> str:
    return listing([WHOLE_REGION_IN_A_SENTENCE if row.name == WHOLE_REGION else row.name for row in rows])


PLURALS = {
    FindingKind.AREA_FOR_IMPROVEMENT: "areas for improvement",
    FindingKind.CAUSE_OF_CONCERN: "causes of concern",
    FindingKind.ACCELERATED_CAUSE_OF_CONCERN: "accelerated causes of concern",
    FindingKind.INNOVATIVE_PRACTICE: "innovative practices",
    FindingKind.PROMISING_PRACTICE: "promising practices",
    FindingKind.OBSERVATION: "other observations",
}
