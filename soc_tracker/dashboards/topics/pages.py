"""Topics across bodies, so that a problem that several share stands in one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from inspections.choices import Tone
from soc_tracker.dashboards.regions.queries import RegionPage, TopicCount
from soc_tracker.dashboards.words import WHOLE_REGION, several, short

# The tones that count for or against a body, each with a sign that tells it apart without colour.
SIGNS = {Tone.SHORTCOMING: "▼", Tone.MIXED: "◆", Tone.STRENGTH: "▲"}
SHARED = 2
WORDS = {Tone.SHORTCOMING: "shortcoming", Tone.MIXED: "mixed finding", Tone.STRENGTH: "strength"}


@dataclass(frozen=True)
class ToneCount:
    """How many findings of one tone, and the list of exactly these."""

    tone: str
    sign: str
    number: int
    words: str
    url: str


@dataclass(frozen=True)
class MatrixColumn:
    """The region itself (``key`` None) or one of its bodies; ``query`` narrows the list of findings to it."""

    key: int | None
    name: str
    url: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class TopicRow:
    """One topic across the columns; ``shared`` is the number of bodies with a shortcoming in it."""

    name: str
    url: str
    cells: tuple[tuple[MatrixColumn, tuple[ToneCount, ...]], ...]
    shared: int


@dataclass(frozen=True)
class TopicMatrix:
    """Topics as rows: ``shared`` have shortcomings at two bodies or more, ``others`` at one or none.

    ``bodies`` is the number of bodies with data; those without are named
    apart, not shown as empty columns.
    """

    columns: tuple[MatrixColumn, ...]
    bodies: int
    shared: tuple[TopicRow, ...]
    others: tuple[TopicRow, ...]
    without_data: tuple[str, ...]


def topic_matrix(page: RegionPage) -> TopicMatrix:
    """The topics of the newest programme's findings; those with shortcomings at most bodies come first."""
    columns = _columns(page)
    topics = {count.topic: count for count in reversed(page.topics) if count.tone in SIGNS}
    in_order = sorted(topics.values(), key=lambda count: (count.topic_order, count.topic_name))
    rows = sorted((_row(page, topic, columns) for topic in in_order), key=lambda row: -row.shared)
    return TopicMatrix(
        columns=columns,
        bodies=sum(column.key is not None for column in columns),
        shared=tuple(row for row in rows if row.shared >= SHARED),
        others=tuple(row for row in rows if row.shared < SHARED),
        without_data=tuple(short(body) for body in page.bodies if body.pk not in page.with_data),
    )


def _columns(page: RegionPage) -> tuple[MatrixColumn, ...]:
    region = MatrixColumn(None, WHOLE_REGION, "", {"region": page.region.slug, "about": "region"})
    bodies = [
        MatrixColumn(body.pk, short(body), body.get_absolute_url(), {"organisation": body.slug}) for body in page.bodies
    ]
    return tuple(column for column in (region, *bodies) if column.key in page.with_data)


def _row(page: RegionPage, topic: TopicCount, columns: tuple[MatrixColumn, ...]) -> TopicRow:
    counts = {(count.organisation, count.tone): count.findings for count in page.topics if count.topic == topic.topic}
    cells = tuple((column, _cell(page, topic, column, counts)) for column in columns)
    return TopicRow(
        name=topic.topic_name,
        url=_findings(page, topic, {"region": page.region.slug}),
        cells=cells,
        shared=sum((column.key, Tone.SHORTCOMING) in counts for column in columns if column.key is not None),
    )


def _cell(
    page: RegionPage, topic: TopicCount, column: MatrixColumn, counts: Mapping[tuple[int | None, str], int]
) -> tuple[ToneCount, ...]:
    return tuple(
        ToneCount(
            tone=tone.value,
            sign=sign,
            number=number,
            words=several(number, WORDS[tone]),
            url=_findings(page, topic, {**column.query, "tone": tone.value}),
        )
        for tone, sign in SIGNS.items()
        if (number := counts.get((column.key, tone), 0))
    )


def _findings(page: RegionPage, topic: TopicCount, query: Mapping[str, str]) -> str:
    programme = {"programme": page.programme.slug} if page.programme else {}
    return f"{reverse('inspections:finding_list')}?{urlencode({'topic': topic.topic, **programme, **query})}"
