"""The forms by which an inspection is entered by hand."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self, cast

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.forms import BoundField

from forces.models import Organisation
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.gradings.queries import Beside
from inspections.programmes.models import Inspection, Question
from inspections.queries import User
from inspections.recommendations.models import Recommendation
from inspections.sources.models import OnceOut, SourceDocument
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.text.days import DayField

Values = dict[str, Any]


class PublishedChoice(forms.ModelChoiceField):
    """A choice among what is published; a form of a team's own work offers that too."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        field: Any = super().__deepcopy__(memo)
        field.queryset = field.queryset.published()
        return cast(Self, field)


def formfield(field: Any, **kwargs: Any) -> forms.Field:
    """Django's field for a model's, with days as browsers give them and texts of few lines."""
    if field.is_relation and issubclass(field.related_model, OnceOut) and not field.many_to_many:
        kwargs["form_class"] = PublishedChoice
    if isinstance(field, models.DateField):
        kwargs["form_class"] = DayField
    control: forms.Field = field.formfield(**kwargs)
    if isinstance(control.widget, forms.Textarea):
        control.widget.attrs["rows"] = 3
    return control


class EntryForm(ServiceForm, forms.ModelForm):
    """The fields of a record, whose rules are its service's, which has better words than Django."""

    def _post_clean(self) -> None:
        """Leave the instance as it is."""

    @property
    def values(self) -> Values:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


