"""Every fault of a file of plans is found, none is invented, and mended rows go in."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind
from plans4p.aims.models import Action, Aim, Omission
from plans4p.aims.services import ACTIONS, AIMS, OMISSIONS, TACTICS
from plans4p.files import services as files_services
from plans4p.files.imports import loading
from plans4p.files.services import NotWrittenError
from plans4p.plans.models import Plan
from soc_tracker.core.imports.cells import in_message
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.imports.questions import UnreadableFileError
from tests.disruptions.loading.extracts import read
from tests.makers import REASON, make_action, make_aim, make_author, make_officer, make_plan, make_threat
from tests.plans4p.plan_files import (
    MERSEYSIDE,
    NO_AIM,
    NO_PLAN,
    loaded,
    omission,
    row,
    rows,
    spoil,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheshire")]


def faults(outcome):
    return [(fault.line, fault.column, fault.value) for fault in outcome.refusals]


WRONG = [
    ({"plan_ref": ""}, "plan_ref", "at most 40 characters"),
    ({"plan_ref": "C" * 41}, "plan_ref", "at most 40 characters"),
    ({"plan_ref": "CHES/1"}, "plan_ref", "without “/”"),
    ({"plan_ref": ".."}, "plan_ref", "without “/”"),
    ({"plan_ref": "new"}, "plan_ref", "a reference"),
    ({"plan_ref": "import"}, "plan_ref", "a reference"),
    ({"title": ""}, "title", "not on record yet"),
    ({"title": "T" * 151}, "title", "at most 150 characters"),
    ({"organisation": ""}, "organisation", "not on record yet"),
    ({"organisation": "Borsetshire Police"}, "organisation", "on record"),
    ({"threat_ref": ""}, "threat_ref", "in its own column a priority theme"),
    ({"threat_ref": "OCG-9"}, "threat_ref", "a threat on record"),
    ({"theme": "County lines"}, "theme", "the plan is for the threat OCG-0000001"),
    ({"owner": "Jo Hale"}, "owner", "officer of Cheshire Constabulary on record: Chief Inspector Sam Okoro"),
    ({"begins_on": "31/02/2023"}, "begins_on", "a date such as"),
    ({"review_due": "2022-12-31"}, "review_due", "not before the plan begins"),
    ({"ends_by": "2022-12-31"}, "ends_by", "does not end before it begins"),
    ({"aim_due": "2022-12-31"}, "aim_due", "while the plan runs, from 1 January 2023 to 31 December 2023"),
    ({"aim_due": "2024-01-01"}, "aim_due", "while the plan runs"),
    ({"four_p": ""}, "four_p", "Pursue, Prevent, Protect or Prepare"),
    ({"four_p": "Persue"}, "four_p", "Pursue, Prevent, Protect or Prepare"),
    ({"aim": ""}, "aim", "what should change"),
    ({"measure": ""}, "measure", "not on record yet"),
    ({"measure": "M" * 201}, "measure", "at most 200 characters"),
    ({"counts": "Arrests"}, "counts", "Disruptions, Ancillary orders"),
    ({"baseline": "-1"}, "baseline", "0 or more"),
    ({"target": ""}, "target", "not on record yet"),
    ({"target": "0"}, "target", "above 0"),
    ({"target": "1.234"}, "target", "two decimals"),
    ({"aim_due": "soon"}, "aim_due", "a date such as"),
    ({"action": ""}, "action", "what is done"),
    ({"action_owner": "K" * 121}, "action_owner", "at most 120 characters"),
    ({"action_status": "Nearly"}, "action_status", "Not started, Under way, Done, Dropped or Passed on"),
    ({"action_status": "Done"}, "outcome", "what came of it"),
    ({"tactic": "Hope"}, "tactic", "of the menu"),
    ({"tactic": "Knife arch"}, "tactic", "this one is of Prevent"),
    ({"partners": "Harbour Housing; Nobody Ltd"}, "partners", "not “Nobody Ltd”"),
]


@pytest.mark.parametrize(("wrong", "column", "expected"), WRONG)
def test_what_is_wrong_with_a_row(path, wrong, column, expected):
    TACTICS.create(name="Knife arch", slug="knife-arch", four_p="prevent", by=make_author(), reason=REASON)
    outcome = loaded(path, [row() | wrong, row(plan_ref="CHES-2")], Decision.GOOD)
    (fault,) = outcome.refusals
    assert (fault.line, fault.column, fault.value) == (2, column, in_message((row() | wrong)[column]))
    assert expected in fault.expected
    assert (outcome.added, outcome.refused) == (1, 1)
    assert list(Plan.objects.values_list("reference", flat=True)) == ["CHES-2"]


def test_a_reason_for_no_aim_stands_alone(path):
    outcome = loaded(path, [omission(aim="The line is closed", target="4")], Decision.CHECK)
    assert faults(outcome) == [(2, "aim", "The line is closed"), (2, "target", "4")]


def test_all_faults_of_a_row_are_told_at_once(path):
    outcome = loaded(path, [row(owner="Nobody", four_p="Persue", target="several", aim_due="soon")], Decision.CHECK)
    assert {column for _, column, _ in faults(outcome)} == {"owner", "four_p", "target", "aim_due"}
    assert outcome.refused == 1


@pytest.mark.parametrize(
    ("column", "value"), [("title", "Another"), ("owner", "Ash Patel"), ("review_due", "2023-08-01"), ("target", "9")]
)
def test_of_two_rows_that_contradict_each_other_the_later_is_refused(path, cheshire, column, value):
    make_officer(cheshire, "Ash Patel")
    first, second = row(), row(action="Visit the homes")
    outcome = loaded(path, [first, second | {column: value}], Decision.GOOD)
    assert faults(outcome) == [(3, column, value)]
    assert outcome.refusals[0].expected.startswith("the same as in row 2, “")
    assert Action.objects.count() == 1


def test_an_action_stands_once(path):
    outcome = loaded(path, [row(), row(action="Visit the homes"), row(action_owner="PC Lee")], Decision.CHECK)
    assert faults(outcome) == [(4, "action", "Seize the telephone of the line")]
    assert outcome.refusals[0].expected.endswith("row 2 says it too")


@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_p_has_an_aim_or_a_reason_for_none(path, is_reversed):
    both = [row(), omission(four_p="Pursue")]
    outcome = loaded(path, both[::-1] if is_reversed else both, Decision.CHECK)
    assert [(fault.line, fault.column) for fault in outcome.refusals] == [
        (3, "four_p" if is_reversed else "no_aim_because")
    ]


def test_a_p_that_has_an_aim_on_record_gets_no_reason(path, cheshire):
    make_aim(make_plan(cheshire, "CHES-1"), "prepare")
    outcome = loaded(path, [omission(threat_ref="", theme="County lines")], Decision.CHECK)
    assert [fault.expected for fault in outcome.refusals] == ["nothing: the plan has an aim under this P on record"]


def test_a_p_that_has_a_reason_on_record_gets_no_aim(path, cheshire):
    plan = make_plan(cheshire, "CHES-1")
    OMISSIONS.create({"plan": plan, "four_p": "pursue", "reason": "No risk"}, by=make_author(), reason=REASON)
    outcome = loaded(path, [row(threat_ref="")], Decision.CHECK)
    assert faults(outcome) == [(2, "four_p", "Pursue")]


def test_what_stands_twice_on_record_is_not_guessed(path, cheshire):
    plan = make_plan(cheshire, "CHES-1")
    for _ in range(2):
        make_action(make_aim(plan), "Visit the homes")
    outcome = loaded(path, [row(threat_ref="")], Decision.CHECK)
    assert faults(outcome) == [(2, "aim", "The line is closed")]


def test_an_action_that_stands_twice_on_record_is_not_guessed(path, cheshire):
    aim = make_aim(make_plan(cheshire, "CHES-1"))
    for _ in range(2):
        make_action(aim, "Visit the homes")
    outcome = loaded(path, [row(threat_ref="", action="Visit the homes")], Decision.CHECK)
    assert faults(outcome) == [(2, "action", "Visit the homes")]


def test_a_closed_plan_is_not_touched(path, cheshire):
    closed = {"result": "achieved", "learning": "Much", "closed_on": date(2023, 1, 3)}
    make_plan(cheshire, "CHES-1", status="closed", **closed)
    outcome = loaded(path, [row(), row(action="Visit the homes"), row(plan_ref="CHES-2")], Decision.GOOD)
    assert faults(outcome) == [(2, "plan_ref", "CHES-1"), (3, "plan_ref", "CHES-1")]
    assert outcome.added == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [(DataKind.RECORDED, DataKind.ILLUSTRATIVE), (DataKind.ILLUSTRATIVE, DataKind.RECORDED)],
)
def test_plans_of_two_kinds_of_data_never_replace_each_other(path, first, second):
    themed = row(threat_ref="", theme="County lines", owner="", partners="")
    loaded(path, [themed], kind=first)
    outcome = loaded(path, [themed | {"title": "Another"}], Decision.GOOD, kind=second)
    assert (outcome.refused, outcome.written) == (1, False)
    assert outcome.refusals[0].expected.endswith(f"the one on record is {first.value}")
    assert Plan.objects.get().title == "County lines in Runcorn"


def test_a_plan_names_nothing_of_another_kind_of_data(path, cheshire):
    make_threat("OCG-0000009", cheshire, kind=DataKind.ILLUSTRATIVE)
    make_officer(cheshire, "Ash Patel", kind_of_data=DataKind.ILLUSTRATIVE)
    outcome = loaded(path, [row(threat_ref="OCG-0000009", owner="Ash Patel")], Decision.CHECK)
    assert [fault.column for fault in outcome.refusals] == ["threat_ref", "owner"]


def test_a_file_of_one_body_does_not_write_over_the_plans_of_another(path):
    loaded(path, [row()])
    outcome = loaded(path, [row(organisation=MERSEYSIDE, owner="")], Decision.GOOD)
    assert faults(outcome) == [(2, "organisation", MERSEYSIDE)]


def test_an_officer_who_left_the_role_takes_no_plan(path, cheshire):
    make_officer(cheshire, "Ash Patel", is_active=False)
    (fault,) = loaded(path, [row(owner="Ash Patel")], Decision.CHECK).refusals
    assert fault.expected == "an officer who is in the role now: Chief Inspector Sam Okoro"


def test_more_cells_than_headings(path):
    write(path, [row(), row(action="Visit the homes")])
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",more", lines[2], ""]))
    assert [(fault.line, fault.value) for fault in loaded(path, decision=Decision.GOOD).refusals] == [(2, "more")]


def test_nothing_goes_in_while_a_row_is_refused(path):
    outcome = loaded(path, [row(), row(action="Visit", target="several")])
    assert (outcome.added, outcome.refused, outcome.written) == (1, 1, False)
    assert not Plan.objects.exists()


def test_planted_faults_are_found_and_no_others(path):
    given_rows = rows(60)
    planted = spoil(given_rows, 0.2)
    outcome = loaded(path, given_rows, Decision.CHECK)
    assert len(planted) > 20
    assert faults(outcome) == [(fault.line, fault.column, fault.value) for fault in planted]
    assert outcome.added + outcome.refused == len(given_rows)


def test_the_error_file_mends_and_loads(path, tmp_path):
    given_rows, right = rows(20), rows(20)
    planted = spoil(given_rows, 0.2)
    errors = tmp_path / "errors.csv"
    loaded(path, given_rows, Decision.GOOD, errors=errors)
    returned = read(errors)
    assert [each.pop("error").split(":")[0] for each in returned] == [fault.column for fault in planted]
    mended = [
        each | {fault.column: right[fault.line - 2][fault.column]}
        for each, fault in zip(returned, planted, strict=True)
    ]
    assert loaded(errors, mended).refused == 0
    outcome = loaded(path, right)
    assert (outcome.unchanged, outcome.written, outcome.missing) == (len(right), False, 0)


def test_a_row_that_leaves_its_plan_to_another_can_be_mended_alone(path, tmp_path):
    errors = tmp_path / "errors.csv"
    loaded(path, [row(), row(action="Visit", action_status="Nearly") | NO_PLAN], errors=errors)
    (returned,) = read(errors)
    assert (returned["title"], returned["organisation"], returned["four_p"]) == (
        "County lines in Runcorn",
        "Cheshire Constabulary",
        "Pursue",
    )
    del returned["error"]
    assert loaded(errors, [returned | {"action_status": "Done", "outcome": "Nobody was there"}]).added == 1


def test_rows_that_leave_their_plan_to_a_refused_one_name_it(path):
    later = row(action="Visit the homes") | NO_PLAN
    outcome = loaded(path, [row(organisation="Borsetshire Police"), later], Decision.CHECK)
    assert faults(outcome) == [(2, "organisation", "Borsetshire Police"), (3, "organisation", "")]
    assert outcome.refusals[1].expected.endswith("row 2, which would say it, is refused")


def test_a_file_of_more_rows_than_plans_have(path, monkeypatch):
    monkeypatch.setattr(loading, "MOST_ROWS", 3)
    assert loaded(path, [row(action=f"Visit {n}") for n in range(3)]).added == 3
    with pytest.raises(UnreadableFileError, match="more than 3 rows"):
        loaded(path, [row(action=f"Visit {n}") for n in range(4)])


def test_a_file_without_references_is_no_file_of_plans(path):
    with pytest.raises(UnreadableFileError, match="plan_ref"):
        loaded(path, [{"title": "County lines"}])


@pytest.mark.parametrize("service", [ACTIONS, AIMS, OMISSIONS])
def test_what_fails_half_way_leaves_nothing(path, monkeypatch, service):
    loaded(path, [row()])
    create, calls = type(service).create, []

    def fails_late(self, *values, **more):
        calls.append(self)
        if self is service and calls.count(service) == 2:
            raise ValidationError("Something else.")
        return create(self, *values, **more)

    monkeypatch.setattr(type(service), "create", fails_late)
    changed = [row(title="Another"), *(each for each in rows(4) if each["plan_ref"] != "CHES-1")]
    with pytest.raises(NotWrittenError, match="Something else"):
        loaded(path, changed)
    assert (Plan.objects.get().title, Aim.objects.count(), Action.objects.count()) == ("County lines in Runcorn", 1, 1)
    assert not Omission.objects.exists()


def test_what_was_shown_is_written_or_nothing(path):
    accepted = loaded(path, [row()], Decision.CHECK).fingerprint
    loaded(path, [row(title="Another")])
    outcome = loaded(path, [row()], fingerprint=accepted)
    assert (outcome.written, outcome.changed, Plan.objects.get().title) == (False, 1, "Another")
    assert loaded(path, [row()], fingerprint=outcome.fingerprint).written


def test_a_lost_race_leaves_nothing(path, monkeypatch):
    """Between the comparison and the write, somebody else changes the plan."""
    loaded(path, [row()])
    write_plans = files_services.write_plans

    def late(plans, terms):
        for plan in plans.values():
            plan.stored.version -= 1
        write_plans(plans, terms)

    monkeypatch.setattr(loading, "write_plans", late)
    with pytest.raises(NotWrittenError, match="by somebody else"):
        loaded(path, [row(title="Another"), row(action="Visit the homes") | NO_PLAN])
    assert Action.objects.count() == 1


CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=30)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(row(), CELL)), min_size=1, max_size=3))
def test_any_text_in_any_cell_is_refused_or_understood(path, given_rows):
    outcome = loaded(path, [row(), *given_rows], Decision.CHECK)
    assert len({fault.line for fault in outcome.refusals}) == outcome.refused
    assert outcome.added + outcome.refused <= len(given_rows) + 1


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "plan_ref": st.sampled_from(("CHES-1", "CHES-2", "")),
        "title": st.sampled_from(("County lines in Runcorn", "Fraud", "")),
        "threat_ref": st.sampled_from(("OCG-0000001", "")),
        "theme": st.sampled_from(("County lines", "")),
        "review_due": st.sampled_from(("2022-01-01", "2024-01-01", "")),
        "four_p": st.sampled_from(("Pursue", "Prevent", "")),
        "aim": st.sampled_from(("The line is closed", "Cash is seized", "")),
        "target": st.sampled_from(("6", "7", "")),
        "action": st.sampled_from(("Visit the homes", "Seize cash", "")),
        "action_status": st.sampled_from(("Done", "Under way", "")),
        "outcome": st.sampled_from(("Much", "")),
        "tactic": st.sampled_from(("Cash seizure", "")),
        "no_aim_because": st.sampled_from(("No risk", "")),
    },
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=5), st.booleans())
def test_whatever_is_not_refused_can_be_written_and_is_then_on_record(path, given_rows, is_bare):
    Plan.objects.all().delete()
    base = row(**NO_AIM) if is_bare else row()
    first = loaded(path, [base | each for each in given_rows], Decision.GOOD)
    assert first.written == bool(first.added + first.changed)
    again = loaded(path, decision=Decision.GOOD)
    assert (again.added, again.changed) == (0, 0)
