"""The questions that the check of a file asks, as a form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from soc_tracker.core.imports.questions import Question

FEW = 6
"""Choices that are shown side by side; more fold into a list."""


class AnswersForm(forms.Form):
    """The questions of a file, each of which may wait. ``answers`` are those that were given, once it is valid."""

    def __init__(self, questions: Sequence[Question], data: Any = None) -> None:
        super().__init__(data, initial={question.key: question.answer for question in questions})
        self.questions = questions
        for question in questions:
            choices = question.choices if question.is_needed else (("", question.by_itself), *question.choices)
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                help_text=question.hint,
                choices=choices,
                required=False,
                widget=forms.RadioSelect if len(choices) <= FEW else forms.Select,
            )

    def pressing(self) -> list[forms.BoundField]:
        """What must be answered before anything is loaded, or before some rows are, answered or not."""
        return [self[question.key] for question in self.questions if question.is_needed or question.keeps_out]

    def others(self) -> list[forms.BoundField]:
        """What can be said otherwise than the check has taken it."""
        pressing = {bound.name for bound in self.pressing()}
        return [self[question.key] for question in self.questions if question.key not in pressing]

    @property
    def answers(self) -> dict[str, str]:
        """An answer that depends on another is left out where only the other has changed."""
        stale = {
            question.key
            for question in self.questions
            if question.within in self.changed_data and question.key not in self.changed_data
        }
        return {key: value for key, value in self.cleaned_data.items() if value and key not in stale}
