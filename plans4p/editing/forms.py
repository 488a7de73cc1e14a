"""What the forms of all records share that pages create and change. Rules are the services': they have the words."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.forms import BoundField

from disruptions.record.queries import THREATS
from disruptions.threats.models import Threat
from plans4p.choices import RUNNING
from plans4p.plans.models import Plan
from plans4p.signatures.queries import list_bodies_for
from soc_tracker.core.lists.lookups import Finder, LookupField, LookupsField
from soc_tracker.core.records.forms import VersionedForm
from soc_tracker.core.records.services import differing
from soc_tracker.core.text.days import DayField
from soc_tracker.core.text.normal import TextField

WHY = "Say why: the reason is kept with the change."
NEEDED_ONCE_SIGNED = "Needed where its wording, a person, a number or a day changes, because the plan has been signed."


def formfield(field: Any, **kwargs: Any) -> forms.Field:
    """Django's field for a model's, with days as browsers give them and lines of few rows."""
    if isinstance(field, models.DateField):
        kwargs["form_class"] = DayField
    control: forms.Field = field.formfield(**kwargs)
    if isinstance(control.widget, forms.Textarea):
        control.widget.attrs["rows"] = 3
    return control


class PageForm(VersionedForm):
    """Edits one record on a page. ``change_reason`` is asked for when the record is stored already.

    ``user`` bounds what may be chosen to what the user may see; ``given`` are the values that the page adds.
    ``headings`` are of long forms: each stands above the field that it is named by, and those after it.
    """

    fields: dict[str, Any]
    headings: ClassVar[Mapping[str, str]] = {}
    change_reason = TextField(
        label="Why do you change it?",
        help_text="The reason is kept with the change.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": WHY},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.made_with = user, {"user": user}
        if self.instance.pk is None:
            del self.fields["change_reason"]
        if "organisation" in self.fields:
            # Those for which the user writes, and the one that the record is of
            field: Any = self.fields["organisation"]
            bodies = Q(pk__in=list_bodies_for(user).values("pk")) | Q(pk=self.instance.organisation_id)
            field.queryset = field.queryset.filter(bodies)
            if len(field.queryset) == 1:
                field.empty_label = None
        if "threat" in self.fields:
            threats = Threat.objects.visible_to(user).select_related("organisation")
            if self.instance.pk and self.instance.threat_id and not threats.filter(pk=self.instance.threat_id).exists():
                del self.fields["threat"]  # of one that the writer may not see: it stays as it is
            else:
                self.look_up("threat", threats, THREATS)
        self.bound_choices()

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The fields that are shown, under their headings; the first ones may have none ("")."""
        sections: list[tuple[str, list[BoundField]]] = [("", [])]
        for bound in self.visible_fields():
            if bound.name in self.headings:
                sections.append((self.headings[bound.name], []))
            sections[-1][1].append(bound)
        return [(heading, fields) for heading, fields in sections if fields]

    @property
    def reason(self) -> str:
        """Why the record changes: as given, else which fields do."""
        labels = [str(self.fields[name].label).lower() for name in self.changed_data if name in self.values]
        return self.cleaned_data.get("change_reason") or f"Changed: {', '.join(labels) or 'nothing'}."

    def bound_choices(self) -> None:
        """Narrow what may be chosen, where the model alone would offer too much."""

    def look_up(self, name: str, rows: QuerySet, finder: Finder) -> None:
        """Have one record, or several, found by what is typed: they are too many to choose from a list."""
        choice: Any = self.fields[name]
        is_several = isinstance(choice, forms.ModelMultipleChoiceField)
        field = LookupsField if is_several else LookupField
        self.fields[name] = field(rows, finder, label=choice.label, required=choice.required)
        if self.instance.pk:
            stored = getattr(self.instance, name)
            self.initial[name] = stored.all() if is_several else stored


class PartForm(PageForm):
    """Edits a plan or a part of one. Why is asked only of a plan that runs, which somebody has signed.

    There, it must be said where one of the fields ``reasoned`` changes.
    """

    reasoned: ClassVar[Collection[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "change_reason" not in self.fields:
            return
        plan = self.instance if isinstance(self.instance, Plan) else self.instance.plan
        if self.reasoned and plan.status in RUNNING:
            self.fields["change_reason"].required = False
            self.fields["change_reason"].help_text = NEEDED_ONCE_SIGNED
        else:
            del self.fields["change_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "change_reason" in self.fields and not cleaned.get("change_reason", "").strip():
            values = {name: value for name, value in self.values.items() if name in self.reasoned}
            if "change_reason" not in self.errors and differing(self.instance, values):
                self.add_error("change_reason", WHY)
        return cleaned
