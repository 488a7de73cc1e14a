"""Files of plans become plans, aims, actions and reasons; a file that says what is on record changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import DataKind
from plans4p.aims.models import Action, Aim, Omission
from plans4p.files.imports.sheet import HEADINGS
from plans4p.plans.models import OwnerChange, Plan
from soc_tracker.core.imports.cells import plain
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.core.records.history import changes_of
from tests.makers import make_action, make_aim, make_officer, make_plan, make_threat
from tests.plans4p.plan_files import (
    CHESHIRE,
    NO_ACTION,
    NO_PLAN,
    loaded,
    omission,
    on_record,
    row,
    rows,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheshire")]


def counted(outcome):
    return outcome.added, outcome.changed, outcome.unchanged, outcome.refused


def told(outcome):
    return [(change.line, change.reference, change.differences) for change in outcome.changes]


def test_a_row_becomes_a_draft_with_an_aim_and_an_action(path, cheshire):
    outcome = loaded(path, [row()])
    assert (counted(outcome), outcome.written) == ((1, 0, 0, 0), True)
    plan = Plan.objects.get(reference="CHES-1")
    assert (plan.title, plan.organisation, plan.status) == ("County lines in Runcorn", cheshire, "draft")
    assert (plan.threat.reference, plan.owner.name, plan.author.username) == (
        "OCG-0000001",
        "Sam Okoro",
        "administrator",
    )
    assert (plan.starts_on, plan.review_due_on) == (date(2023, 1, 1), date(2023, 7, 1))
    aim = plan.aims.get()
    assert (aim.four_p, aim.change, aim.counts) == ("pursue", "The line is closed", "disruptions")
    assert (aim.baseline, aim.target, aim.due_on) == (Decimal(2), Decimal(6), date(2023, 12, 31))
    action = aim.actions.get()
    assert (action.owner, action.status, action.tactic.name) == ("DS Kaur", "under_way", "Cash seizure")
    assert {partner.name for partner in action.partners.all()} == {"Youth Futures Trust", "Harbour Housing"}


def test_the_first_owner_is_kept_with_the_day(path):
    loaded(path, [row()])
    change = OwnerChange.objects.get()
    assert (change.on, change.before, change.reason) == (date(2023, 1, 5), None, "Loaded from plans.csv, row 2")


def test_the_history_names_the_file_and_the_row(path):
    loaded(path, [row(), omission()])
    (change,) = changes_of(Omission.objects.get())
    assert (change.reason, change.who) == ("Loaded from plans.csv, row 3", "Demo administrator")


def test_empty_plan_columns_say_the_same_as_above(path):
    later = row(action="Visit the homes", four_p="Prevent", aim="Nobody is recruited", tactic="") | NO_PLAN
    outcome = loaded(path, [row(), later])
    assert counted(outcome) == (2, 0, 0, 0)
    assert Plan.objects.get().aims.count() == 2


def test_empty_aim_columns_say_the_same_as_above(path):
    again = dict.fromkeys(("measure", "counts", "baseline", "target", "aim_due"), "")
    loaded(path, [row(), row(action="Visit the homes") | again])
    assert Aim.objects.get().actions.count() == 2


def test_a_row_may_speak_of_an_aim_or_a_plan_alone(path):
    alone = row(**NO_ACTION)
    only_plan = dict.fromkeys(row(), "") | {"plan_ref": "CHES-2", "title": "Fraud", "theme": "Fraud"}
    outcome = loaded(path, [alone, only_plan | {"organisation": CHESHIRE}])
    assert counted(outcome) == (2, 0, 0, 0)
    assert (Plan.objects.count(), Aim.objects.count(), Action.objects.count()) == (2, 1, 0)


def test_what_a_new_plan_does_not_say_is_the_usual(path):
    loaded(path, [row(begins_on="", counts="", action_status="", owner="", baseline="")])
    plan = Plan.objects.get()
    assert (plan.starts_on, plan.owner) == (date(2023, 1, 5), None)
    assert (Aim.objects.get().counts, Action.objects.get().status) == ("disruptions", "to_do")
    assert loaded(path).unchanged == 1


def test_the_same_file_again_changes_nothing(path):
    loaded(path, rows(6))
    before = {row.pk: row.version for model in (Plan, Aim, Action, Omission) for row in model.objects.all()}
    outcome = loaded(path)
    assert (outcome.added, outcome.changed, outcome.refused, outcome.written) == (0, 0, 0, False)
    assert outcome.unchanged == len(rows(6))
    assert before == {row.pk: row.version for model in (Plan, Aim, Action, Omission) for row in model.objects.all()}


def test_changes_are_told_field_by_field(path):
    loaded(path, [row(), omission()])
    changed = row(title="County lines", target="8", action_status="Done", outcome="Two telephones seized")
    outcome = loaded(path, [changed, omission(title="County lines", no_aim_because="No risk seen")])
    assert counted(outcome) == (0, 2, 0, 0)
    assert told(outcome) == [
        (
            2,
            "CHES-1, Pursue",
            (
                ("title", "County lines in Runcorn", "County lines"),
                ("target", "6", "8"),
                ("action_status", "Under way", "Done"),
                ("outcome", "", "Two telephones seized"),
            ),
        ),
        (3, "CHES-1, Prepare", (("no_aim_because", "Nobody is at risk yet", "No risk seen"),)),
    ]
    assert Plan.objects.get().title == "County lines"
    assert Aim.objects.get().target == 8
    assert Action.objects.get().outcome == "Two telephones seized"
    assert Omission.objects.get().reason == "No risk seen"


def test_another_owner_takes_over_on_the_day_of_the_loading(path, cheshire):
    loaded(path, [row()])
    make_officer(cheshire, "Ash Patel")
    outcome = loaded(path, [row(owner="Chief Inspector Ash Patel", intelligence="Profile of 2023")])
    assert told(outcome)[0][2][0] == ("owner", "Chief Inspector Sam Okoro", "Chief Inspector Ash Patel")
    plan = Plan.objects.get()
    assert (plan.owner.name, plan.intelligence) == ("Ash Patel", "Profile of 2023")
    assert OwnerChange.objects.filter(plan=plan, before__name="Sam Okoro").count() == 1


def test_a_threat_takes_the_place_of_a_theme(path):
    loaded(path, [row(threat_ref="", theme="County lines")])
    outcome = loaded(path, [row()])
    assert told(outcome)[0][2] == (("threat_ref", "", "OCG-0000001"), ("theme", "County lines", ""))
    plan = Plan.objects.get()
    assert (plan.threat.reference, plan.theme) == ("OCG-0000001", "")


def test_empty_cells_leave_what_is_on_record(path):
    loaded(path, [row()])
    bare = {**NO_PLAN, **dict.fromkeys(("measure", "counts", "baseline", "target", "aim_due"), ""), **NO_ACTION}
    outcome = loaded(path, [row() | bare | {"action": "Seize the telephone of the line"}])
    assert counted(outcome) == (0, 0, 1, 0)
    assert Action.objects.get().partners.count() == 2


def test_what_the_file_lacks_stays_and_is_counted(path):
    loaded(path, [row(), row(action="Visit the homes"), row(aim="Cash is seized"), omission()])
    outcome = loaded(path, [row()])
    assert (outcome.missing, outcome.missing_references) == (4, ("CHES-1: 1 aim, 2 actions, 1 reason",))
    assert (Aim.objects.count(), Action.objects.count(), Omission.objects.count()) == (2, 3, 1)


def test_stray_columns_are_named(path):
    assert loaded(path, [row() | {"colour": "green"}]).stray == ("colour",)


def test_a_running_plan_may_be_changed(path, cheshire):
    plan = make_plan(cheshire, "CHES-1", status="active")
    outcome = loaded(path, [row(threat_ref="", review_due="2024-02-01")])
    assert (outcome.changed, outcome.refused) == (1, 0)
    plan.refresh_from_db()
    assert (plan.status, plan.review_due_on) == ("active", date(2024, 2, 1))


def test_made_up_plans_are_marked(path, cheshire):
    make_threat("OCG-0000009", cheshire, kind=DataKind.ILLUSTRATIVE)
    made_up = row(threat_ref="OCG-0000009", owner="", partners="")
    assert loaded(path, [made_up], kind=DataKind.ILLUSTRATIVE).added == 1
    assert Plan.objects.get().kind_of_data == DataKind.ILLUSTRATIVE


def test_every_name_of_a_column_is_its_own():
    names = [plain(name) for names in HEADINGS.values() for name in names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("at", [0, 1, -1])
def test_columns_are_known_by_other_names_in_any_order(path, at):
    other = {names[0]: names[at] for names in HEADINGS.values()}
    renamed = {other[key].upper().replace(" ", "_"): value for key, value in reversed(row().items())}
    outcome = loaded(path, [renamed])
    assert (outcome.added, outcome.stray) == (1, ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("begins_on", "1 January 2023"),
        ("begins_on", "01/01/2023"),
        ("four_p", "PURSUE"),
        ("action_status", "in progress"),
        ("organisation", "cheshire constabulary"),
        ("owner", "chief inspector sam okoro"),
        ("target", "6.00"),
        ("partners", "harbour housing ; YOUTH FUTURES TRUST"),
        ("intelligence", "Problem  profile\nof 2022"),
        ("aim", "The line  is closed"),
    ],
)
def test_other_spellings_say_the_same(path, column, value):
    loaded(path, [row()])
    assert counted(loaded(path, [row(**{column: value})])) == (0, 0, 1, 0)


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
def test_whatever_the_encoding_and_the_delimiter(path, delimiter, encoding):
    write(path, [row(title="Naïve – “Heron”")], delimiter, encoding)
    assert loaded(path).added == 1
    assert Plan.objects.get().title == "Naïve – “Heron”"


def test_the_queries_of_a_check_do_not_grow_with_the_rows(path):
    def queries(plans):
        with CaptureQueriesContext(connection) as captured:
            loaded(path, rows(plans), Decision.CHECK)
        return len(captured)

    loaded(path, rows(30))
    assert queries(3) == queries(30) < 20


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).map(str.strip).filter(bool)
TEXTS = st.lists(TEXT, max_size=3, unique_by=lambda text: " ".join(text.split()))
PS = st.sampled_from(("pursue", "prevent", "protect", "prepare"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(PS, st.dictionaries(TEXT, TEXTS, max_size=2), max_size=3), TEXT, st.integers(1, 10**9))
def test_any_plan_written_out_and_loaded_is_unchanged(path, aims, title, target):
    Plan.objects.all().delete()
    plan = make_plan(reference="CHES-1", title=title)
    for four_p, changes in aims.items():
        for change, actions in {" ".join(c.split()): a for c, a in changes.items()}.items():
            aim = make_aim(plan, four_p, target, change=change, baseline=Decimal(target) / 100)
            for action in actions:
                make_action(aim, action, status="done", outcome=title, due_on=None)
    outcome = loaded(path, on_record())
    assert outcome.refusals == ()
    assert (outcome.added, outcome.changed, outcome.missing, outcome.written) == (0, 0, 0, False)
