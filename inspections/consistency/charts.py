"""The consistency of an inspection as tables: grades, topics, what is missing where, and two inspectors' drafts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forces.models import Organisation
from inspections.consistency.queries import Consistency, Draft, Drafts, Subject, TopicLine
from inspections.vocabularies.models import FindingKind, Grade
from soc_tracker.core.lists.columns import Column
from soc_tracker.core.reports import Report
from soc_tracker.core.reports.report import first_of, listing, several

NO_FINDING, NO_GRADE, NOT_DRAFTED = "no finding", "no grade", "nothing drafted"
DIFFERENT, OTHER_KINDS, ONE_ONLY = "they differ", "of other kinds", "drafted by one of them only"
SAME, SAME_KINDS = "the same", "of the same kinds"
BY_INTEREST = (DIFFERENT, OTHER_KINDS, ONE_ONLY, SAME, SAME_KINDS)


def short(subject: Subject) -> str:
    return str(getattr(subject, "short_name", "") or subject.name)


def by_question(consistency: Consistency, kind_of_data: str) -> Report:
    """Questions as rows, bodies as columns. A region has no grade, and no column."""
    bodies = [subject for subject in consistency.subjects if isinstance(subject, Organisation)]

    def of_body(body: Subject) -> Column:
        return Column(
            f"body_{body.slug}",
            short(body),
            lambda line: line.grades[body].grade.label if body in line.grades else NO_GRADE,
            lambda line: line.grades[body].get_absolute_url() if body in line.grades else "",
            lambda line: "" if body in line.grades else "grey",
        )

    return Report(
        slug="grades",
        title="Grades by question",
        kind_of_data=kind_of_data,
        columns=(Column("question", "Question", lambda line: line.question.text), *map(of_body, bodies)),
        rows=consistency.questions,
        none="No grade is held here.",
    )


def by_topic(consistency: Consistency, kind_of_data: str) -> Report:
    """Topics as rows, bodies as columns; the findings behind each number fold out."""

    def of_subject(subject: Subject) -> Column:
        def words(line: TopicLine) -> str:
            return count_of_kinds(finding.kind for finding in line.findings.get(subject, ())) or NO_FINDING

        def with_titles(line: TopicLine) -> str:
            return (
                "; ".join(f"{each.kind.label}: {each.title}" for each in line.findings.get(subject, ())) or NO_FINDING
            )

        return Column(
            f"about_{subject.slug}",
            short(subject),
            words,
            tag=lambda line: "" if subject in line.findings else "grey",
            behind=lambda line: [(each.title, each.get_absolute_url()) for each in line.findings.get(subject, ())],
            files=(
                Column(f"about_{subject.slug}", short(subject), words),
                Column(f"findings_{subject.slug}", f"{short(subject)}: findings", with_titles),
            ),
        )

    context = several(consistency.context, "piece of context, which is no finding, takes", "pieces of context take")
    return Report(
        slug="topics",
        title="Findings by topic",
        kind_of_data=kind_of_data,
        columns=(Column("topic", "Topic", lambda line: line.name), *map(of_subject, consistency.subjects)),
        rows=consistency.topics,
        notes=(
            "A finding on several topics stands under each of them.",
            *([f"{context} no part."] if consistency.context else []),
        ),
        none="It has no finding yet.",
    )


def count_of_kinds(kinds: Iterable[FindingKind]) -> str:
    """ "1 area for improvement, 2 observations"; "" where there is none."""
    counts = Counter(kind.slug for kind in kinds)
    words = [
        several(counts[kind.slug], f"{kind.label[:1].lower()}{kind.label[1:]}", kind.plural)
        for kind in FindingKind.rows()
        if counts[kind.slug]
    ]
    return ", ".join(words)


def gaps(consistency: Consistency, kind_of_data: str) -> Report:
    """The topics on which a body has no finding that another body has; the region as a whole is no body."""
    bodies = [subject for subject in consistency.subjects if isinstance(subject, Organisation)]
    lines = [line for line in consistency.topics if line.topic and any(body in line.findings for body in bodies)]
    rows = [line for line in lines if any(body not in line.findings for body in bodies)]

    def names(line: TopicLine, *, has_findings: bool) -> str:
        return listing([short(body) for body in bodies if (body in line.findings) is has_findings])

    return Report(
        slug="gaps",
        title="Topics on which a body has no finding and another has",
        kind_of_data=kind_of_data,
        columns=(
            Column("topic", "Topic", lambda line: line.name),
            Column("without", "No finding", lambda line: names(line, has_findings=False)),
            Column("with", "With findings", lambda line: names(line, has_findings=True)),
        ),
        rows=rows,
        sentence=f"{several(len(rows), 'topic')} of {len(lines):,}. No finding does not mean that all is well."
        if rows
        else "",
        none="On each topic, every body has a finding or none has.",
    )


@dataclass(frozen=True)
class ComparedGrade:
    body: str
    question: str
    grades: tuple[Grade | None, Grade | None]

    @property
    def difference(self) -> str:
        first, second = self.grades
        if first and second:
            return SAME if first == second else DIFFERENT
        return ONE_ONLY


def grades_compared(pair: Sequence[Drafts], kind_of_data: str) -> Report:
    """By body and question, the grade as each of two inspectors left it."""
    first, second = pair
    keys = dict.fromkeys([*first.grades, *second.grades])
    rows = [
        ComparedGrade(key[0].name, key[1].text, (first.grades.get(key), second.grades.get(key)))
        for key in sorted(keys, key=lambda key: (key[0].name, key[1].order, key[1].pk))
    ]

    def of(place: int) -> Column:
        name = pair[place].name
        return Column(
            f"grade_{place + 1}", name, lambda row: row.grades[place].label if row.grades[place] else NOT_DRAFTED
        )

    differing = [row.body for row in rows if row.difference == DIFFERENT]
    return Report(
        slug="drafted-grades",
        title="Grades as each left them",
        kind_of_data=kind_of_data,
        columns=(
            Column("body", "Body", lambda row: row.body),
            Column("question", "Question", lambda row: row.question),
            of(0),
            of(1),
            Column("difference", "Difference", lambda row: row.difference),
        ),
        rows=by_interest(rows),
        sentence=f"They differ on {first_of(differing)}." if differing else "",
        none="Neither of them has drafted a grade.",
    )


def by_interest(rows: Iterable[Any]) -> list[Any]:
    """Where the two differ first."""
    return sorted(rows, key=lambda row: BY_INTEREST.index(row.difference))


@dataclass(frozen=True)
class ComparedFindings:
    """What each of two inspectors drafted of one body or region on one topic."""

    about: str
    topic: str
    drafts: tuple[list[Draft], list[Draft]]

    @property
    def difference(self) -> str:
        first, second = ({draft.kind for draft in each} for each in self.drafts)
        if first and second:
            return SAME_KINDS if first == second else OTHER_KINDS
        return ONE_ONLY


def findings_compared(consistency: Consistency, pair: Sequence[Drafts], kind_of_data: str) -> Report:
    """By body and topic, the findings that each of two inspectors wrote, of the kinds that they gave them."""
    by_finding: list[dict[Any, Draft]] = [{draft.finding: draft for draft in each.findings} for each in pair]
    rows = []
    for subject in consistency.subjects:
        for line in consistency.topics:
            on_topic = line.findings.get(subject, ())
            first, second = ([own[each] for each in on_topic if each in own] for own in by_finding)
            if first or second:
                rows.append(ComparedFindings(subject.name, line.name, (first, second)))

    def of(place: int) -> Column:
        def kinds(row: ComparedFindings) -> str:
            return count_of_kinds(draft.kind for draft in row.drafts[place]) or NOT_DRAFTED

        def with_titles(row: ComparedFindings) -> str:
            return "; ".join(f"{draft.kind.label}: {draft.finding.title}" for draft in row.drafts[place]) or NOT_DRAFTED

        name = pair[place].name
        return Column(
            f"findings_{place + 1}",
            name,
            kinds,
            behind=lambda row: [(draft.finding.title, draft.finding.get_absolute_url()) for draft in row.drafts[place]],
            files=(Column(f"findings_{place + 1}", name, with_titles),),
        )

    counts = Counter(row.difference for row in rows)
    apart = f"{counts[OTHER_KINDS]:,} {OTHER_KINDS}, {counts[ONE_ONLY]:,} {ONE_ONLY}"
    return Report(
        slug="drafted-findings",
        title="Findings that each drafted",
        kind_of_data=kind_of_data,
        columns=(
            Column("about", "About", lambda row: row.about),
            Column("topic", "Topic", lambda row: row.topic),
            of(0),
            of(1),
            Column("difference", "Difference", lambda row: row.difference),
        ),
        rows=by_interest(rows),
        sentence=f"Of {several(len(rows), 'row')}: {apart}." if rows else "",
        none="Neither of them has drafted a finding.",
    )
