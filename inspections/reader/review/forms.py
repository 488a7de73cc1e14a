"""The forms of each kind of proposal, filled in as far as the reader could tell.

What would be copied from the report is left empty, to be said in one's own words; the passage stands beside it.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator, capfirst

from forces.models import Organisation
from inspections.choices import DuePrecision, SaidBy, Tone
from inspections.entering.forms import (
    NATIONAL,
    REGION,
    FigureForm,
    FindingForm,
    NewRecordForm,
    RecommendationForm,
    formfield,
)
from inspections.entering.services import enter_figure, enter_finding, enter_grades, enter_recommendation
from inspections.figures.models import Measure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Question
from inspections.queries import User
from inspections.reader.desk.models import ProposedFact
from inspections.reader.meaning.proposals import ProposalKind
from inspections.reader.review.queries import finding_of, path_of
from inspections.sources.models import Sourced
from inspections.vocabularies.models import FindingKind
from soc_tracker.core.text.days import Precision
from soc_tracker.core.text.runs import LENGTH, words_of

Values = dict[str, Any]
LONGEST_LOCATOR = 250


class GradingProposal(NewRecordForm):
    """A grade of one of the bodies of an inspection."""

    organisation = forms.ChoiceField(label="Body")
    question_words = forms.CharField(
        label="Or what was asked, where it is not on record yet", required=False, max_length=200
    )

    class Meta:
        model = Grading
        formfield_callback = formfield
        fields = ("question", "grade", "summary", "locator")
        help_texts = {"summary": "What the report says in support, in your own words. May be empty."}

    field_order = ("organisation", "question", "question_words", "grade")

    def __init__(self, *args: Any, inspection: Inspection, bodies: Collection[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection, self.bodies = inspection, {body.slug: body for body in bodies}
        fields: Any = self.fields
        fields["locator"].label = "Place in the document"
        fields["organisation"].choices = [
            ("", "Choose a body"),
            *((slug, str(each)) for slug, each in self.bodies.items()),
        ]
        questions = fields["question"].queryset.filter(programme=self.inspection.programme_id)
        fields["question"].queryset = questions
        wanted = words_of(self.initial.get("question_words") or "")
        if same := next((each for each in questions if words_of(each.text) == wanted), None):
            self.initial = {**self.initial, "question": same, "question_words": ""}
        fields["question"].required = False
        allowed = [(grade.slug, grade.label) for grade in self.inspection.programme.scale.allowed]
        fields["grade"].choices = [("", "Choose a grade"), *allowed]

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("question")) == bool(cleaned.get("question_words")):
            self.add_error("question", "Choose a question, or say what was asked: one of them.")
        return cleaned

    @staticmethod
    def initial_of(values: Values) -> Values:
        question = Question.objects.filter(slug=values.get("question") or "").first()
        return {
            "organisation": values.get("organisation"),
            "question": question,
            "question_words": "" if question else short(values.get("question_words") or ""),
            "grade": values.get("grade"),
        }

    def make(self, by: Any) -> Sourced:
        cleaned = self.cleaned_data
        question: Question | str = cleaned["question"] or cleaned["question_words"]
        values = {"grade": cleaned["grade"], "summary": cleaned["summary"]}
        grades = [(self.bodies[cleaned["organisation"]], values)]
        [grading] = enter_grades(self.inspection, question, locator=cleaned["locator"], grades=grades, by=by)
        return grading


NO_LETTER: Values = {"is_accelerated": False, "letter_on": None, "letter_precision": Precision.DAY}


class FindingProposal(FindingForm):
    """Only of a cause of concern it asks for the letter that may have told of it before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"]
        self.fields["order"].widget = forms.HiddenInput()
        if not FindingKind.named(self.initial["kind"]).is_concern:
            self.fields = {name: field for name, field in self.fields.items() if name not in NO_LETTER}
        self.fields["title"].help_text = f"In your own words: fewer than {LENGTH} words in a row of the report."

    @property
    def values(self) -> Values:
        self.cleaned_data = {**NO_LETTER, **self.cleaned_data, "source": self.inspection.source}
        return super().values

    @staticmethod
    def initial_of(values: Values) -> Values:
        kind = FindingKind.named(values.get("finding_kind") or "")
        tone = Tone.STRENGTH if kind.is_practice else Tone.SHORTCOMING if kind.must_be_followed_up else ""
        return {
            "about": about_of(values),
            "kind": kind.slug,
            "tone": tone,
            "section": values.get("section"),
            "title": short(values.get("title") or ""),
        }

    def make(self, by: Any) -> Sourced:
        return enter_finding(self.inspection, self.values, by=by)


