"""Charts of one threat: its score over time, and what was done against it month by month."""

from collections.abc import Iterator

from disruptions.standpoint.queries import Standpoint
from disruptions.threat_page.queries import ThreatFacts
from disruptions.threats.models import MorileAssessment, Threat
from disruptions.trend.charts import trend_report
from disruptions.trend.queries import Span, trend_of
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, line_over_days
from soc_tracker.core.text.days import Days, in_words

SCORES, MONTHS = "scores", "disruptions-by-month"


def charts_of(threat: Threat, facts: ThreatFacts, standpoint: Standpoint) -> Iterator[Report]:
    """Those charts that there is anything to show in."""
    scored = [row for row in reversed(facts.assessments.rows) if row.total is not None]
    if len(scored) > 1:
        yield scores(threat, scored)
    if facts.by_month:  # every month from the first with a disruption
        yield trend_report(
            trend_of(facts.by_month, facts.recent, Days(None, None)),
            facts.recent,
            Span.MONTH,
            slug=MONTHS,
            of="disruption",
            standpoint=standpoint,
            beside=f"Of any size, lead and support, on record as at {standpoint.words}.",
            judged=False,
        )


def scores(threat: Threat, scored: list[MorileAssessment]) -> Report:
    """Oldest first; an assessment without a total has no mark."""
    first, last = scored[0], scored[-1]
    since, until = (in_words(row.assessed_on) for row in (first, last))
    return Report(
        slug=SCORES,
        title="MoRiLE total over time",
        sentence=f"{len(scored)} totals as given, from {as_given(first.total):,} on {since} "
        f"to {as_given(last.total):,} on {until}.",
        kind_of_data=threat.kind_of_data,
        columns=(
            Column("assessed_on", "Assessed on", lambda row: row.assessed_on),
            Column("total", "Total score", lambda row: as_given(row.total), numeric=True),
        ),
        rows=tuple(scored),
        figure=line_over_days(
            scored,
            lambda row: row.assessed_on,
            Series("Total score", lambda row: float(row.total), lambda row: f"{as_given(row.total):,}"),
            axis="Total score",
        ),
    )
