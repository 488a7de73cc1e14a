"""One threat in words: what it was over time, and how it was scored."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from disruptions.choices import Size
from disruptions.columns.models import THREAT_COLUMNS, Kind
from disruptions.extracts.pages import loaded_by, provenance
from disruptions.standpoint.forms import AsAtSet
from disruptions.standpoint.queries import Standpoint, standpoint
from disruptions.threat_page.charts import charts_of
from disruptions.threat_page.queries import ThreatFacts, of_threat
from disruptions.threats.models import MorileAssessment, Threat, ThreatState
from disruptions.threats.pages import NO_OWNER
from soc_tracker.core.access.models import Sight, sight_of
from soc_tracker.core.lists.columns import Column, in_page_words
from soc_tracker.core.lists.paging import sections_of
from soc_tracker.core.reports import Makers, ReportPage, ready
from soc_tracker.core.text.days import to_words
from soc_tracker.core.text.normal import key_of
from soc_tracker.core.trail.services import record_reading


@dataclass(frozen=True)
class StateEvent:
    """One state of a threat for the timeline."""

    when: str
    title: str
    text: str
    url: str


def summary(threat: Threat, sight: Sight) -> list[tuple]:
    """What the record says of the threat itself, whatever the day."""
    lines: list[tuple] = []
    for column in THREAT_COLUMNS:
        if column.model is Threat and column.name not in ("reference", "name"):
            lines.append((column.label or column.heading, column.read(threat)))
            if column.kind is Kind.BODY:
                owner = threat.organisation
                lines[-1] = ("Owner", owner.name, owner.get_absolute_url()) if owner else ("Owner", NO_OWNER)
    first = ("Type when first named", threat.get_first_type_display())
    return [*lines, first, ("Where it comes from", *provenance(threat.extract, threat.extract_line, sight))]


def standing(facts: ThreatFacts, standpoint: Standpoint) -> str:
    """What the threat was on the day, in one sentence."""
    state = facts.standing
    if state is None:
        return f"Nothing on record says what it was on {standpoint.words}: it is on no master list of that day."
    listed = "is on" if facts.on_master_list else "is not on"
    return f"On {standpoint.words}: {in_short(state)}. It {listed} the master list of that day."


def state_events(facts: ThreatFacts, sight: Sight) -> list[StateEvent]:
    """The states, latest first, each with what is unlike the one before it, and who stored it: a person, or the
    extract that somebody loaded.
    """
    columns = [each for each in THREAT_COLUMNS if each.model is ThreatState and each.name != "valid_from"]
    events = []
    for state, before in zip(facts.states, [*facts.states[1:], None], strict=False):
        source, url, added = "", "", facts.additions.get(state.pk)
        if state.extract:
            loaded = in_page_words(state.extract.loaded_at)
            words, url = provenance(state.extract, None, sight)
            source = f"From {words}; loaded on {loaded} by {loaded_by(state.extract)}."
        elif added:
            source = f"Entered on {in_page_words(added.when)} by {added.who}: {added.reason}"
        changes = [
            f"{each.field.verbose_name} {in_page_words(each.read(before))} → {in_page_words(each.read(state))}"
            for each in columns
            if before and each.read(before) != each.read(state)
        ]
        events.append(
            StateEvent(
                when=to_words(state.valid_from, state.valid_to - timedelta(days=1) if state.valid_to else None),
                title=in_short(state),
                text=f"Changed: {'; '.join(changes)}. {source}" if changes else source,
                url=url,
            )
        )
    return events


def in_short(state: ThreatState) -> str:
    parts = [
        state.get_type_display(),
        f"tier {state.tier}" if state.tier else "no tier given",
        f"phase “{state.phase}”" if state.phase else "no phase given",
        state.get_assessment_type_display().lower(),
        state.get_moderation_display().lower(),
        "SOC" if state.is_soc else "not SOC",
    ]
    return ", ".join(parts)


DISRUPTION_COLUMNS = (
    Column("reference", "Disruption", lambda row: row.reference, lambda row: row.get_absolute_url()),
    Column("activity_date", "Activity", lambda row: row.activity_date),
    Column("four_p", "4P", lambda row: row.get_four_p_display()),
    Column("size", "Size", lambda row: row.get_size_display(), tag=lambda row: Size(row.size).tag),
    Column("organisation", "Body", lambda row: row.organisation.name, lambda row: row.organisation.get_absolute_url()),
    Column("involvement", "Lead or support", lambda row: row.get_involvement_display(), wide_only=True),
    Column("added_date", "Added", lambda row: row.added_date, wide_only=True),
)


# One threat until a day that the reader sets, with its charts as files.


class ThreatPage(ReportPage):
    """A threat that the user may not see gets the same 404 as one that does not exist."""

    permission = "disruptions.read_record"
    template_name = "disruptions/threat_detail.html"
    filterset_class = AsAtSet
    parameters = sections_of("assessments")
    parents = (("SOC threats", "disruptions:threat_list"),)
    files = "disruptions:threat_chart_csv"

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self.threat)

    subject = title

    @property
    def filter_words(self) -> str:
        return f"Threat: {self.threat.reference}"

    @property
    def as_at(self) -> date:
        return self.standpoint.day

    def rows_for(self, user: AbstractUser | AnonymousUser) -> QuerySet:
        return Threat.objects.none()  # the filter only says as at which day

    @cached_property
    def threat(self) -> Threat:
        threats = Threat.objects.visible_to(self.request.user).for_list().select_related("extract")
        return get_object_or_404(threats, reference_key=key_of(self.kwargs["reference"]))

    @cached_property
    def standpoint(self) -> Standpoint:
        """Of no day that is asked for, the last of which threats are known, as in their lists, or disruptions where
        that is later; months of which no disruptions are known stay "not loaded".
        """
        day = self.filter.given.get("as_at")
        known = standpoint(sight=sight_of(self.request.user), kind=self.threat.kind_of_data, day=day, today=self.today)
        return known if day or not known.threats else replace(known, day=max(known.day, known.threats))

    @cached_property
    def facts(self) -> ThreatFacts:
        query = {"threat": self.threat.reference, "data": self.standpoint.kind}
        if not self.standpoint.is_latest:
            query["as_at"] = self.standpoint.day.isoformat()
        disruptions_url = f"{reverse('disruptions:disruption_list')}?{urlencode(query)}"
        return of_threat(self.request.user, self.threat, self.standpoint, disruptions_url, params=self.request.GET)

    def list_reports(self) -> Makers:
        return ready(charts_of(self.threat, self.facts, self.standpoint))

    def context(self) -> dict[str, Any]:
        record_reading(self.threat)
        return super().context() | {
            "threat": self.threat,
            "standpoint": self.standpoint,
            "kinds": (),
            "facts": self.facts,
            "marking": self.threat.get_marking_display(),
            "summary": summary(self.threat, self.standpoint.sight),
            "standing": standing(self.facts, self.standpoint),
            "events": state_events(self.facts, self.standpoint.sight),
            "assessment_columns": [
                Column(each.name, each.heading, each.read, numeric=each.kind is Kind.SCORE)
                for each in THREAT_COLUMNS
                if each.model is MorileAssessment
            ],
            "disruption_columns": DISRUPTION_COLUMNS,
            "changes": self.facts.changes,
        }
