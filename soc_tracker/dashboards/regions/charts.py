"""The published reports of a region: SOC threats of its bodies, and findings by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller

from django.utils.text import capfirst

from forces.models import Organisation, Region
from inspections.choices import Colour, Tone
from inspections.figures.models import PublishedFigure, figure_in_words, period_in_words
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.charts import Series, bars, stacked_bars
from soc_tracker.core.reports.report import listing, several
from soc_tracker.dashboards.published.queries import FindingRow, Held, gaps_in_words, of_newest_programmes
from soc_tracker.dashboards.shares.charts import NOT_PUBLISHED, names_of_their_own
from soc_tracker.dashboards.words import WHOLE_REGION, WHOLE_REGION_IN_A_SENTENCE, Body, bodies_in_words, short

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
    pairs: list[tuple[Body, PublishedFigure | None]] = []
    everybody: list[Body] = [region, *bodies]
    for body in everybody:
        own = [figure for figure in figures if figure.measure.slug == MEASURE and figure.about == body]
        pairs += [(body, figure) for figure in own] or [(body, None)]
    names = names_of_their_own([(body, period_in_words(figure) if figure else "") for body, figure in pairs])
    rows = tuple(ThreatRow(name, figure) for name, (_, figure) in zip(names, pairs, strict=True))
    return Report(
        slug=MEASURE,
        title="SOC threats on record",
        sentence=threats_in_words(len(bodies), [figure for _, figure in pairs if figure]),
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


def threats_in_words(number: int, figures: Sequence[PublishedFigure]) -> str:
    """``number`` is that of the region's bodies."""
    if not figures:
        return "No number of SOC threats was published for this region or its bodies."
    whole = next((figure for figure in figures if figure.region_id), None)
    first = "No number is published for the region as a whole."
    if whole:
        first = f"{figure_in_words(whole)} are published for the region as a whole, {period_in_words(whole)}."
    with_number = len({figure.organisation_id for figure in figures if figure.organisation_id})
    return (
        f"{first} Of its {bodies_in_words(number)}, {with_number} {'has' if with_number == 1 else 'have'} a number of "
        "their own; for the others none was published."
    )


# How many findings of each kind an inspection programme has on the region and on each of its bodies.


@dataclass(frozen=True)
class KindRow:
    """How many findings of each kind speak of one body; None where none is held, for which ``why`` is the reason."""

    name: str
    findings: Mapping[FindingKind, int] | None
    why: Held

    def of(self, kind: FindingKind) -> int | None:
        return self.findings[kind] if self.findings else None

    def label(self, kind: FindingKind) -> str:
        """A piece without findings has no width and gets no label."""
        return str(self.of(kind) or "") if self.findings else capfirst(self.why.value)


def findings_by_kind(
    findings: Iterable[FindingRow], bodies: Sequence[Organisation], held: Mapping[int | None, Held]
) -> Report:
    """One bar a body, made of its findings by kind in the newest programme that spoke of it; context is no finding.

    A body of which none is held says why instead of a bar.
    """
    current = of_newest_programmes(findings)
    kinds = Counter((finding.organisation, finding.kind) for finding in current if finding.tone != Tone.CONTEXT)
    with_findings = {organisation for organisation, _ in kinds}
    seen = {finding.organisation for finding in current}
    subjects: list[tuple[int | None, str]] = [(None, WHOLE_REGION), *((body.pk, short(body)) for body in bodies)]
    rows = tuple(
        KindRow(
            name,
            {kind: kinds[key, kind] for kind in FindingKind.rows()}
            if key in with_findings or held[key] == Held.WHOLE
            else None,
            Held.NOT_TAKEN_IN if key in seen and held[key] == Held.NOT_INSPECTED else held[key],
        )
        for key, name in subjects
    )
    newest_first = sorted({finding.programme for finding in current}, key=lambda each: (-each.year, each.name))
    programmes = [programme.name for programme in newest_first]

    pieces = [
        Series(kind.label, methodcaller("of", kind), methodcaller("label", kind), Colour(kind.colour).charts)
        for kind in FindingKind.rows()
    ]
    return Report(
        slug="findings-by-kind",
        title=f"Findings by kind in {listing(programmes)}" if programmes else "Findings by kind",
        sentence=kinds_in_words(rows),
        kind_of_data=PUBLISHED,
        columns=kind_columns(),
        rows=rows,
        figure=stacked_bars(rows, lambda row: row.name, pieces, axis="Number of findings") if current else None,
    )


def kind_columns() -> tuple[Column, ...]:
    """The last says why the others are not known."""
    return (
        Column("body", "Body", lambda row: row.name),
        *(
            Column(
                kind.slug,
                kind.label,
                lambda row, kind=kind: row.of(kind) if row.findings else "not known",
                numeric=True,
            )
            for kind in FindingKind.rows()
        ),
        Column(
            "all",
            "All findings",
            lambda row: sum(row.findings.values()) if row.findings else capfirst(row.why.value),
            numeric=True,
        ),
    )


def kinds_in_words(rows: Sequence[KindRow]) -> str:
    if all(not row.findings and row.why == Held.NOT_INSPECTED for row in rows):
        return "No inspection of this region or its bodies is held here."
    named = [(WHOLE_REGION_IN_A_SENTENCE if row.name == WHOLE_REGION else row.name, row) for row in rows]
    totals = {kind: sum(row.of(kind) or 0 for row in rows) for kind in FindingKind.rows()}
    parts = [several(number, kind.label.lower(), kind.plural) for kind, number in totals.items() if number]
    sentences = []
    if known := [name for name, row in named if row.findings and any(row.findings.values())]:
        sentences.append(f"{capfirst(listing(parts))}, on {listing(known)}.")
    if none_in := [name for name, row in named if row.findings and not any(row.findings.values())]:
        sentences.append(f"None on {listing(none_in)}, whose inspection is held whole.")
    return " ".join([*sentences, *gaps_in_words((name, row.why) for name, row in named if not row.findings)])
