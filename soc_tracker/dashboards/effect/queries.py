"""The measure that a finding is about, before and after it was published: of its body, of its peers, and what else
happened then. It says what came after, never why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from disruptions.measures.queries import Counts, Share, lead_counts, together
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.queries import last_day_reached
from forces.models import Organisation
from inspections.escalation.models import MonitoringPeriod
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.requirements.models import Step
from soc_tracker.core.text.days import Period, in_words, month_after, months_between, span, to_words
from soc_tracker.dashboards.agreement.queries import RECOMPUTED, FromDisruptions, ShareOfDisruptions

User = AbstractBaseUser | AnonymousUser
MOST, FEWEST = 12, 3
"""Months on either side: at most a year, and fewer than three say nothing."""
EVENTS = 50


@dataclass(frozen=True)
class Spans:
    """As many whole months before the publication as after it. ``lag`` is how many days after its end each is looked
    at, so that what is added late is missing on both sides alike.
    """

    before: Period
    after: Period
    months: int
    lag: timedelta


def spans_of(published: Period, reached: date) -> Spans | None:
    """Around the days on which a report may have been published; None where fewer than FEWEST months after are over."""
    first_after, after_before = month_after(published.last), published.first.replace(day=1)
    months = min(MOST, months_between(first_after, month_after(reached + timedelta(days=1), 0)))
    if months < FEWEST:
        return None
    after = Period(first_after, month_after(first_after, months) - timedelta(days=1))
    before = Period(month_after(after_before, -months), after_before - timedelta(days=1))
    return Spans(before, after, months, reached - after.last)


@dataclass(frozen=True)
class Side:
    """A measure of one body, or of several together, before and after; None where it has no records in the span."""

    name: str
    url: str
    before: Share | int | None
    after: Share | int | None

    @property
    def moved(self) -> int | None:
        """1 where it rose, -1 where it fell, 0 where it is the same; None where either is not known."""
        if self.before is None or self.after is None:
            return None
        before, after = (each.of_one if isinstance(each, Share) else each for each in (self.before, self.after))
        return (after > before) - (after < before)  # type: ignore[operator]  # of a share that has records

    @property
    def sentence(self) -> str:
        if self.before is None or self.after is None:
            return f"{self.name} has no records in one of the two spans, so nothing can be compared."
        values = f"{self.name}: {value_in_words(self.before)} before, {value_in_words(self.after)} after."
        if isinstance(self.before, Share) and isinstance(self.after, Share):
            one, other = self.before.interval, self.after.interval
            apart = one and other and (one.high < other.low or other.high < one.low)
            words = "do not overlap" if apart else "overlap, so that chance alone may explain it"
            return f"{values} Their 95% intervals {words}."
        return values


def value_in_words(value: Share | int | None) -> str:
    """ "21% (30 of 143)", "1,250" or "no records"."""
    if isinstance(value, Share):
        return f"{value.percent}% ({value.x:,} of {value.n:,})"
    return "no records" if value is None else f"{value:,}"


@dataclass(frozen=True)
class Event:
    on: date
    what: str
    url: str


@dataclass(frozen=True)
class Effect:
    """``figures_before`` are the published ones of the body from before, and of days that are not known. ``own``,
    ``peers`` and ``all_peers`` are of the record; None and empty where it cannot say, and ``why_not`` says why.
    """

    figures_before: list[PublishedFigure]
    figures_after: list[PublishedFigure]
    spans: Spans | None
    own: Side | None
    peers: list[Side]
    all_peers: Side | None
    why_not: str
    events: list[Event]

    @property
    def peers_in_words(self) -> str:
        """How many of the peers rose and fell, and what they come to together."""
        moved = [side.moved for side in self.peers if side.moved is not None]
        if not moved or self.all_peers is None:
            return "No other body of its kind in your reach has records in both spans."
        rose, fell = moved.count(1), moved.count(-1)
        others = "1 other" if len(moved) == 1 else f"{len(moved)} others"
        moves = f"Of {others} of its kind with records in both spans it rose in {rose} and fell in {fell}."
        return f"{moves} {self.all_peers.sentence}"


def get_effect(user: User, point: Standpoint, finding: Finding, today: date) -> Effect:
    """Of a finding that names a measure."""
    published = published_in(finding)
    spans = comparable_spans(point, finding)
    own, peers, all_peers = _sides(user, point, finding, spans, today) if isinstance(spans, Spans) else (None, [], None)
    figures = (
        PublishedFigure.objects.visible_to(user)
        .filter(measure=finding.measure, organisation=finding.organisation_id, region=finding.region_id)
        .for_list()
        .by_measure()[:EVENTS]
    )
    before, after = list[PublishedFigure](), list[PublishedFigure]()
    for figure in figures:
        day = figure.as_at or figure.period_to
        (after if published and day and day > published.last else before).append(figure)
    first_of_year = date(finding.inspection.programme.year, 1, 1)
    begin = spans.before.first if isinstance(spans, Spans) else published.first if published else first_of_year
    return Effect(
        figures_before=before,
        figures_after=after,
        spans=spans if isinstance(spans, Spans) else None,
        own=own,
        peers=peers,
        all_peers=all_peers,
        why_not=spans if isinstance(spans, str) else "",
        events=list_events(user, finding, begin, today),
    )


def published_in(finding: Finding) -> Period | None:
    """The days on which its report may have been published."""
    on = finding.inspection.published_on
    return span(on, finding.inspection.published_precision) if on else None


def comparable_spans(point: Standpoint, finding: Finding) -> Spans | str:
    """The spans in which the record has its measure before and after, or why there are none, in a sentence."""
    body, published, reached = finding.organisation, published_in(finding), last_day_reached(point)
    if recomputation_of(finding) is None:
        return "The record here does not count this measure: published figures alone can show it."
    if body is None:
        return "The record is compared of single bodies, and this finding is about a region."
    if not point.sight.sees(body.pk):
        return f"What is on record of {body} is outside your reach."
    if published is None:
        return "No day of publication is known, so there is no before and no after."
    if reached is None:
        return "No disruptions are on record."
    known = f"the record is known until {in_words(reached)}"
    few = f"Fewer than {FEWEST} whole months after publication ({finding.inspection.published}) are over: {known}."
    return spans_of(published, reached) or few


def recomputation_of(finding: Finding) -> FromDisruptions | ShareOfDisruptions | None:
    """How the record counts the finding's measure; None where it does not."""
    how = RECOMPUTED.get(finding.measure.slug) if finding.measure else None
    return how if isinstance(how, FromDisruptions | ShareOfDisruptions) else None


