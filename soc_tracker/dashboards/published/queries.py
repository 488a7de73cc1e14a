"""What was published of some bodies: findings with their topics, what must change, practice worth copying."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from forces.models import Organisation, Region
from inspections.choices import TakenIn
from inspections.models import (
    Finding,
    FindingKind,
    Inspection,
    Programme,
    Recommendation,
    RequirementStatus,
)
from soc_tracker.core.reports.report import listing
from soc_tracker.core.text.days import in_words, passed

User = AbstractBaseUser | AnonymousUser
RECOMMENDATIONS = 500
"""Read for one page; far more than the open ones of any region."""


@dataclass(frozen=True, order=True)
class TopicName:
    order: int
    name: str
    slug: str


@dataclass(frozen=True)
class ProgrammeName:
    year: int
    name: str
    slug: str


@dataclass(frozen=True)
class FindingRow:
    """One finding about an organisation, or about a region (``organisation`` None), with the topics it is on.

    ``status`` is where it stands, None where there is nothing to follow up. ``is_whole``: all that its inspection says
    is held here.
    """

    pk: int
    slug: str
    title: str
    kind: FindingKind
    tone: str
    status: RequirementStatus | None
    status_on: date | None
    status_precision: str
    due_on: date | None
    due_precision: str
    organisation: int | None
    programme: ProgrammeName
    published_on: date | None
    published_precision: str
    is_whole: bool
    topics: list[TopicName] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("inspections:finding", args=[self.slug])

    def is_overdue(self, today: date) -> bool:
        """Whether every day that its due date may stand for has passed."""
        return passed(self.due_on, self.due_precision, today)

    def due_in_words(self, today: date) -> str:
        due = in_words(self.due_on, self.due_precision) if self.due_on else "no date given"
        return f"{due} (overdue)" if self.is_overdue(today) else due

    @property
    def published(self) -> str:
        return in_words(self.published_on, self.published_precision) if self.published_on else "on a date not stated"


def list_findings(user: User, bodies: Collection[Organisation], region: Region | None = None) -> list[FindingRow]:
    """Every finding about the bodies, and about the region itself: those of the newest programme first, each in the
    order of its report. One query.
    """
    about = Q(organisation__in=[body.pk for body in bodies])
    about |= Q(region=region) if region else Q()
    rows: Any = Finding.objects.visible_to(user).with_own()
    values = (
        rows.filter(about)
        .order_by("-inspection__programme__year", "inspection__programme__name", "inspection", "order", "pk", "topics")
        .values_list(
            "pk", "slug", "title", "kind", "tone", "own__status", "own__status_on", "own__status_precision",
            "own__due_on", "own__due_precision", "organisation",
            "inspection__programme__year", "inspection__programme__name", "inspection__programme__slug",
            "inspection__published_on", "inspection__published_precision", "inspection__taken_in",
            "topics__order", "topics__name", "topics__slug",
        )
    )  # fmt: skip
    findings: dict[int, FindingRow] = {}
    rest: list[Any]
    for pk, slug, title, kind, tone, status, status_on, status_precision, *rest in values:
        due_on, due_precision, organisation, year, programme, programme_slug = rest[:6]
        published_on, precision, taken_in, *topic = rest[6:]
        row = findings.setdefault(
            pk,
            FindingRow(
                pk=pk,
                slug=slug,
                title=title,
                kind=FindingKind.named(str(kind)),
                tone=tone,
                status=RequirementStatus.named(status) if status else None,
                status_on=status_on,
                status_precision=status_precision,
                due_on=due_on,
                due_precision=due_precision,
                organisation=organisation,
                programme=ProgrammeName(year, programme, programme_slug),
                published_on=published_on,
                published_precision=precision,
                is_whole=TakenIn(taken_in).is_whole,
            ),
        )
        if topic[2] is not None:
            row.topics.append(TopicName(*topic))
    return list(findings.values())


def newest_programmes(findings: Iterable[FindingRow]) -> dict[int | None, ProgrammeName]:
    """The newest programme of which all is held here about each body, else the newest that has a finding about it;
    None stands for the region itself. What is held in part does not push out what is held whole.
    """
    newest: dict[int | None, FindingRow] = {}
    for finding in findings:
        known = newest.get(finding.organisation)
        if known is None or (finding.is_whole, finding.programme.year) > (known.is_whole, known.programme.year):
            newest[finding.organisation] = finding
    return {organisation: finding.programme for organisation, finding in newest.items()}


def of_newest_programmes(findings: Iterable[FindingRow]) -> list[FindingRow]:
    """Each body's findings of that one programme: those of others are not mixed in."""
    rows = list(findings)
    newest = newest_programmes(rows)
    return [finding for finding in rows if finding.programme == newest[finding.organisation]]


class Held(Enum):
    """Why nothing is known of a body: states that are not one another. Only in the last is nothing known to be none."""

    NOT_INSPECTED = "no inspection held here"
    NOT_TAKEN_IN = "inspected, findings not taken in here"
    IN_PART = "inspected, findings taken in here in part"
    WHOLE = "none found"

    @classmethod
    def after(cls, taken_in: str | None) -> "Held":
        """Of a body whose newest inspection is held so far; None where there is no inspection."""
        if taken_in is None:
            return cls.NOT_INSPECTED
        return {TakenIn.EVERYTHING: cls.WHOLE, TakenIn.PART: cls.IN_PART}.get(TakenIn(taken_in), cls.NOT_TAKEN_IN)

    @property
    def no_grade(self) -> str:
        """Why it has no grade here."""
        if self == Held.NOT_INSPECTED:
            return "No inspection held here"
        return "Inspected, no grade given" if self == Held.WHOLE else "Inspected, no grade taken in here"


