"""Findings."""

from __future__ import annotations

from typing import Self

from forces.querysets import VisibleQuerySet


class FindingQuerySet(VisibleQuerySet):
    def for_list(self) -> Self:
        return self.select_related("inspection__programme", "organisation", "region", "source").prefetch_related(
            "topics"
        )
