"""Forms of the page of a disruption."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import rules
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from disruptions.choices import Involvement
from disruptions.columns.models import DISRUPTION_COLUMNS, Kind
from disruptions.extracts.pages import provenance
from disruptions.record.models import Disruption
from disruptions.record.queries import DISRUPTIONS, LINKS, THREATS, DisruptionFacts, of_disruption
from disruptions.record.services import correct_disruption, reinstate_disruption, withdraw_disruption
from disruptions.standpoint.forms import AsAtSet, bodies_reached
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.models import Threat
from soc_tracker.core.access.markings import UNMARKED
from soc_tracker.core.access.models import Sight, sight_of
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.lookups import LookupField, suggestions
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.forms import ServiceForm, VersionedForm, VersionField
from soc_tracker.core.text.days import DayField, in_words, to_words
from soc_tracker.core.text.normal import TextField, key_of


class ChangeForm(ServiceForm, forms.Form):
    """From when on, and why."""

    expected_version = VersionField()
    on = DayField(label="From which day", help_text="Figures as at days before it stay as they are.")
    reason = TextField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: the reason is kept with the change."},
    )


class CorrectionForm(VersionedForm, ChangeForm):
    """Other values for a disruption. The service checks them, with all that is on record besides.

    Its fields are the columns of the record: see ``correction_form``.
    """

    threat = LookupField(Threat.objects.none(), THREATS, label="Threat")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_with = {"user": user}
        body: Any = self.fields["organisation"]
        body.queryset = bodies_reached(user)  # somebody who sees both can pass it on to another
        if not sight_of(user).sees(self.instance.threat.organisation_id):
            del self.fields["threat"]  # it cannot be told from others, and stays
            return
        threat: Any = self.fields["threat"]
        threat.rows = Threat.objects.visible_to(user).select_related("organisation")
        self.initial["threat"] = self.instance.threat

    def _post_clean(self) -> None:
        """The stored row is not touched here."""


def correction_form() -> type[CorrectionForm]:
    """The form with a field for each column that may be corrected: all but the reference."""
    columns = [column for column in DISRUPTION_COLUMNS if column.kind is not Kind.REFERENCE]
    long = [column.name for column in columns if column.kind is Kind.TEXT and not column.longest]
    form: Any = forms.modelform_factory(
        Disruption,
        form=CorrectionForm,
        fields=[column.name for column in columns],
        labels={column.name: column.label or column.heading for column in columns},
        field_classes={column.name: DayField for column in columns if column.kind is Kind.DAY},
        widgets={name: forms.Textarea(attrs={"rows": 4}) for name in long},
    )
    made: type[CorrectionForm] = form
    return made


# One disruption in words: what the record says of it, what it said before, and where that comes from.


class TimelineSpell(NamedTuple):
    """One state for the timeline."""

    when: str
    title: str
    differences: tuple
    source: str
    source_url: str


def summary(row: Disruption, sight: Sight) -> list[tuple]:
    """A state of a disruption, label by label. Of a threat that is not in sight it has the reference alone."""
    lines: list[tuple] = []
    for column in DISRUPTION_COLUMNS:
        if column.kind is Kind.REFERENCE or (column.name == "supported" and row.involvement == Involvement.LEAD):
            continue
        label, linked = column.label or column.heading, getattr(row, column.name)
        if column.kind is Kind.THREAT and not sight.sees(linked.organisation_id):
            lines.append((label, linked.reference))
            continue
        url = (linked.get_absolute_url(),) if linked and column.kind in (Kind.BODY, Kind.THREAT) else ()
        lines.append((label, column.read(row), *url))
    then = ("Threat type then", row.get_threat_type_display())
    return [*lines, then, ("Where it comes from", *provenance(row.extract, row.extract_line, sight))]


def standing(disruption: Disruption, facts: DisruptionFacts, standpoint: Standpoint) -> str:
    """Whether the record has it on the day, where that is not plain."""
    withdrawn = disruption.withdrawn_on
    if facts.of_day is None and facts.spells[-1].row.known_from > standpoint.day:
        first = in_words(facts.spells[-1].row.known_from)
        return f"Not on record as at {standpoint.words}: it became known on {first}."
    if facts.of_day is None:
        since = f" It was withdrawn on {in_words(withdrawn)}." if withdrawn else ""
        return f"Not on record as at {standpoint.words}: no figure of that day counts it.{since}"
    if withdrawn:
        return f"Withdrawn on {in_words(withdrawn)}: no figure from that day on counts it."
    if facts.of_day is not facts.spells[0]:
        last = in_words(facts.of_day.last or standpoint.day)
        return f"This is what the record said until {last}. It has been corrected since."
    return ""


# One disruption as at a day that the reader sets; analysts and administrators correct and withdraw it there.


CHANGE = "disruptions.change_disruption"
CORRECT, WITHDRAW, REINSTATE = "correct", "withdraw", "reinstate"
DONE = {
    CORRECT: "The disruption has been corrected.",
    WITHDRAW: "The disruption has been withdrawn.",
    REINSTATE: "The disruption is on the record again.",
}
TAKE_OFF: dict[str, Callable[..., Disruption]] = {WITHDRAW: withdraw_disruption, REINSTATE: reinstate_disruption}


class DisruptionPage(Page):
    """A disruption that the user may not see gets the same 404 as one that does not exist."""

    marking = UNMARKED.label
    permission = "disruptions.read_record"
    write_permission = CHANGE
    template_name = "disruptions/disruption_detail.html"
    filterset_class = AsAtSet
    parents = (("Disruptions", "disruptions:disruption_list"),)
    answered: Mapping[str, ServiceForm] = {}
    """What was sent and not written, shown again with what is wrong in it."""

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.disruption.reference

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        what = request.POST.get("do", "")
        if what not in self._forms():
            return self.answer(status=400)
        form = self._forms(request.POST)[what]
        if form.is_valid() and form.submit(lambda: self.write(what, form)):
            messages.success(request, DONE[what])
            return redirect(self.disruption)
        self.answered = {what: form}
        self.disruption = get_object_or_404(self._rows, pk=self.disruption.pk)  # as it stands now
        return self.answer(status=form.status)

    @cached_property
    def disruption(self) -> Disruption:
        """The row as it is now, which keeps its reference for good."""
        return get_object_or_404(self._rows, reference_key=key_of(self.kwargs["reference"]))

    @property
    def _rows(self) -> QuerySet[Disruption]:
        return Disruption.objects.visible_to(self.request.user).current().select_related(*LINKS)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet[Disruption]:
        return Disruption.objects.none()  # the filter only says as at which day

    @cached_property
    def standpoint(self) -> Standpoint:
        day = None if self.problems else self.filter.given.get("as_at")
        return standpoint(
            sight=sight_of(self.request.user), kind=self.disruption.kind_of_data, day=day, today=self.today
        )

    def context(self) -> dict[str, Any]:
        facts = of_disruption(self.disruption, self.standpoint.day, self.standpoint.sight)
        spells = []  # the latest first, each with what it says otherwise than the one before it
        for spell in facts.spells:
            row, verb = spell.row, "Added" if spell is facts.spells[-1] else "Restated"
            words = (row.get_four_p_display(), row.get_size_display().lower(), row.get_involvement_display().lower())
            when, title = to_words(row.known_from, spell.last), f"{verb}: {', '.join(words)}"
            source = provenance(row.extract, row.extract_line, self.standpoint.sight)
            spells.append(TimelineSpell(when, title, spell.changed, *source))
        return super().context() | {
            "disruption": self.disruption,
            "standpoint": self.standpoint,
            "kinds": (),
            "summary": summary(facts.of_day.row, self.standpoint.sight) if facts.of_day else [],
            "standing": standing(self.disruption, facts, self.standpoint),
            "spells": spells,
            "changes": facts.changes,
            "forms": {**self._forms(), **self.answered} if rules.has_perm(CHANGE, self.request.user) else {},
        }

    def _forms(self, data: Any = None) -> dict[str, ServiceForm]:
        """What may be done with the disruption, with the form of each."""
        initial = {"expected_version": self.disruption.version, "on": self.today}
        if self.disruption.withdrawn_on:
            return {REINSTATE: ChangeForm(data, initial=initial, prefix=REINSTATE)}
        about = {"instance": self.disruption, "user": self.request.user, "prefix": CORRECT}
        return {
            CORRECT: correction_form()(data, initial=initial, **about),
            WITHDRAW: ChangeForm(data, initial=initial, prefix=WITHDRAW),
        }

    def write(self, what: str, form: Any) -> None:
        write = {
            "on": form.cleaned_data["on"],
            "by": self.request.user,
            "reason": form.cleaned_data["reason"],
            "expected_version": form.cleaned_data["expected_version"],
        }
        if write["on"] > self.today:
            raise ValidationError({"on": "Choose a day up to today."})
        if what == CORRECT:
            correct_disruption(self.disruption, form.values, **write)
        else:
            TAKE_OFF[what](self.disruption, **write)


# Threats and disruptions that fit what stands in a field so far.


@needs("disruptions.read_record")
@require_safe
def lookup(request: HttpRequest, what: str) -> HttpResponse:
    match what:
        case "threats":
            threats = Threat.objects.visible_to(request.user).select_related("organisation")
            return suggestions(request, THREATS, threats)
        case "disruptions":
            rows = Disruption.objects.visible_to(request.user).current().select_related("organisation")
            return suggestions(request, DISRUPTIONS, rows)
        case _:
            raise Http404(f"Nothing called “{what}” is looked up here.")
