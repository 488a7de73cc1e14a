"""Charts of one threat: its score over time, and what was done against it month by month."""

from collections.abc import Iterator
from dataclasses import replace

from disruptions.choices import FourP
from disruptions.record_list.charts import Group, columns_of, count_series
from disruptions.record_list.queries import of_four_p
from disruptions.standpoint.queries import Standpoint
from disruptions.threat_page.queries import ThreatFacts
from disruptions.threats.models import MorileAssessment, Threat
from soc_tracker.core.lists.columns import Column, as_given
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.charts import Series, columns_over_time, line_over_days
from soc_tracker.core.text.days import Precision, in_words, months_of

SCORES, MONTHS = "scores", "disruptions-by-month"


def charts_of(threat: Threat, facts: ThreatFacts, standpoint: Standpoint) -> Iterator[Report]:
    """Those charts that there is anything to show in."""
    scored = [row for row in reversed(facts.assessments.rows) if row.total is not None]
    if len(scored) > 1:
        yield scores(threat, scored)
    if facts.by_month:
        yield months_report(threat, facts, standpoint)


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


def months_report(threat: Threat, facts: ThreatFacts, standpoint: Standpoint) -> Report:
    """Every month from the first to the last with a disruption."""
    months = [month for month, _ in facts.by_month]
    rows = [
        Group(in_words(month, Precision.MONTH), of_four_p(facts.by_month, month))
        for month in months_of(min(months), max(months))
    ]
    series = [replace(count_series(p), label=None) for p in FourP]
    number = sum(row.total for row in rows)
    what = "disruption" if number == 1 else "disruptions"
    return Report(
        slug=MONTHS,
        title="Disruptions by month and 4P",
        sentence=f"{number:,} {what} of any size, lead and support, by month of activity, "
        f"on record as at {standpoint.words}.",
        kind_of_data=threat.kind_of_data,
        columns=columns_of("month", "Month"),
        rows=tuple(rows),
        figure=columns_over_time(rows, lambda row: row.name, series, axis="Disruptions"),
    )
