"""Extracts of the national database, from a file to the record: see ``load``."""

from disruptions.importers.loading import load
from disruptions.importers.outcome import Loading, Outcome
from soc_tracker.lib.imports import Decision

__all__ = ["Decision", "Loading", "Outcome", "load"]
