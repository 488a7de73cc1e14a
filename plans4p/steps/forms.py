"""The steps that a plan takes, each a form that says who takes it, at which stages, and what it writes."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

import rules
from django import forms
from django.core.exceptions import ValidationError

from disruptions.choices import DataKind
from plans4p.aims.models import Action
from plans4p.choices import OPEN, RUNNING, ActionStatus, PlanResult, PlanStatus, ReviewKind
from plans4p.directory.queries import OFFICER_FINDER
from plans4p.likeness.queries import get_copies
from plans4p.likeness.services import compare_now
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.plans.services import (
    PLANS,
    begin_review,
    change_owner,
    close_plan,
    name_deputies,
    reopen_plan,
    review_plan,
)
from plans4p.signatures.queries import list_signers
from plans4p.signatures.services import approve, ask_to_sign, decline_to_sign
from soc_tracker.core.lists.lookups import LookupField
from soc_tracker.core.records.forms import LOST_VERSION, ServiceForm, VersionField
from soc_tracker.core.text.days import DayField, in_words
from soc_tracker.core.text.normal import TextField

WRITE, SIGN, DECLINE, REVIEW, PASS_ON = (
    *("plans4p.write_plan", "plans4p.sign_plan", "plans4p.decline_to_sign", "plans4p.review_plan"),
    "plans4p.change_owner",
)


def text(label: str, required: str, help_text: str = "", rows: int = 3) -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


WHY = ("Why?", "Say why: the reason is kept with the change.")


class StepForm(ServiceForm, forms.Form):
    """``plan`` and ``today`` bound what may be chosen; days in the future are refused where a thing has happened.

    ``read`` is the fingerprint of the plan with its parts on the page that was read, by ``user``.
    ``is_to_sign``: a plan that says what was signed takes the step only where it is under review.
    ``success`` is the message once it is taken. ``service`` takes it, with the fields of the form by name.
    """

    title: ClassVar[str]
    button: ClassVar[str]
    success: ClassVar[str]
    permission: ClassVar[str] = WRITE
    stages: ClassVar[tuple[PlanStatus, ...]] = OPEN
    service: ClassVar[Callable[..., Any]]
    is_warned = is_read_first = is_to_sign = False
    do_not_call_in_templates = True

    version = VersionField()

    def __init__(self, data: Any = None, *, plan: Plan, today: date, read: str, user: Any) -> None:
        self.plan, self.today, self.user, self.fingerprint = plan, today, user, read
        super().__init__(data, initial={"version": plan.version, "on": today, "read": read})

    def submit(self, write: Callable[[], Any]) -> bool:
        """Sent again, it is about the plan as the answer shows it."""
        is_done = super().submit(write)
        if not is_done:
            entered: Any = self.data
            again = entered.copy()
            again["read"] = self.fingerprint
            self.data = again
        return is_done

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(f"Choose a day up to today, {in_words(self.today)}.")
        return day

    def take(self) -> None:
        """Take the step with what was entered. Raises what its service raises."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        type(self).service(self.plan, **values, by=self.user, expected_version=self.cleaned_data["version"])


class ApproveForm(StepForm):
    """There is nothing to fill in but why a plan with copied actions is signed: the answers are on the page.

    A plan that was not compared with others yet is compared before it is signed.
    """

    title, button, success = "Sign the plan", "Sign and start the plan", "The plan is signed and runs."
    permission, is_read_first, is_to_sign = SIGN, True, True

    copies_reason = text(
        "Why do you sign it with copied actions?",
        "Say why it is signed although some of its actions also stand in other plans.",
        "They are named above. The reason stands beside the signature.",
        rows=2,
    )
    read = forms.CharField(widget=forms.HiddenInput, error_messages={"required": LOST_VERSION})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_compared = not self.is_bound or compare_now(self.plan)
        if not get_copies(self.user, self.plan):
            del self.fields["copies_reason"]

    def clean(self) -> None:
        if not self.is_compared:
            raise ValidationError("Its wording is being compared with that of other plans. Sign it in a minute.")

    def take(self) -> None:
        read, version = self.cleaned_data["read"], self.cleaned_data["version"]
        reason = self.cleaned_data.get("copies_reason", "")
        approve(self.plan, read=read, copies_reason=reason, today=self.today, by=self.user, expected_version=version)


