"""What an inspection says of each of its bodies on each topic, and what each of two inspectors drafted of them."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from forces.models import Organisation, Region
from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Grading
from inspections.programmes.models import Inspection, Question
from inspections.vocabularies.models import FindingKind, Grade
from inspections.work.queries import bodies_of
from soc_tracker.core.records.states import name_of

User = AbstractBaseUser | AnonymousUser
Subject = Organisation | Region
NO_TOPIC = "On no topic"


@dataclass(frozen=True)
class TopicLine:
    """The findings on one topic by what they are about; ``topic`` is None for those on none."""

    topic: Topic | None
    findings: dict[Subject, list[Finding]]

    @property
    def name(self) -> str:
        return self.topic.name if self.topic else NO_TOPIC


@dataclass(frozen=True)
class QuestionLine:
    question: Question
    grades: dict[Subject, Grading]


@dataclass(frozen=True)
class Consistency:
    """An inspection laid out by its ``subjects``: its bodies, and its region where a finding is about that as a whole.

    Context, which is no finding, takes no part; ``context`` is how much of it there is.
    """

    subjects: list[Subject]
    topics: list[TopicLine]
    questions: list[QuestionLine]
    context: int


def get_consistency(user: User, inspection: Inspection) -> Consistency:
    """Of what the user may see of it, by topics in their order, those on none last. Five queries."""
    rows = Finding.objects.open_to(user).filter(inspection=inspection).select_related("organisation", "region")
    every = list(rows.prefetch_related("topics").order_by("order", "pk"))
    findings = [finding for finding in every if not finding.is_context]
    gradings = Grading.objects.open_to(user).filter(inspection=inspection).select_related("organisation", "question")
    grades: dict[Question, dict[Subject, Grading]] = defaultdict(dict)
    for grading in gradings.order_by("question__order", "question_id", "pk"):
        grades[grading.question][grading.organisation] = grading
    lines: dict[Topic | None, dict[Subject, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        topics: list[Topic | None] = [*finding.topics.all()]
        for topic in topics or [None]:
            lines[topic][finding.about].append(finding)
    in_order = sorted(lines, key=lambda topic: (topic is None, topic and (topic.order, topic.name)))
    bodies, named = bodies_of(inspection), dict.fromkeys(finding.about for finding in findings)
    regions = [each for each in named if isinstance(each, Region)]
    return Consistency(
        subjects=[*regions, *bodies, *(each for each in named if each not in bodies and each not in regions)],
        topics=[TopicLine(topic, dict(lines[topic])) for topic in in_order],
        questions=[QuestionLine(question, of_bodies) for question, of_bodies in grades.items()],
        context=len(every) - len(findings),
    )


@dataclass(frozen=True)
class Draft:
    """What an inspector left of a finding: its kind then, whoever has changed it since."""

    finding: Finding
    kind: FindingKind


@dataclass
class Drafts:
    """What one inspector drafted: the grade that they left, by body and question, and their findings."""

    name: str
    grades: dict[tuple[Organisation, Question], Grade] = field(default_factory=dict)
    findings: list[Draft] = field(default_factory=list)


def get_drafts(inspection: Inspection, consistency: Consistency) -> dict[str, Drafts]:
    """By their user names, all who wrote something of what it says now, before it was published. People of one name are
    told apart. Two queries.
    """
    findings = {each.pk: each for line in consistency.topics for of_one in line.findings.values() for each in of_one}
    gradings = {each.pk: each for line in consistency.questions for each in line.grades.values()}
    drafts: dict[str, Drafts] = {}

    def drafted_by(person: Any) -> Drafts:
        return drafts.setdefault(person.get_username(), Drafts(name_of(person)))

    for person, row in _last_of_each(Finding, inspection, findings):
        drafted_by(person).findings.append(Draft(findings[row.id], row.kind))
    for person, row in _last_of_each(Grading, inspection, gradings):
        grading = gradings[row.id]
        drafted_by(person).grades[grading.organisation, grading.question] = row.grade
    names = Counter(each.name for each in drafts.values())
    for username, each in drafts.items():
        if names[each.name] > 1:
            each.name = f"{each.name} ({username})"
    return dict(sorted(drafts.items()))


def _last_of_each(model: Any, inspection: Inspection, keys: Collection[int]) -> list[tuple[Any, Any]]:
    """The last row that each person wrote of each record of these keys, in the order of the keys."""
    rows = model.history.filter(inspection=inspection.pk, history_user__isnull=False).exclude(history_type="-")
    rows = rows.filter(history_date__lt=inspection.out_at) if inspection.out_at else rows
    last = {}
    for row in rows.select_related("history_user").order_by("history_date", "history_id"):
        last[row.history_user, row.id] = row
    places = {key: place for place, key in enumerate(keys)}
    in_order = sorted((places[key], person.pk, person, row) for (person, key), row in last.items() if key in places)
    return [(person, row) for _, _, person, row in in_order]
