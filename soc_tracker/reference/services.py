"""Keeping what files say, and the steps of files of facts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from soc_tracker.core.imports.uploads.services import Uploads
from soc_tracker.reference.models import FactFile, Statement

FACT_FILES = Uploads(FactFile, kept_for=timedelta(days=1))


def keep_statements(kind: str, origin: str, said: Mapping[int, Mapping[str, Any]]) -> None:
    """Keep what an origin says of records of a kind, by their keys, in place of what it said before."""
    statements = [Statement(kind=kind, origin=origin, record=key, said=values) for key, values in said.items()]
    Statement.objects.bulk_create(
        statements, update_conflicts=True, unique_fields=["kind", "record", "origin"], update_fields=["said"]
    )
