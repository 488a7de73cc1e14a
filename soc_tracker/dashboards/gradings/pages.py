"""Grades of bodies beside one another and over time, in tables and as tiles."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from forces.models import Organisation
from inspections.choices import QuestionTheme
from inspections.gradings.models import Grading
from inspections.gradings.pages import GRADING_COLUMNS
from inspections.programmes.models import Programme
from soc_tracker.core.lists.columns import Column, pick
from soc_tracker.dashboards.gradings.queries import GradeChange, Latest, latest_of
from soc_tracker.dashboards.published.pages import SOURCE
from soc_tracker.dashboards.published.queries import Held

NO_GRADE, NO_GRADE_COLOUR = "No grade held here", "none"
SCALES_DIFFER = (
    "They cannot be compared by arithmetic: a body with another word on another scale has not for that reason alone "
    "become better or worse."
)
PUBLISHED_ON = Column("published", "Published", lambda grading: grading.inspection.published)
PROGRAMME = Column(
    "programme",
    "Programme",
    lambda grading: grading.inspection.programme.name,
    lambda grading: grading.get_absolute_url(),
)
WHOSE = (
    Column(
        "organisation",
        "Body",
        lambda row: row.organisation.short_name,
        lambda row: row.organisation.get_absolute_url(),
    ),
)
"""Where rows of several bodies stand in one table."""
GRADINGS = (PROGRAMME, *pick(GRADING_COLUMNS, "grade", "scale"), PUBLISHED_ON, SOURCE)
OTHER_GRADINGS = (*pick(GRADING_COLUMNS, "question", "programme", "grade", "scale"), SOURCE)
CHANGES = (
    Column(
        "grading",
        "Grading",
        lambda row: f"{row.grading.question.text}, {row.grading.inspection.programme.name}",
        lambda row: row.grading.get_absolute_url(),
    ),
    Column("before", "Old grade", lambda row: row.change.before.label, tag=lambda row: row.change.before.colour),
    Column("after", "New grade", lambda row: row.change.after.label, tag=lambda row: row.change.after.colour),
    Column("reason", "Reason", lambda row: row.change.reason),
    Column("who", "By", lambda row: row.change.who),
    Column("when", "When", lambda row: row.change.when),
)


@dataclass(frozen=True)
class ChangeRow:
    """One change of a grade, with the grading that it was made on."""

    change: GradeChange
    grading: Grading


def by_question(gradings: Iterable[Grading]) -> tuple[list[Grading], list[Grading]]:
    """Those on serious and organised crime, and those on other questions."""
    rows = list(gradings)
    on_soc = [grading for grading in rows if grading.question.theme == QuestionTheme.SOC]
    return on_soc, [grading for grading in rows if grading not in on_soc]


def change_rows(changes: Iterable[GradeChange], gradings: Iterable[Grading]) -> list[ChangeRow]:
    """The changes of the gradings, newest first."""
    by_key = {grading.pk: grading for grading in gradings}
    return [ChangeRow(change, by_key[change.grading]) for change in changes if change.grading in by_key]


def scales(gradings: Iterable[Grading]) -> str:
    """A warning where the gradings are on scales that are not comparable, which it names; else ""."""
    scales = sorted({grading.scale for grading in gradings}, key=lambda scale: (scale.order, scale.label))
    named = " ".join(scale.in_words for scale in scales)
    return (
        f"These gradings are on different scales. {named} {SCALES_DIFFER}"
        if len({scale.family for scale in scales}) > 1
        else ""
    )


@dataclass(frozen=True)
class BodyGrades:
    """One body with its latest grade on serious and organised crime, and the latest under each programme."""

    organisation: Organisation
    head: Latest
    gradings: dict[Programme, Grading]

    @property
    def latest(self) -> Grading | None:
        return self.head.grading


def grades_of(
    bodies: Iterable[Organisation],
    gradings: Iterable[Grading],
    held: Callable[[], Mapping[int | None, Held]],
) -> tuple[BodyGrades, ...]:
    """Every body; ``gradings`` come the latest first. ``held`` reads why bodies have none, where there are such."""
    every: dict[int, list[Grading]] = {}
    by_programme: dict[int, dict[Programme, list[Grading]]] = {}
    for grading in gradings:
        every.setdefault(grading.organisation_id, []).append(grading)
        programmes = by_programme.setdefault(grading.organisation_id, {})
        programmes.setdefault(grading.inspection.programme, []).append(grading)
    return tuple(
        BodyGrades(
            body,
            latest_of(every[body.pk]) if body.pk in every else Latest(held=held()[body.pk]),
            {
                programme: latest
                for programme, rows in by_programme.get(body.pk, {}).items()
                if (latest := latest_of(rows).grading)
            },
        )
        for body in bodies
    )


BODY = Column("body", "Body", lambda row: row.organisation.name, lambda row: row.organisation.get_absolute_url())
LATEST = (
    BODY,
    Column(
        "grade",
        "Grade",
        lambda row: row.head.label,
        tag=lambda row: row.latest.grade.colour if row.latest else NO_GRADE_COLOUR,
    ),
    Column("programme", "Programme", lambda row: row.latest.inspection.programme.name if row.latest else "–"),
    Column("published", "Published", lambda row: row.latest.inspection.published if row.latest else "–"),
    Column("since", "Since then", lambda row: row.head.since_in_words or "–"),
    Column(
        "summary",
        "In support, in our words",
        lambda row: row.latest.summary if row.latest else "–",
    ),
    Column(
        "source",
        "Source",
        lambda row: str(SOURCE.value(row.latest)) if row.latest else "none",
        lambda row: row.latest.source.get_absolute_url() if row.latest else "",
    ),
)
"""The latest grade of each body, with its date and what the inspection says in support."""


def columns_by_programme(gradings: Iterable[Grading]) -> tuple[Column, ...]:
    """The grades under every programme that graded one of the bodies, the newest first; () where there is but one. A
    missing grading has a dress of its own.
    """
    graded = {grading.inspection.programme for grading in gradings}
    programmes = sorted(graded, key=lambda programme: (-programme.year, programme.name))
    if len(programmes) < 2:
        return ()
    columns = [BODY]
    for programme in programmes:
        heading = f"{programme.name}: {programme.scale.label.lower()}"
        column = Column(
            slugify(heading),
            heading,
            lambda row, of=programme: row.gradings[of].grade.label if of in row.gradings else NO_GRADE,
            tag=lambda row, of=programme: row.gradings[of].grade.colour if of in row.gradings else NO_GRADE_COLOUR,
        )
        columns.append(column)
    return tuple(columns)


@dataclass(frozen=True)
class Tile:
    """One body with its grade; ``tag`` is its colour, "" where there is none; ``when`` the programme and its day.

    ``since`` is what was published after that without a grade, ``scale`` the slug of the grade's.
    """

    name: str
    url: str
    grade_text: str
    tag: str
    kind: str
    when: str = ""
    since: str = ""
    scale: str = ""


def tile(body: Organisation, latest: Latest) -> Tile:
    grading = latest.grading
    grade = grading.grade if grading else None
    return Tile(
        name=body.short_name,
        url=body.get_absolute_url(),
        grade_text=latest.label,
        tag=grade.colour if grade else "",
        kind=body.kind,
        when=f"{grading.inspection.programme.name}, {grading.inspection.published}" if grading else "",
        since=latest.since_in_words,
        scale=grading.scale_id if grading else "",
    )
