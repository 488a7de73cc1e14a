"""Nothing of an inspection that is not published is in any answer to those who are not of its team."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from model_bakery import baker

from forces.models import Organisation, Region
from inspections.evidence.services import kept_file
from inspections.figures.models import Measure, PublishedFigure
from inspections.figures.services import FIGURES
from inspections.findings.models import Finding, Topic
from inspections.gradings.models import Grading
from inspections.positions.models import Position
from inspections.practice.models import Uptake
from inspections.programmes.models import Inspection, Programme, Question
from inspections.programmes.services import CITATIONS
from inspections.recommendations.models import Recommendation
from inspections.repeats.models import Pairing, Revisit
from inspections.requirements.models import DeadlineMove, Step
from inspections.requirements.services import requirement_of
from inspections.responses.models import Answer, Response
from inspections.sources.models import Citation, OnceOut, SourceDocument
from inspections.vocabularies.models import FindingKind, InspectionStage
from inspections.work.models import WorkQuerySet
from inspections.work.services import TEAM, plan_inspection
from soc_tracker.core.access.roles import Role
from tests.architecture.urls import routes
from tests.forms import press
from tests.makers import make_finding, make_grading, make_recommendation
from tests.pages import DOWNLOADS, PAGES
from tests.reach.planted import account, client_of
from tests.reach.test_sweep import of_pattern, plain, texts_of, without_echo

pytestmark = pytest.mark.django_db
WORD, NUMBER = "quokka", 7_654_321
REASON = "Drafted."
NOT_SWEPT = ("admin:", "account_", "mfa_", "demo_", "disruptions:", "plans4p:", "without", "trail")
"""The administration is swept by itself; the trail tells of every write, to those alone whose work is to look at it;
what is not named has pages among PAGES.
"""
NEW_EACH_TIME = re.compile(r"(older|newer|cursor)=[^\"&]+|\d\d:\d\d:\d\d")
QUERIES = (f"q={WORD}", "format=csv", "format=xlsx", "format=json")
OF_NONE = {"MonitoringPeriod", "BodySize", "Characteristic", "ReportFile"}
"""Facts from documents, of no inspection; and files that their senders alone see."""


def models_of_inspections() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, OnceOut) and model.belongs_to]


MODELS = models_of_inspections()
OF_INSPECTIONS = [
    page for page in (*PAGES, *DOWNLOADS) if not page.name.startswith(("disruptions:", "plans4p:", "own_", "plan_"))
]
"""Without those of the record, which knows no inspection."""


@pytest.fixture
def lead(reference):
    return account(Role.INSPECTOR, "lead", is_national=True)


@pytest.fixture
def draft(lead) -> Inspection:
    return plant(lead)


def plant(lead) -> Inspection:
    """An inspection at its first stage, with one of everything that an inspection may say."""
    region, body = Region.objects.get(slug="north-west"), Organisation.objects.get(slug="cheshire")
    programme = Programme.objects.get(slug="peel-2022-23")
    values = {
        "programme": programme,
        "region": region,
        "organisation": None,
        "title": f"The {WORD} inspection",
        "publisher": f"{WORD} inspectorate",
        "fieldwork_on": date(2026, 3, 1),
        "note": f"Of {WORD}.",
    }
    inspection = plan_inspection(values, by=lead)
    question = Question.objects.get(programme=programme, theme="soc")
    grade = {"summary": f"{WORD} summary", "question": question}
    grading = make_grading(inspection, body, "inadequate", **grade)
    concern = next(kind.slug for kind in FindingKind.rows() if kind.is_concern)
    practice = next(kind.slug for kind in FindingKind.rows() if kind.is_practice)
    about = {"organisation": body, "region": None, "topics": Topic.objects.all()}
    finding = make_finding(inspection, concern, f"Concern of {WORD}", **about)
    copied = make_finding(inspection, practice, f"Practice of {WORD}", **about | {"tone": "strength"})
    make_finding(inspection, title=f"Regional {WORD}", organisation=None, region=region)
    due = {"due_on": date(2023, 1, 1), "due_precision": "day"}
    make_recommendation(finding, body, **due)
    number = {"value": NUMBER, "unit": "count", "qualifier": "exactly", "said_by": "body", "as_at": date(2026, 1, 1)}
    for place, of in enumerate(({"finding": finding}, {"inspection": inspection})):
        figure = {"measure": Measure.objects.get(slug="lead-disruptions"), "organisation": body, **of}
        own = {"slug": f"{WORD}-{place}", "source": inspection.source, "locator": "Page 1"}
        FIGURES.create({**number, **figure, **own}, by=lead, reason=REASON)
    known = SourceDocument.objects.get(slug="nw-soc-2023")
    for fact in ({"finding": finding}, {"grading": grading}):
        words = {"source": known, "locator": f"{WORD} page", "stance": "contradicts"}
        CITATIONS.create(words, **fact, by=lead, reason=REASON)
    plant_around(finding, copied, by=lead)
    return inspection


def plant_around(finding: Finding, practice: Finding, by: Any) -> None:
    """What others keep around findings, of these and beside what is published."""
    earlier = Finding.objects.published().filter(organisation=finding.organisation, kind=finding.kind_id)
    earlier = earlier.first() or Finding.objects.published().filter(organisation=finding.organisation).earliest("pk")
    make_finding(
        finding.inspection, title=f"Again {WORD}", organisation=finding.organisation, region=None, repeats=earlier
    )
    requirement = requirement_of(finding)
    with kept_file(SimpleUploadedFile(f"{WORD}.txt", WORD.encode()), requirement=requirement, by=by):
        pass
    words = {"note": WORD, "reason": WORD, "summary": WORD, "text": WORD}
    of_it = {"requirement": requirement, "status": requirement.status, "kind": "action"}
    said = {"by": by, "source": finding.source, "locator": f"{WORD} page", "on": date(2026, 4, 1)}
    for model, values in (
        (Step, {"requirement": requirement, "status": requirement.status, **said}),
        (DeadlineMove, {"requirement": requirement, "new_on": date(2026, 5, 1), "setter": "body", **said}),
        (Revisit, {"inspection": finding.inspection, "finding": earlier, "outcome": "resolved", **said}),
        (Pairing, {"first": earlier, "second": finding, "is_one_problem": True, **said}),
        (Answer, {"response": Response.objects.filter(inspection=finding.inspection).earliest("pk"), **of_it}),
        (Position, {"organisation": finding.organisation, **of_it, **said}),
        (Uptake, {"practice": practice, "organisation": Organisation.objects.get(slug="cumbria"), **said}),
    ):
        names = {field.name for field in model._meta.fields}
        baker.make(model, **{name: value for name, value in (words | values).items() if name in names})


def rows_of(inspection: Inspection) -> dict[type, list[Any]]:
    """All that is of it, by model."""
    paths = {model: [f"{path}__pk" if path else "pk" for path in model.belongs_to] for model in MODELS}
    return {
        model: [row for path in named for row in model._base_manager.filter(**{path: inspection.pk})]
        for model, named in paths.items()
    }


def addresses(draft: Inspection) -> Iterator[str]:
    rows = rows_of(draft)
    values = {
        "slug": [
            *(row.slug for model in (Inspection, Finding, PublishedFigure, SourceDocument) for row in rows[model]),
            *("cheshire", "north-west", "nw-soc-2023"),
        ],
        "pk": [row.pk for model in (Grading, Recommendation) for row in rows[model]],
        "kind": ["findings"],
    }
    for name, pattern in routes():
        if not name.startswith(NOT_SWEPT):
            yield from of_pattern(name, pattern, values)
    yield from (page.url for page in OF_INSPECTIONS)


def leaks(client: Client, asked: Iterator[str], queries: tuple[str, ...]) -> dict[str, Any]:
    found = {}
    for address in dict.fromkeys(asked):
        answer = client.get(address)
        more = queries if answer.status_code == 200 and "?" not in address else ()
        for url, each in [(address, answer), *((f"{address}?{q}", client.get(f"{address}?{q}")) for q in more)]:
            words = without_echo(texts_of(each), url)
            if each.status_code >= 500 or WORD in words or str(NUMBER) in words or f"{NUMBER:,}" in words:
                found[url] = each.status_code
    return found


def test_whatever_names_what_may_be_a_draft_may_be_one_itself():
    """But for histories, words, and what a team keeps of its inspection, which the team alone sees ever."""
    silent = set()
    for model in apps.get_models():
        links = [field for field in model._meta.fields if isinstance(field, ForeignKey)]
        of_draft = [field for field in links if issubclass(field.related_model, OnceOut) and field.name != "source"]
        is_kept_by_team = isinstance(model._default_manager.all(), WorkQuerySet)
        if of_draft and not issubclass(model, OnceOut) and not is_kept_by_team and not hasattr(model, "instance_type"):
            silent.add(model.__name__)
    assert silent - OF_NONE == set()


def test_every_kind_of_row_is_planted(draft):
    assert {model.__name__ for model, rows in rows_of(draft).items() if not rows} == set()


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR])
def test_nothing_of_a_draft_is_in_any_answer(role, draft):
    """Administrators are told that there is one, and who is in its team: one whose lead has left is not lost."""
    user = account(role, "other", is_national=True)
    queries = QUERIES if role == Role.INSPECTOR else ()
    told = leaks(client_of(user), addresses(draft), queries)
    that_it_is_there = {f"{draft.get_absolute_url()}team/", reverse("inspections:under_way")}
    assert set(told) == (that_it_is_there if role == Role.ADMINISTRATOR else set())


def test_nor_in_any_answer_of_the_administration(draft):
    client = client_of(account(Role.ADMINISTRATOR, "other"))
    asked = []
    for model, rows in rows_of(draft).items():
        name = f"admin:inspections_{model._meta.model_name}"
        if model is not Citation and admin.site.is_registered(model):
            asked += [reverse(f"{name}_{step}") for step in ("changelist", "changes", "add")]
            asked += [reverse(f"{name}_{step}", args=[row.pk]) for row in rows for step in ("change", "history")]
            asked += [reverse(f"{name}_restore", args=[row.pk, 1]) for row in rows]
    asked += [reverse("admin:index"), reverse("admin:forces_organisation_changelist")]
    assert leaks(client, iter(asked), (f"q={WORD}",)) == {}
    known = SourceDocument.objects.get(slug="nw-soc-2023")
    field = {"app_label": "inspections", "model_name": "finding", "field_name": "inspection", "term": WORD}
    assert client.get(reverse("admin:autocomplete"), field).json()["results"] == []
    assert WORD not in texts_of(client.get(reverse("admin:inspections_sourcedocument_delete", args=[known.pk])))


def test_no_page_says_anything_else_because_of_a_draft(lead):
    client = client_of(account(Role.INSPECTOR, "other", is_national=True))
    pages = [page.url for page in OF_INSPECTIONS]
    before = texts_by(client, pages)
    plant(lead)
    after = texts_by(client, pages)
    assert [url for url in pages if before[url] != after[url]] == []


def texts_by(client: Client, pages: list[str]) -> dict[str, str]:
    return {url: NEW_EACH_TIME.sub("", plain(client.get(url), url)) for url in pages}


def test_its_team_opens_all_of_it(draft, lead):
    client = client_of(lead)
    for model, rows in rows_of(draft).items():
        for row in rows if hasattr(model, "get_absolute_url") else ():
            answer = client.get(row.get_absolute_url())
            assert answer.status_code == 200, row
            assert "Not published: Planned" in answer.content.decode(), row


def test_lists_counts_and_files_are_the_same_for_its_team_as_for_all(draft, lead):
    client = client_of(lead)
    lists = ("/findings/", "/gradings/", "/figures/", "/recommendations/", "/sources/", "/search/", "/api/v1/findings/")
    assert leaks(client, iter(lists), QUERIES) == {}


def test_once_published_everybody_sees_it(draft):
    other = account(Role.ANALYST, "other", is_national=True)
    Inspection.objects.filter(pk=draft.pk).update(stage="published")
    for model, rows in rows_of(draft).items():
        assert {*model.objects.visible_to(other).values_list("pk", flat=True)} >= {row.pk for row in rows}


@pytest.mark.parametrize("stage", ["planned", "fieldwork", "drafting", "factual_check", "quality_assurance"])
def test_at_every_stage_before_that_nobody_else_does(stage, draft):
    other = account(Role.ADMINISTRATOR, "other")
    assert not InspectionStage.named(stage).is_published
    Inspection.objects.filter(pk=draft.pk).update(stage=stage)
    for model, rows in rows_of(draft).items():
        for seen in (model.objects.visible_to(other), model.objects.open_to(other)):
            assert not seen.filter(pk__in=[row.pk for row in rows]).exists()


def test_who_has_left_the_team_sees_it_no_more(draft, lead):
    second = account(Role.INSPECTOR, "second")
    member = TEAM.create(inspection=draft, account=second, by=lead, reason=REASON)
    assert Finding.objects.open_to(second).filter(inspection=draft).exists()
    TEAM.remove(member, by=lead, reason="Moved on.", expected_version=member.version)
    assert not Finding.objects.open_to(second).filter(inspection=draft).exists()


def test_the_team_is_asked_which_earlier_findings_are_of_the_problem_that_it_drafts(draft, lead):
    """To others the published one says nothing of it until the draft is published too."""
    earlier = Finding.objects.get(slug="nw-2022-cheshire-4p-plans")
    words = {"title": earlier.title, "summary": "Plans are out of date and do not drive operations."}
    finding = make_finding(draft, organisation=earlier.organisation, region=None, tone="shortcoming", **words)
    finding.topics.set(earlier.topics.all())
    page = reverse("inspections:problem", args=[finding.slug])
    client = client_of(lead)
    press(client, client.get(page), f"The same problem: {earlier.title}")
    assert "the same problem, says" in client.get(page).content.decode()
    other = client_of(account(Role.INSPECTOR, "other", is_national=True))
    published = other.get(reverse("inspections:problem", args=[earlier.slug])).content.decode()
    assert finding.slug not in published
    assert other.get(page).status_code == 404
