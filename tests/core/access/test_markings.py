"""Threats and plans bear a marking; pages, sheets and files show the highest of what is on them."""

import json

import pytest
from django.urls import reverse

from disruptions.choices import ExtractContents
from disruptions.threats.models import Threat
from plans4p.plans.models import Plan
from soc_tracker.core.access.markings import Marking, highest
from tests.disruptions.loading import extracts
from tests.forms import form_of
from tests.makers import make_disruption, make_partner, make_plan, make_threat
from tests.plans4p import plan_files
from tests.plans4p.signing import make_ready

pytestmark = pytest.mark.django_db
SENSITIVE, OFFICIAL = "OFFICIAL-SENSITIVE", "OFFICIAL"


def mark_of(client, url: str) -> str:
    """What stands at the top of a page; "" for none."""
    text = client.get(url).content.decode()
    return text.partition('<p class="soc-marking">')[2].partition("</p>")[0] if "soc-marking" in text else ""


@pytest.mark.parametrize(
    ("markings", "words"),
    [
        ([], ""),
        ([Marking.OFFICIAL], OFFICIAL),
        ([Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE, Marking.OFFICIAL], SENSITIVE),
    ],
)
def test_the_highest_counts(markings, words):
    assert highest(markings) == words


def test_what_nobody_has_judged_is_sensitive():
    assert make_threat().marking == make_plan().marking == Marking.OFFICIAL_SENSITIVE


def test_a_list_shows_the_highest_of_its_rows(inspector):
    make_plan(reference="4P-1", marking="official")
    make_plan(reference="4P-2", marking="official-sensitive")
    assert mark_of(inspector, "/plans/") == SENSITIVE
    assert mark_of(inspector, "/plans/?marking=official") == OFFICIAL
    assert mark_of(inspector, "/plans/?status=closed") == ""


@pytest.mark.parametrize(("marking", "words"), [("official", OFFICIAL), ("official-sensitive", SENSITIVE)])
def test_a_file_says_it_first(inspector, marking, words):
    make_threat(marking=marking)
    lines = b"".join(inspector.get("/threats/?format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == f"Marking,{words}"


@pytest.mark.parametrize("page", ["plan", "plan_print", "plan_around", "plan_history"])
def test_a_plan_bears_the_higher_of_its_own_and_its_threats(inspector, page):
    threat = make_threat(marking="official")
    plan = make_plan(threat.organisation, threat=threat, marking="official")
    url = reverse(f"plans4p:{page}", args=[plan.reference])
    assert mark_of(inspector, url) == OFFICIAL
    Threat.objects.update(marking="official-sensitive")
    assert mark_of(inspector, url) == SENSITIVE


def test_its_summary_and_the_page_of_a_threat_bear_it_too(inspector):
    threat = make_threat(marking="official")
    plan = make_plan(threat.organisation, threat=threat, marking="official")
    assert mark_of(inspector, reverse("plan_summary", args=[plan.reference])) == OFFICIAL
    assert mark_of(inspector, threat.get_absolute_url()) == OFFICIAL
    assert inspector.get(reverse("plan_summary_pdf", args=[plan.reference])).content.startswith(b"%PDF")


def test_what_bears_none_of_its_own_is_handled_as_sensitive_and_what_was_published_bears_none(inspector):
    disruption = make_disruption(threat=make_threat(marking="official"))
    make_partner()
    assert mark_of(inspector, disruption.get_absolute_url()) == SENSITIVE
    assert mark_of(inspector, "/disruptions/") == SENSITIVE
    assert mark_of(inspector, "/partners/") == OFFICIAL
    assert mark_of(inspector, reverse("inspections:finding_list")) == ""


def test_the_api_says_it_of_each_row(inspector):
    make_plan(marking="official")
    make_threat(marking="official")
    for name in ("plan", "threat"):
        (row,) = json.loads(inspector.get(reverse(f"api:{name}-list")).content)["results"]
        assert row["marking"] == "official"


def test_whoever_writes_a_plan_marks_it(administrator):
    plan = make_ready()
    form = form_of(administrator.get(reverse("plans4p:plan_edit", args=[plan.reference])), "Save")
    form.fill(marking="official").press(administrator, "Save")
    assert Plan.objects.get().marking == Marking.OFFICIAL


@pytest.mark.parametrize(("cell", "stored"), [("OFFICIAL", "official"), ("", "official-sensitive")])
def test_a_file_of_plans_says_it(tmp_path, cell, stored):
    plan_files.make_around()
    outcome = plan_files.loaded(tmp_path / "plans.csv", [plan_files.row(marking=cell)])
    assert (outcome.added, Plan.objects.get().marking) == (1, stored)


@pytest.mark.parametrize(("cell", "stored"), [("Official", "official"), ("", "official-sensitive")])
def test_a_file_of_threats_says_it(tmp_path, cell, stored):
    extracts.make_bodies()
    row = {"threat_ref": "OCG-1", "type": "OCG", "organisation": extracts.FORCES[0], "marking": cell}
    extracts.loaded(tmp_path / "threats.csv", [row], contents=ExtractContents.THREATS)
    assert Threat.objects.get().marking == stored


def test_a_marking_that_there_is_none_of_is_refused(tmp_path):
    plan_files.make_around()
    outcome = plan_files.loaded(tmp_path / "plans.csv", [plan_files.row(marking="SECRET")])
    (refusal,) = outcome.refusals
    assert (refusal.column, refusal.value) == ("marking", "SECRET")
    assert "OFFICIAL or OFFICIAL-SENSITIVE" in refusal.expected
