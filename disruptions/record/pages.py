"""One disruption in words: what the record says of it, what it said before, and where that comes from."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

import rules
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
from disruptions.record.forms import ChangeForm, correction_form
from disruptions.record.models import Disruption
from disruptions.record.queries import DISRUPTIONS, LINKS, THREATS, DisruptionFacts, Spell, of_disruption
from disruptions.record.services import correct_disruption, reinstate_disruption, withdraw_disruption
from disruptions.standpoint.forms import AsAtSet
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threats.models import Threat
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.lookups import suggestions
from soc_tracker.core.lists.pages import Page
from soc_tracker.core.records.forms import ServiceForm
from soc_tracker.core.text.days import in_words, to_words


class SpellShown(NamedTuple):
    """One state for the timeline."""

    when: str
    title: str
    differences: tuple
    source: str
    source_url: str


def summary(row: Disruption) -> list[tuple]:
    """A state of a disruption, label by label."""
    lines: list[tuple] = []
    for column in DISRUPTION_COLUMNS:
        value = getattr(row, column.name)
        if column.kind is Kind.REFERENCE or (column.name == "supported" and row.involvement == Involvement.LEAD):
            continue
        if column.kind in (Kind.BODY, Kind.THREAT) and value:
            name = value.name if column.kind is Kind.BODY else str(value)
            lines.append((column.title, name, value.get_absolute_url()))
        else:
            lines.append((column.title, str(value) if column.field.is_relation and value else column.word(value)))
    then = ("Threat type then", row.get_threat_type_display())
    return [*lines, then, ("Where it comes from", *provenance(row))]


def provenance(row: Disruption) -> tuple[str, str]:
    """The extract and its row that the values came with, and the extract's page."""
    if not row.extract:
        return "Entered on this site", ""
    line = f", row {row.extract_line:,}" if row.extract_line else ""
    day = in_words(row.extract.as_at)
    return f"{row.extract.file_name}{line}, as at {day}", row.extract.get_absolute_url()


def standing(disruption: Disruption, facts: DisruptionFacts, standpoint: Standpoint) -> str:
    """Whether the record has it on the day, where that is not plain."""
    withdrawn = disruption.withdrawn_on
    if facts.shown is None and facts.spells[-1].first > standpoint.day:
        first = in_words(facts.spells[-1].first)
        return f"Not on record as at {standpoint.words}: it became known on {first}."
    if facts.shown is None:
        since = f" It was withdrawn on {in_words(withdrawn)}." if withdrawn else ""
        return f"Not on record as at {standpoint.words}: no figure of that day counts it.{since}"
    if withdrawn:
        return f"Withdrawn on {in_words(withdrawn)}: no figure from that day on counts it."
    if facts.shown is not facts.spells[0]:
        last = in_words(_last(facts.shown) or standpoint.day)
        return f"This is what the record said until {last}. It has been corrected since."
    return ""


def spells_shown(facts: DisruptionFacts) -> list[SpellShown]:
    """The states, the latest first, each with what it says otherwise than the one before it."""
    spells = []
    for spell in facts.spells:
        row, verb = spell.row, "Added" if spell is facts.spells[-1] else "Restated"
        words = (row.get_four_p_display(), row.get_size_display().lower(), row.get_involvement_display().lower())
        when = to_words(spell.first, _last(spell))
        spells.append(SpellShown(when, f"{verb}: {', '.join(words)}", spell.changed, *provenance(row)))
    return spells


def _last(spell: Spell) -> date | None:
    return spell.after - timedelta(days=1) if spell.after else None


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

    permission = "disruptions.read_record"
    write_permission = CHANGE
    template_name = "disruptions/disruption_detail.html"
    filterset_class = AsAtSet
    parents = (("Disruptions", "disruptions:disruption_list"),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.answered: dict[str, ServiceForm] = {}

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.disruption.reference

    def post(self, request: HttpRequest, reference: str) -> HttpResponseBase:
        what = request.POST.get("do", "")
        if what not in self._forms():
            return self.answer(status=400)
        form = self.answered[what] = self._forms(request.POST)[what]
        if form.is_valid() and form.submit(lambda: self.write(what, form)):
            messages.success(request, DONE[what])
            return redirect(self.disruption)
        self.disruption = self._rows.get(pk=self.disruption.pk)  # as it stands now
        return self.answer(status=form.status)

    @cached_property
    def disruption(self) -> Disruption:
        """The row as it is now, which keeps its reference for good."""
        return get_object_or_404(self._rows, reference=self.kwargs["reference"])

    @property
    def _rows(self) -> QuerySet[Disruption]:
        return Disruption.objects.visible_to(self.request.user).current().select_related(*LINKS)

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet[Disruption]:
        return Disruption.objects.none()  # the filter only says as at which day

    @cached_property
    def standpoint(self) -> Standpoint:
        day = None if self.problems else self.filter.given.get("as_at")
        return standpoint(kind=self.disruption.kind_of_data, day=day, today=self.today)

    @cached_property
    def may_change(self) -> bool:
        return bool(rules.has_perm(CHANGE, self.request.user))

    def context(self) -> dict[str, Any]:
        facts = of_disruption(self.disruption, self.standpoint.day)
        return super().context() | {
            "disruption": self.disruption,
            "standpoint": self.standpoint,
            "kinds": (),
            "shown": facts.shown,
            "summary": summary(facts.shown.row) if facts.shown else [],
            "standing": standing(self.disruption, facts, self.standpoint),
            "spells": spells_shown(facts),
            "changes": facts.changes,
            "forms": {**self._forms(), **self.answered} if self.may_change else {},
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
