"""Published figures."""

from __future__ import annotations

from typing import Self

from forces.querysets import VisibleQuerySet


class FigureQuerySet(VisibleQuerySet):
    def for_list(self) -> Self:
        return self.select_related("measure", "organisation", "region", "source")
