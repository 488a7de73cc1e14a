"""SOC local profiles of a force's areas: when each was refreshed and reviewed, and whether the next is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from forces.choices import OrganisationKind, SuccessionKind
from forces.models import LocalPolicingArea, LocalProfile, Organisation
from inspections.choices import FindingKind, Grade, QuestionTheme, Tone
from inspections.findings.models import Finding
from inspections.findings.queries import by_section
from inspections.gradings.models import Grading
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.programmes.models import Inspection
from soc_tracker.core.access.permissions import needs
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.core.lists.pages import not_understood
from soc_tracker.core.text.days import Precision, in_words, to_words
from soc_tracker.dashboards.bodies.queries import GradeChange, Link, OrganisationPage, Relation, organisation_page
from soc_tracker.dashboards.plans.pages import plans_context, plans_csv
from soc_tracker.dashboards.published import pages as published_pages
from soc_tracker.dashboards.published.pages import SOURCE
from soc_tracker.dashboards.record.pages import Subject, period_filter, record_context, record_csv
from soc_tracker.dashboards.regions.pages import scales
from soc_tracker.dashboards.topics.pages import SIGNS

NO_PROFILE = "no profile recorded"


def profile_of(area: LocalPolicingArea) -> LocalProfile | None:
    """The area's profile; reading it causes no query where the areas were selected with it."""
    return getattr(area, "profile", None)


def refresh_in_words(area: LocalPolicingArea, today: date) -> str:
    profile = profile_of(area)
    return _state(profile.refreshed_on, profile.refresh_due_on, today) if profile else NO_PROFILE


def review_in_words(area: LocalPolicingArea, today: date) -> str:
    profile = profile_of(area)
    if profile is None:
        return NO_PROFILE
    if profile.fully_reviewed_on is None or profile.full_review_due_on is None:
        return "no full review recorded"
    return _state(profile.fully_reviewed_on, profile.full_review_due_on, today)


def columns(today: date) -> tuple[Column, ...]:
    return (
        Column("name", "Local policing area", lambda area: area.name),
        Column("refreshed", "Profile refreshed", lambda area: refresh_in_words(area, today)),
        Column("reviewed", "Fully reviewed", lambda area: review_in_words(area, today)),
        Column("partners", "Partners whose data is in it", _partners),
    )


def _state(done: date, due: date, today: date) -> str:
    """The day on which it was done; the next is overdue from the day after it was due."""
    said = in_words(done, Precision.DAY)
    return f"{said} (next overdue since {in_words(due, Precision.DAY)})" if due < today else said


def _partners(area: LocalPolicingArea) -> str | None:
    profile = profile_of(area)
    return "; ".join(profile.partners.splitlines()) if profile else None


# What the page of a body shows: its grades over time, its findings in order, its neighbours and what it is.


PUBLISHED = Column("published", "Published", lambda grading: grading.inspection.published)
PROGRAMME = Column(
    "programme",
    "Programme",
    lambda grading: grading.inspection.programme.name,
    lambda grading: grading.get_absolute_url(),
)
GRADINGS = (PROGRAMME, *pick(GRADING_COLUMNS, "grade", "scale"), PUBLISHED, SOURCE)
OTHER_GRADINGS = (*pick(GRADING_COLUMNS, "question", "programme", "grade", "scale"), SOURCE)
MONITORING = (
    Column("stage", "Stage", lambda period: period.get_stage_display()),
    Column("started", "From", lambda period: period.started),
    Column("ended", "To", lambda period: period.ended),
    Column("reason", "Why", lambda period: period.reason),
    SOURCE,
)

CHANGES = (
    Column("grading", "Grading", lambda row: _title(row.grading), lambda row: row.grading.get_absolute_url()),
    Column(
        "before", "Old grade", lambda row: Grade(row.change.before).label, tag=lambda row: Grade(row.change.before).tag
    ),
    Column(
        "after", "New grade", lambda row: Grade(row.change.after).label, tag=lambda row: Grade(row.change.after).tag
    ),
    Column("reason", "Reason", lambda row: row.change.reason),
    Column("who", "By", lambda row: row.change.who),
    Column("when", "When", lambda row: row.change.when),
)


