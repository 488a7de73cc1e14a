"""The demo inspection: made up, under way, and seen by its team alone. It is never published, so that nothing of it
stands among what was.
"""

from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from forces.models import Organisation, Region
from inspections.entering.services import enter_finding, enter_grades, enter_recommendation
from inspections.findings.models import Finding, Topic
from inspections.gradings.services import GRADINGS
from inspections.programmes.models import Inspection, Programme, Question
from inspections.work.choices import TeamChange
from inspections.work.services import NOTES, change_team, move_on, plan_inspection
from soc_tracker.core.access.roles import Role
from soc_tracker.core.trail.services import one_load
from soc_tracker.demo.files import rows_of
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, demo_user
from soc_tracker.demo.plans import NotReadyError

PLACE = "Page 1 (made up)"


def is_loaded() -> bool:
    [row] = rows_of("draft_inspection")
    return Inspection.objects.filter(title=row["title"]).exists()


def load_demo_inspection(today: date) -> Inspection:
    """Plan it, note, find and grade, and take it to where bodies check its facts.

    Raises NotReadyError without the reference data.
    """
    [row] = rows_of("draft_inspection", today)
    programme = Programme.objects.filter(slug=row["programme"]).first()
    if programme is None:
        raise NotReadyError(f"There is no programme “{row['programme']}”: run load_reference first.")
    lead = demo_account(Role.INSPECTOR)
    second = demo_user(row["members"], "Demo", "second inspector", Role.INSPECTOR)
    writers = {row["lead"]: lead, row["members"]: second}
    with transaction.atomic(), one_load("The inspection of the demonstration", by=lead):
        inspection = plan_inspection(
            {
                **{name: row[name] for name in ("title", "publisher", "note")},
                "fieldwork_on": date.fromisoformat(row["fieldwork_on"]),
                "programme": programme,
                "region": Region.objects.get(slug=row["region"]),
                "organisation": None,
                "fieldwork_precision": "month",
                "is_illustrative": True,
            },
            by=lead,
        )
        change_team(inspection, second, TeamChange.JOIN, by=lead, seen={})
        write_findings(inspection, today, writers)
        write_notes(inspection, today, writers)
        grade(inspection, today, lead=lead, second=second)
        while not inspection.stage.checked_by_body:
            step: dict[str, Any] = {"note": "", "expected_version": inspection.version}
            inspection = move_on(inspection, inspection.stage.next_stages[0].slug, by=lead, **step)
    return inspection


def write_findings(inspection: Inspection, today: date, writers: dict[str, User]) -> None:
    shared = {"source": inspection.source, "locator": PLACE}
    for order, row in enumerate(rows_of("draft_findings", today), start=1):
        values = {name: row[name] for name in ("kind", "tone", "section", "title", "summary")}
        topics = list(Topic.objects.filter(slug__in=row["topics"].split("; ")))
        about = {"organisation": body(row), "region": None}
        enter_finding(
            inspection, {**values, **shared, **about, "order": order, "topics": topics}, by=writers[row["by"]]
        )
    for row in rows_of("draft_recommendations", today):
        finding = Finding.objects.get(inspection=inspection, title=row["finding"])
        due = {"due_on": date.fromisoformat(row["due_on"]), "due_precision": "day"}
        asked: dict[str, Any] = {"number": 1, "text": row["text"], "addressed_to": body(row), **due, **shared}
        enter_recommendation(finding, asked, by=writers[row["by"]])


def write_notes(inspection: Inspection, today: date, writers: dict[str, User]) -> None:
    for row in rows_of("draft_notes", today):
        own = {name: row[name] for name in ("place", "seen", "what", "section")}
        findings = Finding.objects.filter(inspection=inspection, title__in=row["findings"].split("; "))
        more = {"on": date.fromisoformat(row["on"]), "organisation": body(row), "findings": list(findings)}
        by = writers[row["by"]]
        NOTES.create({**own, **more, "by": by}, inspection=inspection, by=by, reason="Noted.")


def grade(inspection: Inspection, today: date, *, lead: User, second: User) -> None:
    """Some of its bodies: the others stand among what is missing. What the lead gave first the second changes, so that
    two inspectors' drafts differ.
    """
    rows = rows_of("draft_gradings", today)
    grades = [(body(row), {"grade": row["first"] or row["grade"], "summary": row["summary"]}) for row in rows]
    question = Question.objects.get(programme=inspection.programme, theme="soc")
    stored = enter_grades(inspection, question, locator=PLACE, grades=grades, by=lead)
    for row, grading in zip(rows, stored, strict=True):
        if row["first"]:
            why: dict[str, Any] = {"reason": "Read again.", "expected_version": grading.version}
            GRADINGS.change(grading, grade=row["grade"], by=second, **why)


def body(row: dict[str, str]) -> Any:
    """The organisation that a row names, None where it names none."""
    return Organisation.objects.get(slug=row["organisation"]) if row["organisation"] else None
