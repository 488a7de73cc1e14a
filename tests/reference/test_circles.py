"""Words that name each other in a circle, of which none is there yet."""

import json

import pytest

from inspections.vocabularies.models import RequirementStatus
from soc_tracker.reference.loader import load
from soc_tracker.reference.rows import Result

pytestmark = pytest.mark.django_db


def status(slug: str, *after: str) -> dict[str, object]:
    return {"slug": slug, "label": slug.title(), "order": 500, "next_steps": list(after)}


def load_statuses(folder, *rows):
    (folder / "requirement_statuses.json").write_text(json.dumps(rows))
    return load(folder, only=["requirement_statuses"], accept_good=True)


def next_steps() -> dict[str, list[str]]:
    rows = RequirementStatus.objects.filter(order=500).order_by("slug")
    return {row.slug: sorted(each.slug for each in row.next_steps.all()) for row in rows}


def test_they_are_all_added_with_their_names(tmp_path):
    outcome = load_statuses(tmp_path, status("to", "fro"), status("fro", "to", "over"), status("over", "fro"))
    assert [line.result for line in outcome.lines if line.number] == [Result.ADDED] * 3
    assert next_steps() == {"fro": ["over", "to"], "over": ["fro"], "to": ["fro"]}


def test_a_second_time_nothing_changes(tmp_path):
    rows = status("to", "fro"), status("fro", "to")
    load_statuses(tmp_path, *rows)
    outcome = load_statuses(tmp_path, *rows)
    assert {line.result for line in outcome.lines if line.number} == {Result.UNCHANGED}


def test_nothing_is_left_of_those_that_name_what_nobody_knows(tmp_path):
    outcome = load_statuses(tmp_path, status("to", "fro"), status("fro", "to", "nowhere"), status("alone", "alone"))
    refused = [line.key for line in outcome.of(Result.REFUSED)]
    assert (refused, next_steps()) == (["to", "fro"], {"alone": ["alone"]})


def test_what_is_no_list_of_words_is_refused_in_words(tmp_path):
    outcome = load_statuses(tmp_path, status("to") | {"next_steps": [5]}, status("fro") | {"next_steps": "to"})
    assert ([line.key for line in outcome.of(Result.REFUSED)], next_steps()) == (["to", "fro"], {})
