"""A region's bodies beside one another: their gradings, then the lists of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from forces.models import Organisation
from inspections.choices import NO_DATA, FindingKind, Grade, Tone
from inspections.models import Finding, Grading, Programme, PublishedFigure
from soc_tracker.dashboards.presenters.columns import SOURCE
from soc_tracker.dashboards.selectors.region import RegionPage
from soc_tracker.lib.tables import Column


@dataclass(frozen=True)
class BodyGrades:
    """One body's gradings on serious and organised crime; programmes without data on it are left out."""

    organisation: Organisation
    gradings: dict[Programme, Grading]


def grades(page: RegionPage) -> tuple[BodyGrades, ...]:
    """Every body of the region with its newest grading under each programme."""
    gradings: dict[int, dict[Programme, Grading]] = {body.pk: {} for body in page.bodies}
    for grading in page.gradings:
        gradings[grading.organisation_id].setdefault(grading.inspection.programme, grading)
    return tuple(BodyGrades(body, gradings[body.pk]) for body in page.bodies)


def columns_of_newest(page: RegionPage) -> tuple[Column, ...]:
    """The grades under the region's newest programme, each with what the inspection says in support."""

    def grading(row: BodyGrades) -> Grading | None:
        return row.gradings.get(page.programme) if page.programme else None

    return (
        BODY,
        _grade_column("Grade", grading),
        Column("summary", "In support, in our words", lambda row: _summary(grading(row)), wide_only=True),
        Column("source", "Source", lambda row: _source(grading(row)), lambda row: _source_url(grading(row))),
    )


def columns_of_earlier(page: RegionPage) -> tuple[Column, ...]:
    """The grades under every other programme that graded one of the bodies, the newest first; () for none."""
    programmes = dict.fromkeys(grading.inspection.programme for grading in page.gradings)
    others = [programme for programme in programmes if programme != page.programme]
    return (BODY, *(_programme_column(programme) for programme in others)) if others else ()


def _programme_column(programme: Programme) -> Column:
    heading = f"{programme.name}: {programme.get_scale_display().lower()}"
    return _grade_column(heading, lambda row: row.gradings.get(programme))


def _grade_column(heading: str, grading: Callable[[BodyGrades], Grading | None]) -> Column:
    """A missing grading is "No data", in words and in a dress of its own."""

    def grade(row: BodyGrades) -> Grade | None:
        found = grading(row)
        return Grade(found.grade) if found else None

    return Column(
        slugify(heading),
        heading,
        lambda row: grade(row).label if grade(row) else NO_DATA,
        tag=lambda row: grade(row).tag if grade(row) else NO_DATA_COLOUR,
    )


def _summary(grading: Grading | None) -> str | None:
    return grading.summary if grading else "no grading is held here"


def _source(grading: Grading | None) -> str:
    return str(SOURCE.value(grading)) if grading else "none"


def _source_url(grading: Grading | None) -> str:
    return grading.source.get_absolute_url() if grading else ""


BODY = Column("body", "Body", lambda row: row.organisation.name, lambda row: row.organisation.get_absolute_url())


def scales(gradings: list[Grading] | tuple[Grading, ...]) -> str:
    """A warning where the gradings shown are on more than one scale, "" where they are on one."""
    return SCALES_DIFFER if len({grading.scale for grading in gradings}) > 1 else ""


NO_DATA_COLOUR = "none"
THREATS_AND_DISRUPTIONS = "Threats and disruptions"
SCALES_DIFFER = (
    "These gradings are on different scales. Up to 2018/19 there were four grades; since 2021/22 there are five, "
    "with adequate between good and requires improvement. They cannot be compared by arithmetic: a body that was "
    "good on four grades and is adequate on five has not for that reason alone become worse."
)


def threats_and_disruptions(page: RegionPage) -> tuple[PublishedFigure, ...]:
    """What was published of threats and disruptions, the region's own figures first."""
    found = [figure for figure in page.figures if figure.measure.group == THREATS_AND_DISRUPTIONS]
    return tuple(sorted(found, key=lambda figure: figure.region_id is None))


def other_figures_of_the_region(page: RegionPage) -> tuple[PublishedFigure, ...]:
    """The region's own figures on everything else."""
    return tuple(
        figure for figure in page.figures if figure.region_id and figure.measure.group != THREATS_AND_DISRUPTIONS
    )


def region_findings(page: RegionPage) -> tuple[Finding, ...]:
    """What was found of the region as a whole: what must improve and what works first, the setting last."""
    kinds, tones = list(FindingKind), [Tone.SHORTCOMING, Tone.MIXED, Tone.STRENGTH, Tone.CONTEXT]
    return tuple(
        sorted(
            page.region_findings,
            key=lambda finding: (kinds.index(FindingKind(finding.kind)), tones.index(Tone(finding.tone))),
        )
    )
