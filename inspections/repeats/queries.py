"""How long a problem has stood, where else it is found, and which findings are likely to be of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from django.db.models import Case, Exists, F, OuterRef, Q, When

from inspections.choices import Tone
from inspections.findings.models import Finding, Topic
from inspections.programmes.models import Inspection
from inspections.queries import User
from inspections.repeats.choices import RevisitOutcome
from inspections.repeats.models import Pairing, Revisit
from soc_tracker.core.reports.report import several
from soc_tracker.core.text.days import span, years_after
from soc_tracker.core.text.gist import LIKELY, Gists, Passage

AGAINST = tuple(tone for tone in Tone if tone.names_problem)
"""The tones of findings that name a problem."""
COMPARED, SHOWN = 500, 8
NAMED_BY = ("inspection__programme", "organisation", "region")
"""What says whose finding it is, and when."""


def when(inspection: Inspection) -> tuple[date, int]:
    """What inspections are put in order of time by: the first day known of them, at worst the end of their year."""
    last_of_year = date(inspection.programme.year, 12, 31)
    return inspection.published_on or inspection.fieldwork_on or last_of_year, inspection.pk


@dataclass(frozen=True)
class Chain:
    """One problem of a body over time: the findings of it, and what later inspections said of them, the oldest first.

    Both are of one body, or of one region.
    """

    findings: Sequence[Finding]
    revisits: Sequence[Revisit]

    @cached_property
    def inspections(self) -> list[Inspection]:
        """Those that speak of it, the oldest first, each once."""
        each = [*(row.inspection for row in self.findings), *(row.inspection for row in self.revisits)]
        return sorted({inspection.pk: inspection for inspection in each}.values(), key=when)

    @property
    def first(self) -> Inspection:
        return self.inspections[0]

    @property
    def last(self) -> Inspection:
        return self.inspections[-1]

    @property
    def again(self) -> list[Finding]:
        """The findings after the first inspection."""
        return [finding for finding in self.findings if finding.inspection_id != self.first.pk]

    @property
    def latest(self) -> Finding:
        return self.findings[-1]

    @property
    def outcome(self) -> RevisitOutcome | None:
        """What the last inspection that looked again says; None where it found it anew, or none has looked again."""
        of_last = [each for each in self.revisits if each.inspection_id == self.last.pk]
        return RevisitOutcome(of_last[-1].outcome) if of_last else None

    @property
    def stood(self) -> str:
        """How long, from the first inspection to the last that speaks of it: "at least 5 years"; "" for one alone."""
        if self.first == self.last:
            return ""
        dated = [each for each in (self.first, self.last) if each.published_on]
        if len(dated) == 2:
            begin = span(self.first.published_on, self.first.published_precision).last  # type: ignore[arg-type]
            end = span(self.last.published_on, self.last.published_precision).first  # type: ignore[arg-type]
            years = max(0, end.year - begin.year)
            years -= bool(years and years_after(begin, years) > end)
            return f"at least {several(years, 'year')}" if years else "less than a year, as far as dates are known"
        years = self.last.programme.year - self.first.programme.year
        return f"about {several(years, 'year')}, by the years of the inspections" if years else "less than a year"

    @property
    def standing(self) -> str:
        """In which programmes it was found, and how long it had stood by the last of them; or that it is resolved."""
        programmes = list(dict.fromkeys(each.programme.name for each in self.inspections))
        first = f"First in {programmes[0]}"
        if not self.stood:
            return first
        if self.outcome == RevisitOutcome.RESOLVED:
            return f"{first}; resolved by {self.last.programme}, after {self.stood}"
        again = " and ".join(programmes[1:]) or programmes[0]
        return f"{first}, again in {again}, when it had stood for {self.stood}"


def list_chains(user: User, about: Q, *, apart: bool = False) -> list[Chain]:
    """The problems that later findings or inspections came back to, those that stood longest first.

    ``about`` tells whose findings: of a body and those from which it came, which are joined; or, ``apart``, of several,
    each by itself. Three queries; one where there are none.
    """
    pairs = Pairing.objects.visible_to(user).filter(is_one_problem=True)
    links = [
        Q(repeats__isnull=False),
        Exists(Finding.objects.published().filter(repeats=OuterRef("pk"))),
        Exists(Revisit.objects.published().filter(finding=OuterRef("pk"))),
        Exists(pairs.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))),
    ]
    linked = Q(pk__in=())
    for link in links:
        linked |= Q(link)
    rows = Finding.objects.visible_to(user).filter(about).filter(linked)
    findings = {row.pk: row for row in rows.with_bodies().order_by("order", "pk")}
    if not findings:
        return []
    revisits = Revisit.objects.visible_to(user).filter(finding__in=findings)
    revisits_of: dict[int, list[Revisit]] = {}
    for revisit in revisits.select_related("inspection__programme", "source").order_by("pk"):
        revisits_of.setdefault(revisit.finding_id, []).append(revisit)
    joined = [(row.pk, row.repeats_id) for row in findings.values() if row.repeats_id in findings]
    joined += pairs.filter(first__in=findings, second__in=findings).values_list("first", "second")
    if apart:
        joined = [(one, other) for one, other in joined if is_about_same(findings[one], findings[other])]
    chains = []
    for keys in _joined(findings, joined):
        of_it = sorted((findings[key] for key in keys), key=lambda row: (when(row.inspection), row.order, row.pk))
        again = sorted((each for key in keys for each in revisits_of.get(key, ())), key=lambda r: when(r.inspection))
        if len(of_it) > 1 or again:
            chains.append(Chain(of_it, again))
    return sorted(chains, key=lambda chain: (when(chain.first), chain.latest.order, chain.latest.pk))


def _joined(keys: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The keys in groups: those that pairs lead to from one another."""
    group_of = {key: [key] for key in keys}
    for one, other in pairs:
        if group_of[one] is not group_of[other]:
            group_of[one] += group_of[other]
            for key in group_of[other]:
                group_of[key] = group_of[one]
    return list({id(group): group for group in group_of.values()}.values())