@dataclass(frozen=True)
class ChangeRow:
    """One change of a grade, with the grading that it was made on."""

    change: GradeChange
    grading: Grading


@dataclass(frozen=True)
class FindingLine:
    """One finding: its kind where the report sets it apart, else whether it speaks for or against the body.

    ``colour`` is that of the kind's tag, "" for an observation; ``sign`` tells tones apart without colour.
    """

    title: str
    url: str
    word: str
    colour: str
    tone: str
    sign: str


@dataclass(frozen=True)
class SectionFindings:
    """The findings in one section of a report."""

    name: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True)
class InspectionFindings:
    """The findings of one inspection, section by section in the order of the report."""

    inspection: Inspection
    sections: tuple[SectionFindings, ...]


def _title(grading: Grading) -> str:
    return f"{grading.question.text}, {grading.inspection.programme.name}"


def gradings_on_soc(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    return tuple(grading for grading in gradings if grading.question.theme == QuestionTheme.SOC)


def on_other_questions(gradings: Iterable[Grading]) -> tuple[Grading, ...]:
    return tuple(grading for grading in gradings if grading.question.theme != QuestionTheme.SOC)


def changes(page: OrganisationPage) -> tuple[ChangeRow, ...]:
    """The changes of grade, newest first."""
    gradings = {grading.pk: grading for grading in page.gradings.rows}
    return tuple(ChangeRow(change, gradings[change.grading]) for change in page.changes if change.grading in gradings)


def findings_in_order(findings: Iterable[Finding]) -> tuple[InspectionFindings, ...]:
    """Findings by inspection, in the order given, and by section, in the order of a report."""
    inspections: dict[Inspection, list[Finding]] = {}
    for finding in findings:
        inspections.setdefault(finding.inspection, []).append(finding)
    return tuple(
        InspectionFindings(
            inspection,
            tuple(SectionFindings(section, tuple(map(_line, rows))) for section, rows in by_section(found)),
        )
        for inspection, found in inspections.items()
    )


def _line(finding: Finding) -> FindingLine:
    kind, tone = FindingKind(finding.kind), Tone(finding.tone)
    observed = kind == FindingKind.OBSERVATION
    return FindingLine(
        title=finding.title,
        url=finding.get_absolute_url(),
        word=str(tone.label if observed else kind.label),
        colour="" if observed else kind.tag,
        tone=tone.value,
        sign=SIGNS.get(tone, ""),
    )


def key_facts(page: OrganisationPage) -> list[tuple[str, ...]]:
    """Label, value and address of what the body is; a number stands with the day to which it belongs."""
    body = page.organisation
    return [
        *((_region_label(link, page.today), link.name, link.url) for link in page.linked(Relation.REGION)),
        *((_was_label(link), _on_day(link), link.url) for link in page.linked(Relation.PREDECESSOR)),
        *((_became_label(link), _on_day(link), link.url) for link in page.linked(Relation.SUCCESSOR)),
        *_optional("Existed", to_words(body.valid_from, body.valid_to)),
        *_optional("Population", _counted(body.population, body.population_as_at)),
        *_optional("Officers (full-time equivalent)", _counted(body.officers, body.officers_as_at)),
        *_optional("Also known as", "; ".join(page.aliases)),
        *_optional("ONS code", body.ons_code),
    ]


def ended(page: OrganisationPage) -> str:
    """A sentence that says that the body is no more, and since when; "" while it exists."""
    last = page.organisation.valid_to
    if last is None or last >= page.today:
        return ""
    return f"{page.organisation.name} ended on {in_words(last, Precision.DAY)}. What was published of it stays here."


WAS = {
    SuccessionKind.RENAMED: "Formerly",
    SuccessionKind.MERGED: "Formed from, or took in by merger",
    SuccessionKind.ABSORBED: "Absorbed",
}


def _was_label(link: Link) -> str:
    return WAS[SuccessionKind(link.word)]


def _became_label(link: Link) -> str:
    return str(SuccessionKind(link.word).label)


def _on_day(link: Link) -> str:
    return f"{link.name}, {in_words(link.first, Precision.DAY)}" if link.first else link.name


def _region_label(link: Link, today: date) -> str:
    return "Region" if link.covers(today) else f"Region {to_words(link.first, link.last)}"


def _optional(label: str, value: str) -> list[tuple[str, ...]]:
    return [(label, value)] if value else []


def _counted(number: int | Decimal | None, as_at: date | None) -> str:
    return f"{number:,} as at {in_words(as_at, Precision.DAY)}" if number is not None and as_at else ""


# The page of a force, a regional organised crime unit or another body.


LISTS = {
    OrganisationKind.FORCE: ("Forces", "forces:force_list"),
    OrganisationKind.ROCU: ("ROCUs", "forces:rocu_list"),
    OrganisationKind.OTHER: ("Other bodies", "forces:other_list"),
}


@needs("forces.read_body")
@require_safe
def organisation(request: HttpRequest, slug: str, kind: OrganisationKind) -> HttpResponse:
    """Everything published of the body; an address of another kind leads to its own."""
    page = _page(request, slug)
    if page.organisation.kind != kind:
        return redirect(page.organisation, permanent=False)
    asked = period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    context = _context(page) | record_context(request, asked, _subject(page))
    context |= plans_context(request, asked, _subject(page))
    return render(request, "dashboards/organisation.html", context)


@needs("disruptions.read_record")
@require_safe
def body_record_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of what the record holds of the body, whatever its kind."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    return record_csv(request, asked, _subject(page), table)


@needs("plans4p.read_plan")
@require_safe
def body_plans_csv(request: HttpRequest, slug: str, table: str) -> HttpResponseBase:
    """One table of its 4P plans."""
    page, asked = _page(request, slug), period_filter(request)
    if asked.problems:
        return not_understood(request, page.organisation.name, asked.problems, _breadcrumbs(page))
    return plans_csv(request, asked, _subject(page), table)


def _page(request: HttpRequest, slug: str) -> OrganisationPage:
    try:
        return organisation_page(request.user, slug, localdate())
    except Organisation.DoesNotExist as missing:
        raise Http404(f"There is no body called “{slug}”.") from missing


def _subject(page: OrganisationPage) -> Subject:
    return Subject(
        name=page.organisation.name,
        bodies=(page.organisation,),
        figures=page.figures.rows,
        one_body=True,
        csv_url=lambda table: reverse("body_record_csv", args=[page.organisation.slug, table]),
        plans_csv_url=lambda table: reverse("body_plans_csv", args=[page.organisation.slug, table]),
    )


def _context(page: OrganisationPage) -> dict[str, object]:
    on_soc = gradings_on_soc(page.gradings.rows)
    return {
        "page": page,
        "breadcrumbs": _breadcrumbs(page),
        "kind": page.organisation.get_kind_display(),
        "ended": ended(page),
        "latest": on_soc[0] if on_soc else None,
        "gradings": on_soc,
        "grading_columns": GRADINGS,
        "other_gradings": on_other_questions(page.gradings.rows),
        "other_grading_columns": OTHER_GRADINGS,
        "scales": scales(page.gradings.rows),
        "changes": changes(page),
        "change_columns": CHANGES,
        "inspections": findings_in_order(page.findings.rows),
        "recommendation_columns": published_pages.columns(page.today, with_body=False),
        "monitoring_columns": MONITORING,
        "figure_groups": published_pages.by_group(page.figures.rows),
        "figure_columns": published_pages.FIGURES_OF_ONE_BODY,
        "shows_areas": page.organisation.kind == OrganisationKind.FORCE or page.areas.rows,
        "area_columns": columns(page.today),
        "key_facts": key_facts(page),
        "neighbours": page.linked(Relation.NEIGHBOUR),
        "compare_query": f"organisation={page.organisation.slug}",
    }


def _breadcrumbs(page: OrganisationPage) -> list[tuple[str, str]]:
    """Home, the list of its kind, and its region today where it has one."""
    listed = LISTS.get(OrganisationKind(page.organisation.kind))
    regions = [(link.name, link.url) for link in page.linked(Relation.REGION) if link.covers(page.today)]
    return [("Home", reverse("home")), *([(listed[0], reverse(listed[1]))] if listed else []), *regions]
