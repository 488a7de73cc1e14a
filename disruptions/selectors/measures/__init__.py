"""Measures of the published kind, over the record: one definition of each, for pages, charts, files and the API."""

from disruptions.selectors.measures.completeness import RecentMonths, completeness_of
from disruptions.selectors.measures.counts import (
    Counts,
    PeriodCounts,
    lead_counts,
    period_counts,
    support_counts,
    together,
)
from disruptions.selectors.measures.shares import Share
from disruptions.selectors.measures.trend import Span, TrendPoint, trend, trend_of

__all__ = [
    "Counts",
    "PeriodCounts",
    "RecentMonths",
    "Share",
    "Span",
    "TrendPoint",
    "completeness_of",
    "lead_counts",
    "period_counts",
    "support_counts",
    "together",
    "trend",
    "trend_of",
]
