"""Whole files of threats or disruptions, put on record in one transaction.

The rows arrive as they were understood, column by column, in temporary tables
of the database (``scratch``). There they are compared with each other and with
the record, and from there they are written: disruptions without passing
through Python again, so that ten million take no more memory than ten thousand.
"""

from disruptions.services.loading.disruptions import DisruptionLoader
from disruptions.services.loading.scratch import (
    DISRUPTIONS,
    FAULTS,
    SCORES,
    THREATS,
    Scratch,
    refusals_between,
    refuse,
    scratch,
)
from disruptions.services.loading.settling import Loader, Result, settle
from disruptions.services.loading.terms import Found, Terms
from disruptions.services.loading.threats import ThreatLoader

__all__ = [
    "DISRUPTIONS",
    "FAULTS",
    "SCORES",
    "THREATS",
    "DisruptionLoader",
    "Found",
    "Loader",
    "Result",
    "Scratch",
    "Terms",
    "ThreatLoader",
    "refusals_between",
    "refuse",
    "scratch",
    "settle",
]