class AskForm(StepForm):
    """Whom to ask: those who may sign the plan."""

    title, button = "Ask somebody to sign", "Ask them to sign"
    success = "They find it on their page “My plans”, and in their reminders."
    is_to_sign = True

    to = forms.ModelChoiceField(
        LeadOfficer.objects.none(),
        label="Whom do you ask?",
        help_text="Officers of the plan’s body with an account who have written none of it since it was signed.",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose whom you ask.", "invalid_choice": "Choose an officer from the list."},
    )
    note = text("What should they know?", "", "They see it beside the plan. You may leave it empty.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = False
        field: Any = self.fields["to"]
        field.queryset = list_signers(self.plan)

    def take(self) -> None:
        to, note = self.cleaned_data["to"], self.cleaned_data["note"]
        ask_to_sign(self.plan, to, note=note, by=self.user, today=self.today)


class DeclineForm(StepForm):
    """For whom somebody asked to sign the plan, and to whom they say why not."""

    title, button = "Decline to sign", "Decline to sign"
    success = "You have declined to sign; who asked you sees why."
    permission, is_to_sign = DECLINE, True

    reason = text("Why do you not sign it?", "Say why, so that it can be mended.", "Who asked you sees it.")

    def take(self) -> None:
        request = self.plan.signature_requests.waiting().filter(to=self.user).first()
        if request is None:
            raise ValidationError("You have answered already.")
        decline_to_sign(request, reason=self.cleaned_data["reason"], by=self.user, today=self.today)


class DeputiesForm(StepForm):
    title, button, success = "Name deputies", "Save the deputies", "The deputies are named."
    permission = PASS_ON
    service = name_deputies

    deputies = forms.ModelMultipleChoiceField(
        LeadOfficer.objects.none(),
        label="Who writes the plan beside its owner?",
        help_text="Officers of the plan’s body. Whoever writes a part of the plan cannot sign it then.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = text(*WHY, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["deputies"] = list(self.plan.deputies.values_list("pk", flat=True))
        officers = LeadOfficer.objects.visible_to(self.user).of_kind(DataKind(self.plan.kind_of_data)).in_role()
        officers = officers.filter(organisation=self.plan.organisation_id).exclude(pk=self.plan.owner_id or 0)
        field: Any = self.fields["deputies"]
        field.queryset = officers.order_by("name", "pk")


class OwnerForm(StepForm):
    title, button, success = "Change the owner", "Change the owner", "The plan has a new owner."
    permission = PASS_ON
    service = change_owner

    owner = LookupField(
        LeadOfficer.objects.none(),
        OFFICER_FINDER,
        label="New owner",
        error_messages={"required": "Choose the new owner."},
    )
    on = DayField(label="From which day")
    reason = text(*WHY, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = LeadOfficer.objects.visible_to(self.user).of_kind(DataKind(self.plan.kind_of_data)).in_role()
        field: Any = self.fields["owner"]
        field.rows = officers.exclude(pk=self.plan.owner_id or 0).select_related("organisation")


class BeginReviewForm(StepForm):
    title, button = "Take the plan under review", "Take under review"
    success = "The plan is under review."
    stages = (PlanStatus.ACTIVE,)
    service = begin_review

    reason = text(*WHY, rows=2)


class ReviewForm(StepForm):
    title, button, success = "Write a review down", "Save the review", "The review is on record."
    permission = REVIEW
    service = review_plan

    kind = forms.TypedChoiceField(
        label="Whose look it is",
        choices=ReviewKind.choices,
        coerce=ReviewKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose look it is."},
    )
    on = DayField(label="When")
    checked = text("What was checked", "Say what was checked.")
    changes = text("What changes because of it", "Say what changes. “Nothing” is an answer.")
    next_due = DayField(label="Next review due", help_text="Required of the owner’s review.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        if not rules.has_perm(WRITE, self.user, self.plan):
            field.choices = [choice for choice in field.choices if choice[0] == ReviewKind.SECOND_PERSON]
            self.initial["kind"] = ReviewKind.SECOND_PERSON
            del self.fields["next_due"]  # the owner's review says it


class CloseForm(StepForm):
    """Names each action that is still open, and asks what becomes of it."""

    title, button, success = "Close the plan", "Close the plan", "The plan is closed."
    stages = RUNNING
    becomes: ClassVar = (
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
    learning = text("What was learned", "Say what was learned, so that the next plan is better.")
    on = DayField(label="Closed on")
    reason = text(*WHY, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actions = Action.objects.filter(aim__plan=self.plan).not_ended().order_by("aim", "due_on", "pk")
        self.actions = list(actions)
        for action in self.actions:
            self.fields[f"becomes_{action.pk}"] = forms.ChoiceField(
                label=f"Still open: {action.description}",
                choices=self.becomes,
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

    def take(self) -> None:
        entered = self.cleaned_data
        ends = {
            action.pk: (ActionStatus(entered[f"becomes_{action.pk}"]), entered[f"outcome_{action.pk}"])
            for action in self.actions
        }
        values = {name: entered[name] for name in ("result", "learning", "on", "reason")}
        close_plan(self.plan, **values, ends=ends, by=self.user, expected_version=entered["version"])


class ReopenForm(StepForm):
    title, button = "Reopen the plan", "Reopen the plan"
    success = "The plan is open again, and under review."
    stages = (PlanStatus.CLOSED,)
    service = reopen_plan

    reason = text(*WHY, rows=2)


class RemoveForm(StepForm):
    title, button, success = "Remove the draft", "Remove", "The draft is removed. Its history is kept."
    stages, is_warned = (PlanStatus.DRAFT,), True
    service = PLANS.remove

    reason = text(*WHY, rows=2)


STEPS: dict[str, type[StepForm]] = {
    "approve": ApproveForm,
    "ask": AskForm,
    "decline": DeclineForm,
    "deputies": DeputiesForm,
    "owner": OwnerForm,
    "begin-review": BeginReviewForm,
    "review": ReviewForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "remove": RemoveForm,
}
"""By the word that stands in their addresses."""
