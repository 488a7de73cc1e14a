"""A signature is bound to what was signed: what changes afterwards voids it, or is shown as changed since."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from disruptions.choices import DataKind
from forces.services import AREAS, PROFILES
from plans4p.aims.services import ACTIONS, AIMS, CONTRIBUTIONS, OMISSIONS
from plans4p.choices import ReviewKind, SignatureState
from plans4p.directory.services import PARTNERS
from plans4p.files.imports.loading import Loading, load
from plans4p.plans.models import Plan
from plans4p.plans.services import CONSULTATIONS, PLANS, begin_review, change_owner, name_deputies, review_plan
from plans4p.signatures.models import Signature
from plans4p.signatures.queries import fingerprint, get_content
from plans4p.signatures.services import approve
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.outcome import Decision
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import (
    make_account_of,
    make_action,
    make_aim,
    make_author,
    make_officer,
    make_organisation,
    make_partner,
    make_threat,
)
from tests.plans4p.plan_files import row, write
from tests.plans4p.signing import TODAY, make_ready, sign, stands, status

pytestmark = pytest.mark.django_db
WRITTEN = {"by": None, "reason": "Agreed at the meeting."}


@pytest.fixture
def plan() -> Plan:
    """Signed by a second officer."""
    return sign(make_ready())


def change(service, record, **values):
    record.refresh_from_db()
    return service.change(record, values, by=make_author("author"), reason="x", expected_version=record.version)


def remove(service, record) -> None:
    service.remove(record, by=make_author("author"), reason="x", expected_version=record.version)


def action(plan: Plan):
    return plan.aims.get().actions.get()


def change_by_file(plan: Plan, tmp_path) -> None:
    """A file that names the aim alone, with another target."""
    says = dict.fromkeys(row(), "") | {"plan_ref": plan.reference, "organisation": str(plan.organisation)}
    says |= {"four_p": "Pursue", "aim": "The line is closed", "target": "9"}
    path = write(tmp_path / "plans.csv", [says])
    assert load(Loading(path, path.name, DataKind.RECORDED, TODAY, None), Decision.ALL).written


VOIDING = {
    "its wording": lambda plan: change(ACTIONS, action(plan), description="Visit the landlord of the flat"),
    "who does it": lambda plan: change(ACTIONS, action(plan), owner="DS Moss"),
    "by when": lambda plan: change(ACTIONS, action(plan), due_on=date(2023, 8, 1)),
    "another action": lambda plan: make_action(plan.aims.get(), "Visit the landlord"),
    "an action less": lambda plan: remove(ACTIONS, action(plan)),
    "an aim": lambda plan: change(AIMS, plan.aims.get(), change="The line stays closed"),
    "a measure": lambda plan: change(AIMS, plan.aims.get(), measure="Calls"),
    "a target": lambda plan: change(AIMS, plan.aims.get(), target=2),
    "another aim": make_aim,
    "a reason for none": lambda plan: change(OMISSIONS, plan.omissions.first(), reason="Not now"),
    "a reason less": lambda plan: remove(OMISSIONS, plan.omissions.first()),
    "intelligence": lambda plan: change(PLANS, plan, intelligence="Profile 13"),
    "what it is for": lambda plan: change(PLANS, plan, theme="", threat=make_threat(organisation=plan.organisation)),
    "its owner": lambda plan: change_owner(
        plan, make_officer(plan.organisation, "Lee Moss"), on=TODAY, expected_version=plan.version, **WRITTEN
    ),
}


@pytest.mark.parametrize("write", VOIDING.values(), ids=VOIDING)
def test_what_is_required_voids_the_signature(plan, write):
    write(plan)
    assert (status(plan), stands(plan).state) == ("under_review", SignatureState.VOID)


def test_a_file_of_plans_voids_it_too(plan, tmp_path):
    change_by_file(plan, tmp_path)
    assert (status(plan), stands(plan).required) == ("under_review", ("an aim under Pursue changed (target)",))


def test_history_says_why_it_is_under_review(plan):
    change(ACTIONS, action(plan), owner="DS Moss")
    assert plan.history.latest().history_change_reason == (
        "x No longer as signed on 1 March 2023, so under review until it is signed again."
    )


OTHERS = {
    "title": (lambda plan: change(PLANS, plan, title="Other"), "title"),
    "next review": (lambda plan: change(PLANS, plan, review_due_on=date(2024, 1, 1)), "next review due"),
    "baseline": (
        lambda plan: change(AIMS, plan.aims.get(), baseline=7),
        "an aim under Pursue changed (number before the plan)",
    ),
    "partners": (
        lambda plan: change(ACTIONS, action(plan), partners=[make_partner()]),
        "an action under Pursue changed (partners)",
    ),
    "deputies": (
        lambda plan: name_deputies(
            plan, [make_officer(plan.organisation, "Lee Moss")], expected_version=plan.version, **WRITTEN
        ),
        "deputies",
    ),
}


@pytest.mark.parametrize(("write", "words"), OTHERS.values(), ids=OTHERS)
def test_any_other_change_shows(plan, write, words):
    write(plan)
    found = stands(plan)
    assert (status(plan), found.state, found.differences) == ("active", SignatureState.CHANGED, (words,))


def reviewed(plan: Plan) -> None:
    words = {"checked": "All", "changes": "Nothing", "on": TODAY, "next_due": date(2024, 2, 1)}
    review_plan(plan, kind=ReviewKind.OWNER, by=make_author("owner"), expected_version=plan.version, **words)


DAILY = {
    "under way": lambda plan: change(ACTIONS, action(plan), status="under_way"),
    "done": lambda plan: change(ACTIONS, action(plan), status="done", outcome="Two people were charged."),
    "a result": lambda plan: CONTRIBUTIONS.create(
        {"aim": plan.aims.get(), "kind": "safeguarded", "on": TODAY, "amount": 2, "note": "Two."}, **WRITTEN
    ),
    "a partner asked": lambda plan: CONSULTATIONS.create(
        {"plan": plan, "partner": make_partner(), "on": TODAY}, **WRITTEN
    ),
    "a review": reviewed,
}


@pytest.mark.parametrize("write", DAILY.values(), ids=DAILY)
def test_daily_work_is_no_change_of_what_was_signed(plan, write):
    write(plan)
    assert (status(plan), stands(plan).state) == ("active", SignatureState.AS_SIGNED)


def test_what_goes_past_the_plans_own_services_shows_all_the_same(plan):
    """A local profile or a partner may be removed where nobody thinks of plans."""
    area = AREAS.create(organisation=plan.organisation, name="Runcorn", **WRITTEN)
    profile, partner = PROFILES.create(area=area, refreshed_on=TODAY, **WRITTEN), make_partner()
    change(PLANS, plan, profiles=[profile])
    change(ACTIONS, action(plan), partners=[partner])
    sign(plan)
    remove(PARTNERS, partner)
    assert stands(plan).differences == ("an action under Pursue changed (partners)",)
    remove(PROFILES, profile)
    assert stands(plan).required == ("SOC local profiles used",)


def test_it_holds_again_once_it_says_again_what_was_signed(plan):
    change(ACTIONS, action(plan), owner="DS Moss")
    change(ACTIONS, action(plan), owner="DS Kaur")
    assert (status(plan), stands(plan).state) == ("under_review", SignatureState.AS_SIGNED)


def test_a_review_by_the_owner_does_not_take_the_place_of_a_signature(plan):
    change(ACTIONS, action(plan), owner="DS Moss")
    plan.refresh_from_db()
    reviewed(plan)
    assert status(plan) == "under_review"
    plan = sign(plan)
    assert (plan.status, stands(plan).state) == ("active", SignatureState.AS_SIGNED)


def test_a_plan_under_review_that_is_as_signed_runs_again_once_reviewed(plan):
    plan = begin_review(plan, expected_version=plan.version, **WRITTEN)
    reviewed(plan)
    assert status(plan) == "active"


def test_a_signature_keeps_what_was_signed_and_by_whom(plan):
    kept = plan.signatures.get()
    assert (kept.by, kept.on, kept.plan_version) == (plan.approved_by, TODAY, plan.version)
    assert kept.required == fingerprint(get_content(plan).required) == fingerprint(kept.content["required"])
    assert kept.other == fingerprint(kept.content["other"])


def test_changes_are_counted_where_they_are_alike(plan):
    for number in range(3):
        make_action(plan.aims.get(), f"Visit house {number}")
    assert stands(plan).differences == ("3 actions under Pursue added",)


class TestWhoSigns:
    def test_not_the_owner_nor_the_author(self):
        plan = make_ready()
        for who in ("owner", "author"):
            with pytest.raises(ValidationError, match="neither its owner nor its author"):
                sign(plan, make_account_of(plan.organisation, who))

    def test_not_who_wrote_a_part_of_it(self):
        plan, writer = make_ready(), make_account_of(make_organisation_once(), "writer")
        ACTIONS.change(action(plan), {"owner": "DS Moss"}, by=writer, reason="x", expected_version=1)
        with pytest.raises(ValidationError, match="you have written a part of it since it was last signed"):
            sign(plan, writer)

    def test_who_wrote_before_the_last_signature_may_sign_the_next(self):
        plan, writer = make_ready(), make_account_of(make_organisation_once(), "writer")
        ACTIONS.change(action(plan), {"owner": "DS Moss"}, by=writer, reason="x", expected_version=1)
        sign(plan)
        change(ACTIONS, action(plan), owner="DS Kaur")
        assert sign(plan, writer).approved_by == writer

    def test_who_signed_may_sign_again(self, plan):
        change(ACTIONS, action(plan), owner="DS Moss")
        assert sign(plan).status == "active"

    def test_a_part_that_was_removed_had_a_writer_too(self):
        plan, writer = make_ready(), make_account_of(make_organisation_once(), "writer")
        more = make_action(plan.aims.get(), "Visit the landlord")
        ACTIONS.remove(more, by=writer, reason="x", expected_version=more.version)
        with pytest.raises(ValidationError, match="written a part"):
            sign(plan, writer)

    @pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ANALYST, Role.ADMINISTRATOR])
    def test_not_who_is_no_officer_of_the_body(self, role):
        with pytest.raises(ValidationError, match="A lead responsible officer of Cheshire"):
            sign(make_ready(), demo_account(role))

    def test_not_an_inspector_whatever_else_they_are(self):
        plan, inspector = make_ready(), demo_account(Role.INSPECTOR)
        make_officer(plan.organisation, "Pat Reid", user=inspector)
        with pytest.raises(ValidationError, match="A lead responsible officer of Cheshire"):
            sign(plan, inspector)

    def test_not_an_officer_of_another_body_or_who_left_the_role(self):
        plan = make_ready()
        for who, body, more in (
            ("stranger", make_organisation("Kent Police"), {}),
            ("gone", plan.organisation, {"is_active": False}),
        ):
            with pytest.raises(ValidationError, match="A lead responsible officer of Cheshire"):
                sign(plan, make_account_of(body, who, **more))

    def test_an_administrator_who_is_an_officer_of_the_body(self):
        plan, administrator = make_ready(), demo_account(Role.ADMINISTRATOR)
        make_officer(plan.organisation, "Pat Reid", user=administrator)
        assert sign(plan, administrator).status == "active"

    def test_a_plan_that_changed_in_other_things_can_be_signed_as_it_is_now(self, plan):
        change(PLANS, plan, title="Other")
        sign(plan)
        assert (Signature.objects.count(), stands(plan).state) == (2, SignatureState.AS_SIGNED)


def make_organisation_once():
    return Plan.objects.get().organisation


def test_what_was_read_is_what_is_signed(plan):
    change(PLANS, plan, title="Other")
    plan.refresh_from_db()
    read = get_content(Plan.objects.get(pk=plan.pk)).fingerprint
    change(PLANS, plan, title="Another")
    plan.refresh_from_db()
    with pytest.raises(ValidationError, match="Read it again before you sign it"):
        approve(plan, by=make_account_of(plan.organisation), today=TODAY, expected_version=plan.version, read=read)
