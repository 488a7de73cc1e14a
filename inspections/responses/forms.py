"""The form of a response: what it says as a whole, and of each thing that must change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.choices import Acceptance
from inspections.entering.forms import PublishedChoice, formfield
from inspections.responses.choices import AnswerKind
from inspections.responses.models import Answer, Response
from inspections.responses.queries import Reply
from inspections.sources.models import SourceDocument
from soc_tracker.core.records.forms import ServiceForm, VersionField, reason_field
from soc_tracker.core.text.days import DayField

Values = dict[str, Any]
HEAD = ("published_on", "responder", "comments", "source", "locator", "is_whole")
"""The fields of the response as a whole."""
OF_EACH = ("kind", "acceptance", "text", "due_on")
"""Those of its answer to each thing that must change."""
SILENT = [("", "Says nothing of it"), *AnswerKind.choices]


class ResponseForm(ServiceForm, forms.Form):
    """What is left at “says nothing of it” is silent; a document is named where the response was published in one."""

    expected_version = VersionField()
    published_on = DayField(label="Published on", help_text="Such as 31/1/2024.", required=False)
    responder = forms.ModelChoiceField(
        Organisation.objects.filter(kind=OrganisationKind.POLICING),
        label="Local policing body",
        required=False,
        empty_label="Whoever answers for the force on that day",
    )
    comments = formfield(
        Response._meta.get_field("comments"),
        label="What it says of the report as a whole",
        help_text="In your own words.",
    )
    source = PublishedChoice(
        SourceDocument.objects.all(),
        label="Document",
        required=False,
        empty_label="None: it is given here",
        help_text="Where it was published.",
    )
    locator = forms.CharField(label="Place in the document", max_length=250, required=False)

    is_whole = forms.BooleanField(
        label="All that it says of what must change is entered below",
        help_text="Of the rest, it is then shown as silent.",
        required=False,
    )

    def __init__(self, *args: Any, response: Response, replies: Sequence[Reply], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.replies = replies
        start: Values = {name: getattr(response, name) for name in HEAD}
        start["expected_version"] = response.version
        accepted = [("", "Not said"), *((word.value, word.label) for word in Acceptance if word != "no_response")]
        kind: dict[str, Any] = {"choices": SILENT, "widget": forms.RadioSelect, "required": False}
        text: Any = Answer._meta.get_field("text")
        for each in replies:
            key, answer = each.requirement.pk, each.answer
            self.fields |= {
                f"of{key}_kind": forms.ChoiceField(label="What it says", **kind),
                f"of{key}_acceptance": forms.ChoiceField(label="Accepted", choices=accepted, required=False),
                f"of{key}_text": formfield(text, label="What will be done, or why nothing will", required=False),
                f"of{key}_due_on": DayField(label="By when, if it says so", required=False),
            }
            for name in OF_EACH:
                start[f"of{key}_{name}"] = getattr(answer, name) if answer else None
        self.initial = {**start, **self.initial}
        if response.is_published:
            self.fields["change_reason"] = reason_field("Why it is amended. It is kept with the change.")

    @property
    def head(self) -> list[BoundField]:
        return [self[name] for name in HEAD]

    @property
    def parts(self) -> list[tuple[Reply, list[BoundField]]]:
        """The fields of each thing that must change."""
        return [(each, [self[f"of{each.requirement.pk}_{name}"] for name in OF_EACH]) for each in self.replies]

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        for each in self.replies:
            key = each.requirement.pk
            says = [name for name in ("acceptance", "text", "due_on") if cleaned.get(f"of{key}_{name}")]
            if cleaned.get(f"of{key}_kind") and not cleaned.get(f"of{key}_text"):
                self.add_error(f"of{key}_text", "Say what will be done, or why nothing will.")
            elif says and not cleaned.get(f"of{key}_kind") and f"of{key}_kind" not in self.errors:
                self.add_error(f"of{key}_kind", "Choose what it says of this, or empty the fields below.")
        return cleaned

    @property
    def values(self) -> Values:
        """What it says as a whole."""
        return {name: self.cleaned_data[name] for name in HEAD}

    @property
    def answers(self) -> dict[Any, Values | None]:
        """What it says of each thing that must change; None of what it is silent on."""
        cleaned = self.cleaned_data
        return {
            each.requirement: {name: cleaned[f"of{each.requirement.pk}_{name}"] for name in OF_EACH}
            if cleaned[f"of{each.requirement.pk}_kind"]
            else None
            for each in self.replies
        }