class NewRecordForm(EntryForm):
    """A record that is not stored yet. Of other records it offers those that its user may see."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PublishedChoice):
                choice: Any = field
                choice.queryset = choice.queryset.model.objects.open_to(user)


class InspectionForm(NewRecordForm):
    """An inspection, and the document that it was published as where that is not on record."""

    document_title = forms.CharField(
        label="Or its title, where it is not on record yet", required=False, max_length=200
    )
    document_publisher = forms.CharField(label="Its publisher", required=False, max_length=120)

    class Meta:
        model = Inspection
        formfield_callback = formfield
        fields = (
            *("programme", "region", "organisation", "fieldwork_on", "fieldwork_precision"),
            *("published_on", "published_precision", "title", "source", "locator", "taken_in", "note"),
        )
        labels = {
            "organisation": "Or a single body",
            "fieldwork_on": "When inspectors were there",
            "fieldwork_precision": "How much of that date is known",
            "published_on": "When it was published",
            "published_precision": "How much of that date is known",
            "source": "Document",
            "locator": "Place in the document",
            "taken_in": "What of it will be held here",
        }
        help_texts = {
            "taken_in": "Of one that is held whole, no finding means that none was made.",
            "region": "With all bodies that were in it on the day of the inspection.",
            "fieldwork_on": "Where only the month or the year is known, any day of it.",
            "published_on": "Where only the month or the year is known, any day of it.",
            "title": "Empty: the region or body and the programme.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "source"):
            self.fields[name].required = False
        for name in ("kind", "licence"):
            field: Any = SourceDocument._meta.get_field(name)
            self.fields[f"document_{name}"] = field.formfield(label=f"Its {name}", required=False)
        own = ("document_title", "document_publisher", "document_kind", "document_licence")
        self.order_fields([name for name in self.fields if name not in (*own, "locator", "taken_in", "note")] + [*own])

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("region")) == bool(cleaned.get("organisation")):
            self.add_error("region", "Choose a region or a single body.")
        if cleaned.get("source") and cleaned.get("document_title"):
            self.add_error("source", "Choose a document or give the title of a new one, not both.")
        if not cleaned.get("source"):
            for name in ("title", "publisher", "kind", "licence"):
                if not cleaned.get(f"document_{name}"):
                    self.add_error(f"document_{name}", f"Choose a document above, or give the {name} of a new one.")
        return cleaned

    @property
    def document(self) -> Values:
        """What is said of a new document; nothing where one is chosen."""
        cleaned = self.cleaned_data
        if cleaned["source"]:
            return {}
        names = ("title", "publisher", "kind", "licence")
        published = {name: cleaned[name] for name in ("published_on", "published_precision")}
        return published | {name: cleaned[f"document_{name}"] for name in names}


class GradesForm(ServiceForm, forms.Form):
    """The grades of several bodies on one question: a grade, and what is said in support, for each."""

    locator = Grading._meta.get_field("locator").formfield(label="Place in the document")

    def __init__(
        self,
        *args: Any,
        inspection: Inspection,
        bodies: Sequence[Organisation],
        beside: Mapping[int, Beside],
        questions: QuerySet[Question],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bodies, self.beside = bodies, beside
        if questions:
            question: forms.Field = forms.ModelChoiceField(questions, label="Question", empty_label=None)
        else:
            question = forms.CharField(
                label="What was asked about serious and organised crime",
                max_length=200,
                help_text=f"{inspection.programme} has no such question on record yet.",
            )
        self.fields = {"question": question, **self.fields}
        grades = [(grade.slug, grade.label) for grade in inspection.programme.scale.allowed]
        summary: Any = Grading._meta.get_field("summary")
        for body in bodies:
            self.fields[f"grade_{body.pk}"] = forms.ChoiceField(
                choices=[("", "No grade entered"), *grades], required=False, label=f"Grade of {body}"
            )
            self.fields[f"summary_{body.pk}"] = formfield(
                summary, label=f"In support, of {body.short_name}", help_text=""
            )

    @property
    def head(self) -> list[BoundField]:
        return [self[name] for name in ("question", "locator", "change_reason") if name in self.fields]

    @property
    def of_bodies(self) -> list[tuple[Beside, list[BoundField]]]:
        """For each body what stands beside its grade, and its fields."""
        names = ("grade", "summary")
        return [(self.beside[body.pk], [self[f"{name}_{body.pk}"] for name in names]) for body in self.bodies]

    @property
    def grades(self) -> list[tuple[Organisation, Values]]:
        """The bodies of which a grade was entered, with it and what supports it."""
        cleaned = self.cleaned_data
        return [
            (body, {"grade": cleaned[f"grade_{body.pk}"], "summary": cleaned[f"summary_{body.pk}"]})
            for body in self.bodies
            if cleaned.get(f"grade_{body.pk}")
        ]

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        for body in self.bodies:
            if cleaned.get(f"summary_{body.pk}") and not cleaned.get(f"grade_{body.pk}"):
                self.add_error(f"grade_{body.pk}", f"Choose the grade of {body}, or leave out what supports it.")
        if not self.errors and not self.grades:
            self.add_error(None, "Choose the grade of one body at least.")
        return cleaned


REGION, NATIONAL = "region", "national"


def subject_of(record: Finding | PublishedFigure) -> str:
    """What an ``AboutForm`` holds of the body, region or country that a record is about."""
    return record.organisation.slug if record.organisation else REGION if record.region_id else NATIONAL


class AboutForm(NewRecordForm):
    """A record about the region of an inspection, or about one of its bodies."""

    about = forms.ChoiceField(label="About")
    field_order = ("about",)

    def __init__(self, *args: Any, inspection: Inspection, bodies: Collection[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection, self.bodies = inspection, {body.slug: body for body in bodies}
        region = [(REGION, f"{inspection.region} as a whole")] if inspection.region else []
        about: Any = self.fields["about"]
        about.choices = [*region, *((slug, str(body)) for slug, body in self.bodies.items())]
        self.fields["locator"].label = "Place in the document"

    @property
    def values(self) -> Values:
        about = self.cleaned_data["about"]
        region = self.inspection.region if about == REGION else None
        return {"organisation": self.bodies.get(about), "region": region, **super().values}


class FindingForm(AboutForm):
    """A finding of an inspection."""

    class Meta:
        model = Finding
        formfield_callback = formfield
        fields = (
            *("kind", "tone", "order", "title", "summary", "section", "topics", "is_accelerated"),
            *("letter_on", "letter_precision", "source", "locator"),
        )
        widgets = {"topics": forms.CheckboxSelectMultiple}
        labels = {
            "order": "Its number in the report",
            "section": "Section of the report",
            "source": "Document",
            "letter_precision": "How much of that date is known",
        }
        help_texts = {
            "order": "",
            "summary": "In your own words.",
            "letter_on": "Where only the month or the year is known, any day of it.",
        }


class RecommendationForm(NewRecordForm):
    """A recommendation of a finding, addressed to one of the bodies of its inspection."""

    class Meta:
        model = Recommendation
        formfield_callback = formfield
        fields = ("number", "text", "addressed_to", "due_on", "due_precision", "due_as_published", "source", "locator")
        labels = {
            "text": "Recommendation",
            "addressed_to": "For",
            "due_on": "Due",
            "due_precision": "How much of that date is known",
            "due_as_published": "The date as it is published",
            "source": "Document",
            "locator": "Place in the document",
        }
        help_texts = {
            "text": "In your own words.",
            "due_on": "Where only the month or the year is known, any day of it. Empty where no date is given.",
            "due_as_published": "Only where its year is not stated.",
            "locator": "",
        }

    def __init__(self, *args: Any, bodies: Collection[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addressee: Any = self.fields["addressed_to"]
        addressee.queryset = addressee.queryset.filter(pk__in=[body.pk for body in bodies])


class FigureForm(AboutForm):
    """A figure that an inspection gives, which may be of the country too. Its document is the inspection's."""

    class Meta:
        model = PublishedFigure
        formfield_callback = formfield
        fields = (
            *("measure", "qualifier", "value", "value_to", "unit", "step", "value_on", "value_precision"),
            *("period_from", "period_to", "period_words", "as_at", "said_by", "finding", "note", "locator"),
        )
        labels = {
            "value_to": "To, where a range was printed",
            "step": "Printed to the nearest",
            "value_on": "Or the day, where the figure is a date",
            "value_precision": "How much of that date is known",
            "period_from": "Period: first day",
            "period_to": "Period: last day",
            "period_words": "Or the period in words",
            "as_at": "Or as at the day",
            "said_by": "Whose figure it is",
            "finding": "Of the finding",
            "note": "What it covers",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["about"].choices = [("", "Choose"), *fields["about"].choices, (NATIONAL, "England and Wales")]
        fields["finding"].queryset = Finding.objects.filter(inspection=self.inspection)

    @property
    def values(self) -> Values:
        return super().values | {"national": self.cleaned_data["about"] == NATIONAL}
