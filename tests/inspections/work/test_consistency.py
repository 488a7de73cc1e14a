"""An inspection is laid out by body and topic; two inspectors' drafts stand side by side for its team."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate, now
from model_bakery import baker

from forces.models import Organisation
from inspections.consistency.charts import DIFFERENT, NO_FINDING, NOT_DRAFTED, ONE_ONLY, OTHER_KINDS, SAME, SAME_KINDS
from inspections.findings.models import Topic
from inspections.findings.services import FINDINGS
from inspections.gradings.models import Grading
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Question
from inspections.work.services import TEAM
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.accounts.tokens.services import make_token
from tests.reach.planted import account, client_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
REPORTS = ("topics", "gaps", "grades", "drafted-grades", "drafted-findings")


@pytest.fixture
def topics() -> list[Topic]:
    return [
        baker.make(Topic, name=name, slug=name.lower(), order=place) for place, name in enumerate(("Plans", "Youth"))
    ]


def draft(inspection: Inspection, body: Organisation, title: str, topics: list[Topic], by: Any, **more: Any) -> Any:
    about = {"inspection": inspection, "organisation": body, "source": inspection.source, "locator": "Page 1"}
    words = {"title": title, "slug": slugify(title), "summary": f"{title}.", "section": "resources", "topics": topics}
    shown = {"kind": "observation", "tone": "shortcoming", **more}
    return FINDINGS.create({**about, **words, **shown}, by=by, reason="Drafted.")


@pytest.fixture
def drafted(inspection, bodies, topics, lead, second) -> list[Any]:
    """The lead writes of both bodies on plans, the second of the first body alone, on young people and plans."""
    alder, birch = bodies
    plans, youth = topics
    return [
        draft(inspection, alder, "Plans are old", [plans], lead, kind="area_for_improvement"),
        draft(inspection, birch, "Plans are new", [plans], lead),
        draft(inspection, alder, "Plans are there", [plans], second),
        draft(inspection, alder, "Young people are helped", [youth], second),
        draft(inspection, alder, "A note on everything", [], second),
    ]


def address(inspection: Inspection, report: str = "") -> str:
    return reverse(
        "inspections:consistency_file" if report else "inspections:consistency", kwargs=named(inspection, report)
    )


def named(inspection: Inspection, report: str) -> dict[str, str]:
    return {"slug": inspection.slug} | ({"report": report} if report else {})


def rows_of(client: Client, inspection: Inspection, report: str, **query: str) -> list[dict[str, str]]:
    answer = client.get(address(inspection, report), {"form": "data", **query})
    assert answer.status_code == 200, answer
    return list(csv.DictReader(answer.getvalue().decode("utf-8-sig").splitlines()))


def publish(inspection: Inspection) -> None:
    Inspection.objects.filter(pk=inspection.pk).update(stage="published", out_at=now())


def test_each_topic_says_what_there_is_of_each_body_and_where_there_is_nothing(lead, inspection, drafted):
    rows = {row["Topic"]: row for row in rows_of(client_of(lead), inspection, "topics")}
    assert list(rows) == ["Plans", "Youth", "On no topic"]
    assert rows["Plans"]["Alder"] == "1 area for improvement, 1 other observation"
    assert rows["Plans"]["Alder: findings"] == "Area for improvement: Plans are old; Other observation: Plans are there"
    assert (rows["Youth"]["Alder"], rows["Youth"]["Birch"]) == ("1 other observation", NO_FINDING)
    assert rows["On no topic"]["Alder: findings"] == "Other observation: A note on everything"
    [gap] = rows_of(client_of(lead), inspection, "gaps")
    assert (gap["Topic"], gap["No finding"], gap["With findings"]) == ("Youth", "Birch", "Alder")


def test_the_findings_behind_each_number_are_links(lead, inspection, drafted):
    page = client_of(lead).get(address(inspection)).content.decode()
    for finding in drafted:
        assert f'href="{finding.get_absolute_url()}"' in page
    assert "As it is drafted so far: its team alone sees this." in page


def test_context_counts_as_no_finding(lead, inspection, bodies, topics):
    draft(inspection, bodies[0], "A town of ships", [topics[0]], lead, tone="context")
    assert rows_of(client_of(lead), inspection, "topics") == []
    assert "It has no finding yet." in client_of(lead).get(address(inspection)).content.decode()


def test_what_two_inspectors_drafted_stands_side_by_side_where_they_differ_first(lead, second, inspection, drafted):
    rows = rows_of(client_of(second), inspection, "drafted-findings")
    about = [(row["About"], row["Topic"], row["Difference"]) for row in rows]
    assert about == [
        ("Alder Police", "Plans", OTHER_KINDS),
        ("Alder Police", "Youth", ONE_ONLY),
        ("Alder Police", "On no topic", ONE_ONLY),
        ("Birch Police", "Plans", ONE_ONLY),
    ]
    mine, other = list(rows[0])[2:4]
    assert {rows[0][mine], rows[0][other]} == {
        "Area for improvement: Plans are old",
        "Other observation: Plans are there",
    }
    assert NOT_DRAFTED in (rows[1][mine], rows[1][other])


def test_two_who_give_a_topic_the_same_kinds_do_not_differ(lead, second, inspection, bodies, topics):
    """However many findings each has."""
    for number, by in enumerate((lead, second, second)):
        draft(inspection, bodies[0], f"Plans {number}", topics[:1], by)
    [row] = rows_of(client_of(lead), inspection, "drafted-findings")
    assert row["Difference"] == SAME_KINDS


def test_a_finding_that_another_gave_another_kind_stands_with_both(lead, second, inspection, drafted):
    first = drafted[1]
    FINDINGS.change(first, kind="area_for_improvement", by=second, reason="Worse.", expected_version=first.version)
    rows = {(row["About"], row["Topic"]): row for row in rows_of(client_of(lead), inspection, "drafted-findings")}
    told = set(rows["Birch Police", "Plans"].values())
    assert {"Area for improvement: Plans are new", "Other observation: Plans are new", OTHER_KINDS} <= told


def test_a_grade_stands_as_each_left_it_whoever_changed_it_since(lead, second, inspection, bodies, drafted):
    alder, birch = bodies
    question = Question.objects.get(slug="round-2027-soc")
    shared = {"inspection": inspection, "question": question, "source": inspection.source, "locator": "Page 1"}
    for body in bodies:
        GRADINGS.create({**shared, "grade": "good"}, organisation=body, by=lead, reason="Drafted.")
    of_alder, of_birch = (Grading.objects.get(organisation=body) for body in bodies)
    GRADINGS.change(of_alder, grade="adequate", by=second, reason="Harsher.", expected_version=of_alder.version)
    GRADINGS.change(of_birch, summary="Yes.", by=second, reason="Agreed.", expected_version=of_birch.version)
    rows = {row["Body"]: row for row in rows_of(client_of(lead), inspection, "drafted-grades")}
    assert (rows[alder.name]["Difference"], rows[birch.name]["Difference"]) == (DIFFERENT, SAME)
    assert {"Good", "Adequate"} <= set(rows[alder.name].values())
    graded = rows_of(client_of(lead), inspection, "grades")
    assert (graded[0]["Alder"], graded[0]["Birch"]) == ("Adequate", "Good")


def test_of_several_inspectors_two_are_chosen(lead, second, inspection, bodies, topics, drafted):
    third = account(Role.INSPECTOR, "third")
    TEAM.create(inspection=inspection, account=third, by=lead, reason="Joins.")
    draft(inspection, bodies[1], "Young people wait", [topics[1]], third)
    client = client_of(lead)
    rows = rows_of(client, inspection, "drafted-findings", first="third", second="second")
    assert ("Birch Police", "Youth") in {(row["About"], row["Topic"]) for row in rows}
    assert client.get(address(inspection), {"first": "third", "second": "second"}).status_code == 200
    for wrong in ({"first": "nobody"}, {"first": "third", "second": "third"}):
        assert client.get(address(inspection), wrong).status_code == 400


def test_before_it_is_published_its_team_alone_sees_any_of_it(inspection, drafted):
    for role in (Role.INSPECTOR, Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER, Role.ADMINISTRATOR):
        other = client_of(account(role, f"other-{role.value}", is_national=True))
        for report in ("", *REPORTS):
            assert other.get(address(inspection, report)).status_code == 404, (role, report)


def test_after_it_everybody_sees_what_it_says_and_its_team_alone_who_drafted_what(lead, inspection, drafted):
    publish(inspection)
    other = client_of(account(Role.ANALYST, "other", is_national=True))
    page = other.get(address(inspection))
    assert "Plans are old" in page.content.decode()
    assert "Two inspectors" not in page.content.decode()
    for report in REPORTS:
        assert other.get(address(inspection, report)).status_code == (404 if "drafted" in report else 200), report
    assert other.get(address(inspection), {"first": "lead"}).status_code == 400
    assert len(rows_of(client_of(lead), inspection, "drafted-findings")) == 4


def test_a_program_reads_what_is_published_and_no_draft(lead, inspection, drafted):
    until = localdate() + timedelta(days=30)
    secret = make_token(lead, "Workbook", list(Scope), until, reason="For a workbook.")[1]
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert {program.get(address(inspection, report)).status_code for report in REPORTS} == {404}
    publish(inspection)
    assert "Plans are old" in str(rows_of(program, inspection, "topics"))
    assert program.get(address(inspection, "drafted-findings")).status_code == 404


def test_a_correction_after_publication_is_no_draft(lead, second, inspection, drafted):
    publish(inspection)
    first = drafted[0]
    FINDINGS.change(first, kind="cause_of_concern", by=second, reason="Worse.", expected_version=first.version)
    rows = rows_of(client_of(lead), inspection, "drafted-findings")
    assert not any("Cause of concern" in text for row in rows for text in row.values())


def test_its_queries_are_few_however_many_its_findings(lead, inspection, bodies, topics, drafted, second):
    client = client_of(lead)
    counts = []
    for number in range(2):
        for more in range(number * 10):
            draft(inspection, bodies[1], f"More {more}", topics, second)
        client.get(address(inspection))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(inspection))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= MOST_QUERIES