def _sides(user: User, point: Standpoint, finding: Finding, spans: Spans, today: date) -> tuple[Side, list[Side], Side]:
    """The body's own, those of each of its kind that the reader sees, and theirs together, where these have both."""
    body, how = cast(Organisation, finding.organisation), recomputation_of(finding)
    kind = Organisation.objects.visible_to(user).valid_on(today).filter(kind=body.kind).exclude(pk=body.pk)
    peers = {each.pk: each for each in kind.order_by("name", "pk") if point.sight.sees(each.pk)}
    before, after = (
        lead_counts(replace(point, day=days.last + spans.lag), [body.pk, *peers], days.first, days.last)
        for days in (spans.before, spans.after)
    )

    def side(name: str, url: str, keys: Iterable[int]) -> Side:
        values = [_value(how, together(counts[key] for key in keys)) for counts in (before, after)]
        return Side(name, url, *values)

    own = side(body.short_name, body.get_absolute_url(), [body.pk])
    sides = {key: side(each.short_name, each.get_absolute_url(), [key]) for key, each in peers.items()}
    both = [key for key, each in sides.items() if each.moved is not None]
    return own, [sides[key] for key in both], side("All of these together", "", both)


def _value(how: FromDisruptions | ShareOfDisruptions | None, counts: Counts) -> Share | int | None:
    if not counts.n or how is None:
        return None
    return counts.share(how.four_p) if isinstance(how, ShareOfDisruptions) else how.number(counts)


def list_events(user: User, finding: Finding, begin: date, today: date) -> list[Event]:
    """What else is known to have happened to the body since a day, the oldest first."""
    events = [
        Event(step.on, f"Step: {step.status.label}. {step.note}".strip(), finding.get_absolute_url())
        for step in Step.objects.visible_to(user).filter(requirement__finding=finding, on__gte=begin)[:EVENTS]
        if step.on
    ]
    if body := finding.organisation:
        watched = MonitoringPeriod.objects.visible_to(user).filter(organisation=body)
        for period in watched.filter(Q(started_on__gte=begin) | Q(ended_on__gte=begin))[:EVENTS]:
            days: Mapping[str, date | None] = {"begins": period.started_on, "ends": period.ended_on}
            url = f"{body.get_absolute_url()}inspections/#monitoring"
            events += [
                Event(on, f"{period.stage.label} {what}", url) for what, on in days.items() if on and on >= begin
            ]
        graded = Grading.objects.visible_to(user).about_soc().filter(organisation=body)
        graded = graded.filter(inspection__published_on__gte=begin).select_related("inspection__programme")
        for grading in graded.order_by("inspection__published_on", "pk")[:EVENTS]:
            what = f"Graded {grading.grade.label.lower()}, {grading.inspection.programme}"
            events.append(Event(grading.inspection.published_on, what, grading.get_absolute_url()))  # type: ignore[arg-type]
    return sorted((each for each in events if each.on <= today), key=lambda each: (each.on, each.what))


def spans_in_words(spans: Spans) -> str:
    """ "1 May to 31 October 2023, and 1 December 2023 to 31 May 2024", each with its number of months."""
    before, after = (to_words(days.first, days.last) for days in (spans.before, spans.after))
    return f"{spans.months} months before publication ({before}) and {spans.months} after it ({after})"
