"""What each sheet says, and its small drawing: the same for the page and for the PDF."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from disruptions.choices import FourP
from forces.choices import OrganisationKind
from forces.models import Organisation
from inspections.figures.models import figure_in_words, period_in_words
from inspections.models import Finding, Inspection, PublishedFigure, Recommendation
from soc_tracker.core.access.models import OUTSIDE_REACH
from soc_tracker.core.lists.paging import Bounded
from soc_tracker.core.paper.content import Drawing, Figure, Paper, Part, Row, Source, Tag, Verdict
from soc_tracker.core.paper.drawings import Strip, strips
from soc_tracker.core.reports import PUBLISHED
from soc_tracker.core.stats.shares import whole_percent
from soc_tracker.core.text.days import in_words, to_words
from soc_tracker.dashboards.gradings.queries import Latest, latest_by_organisation, latest_of
from soc_tracker.dashboards.regions.queries import RegionHead
from soc_tracker.dashboards.summary.queries import OnRecord, Published

SUBTITLE = "Serious and organised crime: summary"
MUST_CHANGE, PRACTICE = "What must change, and by when", "Practice worth copying"
SEVERAL = ("What", "By when", "How it stands")
NO_MUST_CHANGE = "No cause of concern, area for improvement or recommendation that is open is held here."
NO_PRACTICE = "No innovative or promising practice, and no strength, is held here."
SCALES_DIFFER = "Grades of different scales are not compared step by step."
MOST_FIGURES = 5
"""Of those published; what the record counts comes after them."""


def body_paper(body: Organisation, facts: Published, record: OnRecord | None, head: dict[str, Any]) -> Paper:
    """A force, a regional unit or another body. ``head`` is the day, the address and who made the sheet."""
    drawing = None
    if record and record.all_lead.n:
        lead = record.all_lead
        words = {four_p: f"{lead.of_four_p(four_p):,} ({lead.share(four_p).percent}%)" for four_p in FourP}
        listed = ", ".join(f"{four_p.label.lower()} {words[four_p]}" for four_p in FourP)
        drawing = strips(
            title="Lead disruptions by 4P",
            sentence=f"Of {_counted(record)}: {listed}.",
            kind=record.standpoint.kind.value,
            series=("Lead disruptions",),
            rows=[Strip(str(four_p.label), (lead.of_four_p(four_p),), words[four_p]) for four_p in FourP],
        )
    return Paper(
        title=body.name,
        subtitle=SUBTITLE,
        verdict=_verdict(body, facts, head["day"]),
        parts=(_must_change(facts, head["day"]), _practice(facts)),
        figures=(*_published_figures(facts.figures), *(_recorded_figures(record, [body]) if record else ())),
        drawing=drawing,
        **head,
    )


def region_paper(of: RegionHead, facts: Published, record: OnRecord | None, head: dict[str, Any]) -> Paper:
    """A region, which has no grade of its own: its bodies' latest grades come first, then those that were in it."""
    region, bodies = of.region, of.bodies
    latest = latest_by_organisation(facts.gradings)
    graded = [*bodies, *(body for body in of.former if body.pk in latest)]
    grades = tuple(_grade_row(body, latest.get(body.pk) or Latest(held=facts.held[body.pk])) for body in graded)
    return Paper(
        title=region.name,
        subtitle=SUBTITLE,
        verdict=None,
        parts=(
            Part(
                heading="Latest grades of its bodies",
                kind=PUBLISHED,
                headings=("Body (the region itself is not graded)", "Programme, published"),
                rows=grades,
                total=len(grades),
                url=f"{reverse('inspections:grading_list')}?{urlencode({'region': region.slug})}",
                nothing="No body is in the region on this day.",
                first=len(grades),
            ),
            _must_change(facts, head["day"], of_several=True),
            _practice(facts, of_several=True),
        ),
        figures=(*_published_figures(facts.figures), *(_recorded_figures(record, bodies) if record else ())),
        drawing=_shares_of_bodies(record, bodies) if record and record.all_lead.n else None,
        **head,
    )


def inspection_paper(inspection: Inspection, facts: Published, head: dict[str, Any]) -> Paper:
    """One inspection: whom it graded, what it asks for and what others may copy."""
    of_several = inspection.region_id is not None
    questions = {grading.question_id for grading in facts.gradings}
    in_order = sorted(
        facts.gradings,
        key=lambda each: (
            each.organisation.kind != OrganisationKind.ROCU,  # the regional unit comes first
            each.organisation.name,
            each.question.order,
            each.pk,
        ),
    )
    grades = tuple(
        Row(
            (grading.organisation.name, grading.question.text)[: 1 if len(questions) == 1 else 2],
            Tag(grading.grade.label, grading.grade.colour),
            grading.get_absolute_url(),
            _source(grading),
        )
        for grading in in_order
    )
    heading = f"Grades: {facts.gradings[0].question.text}" if len(questions) == 1 else "Grades"
    return Paper(
        title=inspection.title,
        subtitle=f"{inspection.programme.name}: fieldwork {inspection.fieldwork}, {_when(inspection)}",
        verdict=None,
        parts=(
            Part(
                heading=heading,
                kind=PUBLISHED,
                headings=("Body",) if len(questions) == 1 else ("Body", "Question"),
                rows=grades,
                total=len(grades),
                url=f"{reverse('inspections:grading_list')}?{urlencode({'inspection': inspection.slug})}",
                nothing="No grade of this inspection is held here.",
                first=10,
            ),
            _must_change(facts, head["day"], of_several=of_several),
            _practice(facts, of_several=of_several),
        ),
        figures=_published_figures(facts.figures),
        **head,
    )


