"""Gradings."""

from __future__ import annotations

from typing import Self

from forces.querysets import VisibleQuerySet
from inspections.choices import QuestionTheme


class GradingQuerySet(VisibleQuerySet):
    def get_by_natural_key(self, *key: str):
        inspection, organisation, question = key
        return self.get(inspection__slug=inspection, organisation__slug=organisation, question__slug=question)

    def about_soc(self) -> Self:
        """Gradings of the question on serious and organised crime, whatever the programme."""
        return self.filter(question__theme=QuestionTheme.SOC)

    def for_list(self) -> Self:
        return self.select_related("inspection__programme", "organisation", "question", "source")
