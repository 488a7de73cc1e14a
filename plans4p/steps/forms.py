"""The forms of the steps that a plan takes: each knows the version of the plan on the page that was read."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import rules
from django import forms

from plans4p.aims.models import Action
from plans4p.choices import ActionStatus, PlanResult, ReviewKind
from plans4p.directory.queries import OFFICERS
from plans4p.likeness.queries import copies
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.signatures.queries import signers
from soc_tracker.core.lists.lookups import LookupField
from soc_tracker.core.records.forms import LOST_VERSION, ServiceForm, VersionField
from soc_tracker.core.text.clean import TextField
from soc_tracker.core.text.days import DayField, Precision, in_words


def _text(label: str, required: str, help_text: str = "", rows: int = 3) -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


def _reason() -> TextField:
    return _text("Why?", "Say why: the reason is kept with the change.", rows=2)


class StepForm(ServiceForm, forms.Form):
    """``plan`` and ``today`` bound what may be chosen; days in the future are refused where a thing has happened.

    ``read`` is the fingerprint of the plan with its parts on the page that was read, by ``user``.
    """

    version = VersionField()

    def __init__(self, data: Any = None, *, plan: Plan, today: date, read: str, user: Any) -> None:
        self.plan, self.today, self.user, self.fingerprint = plan, today, user, read
        super().__init__(data, initial={"version": plan.version, "on": today, "read": read})

    def submit(self, write: Callable[[], Any]) -> bool:
        """Sent again, it is about the plan as the answer shows it."""
        is_done = super().submit(write)
        if not is_done:
            self.data = self.data.copy()
            self.data["read"] = self.fingerprint
        return is_done

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(f"Choose a day up to today, {in_words(self.today, Precision.DAY)}.")
        return day


class ApproveForm(StepForm):
    """There is nothing to fill in but why a plan with copied actions is signed: the answers are on the page."""

    copies_reason = _text(
        "Why do you sign it with copied actions?",
        "Say why it is signed although some of its actions also stand in other plans.",
        "They are named above. The reason stands beside the signature.",
        rows=2,
    )

    read = forms.CharField(widget=forms.HiddenInput, error_messages={"required": LOST_VERSION})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not copies(self.plan):
            del self.fields["copies_reason"]


class AskForm(StepForm):
    """Whom to ask: those who may sign the plan."""

    to = forms.ModelChoiceField(
        LeadOfficer.objects.none(),
        label="Whom do you ask?",
        help_text="Officers of the plan’s body with an account who have written none of it since it was signed.",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose whom you ask.", "invalid_choice": "Choose an officer from the list."},
    )
    note = _text("What should they know?", "", "They see it beside the plan. You may leave it empty.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        field: Any = self.fields["to"]
        field.queryset = signers(self.plan)


class DeclineForm(StepForm):
    """Said to who asked."""

    reason = _text("Why do you not sign it?", "Say why, so that it can be mended.", "Who asked you sees it.")


class DeputiesForm(StepForm):
    deputies = forms.ModelMultipleChoiceField(
        LeadOfficer.objects.none(),
        label="Who writes the plan beside its owner?",
        help_text="Officers of the plan’s body. Whoever writes a part of the plan cannot sign it then.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["deputies"] = list(self.plan.deputies.values_list("pk", flat=True))
        officers = LeadOfficer.objects.of_kind(self.plan.kind_of_data).in_role()
        officers = officers.filter(organisation=self.plan.organisation_id).exclude(pk=self.plan.owner_id)
        field: Any = self.fields["deputies"]
        field.queryset = officers.order_by("name", "pk")


class OwnerForm(StepForm):
    owner = LookupField(
        LeadOfficer.objects.none(),
        OFFICERS,
        label="New owner",
        error_messages={"required": "Choose the new owner."},
    )
    on = DayField(label="From which day")
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = LeadOfficer.objects.of_kind(self.plan.kind_of_data).in_role().select_related("organisation")
        field: Any = self.fields["owner"]
        field.rows = officers.exclude(pk=self.plan.owner_id)


class BeginReviewForm(StepForm):
    reason = _reason()


class ReviewForm(StepForm):
    kind = forms.ChoiceField(
        label="Whose look it is",
        choices=ReviewKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose look it is."},
    )
    on = DayField(label="When")
    checked = _text("What was checked", "Say what was checked.")
    changes = _text("What changes because of it", "Say what changes. “Nothing” is an answer.")
    next_due = DayField(label="Next review due", help_text="Required of the owner’s review.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        if not rules.has_perm("plans4p.write_plan", self.user, self.plan):
            field.choices = [choice for choice in field.choices if choice[0] == ReviewKind.SECOND_PERSON]
            self.initial["kind"] = ReviewKind.SECOND_PERSON
            del self.fields["next_due"]  # the owner's review says it

    def clean_kind(self) -> ReviewKind:
        return ReviewKind(self.cleaned_data["kind"])


class CloseForm(StepForm):
    """Names each action that is still open, and asks what becomes of it."""

    BECOMES: ClassVar = (
        (ActionStatus.DONE.value, "It is done"),
        (ActionStatus.DROPPED.value, "It is dropped"),
        (ActionStatus.PASSED_ON.value, "It is passed to another plan, or goes on elsewhere"),
    )

    result = forms.ChoiceField(
        label="What came of it",
        choices=PlanResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    learning = _text("What was learned", "Say what was learned, so that the next plan is better.")
    on = DayField(label="Closed on")
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = Action.objects.filter(aim__plan=self.plan).not_ended().order_by("aim", "due_on", "pk")
        self.actions = list(actions)
        for action in self.actions:
            self.fields[f"becomes_{action.pk}"] = forms.ChoiceField(
                label=f"Still open: {action.description}",
                choices=self.BECOMES,
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose what becomes of “{action}”."},
            )
            self.fields[f"outcome_{action.pk}"] = forms.CharField(
                label=f"What came of “{action}”, why it is dropped, or where it goes on",
                initial=action.outcome,
                max_length=500,
                error_messages={"required": f"Say in a line what came of “{action}”."},
            )
        self.order_fields(["version", *(name for name in self.fields if name.startswith(("becomes_", "outcome_")))])

    @property
    def ends(self) -> dict[int, tuple[ActionStatus, str]]:
        """What becomes of each open action, by key."""
        cleaned = self.cleaned_data
        return {
            action.pk: (ActionStatus(cleaned[f"becomes_{action.pk}"]), cleaned[f"outcome_{action.pk}"])
            for action in self.actions
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned if self.errors else cleaned | {"ends": self.ends}


class ReopenForm(StepForm):
    reason = _reason()


class RemoveForm(StepForm):
    reason = _reason()
