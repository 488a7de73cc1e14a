"""Responses, rungs and what bodies say of themselves, read by programs and loaded from files."""

import json
from datetime import date
from pathlib import Path

import pytest

from inspections.positions.models import Position
from inspections.responses.models import Answer, Response
from soc_tracker.reference.loader import load

pytestmark = pytest.mark.usefixtures("reference")
REPORT = {"inspection": "north-west-soc-2022-23", "organisation": "north-wales"}
FINDING = {"finding": "nw-2022-north-wales-resources-and-priority", "number": 1}
SOURCE = {"source": "nw-soc-2023", "locator": "A place"}


def load_rows(folder: Path, **rows: list[dict]) -> None:
    for kind, each in rows.items():
        (folder / f"{kind}.json").write_text(json.dumps(each))
    outcome = load(folder)
    assert outcome.written, [f"{line.kind}: {line.problems}" for line in outcome.lines if line.problems]


def test_a_response_with_its_answers_and_an_own_record_load_from_files(tmp_path, inspector):
    load_rows(
        tmp_path,
        responses=[{**REPORT, "is_published": True, "published_on": "2024-01-08", "comments": "Accepted.", **SOURCE}],
        answers=[{**FINDING, "kind": "action", "acceptance": "accepted", "text": "A campaign."}],
        positions=[
            {**FINDING, "organisation": "north-wales", "on": "2024-06-01", "status": "being_progressed", "note": "On."}
        ],
    )
    response = Response.objects.get(is_published=True)
    assert (response.due_to, response.in_time) == (date(2024, 1, 5), False)
    [row] = inspector.get("/api/v1/responses/", {"timeliness": "late"}).json()["results"]
    assert (row["timeliness"], row["kind_of_data"]) == ("late", "published")
    assert [(answer["kind"], answer["text"]) for answer in row["answers"]] == [("action", "A campaign.")]
    assert Answer.objects.get().requirement.acceptance == "accepted"
    page = inspector.get(response.get_absolute_url()).content.decode()
    for words in ("Published late, by 3 days", "A campaign.", "Silent: says nothing of it"):
        assert words in page
    [own] = inspector.get("/api/v1/own-records/").json()["results"]
    assert (own["status"], own["kind_of_data"]) == ("being_progressed", "recorded")
    assert Position.objects.get().requirement == Answer.objects.get().requirement


def test_rungs_are_read_with_their_precision(inspector):
    [row] = inspector.get("/api/v1/rungs/").json()["results"]
    assert (row["organisation"], row["stage"], row["started_on"], row["started_precision"], row["ended_on"]) == (
        "west-mercia",
        "engage",
        "2017-01-01",
        "year",
        "2019-01-01",
    )