class RecommendationProposal(RecommendationForm):
    """Of one of the findings that were accepted before it."""

    finding = forms.ModelChoiceField(Finding.objects.none(), label="Of the finding", empty_label="Choose a finding")
    field_order = ("finding",)

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        del self.fields["source"]
        fields: Any = self.fields
        fields["finding"].queryset = Finding.objects.filter(inspection=self.inspection)

    @property
    def values(self) -> Values:
        self.cleaned_data["source"] = self.inspection.source
        return super().values

    @staticmethod
    def initial_of(values: Values) -> Values:
        return {
            "number": values.get("number") or 1,
            "text": short(values.get("text") or ""),
            "addressed_to": Organisation.objects.filter(slug=values.get("addressed_to") or "").first(),
            "due_on": values.get("due_on"),
            "due_precision": values.get("due_precision") or DuePrecision.NONE,
            "due_as_published": (values.get("due_as_published") or "")[:60],
        }

    def make(self, by: Any) -> Sourced:
        return enter_recommendation(self.cleaned_data["finding"], self.values, by=by)


class FigureProposal(FigureForm):
    @staticmethod
    def initial_of(values: Values) -> Values:
        named = ("value", "value_to", "unit", "qualifier", "step", "period_from", "period_to", "period_words", "as_at")
        return {
            **{name: values.get(name) for name in named},
            "about": about_of(values),
            "measure": Measure.objects.filter(slug=values.get("measure") or "").first(),
            "said_by": values.get("said_by") or SaidBy.INSPECTORATE,
            "note": capfirst(short(values.get("noun") or "")),
        }

    def make(self, by: Any) -> Sourced:
        return enter_figure(self.inspection, self.values, by=by)


ProposalForm = GradingProposal | FindingProposal | RecommendationProposal | FigureProposal
"""What becomes of one proposal: ``initial_of`` its values is what the form begins with, and ``make`` has the services
write its record, whose document is the inspection's.
"""
FORMS: dict[str, type[ProposalForm]] = {
    ProposalKind.GRADING: GradingProposal,
    ProposalKind.FINDING: FindingProposal,
    ProposalKind.RECOMMENDATION: RecommendationProposal,
    ProposalKind.FIGURE: FigureProposal,
}
"""The kinds of which records are made, in the order in which a review takes them best."""


def form_of(
    fact: ProposedFact,
    data: Any = None,
    *,
    inspection: Inspection,
    bodies: Sequence[Organisation],
    user: User,
) -> ProposalForm:
    """The form of a proposal: of the finding that it belongs to, and with the headings above its passage in short."""
    form, headings = FORMS[fact.kind], [Truncator(heading).words(LENGTH - 2) for heading in path_of(fact)[:2]]
    locator = " › ".join([*headings, fact.place])[-LONGEST_LOCATOR:]
    own = {"locator": locator, "finding": finding_of(fact), "order": fact.number}
    initial = form.initial_of(fact.values) | own
    return form(data, inspection=inspection, bodies=bodies, user=user, initial=initial)


def as_sent(form: ProposalForm) -> ProposalForm:
    """The form as somebody would send it who changes nothing."""
    form.data, form.is_bound = {form.add_prefix(name): form[name].value() for name in form.fields}, True
    return form


def short(text: str) -> str:
    """The text where it is too short to be copied, without what joins it to the next of a list; else nothing."""
    text = re.sub(r"\s*[;,]?\s*(?:;|\b(?:and|or))?\s*$", "", text)
    return capfirst(text) if len(words_of(text)) < LENGTH else ""


def about_of(values: Values) -> str:
    return values.get("organisation") or (
        REGION if values.get("region") else NATIONAL if values.get("national") else ""
    )
