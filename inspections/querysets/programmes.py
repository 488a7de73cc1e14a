"""Programmes and inspections."""

from __future__ import annotations

from typing import Self

from forces.querysets import VisibleQuerySet


class InspectionQuerySet(VisibleQuerySet):
    def for_list(self) -> Self:
        return self.select_related("programme", "region", "organisation", "source")
