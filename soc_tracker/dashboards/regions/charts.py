"""The published reports of a region: SOC threats of its bodies, and findings by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from forces.models import Organisation, Region
from inspections.choices import NO_DATA, FindingKind, Tone
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.charts import Series, bars, stacked_bars
from soc_tracker.dashboards.published.queries import FindingRow, of_newest_programmes
from soc_tracker.dashboards.shares.charts import NOT_PUBLISHED, names_of_their_own
from soc_tracker.dashboards.words import (
    WHOLE_REGION,
    WHOLE_REGION_IN_A_SENTENCE,
    Body,
    bodies_in_words,
    listing,
    several,
    short,
)

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


THREAT_COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    Column("threats", "SOC threats", lambda row: row.threats, numeric=True),
    Column("published", "As published", lambda row: row.words),
    Column("as_at", "As at", lambda row: row.figure.as_at if row.figure else None),
)


def soc_threats(region: Region, bodies: Sequence[Organisation], figures: Sequence[PublishedFigure]) -> Report:
    """One bar for the region, one for each body for which a number was published."""
    rows = _threat_rows(region, bodies, figures)
    return Report(
        slug=MEASURE,
        title="SOC threats on record",
        sentence=_threat_sentence(len(bodies), rows),
        kind_of_data=PUBLISHED,
        columns=THREAT_COLUMNS,
        rows=rows,
        figure=bars(
            rows,
            lambda row: row.name,
            Series("SOC threats", lambda row: row.threats, lambda row: row.words),
            axis="SOC threats",
        ),
    )


def _threat_rows(
    region: Region, bodies: Sequence[Organisation], figures: Sequence[PublishedFigure]
) -> tuple[ThreatRow, ...]:
    pairs: list[tuple[Body, PublishedFigure | None]] = []
    everyone: list[Body] = [region, *bodies]
    for body in everyone:
        own = [figure for figure in figures if figure.measure.slug == MEASURE and figure.about == body]
        pairs += [(body, figure) for figure in own] or [(body, None)]
    names = names_of_their_own([(body, period_in_words(figure) if figure else "") for body, figure in pairs])
    return tuple(ThreatRow(name, figure) for name, (_, figure) in zip(names, pairs, strict=True))


def _threat_sentence(number: int, rows: tuple[ThreatRow, ...]) -> str:
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
        f"{first} Of its {bodies_in_words(number)}, {len(with_number)} "
        f"{'has' if len(with_number) == 1 else 'have'} a number of their own; for the others none was published."
    )


# How many findings of each kind an inspection programme has on the region and on each of its bodies.


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


KIND_COLUMNS = (
    Column("body", "Body", lambda row: row.name),
    *(_column(kind) for kind in FindingKind),
    Column("all", "All findings", lambda row: row.all if row.findings else NO_DATA, numeric=True),
)


def findings_by_kind(findings: Iterable[FindingRow], bodies: Sequence[Organisation]) -> Report:
    """One bar a body, made of its findings by kind in the newest programme that spoke of it; context is no finding."""
    current = of_newest_programmes(findings)
    rows = _kind_rows(current, bodies)
    newest_first = sorted({finding.programme for finding in current}, key=lambda each: (-each.year, each.name))
    programmes = [programme.name for programme in newest_first]
    figure = stacked_bars(
        rows, lambda row: row.name, [_series(kind) for kind in FindingKind], axis="Number of findings"
    )
    return Report(
        slug="findings-by-kind",
        title=f"Findings by kind in {listing(programmes)}" if programmes else "Findings by kind",
        sentence=_kind_sentence(rows),
        kind_of_data=PUBLISHED,
        columns=KIND_COLUMNS,
        rows=rows,
        figure=figure,
    )


def _kind_rows(findings: Sequence[FindingRow], bodies: Sequence[Organisation]) -> tuple[KindRow, ...]:
    kinds = Counter((finding.organisation, finding.kind) for finding in findings if finding.tone != Tone.CONTEXT)
    with_data = {finding.organisation for finding in findings}
    subjects: list[tuple[int | None, str]] = [(None, WHOLE_REGION), *((body.pk, short(body)) for body in bodies)]
    return tuple(
        KindRow(name, {kind: kinds[key, kind] for kind in FindingKind} if key in with_data else None)
        for key, name in subjects
    )


def _series(kind: FindingKind) -> Series:
    """A piece without findings has no width and gets no label; a body without data says so instead of a bar."""

    def label(row: KindRow) -> str:
        return str(row.of(kind) or "") if row.findings else NO_DATA

    return Series(str(kind.label), lambda row: row.of(kind), label, kind.colour)


def _kind_sentence(rows: tuple[KindRow, ...]) -> str:
    known, unknown = [row for row in rows if row.findings], [row for row in rows if not row.findings]
    if not known:
        return "No inspection of this region or its bodies is held here."
    totals = {kind: sum(row.of(kind) or 0 for row in known) for kind in FindingKind}
    parts = [several(number, kind.label.lower(), kind.plural) for kind, number in totals.items() if number]
    sentence = f"{capfirst(listing(parts) or 'no findings')}, on {_named(known)}."
    return f"{sentence} No data on {_named(unknown)}." if unknown else sentence


def _named(rows: list[KindRow]) -> str:
    return listing([WHOLE_REGION_IN_A_SENTENCE if row.name == WHOLE_REGION else row.name for row in rows])
