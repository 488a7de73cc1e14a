"""Plans from draft to closure."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from forces.areas.models import LocalProfile
from forces.models import Organisation
from forces.services import AREAS, PROFILES
from plans4p.aims.models import Action
from plans4p.aims.services import ACTIONS, OMISSIONS
from plans4p.choices import PlanStatus, ReviewKind
from plans4p.plans.models import Plan
from plans4p.plans.services import PLANS, begin_review, change_owner, close_plan, review_plan, write_plan
from plans4p.signatures.queries import get_content
from plans4p.signatures.services import UnansweredError, approve
from soc_tracker.core.records.services import StaleRecordError
from tests.makers import (
    make_account_of,
    make_action,
    make_aim,
    make_author,
    make_officer,
    make_organisation,
    make_plan,
    make_threat,
)

TODAY = date(2023, 3, 1)
pytestmark = pytest.mark.django_db


def ready_plan(**more) -> Plan:
    """A draft that answers every required question."""
    plan = make_plan(author=make_author("writer"), review_due_on=date(2023, 9, 1), intelligence="Profile 12", **more)
    make_action(make_aim(plan))
    for p in ("prevent", "protect", "prepare"):
        OMISSIONS.create({"plan": plan, "four_p": p, "reason": "Another plan covers it."}, by=make_author(), reason="x")
    return plan


def signed(plan: Plan) -> Plan:
    return approve(plan, by=make_account_of(plan.organisation), today=TODAY, expected_version=plan.version)


def test_a_new_plan_is_a_draft_of_its_writer_with_the_next_reference():
    officer = make_officer(make_organisation())
    plan = write_plan(
        {"title": "Fenland", "theme": "County lines", "organisation": officer.organisation, "owner": officer},
        by=make_author(),
        today=TODAY,
    )
    assert (plan.status, plan.author, plan.starts_on) == (PlanStatus.DRAFT, make_author(), TODAY)
    assert plan.reference.startswith("4P-")
    assert [(change.before, change.after, change.on) for change in plan.owner_changes.all()] == [(None, officer, TODAY)]


def test_a_plan_is_of_the_kind_of_its_threat():
    threat = make_threat("OCG-0000007", make_organisation(), kind="illustrative")
    plan = write_plan(
        {"title": "Fenland", "threat": threat, "organisation": threat.organisation}, by=make_author(), today=TODAY
    )
    assert plan.kind_of_data == "illustrative"


def test_a_plan_and_its_owner_are_of_one_kind():
    officer = make_officer(make_organisation(), kind_of_data="illustrative")
    with pytest.raises(ValidationError, match="one kind of data"):
        make_by_service(owner=officer, organisation=officer.organisation, kind_of_data="recorded")


def make_by_service(**values) -> Plan:
    given = {"reference": "4P-1", "title": "Fenland", "theme": "County lines", "starts_on": TODAY} | values
    return PLANS.create(given, by=make_author(), reason="x")


def test_no_plan_begins_signed():
    with pytest.raises(ValidationError, match="begins as a draft"):
        make_by_service(organisation=make_organisation(), status="active")


@pytest.mark.parametrize("unfit", ["4P/1", "..", "new", "import"])
def test_a_plan_has_a_page_of_its_own(unfit):
    with pytest.raises(ValidationError, match="cannot hold this one"):
        make_by_service(organisation=make_organisation(), reference=unfit)


def test_the_next_reference_goes_past_those_that_are_taken():
    officer = make_officer(make_organisation())
    first = make_plan(officer.organisation)
    last = make_plan(officer.organisation, f"4P-{first.pk + 2:05}")
    values = {"title": "Fenland", "theme": "County lines", "organisation": officer.organisation}
    assert write_plan(values, by=make_author(), today=TODAY).reference == f"4P-{last.pk + 2:05}"


def test_a_ready_plan_is_signed():
    plan = signed(ready_plan())
    assert (plan.status, plan.approved_by, plan.approved_on) == (
        PlanStatus.ACTIVE,
        make_account_of(plan.organisation),
        TODAY,
    )


def test_signing_is_refused_with_the_questions_that_are_open():
    plan = make_plan(owner=None)
    with pytest.raises(UnansweredError) as refused:
        signed(plan)
    assert [question.key.value for question in refused.value.questions] == ["owner", "covered", "actions", "evidence"]
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


@pytest.mark.parametrize("who", ["writer", "owner"])
def test_a_second_person_signs(who):
    body = make_organisation()
    owner, writer = make_account_of(body, "owner"), make_account_of(body, "writer")
    plan = ready_plan(organisation=body, owner=owner.lead_officer)
    with pytest.raises(ValidationError, match="second person"):
        approve(plan, by={"owner": owner, "writer": writer}[who], today=TODAY, expected_version=plan.version)


def test_only_what_was_read_is_signed():
    plan = ready_plan()
    read = get_content(plan).fingerprint
    action = plan.aims.get().actions.get()
    told = {"by": make_author(), "reason": "Moved.", "expected_version": action.version}
    ACTIONS.change(action, {"owner": "DS Moss"}, **told)
    sign = partial(approve, plan, by=make_account_of(plan.organisation), today=TODAY, expected_version=plan.version)
    with pytest.raises(ValidationError, match="Read it again before you sign it"):
        sign(read=read)
    assert sign(read=get_content(plan).fingerprint).status == PlanStatus.ACTIVE


def test_a_plan_that_runs_is_not_signed_again():
    plan = signed(ready_plan())
    with pytest.raises(ValidationError, match="is signed already, and says what was signed"):
        signed(plan)


def test_an_edit_moves_neither_status_nor_owner():
    plan = ready_plan()
    for name, value in {"status": "closed", "owner": None, "approved_on": TODAY}.items():
        with pytest.raises(ValidationError, match="can no longer change"):
            PLANS.change(plan, {name: value}, by=make_author(), reason="x", expected_version=plan.version)


def test_a_change_of_owner_keeps_day_and_reason():
    plan = ready_plan()
    before, after = plan.owner, make_officer(plan.organisation, "Lee Moss")
    changed = change_owner(
        plan, after, on=TODAY, by=make_author(), reason="Moved to another unit.", expected_version=plan.version
    )
    assert changed.owner == after
    told = changed.owner_changes.get(after=after)
    assert (told.before, told.on, told.reason) == (before, TODAY, "Moved to another unit.")


def test_an_owner_does_not_follow_themselves():
    plan = ready_plan()
    with pytest.raises(ValidationError, match="owns this plan already"):
        change_owner(plan, plan.owner, on=TODAY, by=make_author(), reason="x", expected_version=plan.version)


def test_the_review_of_the_owner_sets_the_next_day_and_the_plan_runs_on():
    plan = signed(ready_plan())
    plan = begin_review(plan, by=make_author(), reason="Due", expected_version=plan.version)
    assert plan.status == PlanStatus.UNDER_REVIEW
    review_plan(
        plan,
        kind=ReviewKind.OWNER,
        on=TODAY,
        checked="Every action",
        changes="Nothing",
        next_due=date(2023, 12, 1),
        by=make_author(),
        expected_version=plan.version,
    )
    plan.refresh_from_db()
    assert (plan.status, plan.review_due_on) == (PlanStatus.ACTIVE, date(2023, 12, 1))


def test_a_second_person_assures_quality():
    plan = ready_plan()
    with pytest.raises(ValidationError, match="second person"):
        review_plan(
            plan,
            kind=ReviewKind.SECOND_PERSON,
            on=TODAY,
            checked="All",
            changes="Nothing",
            by=plan.author,
            expected_version=plan.version,
        )


def test_a_second_person_does_not_end_the_review_of_the_owner():
    plan = signed(ready_plan())
    plan = begin_review(plan, by=make_author(), reason="Due", expected_version=plan.version)
    review_plan(
        plan,
        kind=ReviewKind.SECOND_PERSON,
        on=TODAY,
        checked="All",
        changes="Nothing",
        next_due=date(2023, 12, 1),
        by=make_author("reader"),
        expected_version=plan.version,
    )
    plan.refresh_from_db()
    assert (plan.status, plan.review_due_on) == (PlanStatus.UNDER_REVIEW, date(2023, 9, 1))


def all_done(plan: Plan) -> dict:
    """What becomes of the actions of a plan when it is closed."""
    return dict.fromkeys(Action.objects.filter(aim__plan=plan).values_list("pk", flat=True), ("done", "Seized."))


def test_closing_asks_for_what_was_learned():
    plan = signed(ready_plan())
    told = {"result": "achieved", "on": TODAY, "by": make_author(), "reason": "x", "expected_version": plan.version}
    told["ends"] = all_done(plan)
    with pytest.raises(ValidationError, match="what was learned"):
        close_plan(plan, learning=" ", **told)
    assert close_plan(plan, learning="Ask the landlord first.", **told).status == PlanStatus.CLOSED


def make_profile(organisation: Organisation) -> LocalProfile:
    told = {"by": make_author(), "reason": "x"}
    area = AREAS.create(organisation=organisation, name="Runcorn", **told)
    return PROFILES.create(area=area, refreshed_on=TODAY, **told)


def test_a_closed_plan_no_longer_changes():
    plan = signed(ready_plan())
    told = {"by": make_author(), "reason": "x"}
    closed = {"result": "achieved", "learning": "Much", "on": TODAY, "ends": all_done(plan)}
    plan = close_plan(plan, **closed, expected_version=plan.version, **told)
    with pytest.raises(ValidationError, match="is closed, and what it says no longer changes"):
        PLANS.change(plan, {"title": "Other"}, expected_version=plan.version, **told)
    with pytest.raises(ValidationError, match="is closed, and what it says no longer changes"):
        PLANS.change(plan, {"profiles": [make_profile(plan.organisation)]}, expected_version=plan.version, **told)
    with pytest.raises(ValidationError, match="is closed"):
        make_aim(plan)


def test_only_a_draft_is_removed():
    plan = signed(ready_plan())
    with pytest.raises(ValidationError, match="Only a draft"):
        PLANS.remove(plan, by=make_author(), reason="x", expected_version=plan.version)


def test_two_who_edit_one_plan_lose_nothing():
    plan = ready_plan()
    told = {"by": make_author(), "reason": "x", "expected_version": plan.version}
    PLANS.change(plan, {"title": "First"}, **told)
    with pytest.raises(StaleRecordError):
        PLANS.change(plan, {"title": "Second"}, **told)
    plan.refresh_from_db()
    assert plan.title == "First"


def test_two_who_write_different_parts_both_succeed():
    plan = ready_plan()
    aim = plan.aims.get()
    make_action(aim, "Arrest the runner")
    PLANS.change(plan, {"title": "First"}, by=make_author(), reason="x", expected_version=plan.version)
    assert aim.actions.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"theme": ""},
        {"status": "active", "owner": None},
        {"status": "active", "review_due_on": None},
        {"status": "active", "approved_on": None},
        {"status": "closed"},
        {"review_due_on": date(2022, 1, 1)},
    ],
    ids=lambda broken: " ".join(map(str, broken)),
)
def test_the_database_keeps_the_invariants(broken):
    plan = make_plan(status="active", reference="4P-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**broken)
