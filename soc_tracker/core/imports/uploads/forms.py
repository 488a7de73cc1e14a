"""The field that takes a file, and the questions that its check asks, as a form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator

from soc_tracker.core.imports.questions import Question

FEW = 6
"""Choices that are shown side by side; more fold into a list."""


KINDS, SUFFIXES = "CSV, Excel or OpenDocument", ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods"


class SheetField(forms.FileField):
    """A spreadsheet, or ``what`` else, of at most so many bytes, which ``most`` says in words."""

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "The file is empty.",
        "larger": "The file is larger than %(most)s. Split it into several, each with the headings.",
    }

    def __init__(self, most_bytes: int, most: str, *, what: str = KINDS, suffixes: str = SUFFIXES) -> None:
        self.most_bytes, self.most = most_bytes, most
        other = f"A file whose name ends in “.%(extension)s” is not taken here. Save it as {what}, and choose that."
        super().__init__(
            label="File",
            validators=[FileExtensionValidator([suffix[1:] for suffix in suffixes.split(",")], other)],
            help_text=f"{what}, up to {most}, with a row of headings, which may stand below others.",
            widget=forms.FileInput(attrs={"accept": suffixes}),
        )

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file: UploadedFile = super().clean(data, initial)
        if (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(self.error_messages["larger"], params={"most": self.most})
        return file


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
