"""Folders and people that say different things of one record: what stands, and what is said of the rest."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from forces.models import Region
from inspections.findings.models import Finding
from inspections.findings.services import FINDINGS
from soc_tracker.reference.rows import Result

FIRST, SECOND, BUILT_IN = "a-folder", "b-folder", "fixtures"
STATED = {
    "title": ["Few analysts", "Too few analysts", "No analysts"],
    "summary": ["There are few analysts.", "There are none."],
    "order": [0, 1, 2],
    "topics": [["analysts"], ["plans"]],
}
BY_HAND = {"title": "Read again", "summary": "Read again.", "order": 7, "topics": ["analysts", "plans"]}
"""What no folder says: a person who leaves a value as it is has not written it."""
SAYS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in STATED.items()})
STEPS = ("first", "second", "edit")


@pytest.fixture
def editor(db):
    return User.objects.create_user("ada")


def says(rows, **values):
    return {"findings": [{"slug": rows["findings"][0]["slug"], **values}]}


def edit(editor, values: Mapping[str, Any]) -> None:
    record = Finding.objects.get()
    topics = {topic.slug: topic for topic in record.topics.model.objects.all()}
    values = {**values, "topics": [topics[slug] for slug in values["topics"]]} if "topics" in values else values
    FINDINGS.change(record, values, by=editor, reason="Read again", expected_version=record.version)


def on_record() -> dict[str, Any]:
    record = Finding.objects.get()
    plain = {name: getattr(record, name) for name in STATED if name != "topics"}
    return plain | {"topics": sorted(record.topics.values_list("slug", flat=True))}


def test_in_whatever_order_it_comes_the_record_is_the_same_and_no_value_is_lost_unsaid(load_rows, rows, editor):
    load_rows(rows, BUILT_IN)

    @settings(max_examples=40)
    @given(SAYS, SAYS, st.sets(st.sampled_from(sorted(BY_HAND))), st.permutations(STEPS))
    def check(first, second, edited, order):
        folders = {FIRST: says(rows, **first), SECOND: says(rows, **second), BUILT_IN: {"findings": rows["findings"]}}
        by_hand = {name: BY_HAND[name] for name in edited}
        steps = {
            "first": lambda: load_rows(folders[FIRST], FIRST, only=["findings"]),
            "second": lambda: load_rows(folders[SECOND], SECOND, only=["findings"]),
            "edit": lambda: edit(editor, by_hand),
        }
        ends = []
        for steps_in_order in (STEPS, order):
            with transaction.atomic():
                for step in steps_in_order:
                    steps[step]()
                ends.append(on_record())
                for folder, stated in folders.items():
                    lines = load_rows(stated, folder, only=["findings"]).of(Result.LEFT_ALONE)
                    listed = " ".join(line.why for line in lines)
                    lost = {name for name, value in stated["findings"][0].items() if value != ends[-1].get(name, value)}
                    assert {name for name in STATED if f"{name}: " in listed} == lost
                assert on_record() == ends[-1]
                transaction.set_rollback(True)
        assert ends[0] == ends[1]
        assert ends[0].items() >= by_hand.items()

    check()


def test_a_start_does_not_undo_what_another_folder_changed(load_rows, rows):
    load_rows(rows, BUILT_IN)
    load_rows({"regions": [{"slug": "north-west", "note": "Six forces", "name": "The North West"}]}, "mine")
    (line,) = load_rows(rows, BUILT_IN).of(Result.LEFT_ALONE)
    assert line.why == "name: “The North West” stays, “mine” says so; here it is “North West”"
    assert Region.objects.get().note == "Six forces"


def test_a_folder_that_changes_its_mind_is_followed(load_rows, rows):
    mine = {"regions": [{"slug": "north-west", "name": "The North West"}]}
    load_rows(rows, BUILT_IN)
    load_rows(mine, "mine")
    mine["regions"][0]["name"] = "North-West"
    (line,) = load_rows(mine, "mine").of(Result.CHANGED)
    assert line.why == "name: “The North West” → “North-West”, although “fixtures” says otherwise"


def test_what_is_absent_from_another_folder_is_no_news(load_rows, rows):
    load_rows(rows, BUILT_IN)
    outcome = load_rows({"regions": [{"slug": "wales", "name": "Wales"}]}, "mine")
    assert {line.result for line in outcome.lines} == {Result.ADDED}


def test_a_person_holds_the_fields_that_they_wrote_and_no_others(load_rows, rows, editor):
    load_rows(rows, BUILT_IN)
    edit(editor, {"title": "No analysts"})
    rows["findings"][0] |= {"title": "Two analysts", "summary": "There are two."}
    outcome = load_rows(rows, BUILT_IN)
    assert [line.why.split(":")[0] for line in outcome.of(Result.CHANGED)] == ["summary"]
    assert [line.why.split(":")[0] for line in outcome.of(Result.LEFT_ALONE)] == ["title"]