def _verdict(body: Organisation, facts: Published, today: date) -> Verdict:
    gradings = facts.gradings
    ended = body.valid_to is not None and body.valid_to < today
    over = f"{body.name} ended on {in_words(body.valid_to)}. " if ended and body.valid_to else ""
    if not gradings:
        missing = "That says nothing about how good it is."
        why = Tag(facts.held[body.pk].no_grade, "grey")
        return Verdict(why, "No grade on serious and organised crime is held here", over + missing)
    of_body = latest_of(gradings)
    latest = of_body.grading or gradings[0]
    earlier = [grading for grading in gradings if grading not in (latest, of_body.since)]
    since = f"Since then: {of_body.since_in_words}. " if of_body.since else ""
    before = "; ".join(
        f"{grading.grade} ({grading.inspection.programme.name}, {grading.scale})" for grading in earlier[:3]
    )
    differ = SCALES_DIFFER if any(grading.scale.family != latest.scale.family for grading in earlier[:3]) else ""
    return Verdict(
        tag=Tag(latest.grade.label, latest.grade.colour),
        about=f"{latest.inspection.programme.name}, {_when(latest.inspection)}: {latest.question.text}",
        why=over + (latest.summary or "What the grade rests on has not been taken in here."),
        beside=(since + (f"Before: {before}. {differ}" if before else "")).strip(),
        source=_source(latest),
    )


def _grade_row(body: Organisation, latest: Latest) -> Row:
    grading = latest.grading
    if grading is None:
        return Row((body.name, "–"), Tag(latest.label, "grey"), body.get_absolute_url())
    programme = f"{grading.inspection.programme.name}, {grading.inspection.published}"
    programme += f"; {latest.since_in_words}" if latest.since else ""
    tag = Tag(grading.grade.label, grading.grade.colour)
    return Row((body.name, programme), tag, body.get_absolute_url(), _source(grading))


def _must_change(facts: Published, today: date, *, of_several: bool = False) -> Part:
    """Findings by weight, each with its recommendations under it; then recommendations of other findings."""
    by_finding: dict[int, list[Recommendation]] = {}
    for recommendation in facts.recommendations.rows:
        by_finding.setdefault(recommendation.finding_id, []).append(recommendation)
    rows: list[Row] = []
    for finding in facts.must_change.rows:
        recommendations = by_finding.pop(finding.pk, [])
        dues = list(dict.fromkeys(each.requirement.due for each in recommendations)) or ["no date given"]
        cells = (
            _named(finding.title, finding.about, of_several),
            dues[0] if len(dues) == 1 else f"from {dues[0]}",
            _standing(finding, finding.inspection),
        )
        tag = Tag(finding.kind.label, finding.kind.colour)
        rows.append(Row(cells, tag, finding.get_absolute_url(), _source(finding)))
        rows += [_recommendation_row(each, today, under=True) for each in recommendations]
    rows += [
        _recommendation_row(each, today, of_several=of_several) for others in by_finding.values() for each in others
    ]
    total = (facts.must_change.total or 0) + (facts.recommendations.total or 0)
    return Part(MUST_CHANGE, PUBLISHED, SEVERAL, tuple(rows), total, facts.must_change.url, NO_MUST_CHANGE)


def _recommendation_row(
    recommendation: Recommendation, today: date, *, under: bool = False, of_several: bool = False
) -> Row:
    overdue = "; overdue" if recommendation.requirement.is_overdue(today) else ""
    return Row(
        (
            _named(recommendation.text, recommendation.addressed_to, of_several),
            recommendation.requirement.due,
            f"{_standing(recommendation, recommendation.finding.inspection)}{overdue}",
        ),
        None if under else Tag("Recommendation", "blue"),
        recommendation.get_absolute_url(),
        _source(recommendation),
        under=under,
    )


def _standing(fact: Finding | Recommendation, inspection: Inspection) -> str:
    """How it stands by its last step; without one, when it was published."""
    if fact.requirement.status.is_stated:
        return str(fact.requirement.standing)
    return f"No later information; {_when(inspection)}" if inspection.published_on else "No later information"


def _when(inspection: Inspection) -> str:
    """Such as: published November 2023."""
    return f"published {inspection.published}" if inspection.published_on else "date of publication not stated"