def about_same(finding: Finding) -> Q:
    """Findings about the same body, or the same region as a whole."""
    return Q(organisation=finding.organisation_id, region=finding.region_id)


def list_elsewhere(user: User, finding: Finding) -> list[Finding]:
    """Findings of other bodies that a person has confirmed to be of the same problem, the newest first."""
    pairs = Pairing.objects.visible_to(user).of(finding).filter(is_one_problem=True)
    of_pair = pairs.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
    rows = Finding.objects.visible_to(user).filter(Exists(of_pair)).exclude(Q(pk=finding.pk) | about_same(finding))
    newest = F("inspection__published_on").desc(nulls_last=True)
    return list(rows.with_bodies().order_by("-inspection__programme__year", newest, "pk")[:COMPARED])


@dataclass(frozen=True)
class Likely:
    """A finding that is likely to be of the same problem, and the topics that both are on."""

    finding: Finding
    likeness: float
    topics: Sequence[Topic]


def list_likely(user: User, finding: Finding) -> tuple[list[Likely], list[Likely]]:
    """Findings that are likely of the same problem: of the same body in other inspections, and of other bodies, where
    they share a topic. The likest first; none that anybody has judged, and none that the report itself links.
    """
    if finding.tone not in AGAINST:
        return [], []
    rows = (
        Finding.objects.visible_to(user)
        .filter(tone__in=AGAINST)
        .exclude(pk=finding.pk)
        .select_related(*NAMED_BY)
        .prefetch_related("topics")
        .order_by(Case(When(about_same(finding), then=0), default=1), "-inspection__programme__year", "-pk")
    )
    others = list(rows[:COMPARED])
    judged = set(chain(*Pairing.objects.of(finding).values_list("first", "second")))
    own = set(finding.topics.all())
    passage = Passage(finding.title, finding.summary, frozenset(topic.slug for topic in own))
    passages = [
        Passage(each.title, each.summary, frozenset(topic.slug for topic in each.topics.all())) for each in others
    ]
    gists = Gists([passage, *passages])
    before, elsewhere = list[Likely](), list[Likely]()
    for each, of_other in zip(others, passages, strict=True):
        is_same_body, shared = is_about_same(each, finding), [topic for topic in each.topics.all() if topic in own]
        is_known = each.pk in judged or each.repeats_id == finding.pk or finding.repeats_id == each.pk
        fits = each.inspection_id != finding.inspection_id if is_same_body else shared
        if fits and not is_known:
            likeness = gists.likeness(passage, of_other)
            if likeness >= LIKELY:
                (before if is_same_body else elsewhere).append(Likely(each, likeness, shared))
    for likely in (before, elsewhere):
        likely.sort(key=lambda row: (-row.likeness, row.finding.pk))
    return before[:SHOWN], elsewhere[:SHOWN]


@dataclass(frozen=True)
class Judged:
    """What somebody here has said of a finding and another."""

    other: Finding
    pairing: Pairing


def list_judged(user: User, finding: Finding) -> list[Judged]:
    """What has been said of the finding beside others, the newest first."""
    pairs = Pairing.objects.open_to(user).of(finding)
    links = [f"{one}__{link}" for one in ("first", "second") for link in NAMED_BY]
    rows = pairs.select_related("by", *links).order_by("-on", "-pk")
    return [Judged(row.second if row.first_id == finding.pk else row.first, row) for row in rows[:COMPARED]]


def is_about_same(one: Finding, other: Finding) -> bool:
    return (one.organisation_id, one.region_id) == (other.organisation_id, other.region_id)
