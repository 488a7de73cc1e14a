"""Statistics as pure functions, each with its source. None of them decides anything: pages say what they show."""

from soc_tracker.lib.stats.completeness import Completeness, completeness
from soc_tracker.lib.stats.funnel import Funnel, FunnelBody, Share, funnel
from soc_tracker.lib.stats.shares import Interval, whole_percent, wilson
from soc_tracker.lib.stats.xmr import Signal, Xmr, xmr

__all__ = [
    "Completeness",
    "Funnel",
    "FunnelBody",
    "Interval",
    "Share",
    "Signal",
    "Xmr",
    "completeness",
    "funnel",
    "whole_percent",
    "wilson",
    "xmr",
]