MEMBER = "region__memberships__organisation"
MEMBER_WHEN_PUBLISHED = (
    Q(region__memberships__valid_from__isnull=True) | Q(region__memberships__valid_from__lte=F("published_on"))
) & (Q(region__memberships__valid_to__isnull=True) | Q(region__memberships__valid_to__gte=F("published_on")))
"""Inspections of a region are of the bodies that were in it on the day of publication."""


def get_coverage(
    user: User, bodies: Collection[Organisation], region: Region | None = None, programme: Programme | None = None
) -> dict[int | None, Held]:
    """What is held of the newest inspection of each body, and of the region itself (None); of a programme, where one is
    given. One query.
    """
    keys = [body.pk for body in bodies]
    inspections = Inspection.objects.visible_to(user).order_by()
    inspections = inspections.filter(programme=programme) if programme else inspections
    ways = [(Q(), "organisation"), (Q(), "gradings__organisation"), (MEMBER_WHEN_PUBLISHED, MEMBER)]
    columns = ("programme__year", "taken_in")
    rows = [inspections.filter(which, **{f"{whom}__in": keys}).values_list(*columns, whom) for which, whom in ways]
    if region:
        itself = Cast(Value(None), BigIntegerField())
        rows.append(inspections.filter(region=region).values_list(*columns, itself))
    held: dict[int | None, Held] = dict.fromkeys([*keys, None], Held.NOT_INSPECTED)
    years: dict[int | None, int] = {}
    for year, taken_in, key in rows[0].union(*rows[1:]):
        best_of_year = year == years.get(key) and TakenIn(taken_in).is_whole
        if key not in years or year > years[key] or best_of_year:
            held[key], years[key] = Held.after(taken_in), year
    return held


GAP_OF_ONE = {
    Held.NOT_TAKEN_IN: "It was inspected, but its findings have not been taken in here.",
    Held.IN_PART: "It was inspected, but not all findings have been taken in here.",
    Held.NOT_INSPECTED: "No inspection of it is held here.",
}
GAP = {
    Held.NOT_TAKEN_IN: "Inspected, but findings have not been taken in here: {}.",
    Held.IN_PART: "Inspected, but not all findings have been taken in here: {}.",
    Held.NOT_INSPECTED: "No inspection is held here of {}.",
}


def gaps_in_words(gaps: Iterable[tuple[str, Held]]) -> list[str]:
    """Of which bodies, by their names, no finding is held though some may have been made; a sentence a reason."""
    every = list(gaps)
    named = {held: [name for name, why in every if why == held] for held in GAP}
    return [sentence.format(listing(named[held])) for held, sentence in GAP.items() if named[held]]


def list_recommendations(user: User, bodies: Collection[Organisation]) -> list[Recommendation]:
    """Those to the bodies that are not closed, the soonest due first, each with its last log entry. One query."""
    rows = Recommendation.objects.visible_to(user).not_closed().filter(addressed_to__in=bodies)
    return list(rows.select_related("finding__inspection__programme", "requirement")[:RECOMMENDATIONS])


@dataclass(frozen=True)
class OpenItem:
    """Something that must change and is not closed: a recommendation, or a finding that has to be put right.

    ``body`` is None where it concerns the region as a whole; ``standing`` says how it stands, and since when.
    """

    text: str
    url: str
    kind: FindingKind
    body: Organisation | None
    due: str
    due_on: date | None
    overdue: bool
    standing: str
    published_on: date | None
    programme: str
    earlier: bool = False


def list_open_items(
    findings: Iterable[FindingRow],
    recommendations: Iterable[Recommendation],
    bodies: Iterable[Organisation],
    today: date,
) -> list[OpenItem]:
    """What is overdue first, then by due date; without a date the weightiest and newest first.

    ``earlier`` items are of a programme before the newest that spoke of their body; causes of concern never are.
    """
    rows = list(findings)
    newest, by_key = newest_programmes(rows), {body.pk: body for body in bodies}
    items = [_recommended(each, today, by_key) for each in recommendations]
    items += [
        OpenItem(
            text=finding.title,
            url=finding.url,
            kind=finding.kind,
            body=by_key.get(finding.organisation) if finding.organisation else None,
            due=finding.due_in_words(today),
            due_on=finding.due_on,
            overdue=finding.is_overdue(today),
            standing=standing(
                finding.status,
                in_words(finding.status_on, finding.status_precision) if finding.status_on else "a day not known",
                finding.published,
            ),
            published_on=finding.published_on,
            programme=finding.programme.name,
            earlier=not finding.kind.is_concern and finding.programme.year < newest[finding.organisation].year,
        )
        for finding in rows
        if finding.status and finding.status.is_open
    ]
    return sorted(
        items,
        key=lambda item: (
            not item.overdue,
            item.due_on or date.max,
            item.kind.order,
            -(item.published_on or date.min).toordinal(),
            item.text,
            item.url,
        ),
    )


def _recommended(recommendation: Recommendation, today: date, bodies: Mapping[int, Organisation]) -> OpenItem:
    inspection, requirement = recommendation.finding.inspection, recommendation.requirement
    published = inspection.published if inspection.published_on else "on a date not stated"
    return OpenItem(
        text=recommendation.text,
        url=recommendation.get_absolute_url(),
        kind=recommendation.finding.kind,
        body=bodies[recommendation.addressed_to_id],
        due=requirement.due_in_words(today),
        due_on=requirement.due_on,
        overdue=requirement.is_overdue(today),
        standing=standing(requirement.status, requirement.since, published),
        published_on=inspection.published_on,
        programme=inspection.programme.name,
    )


def standing(status: RequirementStatus, since: str, published: str) -> str:
    """A status with its day: that of the last step, else of publication, after which nothing is known."""
    return f"{status.label} since {since}" if status.is_stated else f"Published {published}, nothing later here"