def _practice(facts: Published, *, of_several: bool = False) -> Part:
    """What the reports set apart; strengths where they set nothing apart."""
    chosen: Bounded = facts.practice if facts.practice.rows else facts.strengths
    rows = tuple(
        Row(
            (_named(finding.title, finding.about, of_several),),
            Tag(finding.kind.label, finding.kind.colour)
            if facts.practice.rows
            else Tag(str(finding.get_tone_display()), "teal"),
            finding.get_absolute_url(),
            _source(finding),
        )
        for finding in chosen.rows
    )
    return Part(PRACTICE, PUBLISHED, ("Practice",), rows, chosen.total or 0, chosen.url, NO_PRACTICE)


def _named(text: str, about: Any, of_several: bool) -> str:
    return f"{getattr(about, 'short_name', about.name)}: {text}" if of_several else text


def _source(fact: Any) -> Source:
    document = fact.source
    title = f"{document.title} ({document.publisher}, {document.published})"
    return Source(title, fact.locator, document.get_absolute_url())


def _published_figures(figures: Bounded) -> tuple[Figure, ...]:
    """The first of each measure: that of the latest day. Figures without a day stand in where there are no others."""
    dated = [figure for figure in figures.rows if _period(figure)]
    by_measure: dict[int, PublishedFigure] = {}
    for figure in dated or figures.rows:
        by_measure.setdefault(figure.measure_id, figure)
    return tuple(
        Figure(
            figure_in_words(figure),
            figure.measure.name,
            _period(figure),
            PUBLISHED,
            figure.get_absolute_url(),
            _source(figure),
        )
        for figure in list(by_measure.values())[:MOST_FIGURES]
    )


def _period(figure: PublishedFigure) -> str:
    """As its page says it, but a whole year by its number; "" where the document says nothing."""
    if figure.period_from and figure.period_to and not figure.period_words:
        day = f", as at {in_words(figure.as_at)}" if figure.as_at else ""
        return f"{in_short(figure.period_from, figure.period_to)}{day}"
    return period_in_words(figure) if figure.period_words or figure.as_at else ""


def in_short(first: date, last: date) -> str:
    """A period in words, such as: 2022 for the whole of that year."""
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return str(first.year) if whole else to_words(first, last)


def _recorded_figures(record: OnRecord, bodies: Sequence[Organisation]) -> tuple[Figure, ...]:
    """What the record counts of the bodies in sight, each with its day; no records is not none."""
    kind, day = record.standpoint.kind.value, f"as at {record.standpoint.words}"
    seen = [body for body in bodies if record.standpoint.sight.sees(body.pk)]
    if not seen:
        about = ("threats on the master list", "lead disruptions", "4P plans running")
        return tuple(Figure(OUTSIDE_REACH, each, "", kind) for each in about)
    of_some = (
        f", of {len(seen)} of {len(bodies)} bodies: the others are {OUTSIDE_REACH}" if len(seen) < len(bodies) else ""
    )
    threats, lead = sum(record.threats.values()), record.all_lead.n
    apart = f"; {number:,} more not yet assessed" if (number := record.all_lead.not_assessed) else ""
    of = [("organisation", body.slug) for body in bodies]
    plans = f"{reverse('plans4p:plan_list')}?{urlencode(of)}"
    return (
        Figure(
            f"{threats:,}" if record.threats else "no records",
            "threats on the master list",
            f"as at {record.standpoint.of_threats.words}{of_some}",
            kind,
        ),
        Figure(
            f"{lead:,}" if lead else "no records",
            "lead disruptions",
            f"{in_short(record.period.first, record.period.last)}, {day}{apart}{of_some}",
            kind,
        ),
        Figure(
            f"{record.running:,}",
            "4P plans running",
            f"overdue actions in them: {record.overdue:,}{of_some}",
            kind,
            plans,
        ),
    )


def _counted(record: OnRecord) -> str:
    """Such as: 373 in 2022, as at 13 July 2023."""
    period = in_short(record.period.first, record.period.last)
    return f"{record.all_lead.n:,} in {period}, as at {record.standpoint.words}"


def _shares_of_bodies(record: OnRecord, bodies: Iterable[Organisation]) -> Drawing:
    """A bar of shares a body, each with the number that they are of."""
    rows = []
    for body in bodies:
        counts = record.lead[body.pk]
        if counts.n:
            pieces = tuple(float(counts.share(four_p).of_one or 0) for four_p in FourP)
            rows.append(Strip(body.short_name, pieces, f"of {counts.n:,}"))
        else:
            is_seen = record.standpoint.sight.sees(body.pk)
            rows.append(Strip(body.short_name, None, "no records" if is_seen else OUTSIDE_REACH))
    lead = record.all_lead
    pursue = whole_percent(lead.share(FourP.PURSUE).of_one or 0)
    return strips(
        title="Lead disruptions by 4P",
        sentence=f"Of {_counted(record)}, {pursue}% were pursue.",
        kind=record.standpoint.kind.value,
        series=[str(four_p.label) for four_p in FourP],
        rows=rows,
    )
