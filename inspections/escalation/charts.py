"""How long a body stood on each rung, as a table and its files."""

from datetime import date
from typing import Any

from inspections.escalation.models import MonitoringPeriod
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import PUBLISHED, Report
from soc_tracker.core.reports.report import several

COARSE = "Where only a month or a year is known: the fewest and the most days that it can be."


def days_in_words(period: MonitoringPeriod, today: date) -> str:
    """ "31 days", "701 to 1,065 days", "12 days so far": no more than its dates tell."""
    least, most = period.days(today)
    span = several(most, "day") if least == most else f"{least:,} to {most:,} days"
    return span if period.ended_on else f"{span} so far"


def rungs_of(body: Any, today: date) -> Report:
    """Of a body of ``with_rungs``, the newest rung first."""
    periods = body.periods
    unsure = any(least != most for least, most in (period.days(today) for period in periods))
    return Report(
        slug="rungs",
        title="How long it stood on each rung",
        kind_of_data=PUBLISHED if all(period.source_id for period in periods) else "recorded",
        columns=(
            Column("rung", "Rung", lambda period: period.stage.label),
            Column("from", "From", lambda period: period.started),
            Column("until", "Until", lambda period: period.ended),
            Column(
                "days",
                "Days on it",
                lambda period: days_in_words(period, today),
                files=(
                    Column("days_least", "Days on it, at least", lambda period: period.days(today)[0]),
                    Column("days_most", "Days on it, at most", lambda period: period.days(today)[1]),
                    Column("goes_on", "Goes on", lambda period: period.ended_on is None),
                ),
            ),
            Column(
                "kind_of_data",
                "Kind of data",
                lambda period: period.kind_of_data,
                files=(
                    Column("kind_of_data", "Kind of data", lambda period: period.kind_of_data),
                    Column("why", "Why", lambda period: period.reason),
                    Column("skipped", "Why rungs were passed over", lambda period: period.skipped),
                    Column("source", "Source", lambda period: period.source.title if period.source else ""),
                    Column("locator", "Place in the source", lambda period: period.locator),
                ),
            ),
        ),
        rows=periods,
        notes=(COARSE,) if unsure else (),
        none="No rung of it is known here.",
    )
