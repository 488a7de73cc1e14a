"""Topics across bodies, so that a problem that several share stands in one row."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from forces.models import Organisation, Region
from inspections.choices import Tone
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports.report import several
from soc_tracker.dashboards.published.queries import (
    FindingRow,
    Held,
    ProgrammeName,
    TopicName,
    newest_programmes,
    of_newest_programmes,
)
from soc_tracker.dashboards.words import WHOLE_REGION, short

SHARED = 2


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
    """The region itself (``key`` None) or one of the bodies, with the newest programme that spoke of it; ``query``
    narrows a list of findings to what that programme found of it.
    """

    key: int | None
    name: str
    url: str
    query: str
    programme: ProgrammeName


@dataclass(frozen=True)
class TopicRow:
    """One topic across the columns; ``shared`` is the number of bodies with a shortcoming in it.

    ``url`` lists what every programme found of them on the topic.
    """

    name: str
    url: str
    cells: tuple[tuple[MatrixColumn, tuple[ToneCount, ...]], ...]
    shared: int

    @property
    def counts(self) -> tuple[ToneCount, ...]:
        """Those of all columns: of a matrix with one column, of its body."""
        return tuple(count for _, cell in self.cells for count in cell)


@dataclass(frozen=True)
class TopicMatrix:
    """Topics as rows: ``shared`` have shortcomings at two bodies or more, ``others`` at one or none.

    ``bodies`` is the number of bodies with data, those of which nothing was found among them; those without a finding
    are named apart, each with why, not shown as empty columns.
    """

    columns: tuple[MatrixColumn, ...]
    bodies: int
    shared: tuple[TopicRow, ...]
    others: tuple[TopicRow, ...]
    without_data: tuple[str, ...]

    @property
    def rows(self) -> tuple[TopicRow, ...]:
        return (*self.shared, *self.others)

    @property
    def programmes(self) -> str:
        """The programmes whose findings are counted, each once, the newest first."""
        programmes = {column.programme for column in self.columns}
        return ", ".join(each.name for each in sorted(programmes, key=lambda each: (-each.year, each.name)))


def topic_matrix(
    findings: Iterable[FindingRow],
    bodies: Sequence[Organisation],
    region: Region | None = None,
    *,
    held: Callable[[], Mapping[int | None, Held]],
) -> TopicMatrix:
    """The topics of each body's newest programme; those with shortcomings at most bodies come first.

    ``held`` reads why nothing is known of a body, and is called only where that is asked.
    """
    rows = list(findings)
    newest, current = newest_programmes(rows), of_newest_programmes(rows)
    subjects: list[tuple[int | None, str, str, dict[str, str]]] = []
    subjects += [(None, WHOLE_REGION, "", {"region": region.slug, "about": "region"})] if region else []
    subjects += [(body.pk, short(body), body.get_absolute_url(), {"organisation": body.slug}) for body in bodies]
    columns = tuple(
        MatrixColumn(key, name, url, urlencode({"programme": newest[key].slug, **query}), newest[key])
        for key, name, url, query in subjects
        if key in newest
    )
    counts = Counter(
        (topic, finding.organisation, finding.tone)
        for finding in current
        if Tone(finding.tone).sign
        for topic in finding.topics
    )
    topics = sorted({topic for topic, _, _ in counts})
    where = {"region": [region.slug]} if region else {"organisation": [body.slug for body in bodies]}
    findings_url = reverse("inspections:finding_list")
    every = (matrix_row(topic, columns, counts, findings_url, where) for topic in topics)
    matrix = sorted(every, key=lambda row: -row.shared)
    missing = [body for body in bodies if body.pk not in newest]
    why = {body: held()[body.pk] for body in missing}
    return TopicMatrix(
        columns=columns,
        bodies=sum(column.key is not None for column in columns) + list(why.values()).count(Held.WHOLE),
        shared=tuple(row for row in matrix if row.shared >= SHARED),
        others=tuple(row for row in matrix if row.shared < SHARED),
        without_data=tuple(f"{short(body)} ({why[body].value})" for body in missing),
    )


def matrix_row(
    topic: TopicName,
    columns: Sequence[MatrixColumn],
    counts: Mapping[tuple[TopicName, int | None, str], int],
    findings_url: str,
    where: Mapping[str, list[str]],
) -> TopicRow:
    """Each number leads to exactly the findings that it counts."""
    on_topic = f"{findings_url}?{urlencode({'topic': topic.slug})}"
    cells = tuple(
        (
            column,
            tuple(
                ToneCount(
                    tone=tone.value,
                    sign=tone.sign,
                    number=number,
                    words=several(number, tone.noun),
                    url=f"{on_topic}&{column.query}&tone={tone.value}",
                )
                for tone in Tone
                if tone.sign and (number := counts.get((topic, column.key, tone), 0))
            ),
        )
        for column in columns
    )
    shared = sum((topic, column.key, Tone.SHORTCOMING) in counts for column in columns if column.key is not None)
    return TopicRow(topic.name, f"{on_topic}&{urlencode(where, doseq=True)}", cells, shared)


@dataclass(frozen=True)
class TopicFact:
    """One number of the matrix, for a file."""

    topic: str
    body: str
    programme: str
    tone: str
    findings: int


TOPIC_COLUMNS = (
    Column("topic", "Topic", lambda row: row.topic),
    Column("body", "Body", lambda row: row.body),
    Column("programme", "Programme", lambda row: row.programme),
    Column("tone", "Tone", lambda row: row.tone),
    Column("findings", "Findings", lambda row: row.findings, numeric=True),
)


def topic_facts(matrix: TopicMatrix) -> tuple[TopicFact, ...]:
    return tuple(
        TopicFact(row.name, column.name, column.programme.name, str(Tone(count.tone).label), count.number)
        for row in matrix.rows
        for column, cell in row.cells
        for count in cell
    )
