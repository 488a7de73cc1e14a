"""Aims, actions and what counts towards them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plans4p.aims.models import Action, Contribution
from plans4p.aims.services import ACTIONS, AIMS, CONTRIBUTIONS, OMISSIONS, dismiss_disruption, link_disruption
from plans4p.plans.queries import list_history
from plans4p.plans.services import CONSULTATIONS
from tests.makers import (
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_order,
    make_organisation,
    make_partner,
    make_plan,
    make_threat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def threat():
    return make_threat("OCG-0000001", make_organisation())


@pytest.fixture
def plan(threat):
    return make_plan(threat.organisation, threat=threat)


def told() -> dict:
    return {"by": make_author(), "reason": "Because."}


def disrupted(threat, reference="DIS-2023-0000001", four_p="pursue", day=date(2023, 3, 1)):
    return make_disruption(reference, threat.organisation, four_p, activity_date=day, added_date=day, threat=threat)


def test_a_disruption_of_the_same_p_is_linked(plan, threat):
    result = link_disruption(make_aim(plan), disrupted(threat), **told())
    assert (result.kind, result.amount, result.on) == ("disruptions", 1, date(2023, 3, 1))


def test_a_disruption_of_another_p_is_refused(plan, threat):
    with pytest.raises(ValidationError, match="is Prevent, and the aim Pursue"):
        link_disruption(make_aim(plan), disrupted(threat, four_p="prevent"), **told())


def test_a_disruption_counts_once(plan, threat):
    aim, disruption = make_aim(plan), disrupted(threat)
    link_disruption(aim, disruption, **told())
    with pytest.raises(ValidationError, match="counts towards this aim already"):
        link_disruption(aim, disruption, **told())


def test_a_disruption_of_another_p_is_refused_however_it_is_linked(plan, threat):
    disruption = disrupted(threat, four_p="prevent")
    values = {"kind": "disruptions", "disruption": disruption, "on": disruption.activity_date}
    with pytest.raises(ValidationError, match="is Prevent, and the aim Pursue"):
        CONTRIBUTIONS.create(values, aim=make_aim(plan), **told())


def test_an_aim_keeps_the_p_of_what_counts_towards_it(plan, threat):
    aim = make_aim(plan)
    aim = AIMS.change(aim, {"four_p": "protect"}, expected_version=aim.version, **told())
    link_disruption(aim, disrupted(threat, four_p="protect"), **told())
    with pytest.raises(ValidationError, match="can no longer change"):
        AIMS.change(aim, {"four_p": "pursue"}, expected_version=aim.version, **told())


def test_parts_of_a_closed_plan_stay(plan):
    aim = make_aim(plan)
    type(plan).objects.filter(pk=plan.pk).update(
        status="closed",
        closed_on=date(2023, 3, 1),
        result="achieved",
        learning="Much",
        approved_on=date(2023, 1, 2),
        review_due_on=date(2024, 1, 1),
        approved_by=make_author(),
    )
    with pytest.raises(ValidationError, match="is closed"):
        AIMS.change(aim, {"target": 9}, expected_version=aim.version, **told())
    with pytest.raises(ValidationError, match="is closed"):
        AIMS.remove(aim, expected_version=aim.version, **told())


def test_what_happened_before_the_plan_is_no_result_of_it(plan, threat):
    with pytest.raises(ValidationError, match="before the plan began"):
        link_disruption(make_aim(plan), disrupted(threat, day=date(2022, 12, 31)), **told())


def test_made_up_results_never_count_towards_real_aims(plan):
    order = make_order(
        plan.organisation, kind_of_data="illustrative", made_on=date(2023, 2, 1), in_force_from=date(2023, 2, 1)
    )
    counted = {"kind": "orders", "order": order, "on": order.made_on}
    with pytest.raises(ValidationError, match="never add up"):
        CONTRIBUTIONS.create(counted, aim=make_aim(plan, counts="orders"), **told())


def test_a_result_that_is_typed_says_what_it_is(plan):
    values = {"aim": make_aim(plan, counts="safeguarded"), "kind": "safeguarded", "on": date(2023, 2, 1), "amount": 2}
    with pytest.raises(ValidationError, match="say in a note what it is"):
        CONTRIBUTIONS.create(values, **told())
    assert CONTRIBUTIONS.create(values, note="Two tenants rehoused.", **told()).amount == 2


def test_a_p_has_aims_or_a_reason_for_none(plan):
    make_aim(plan, "prevent")
    with pytest.raises(ValidationError, match="has an aim under Prevent"):
        OMISSIONS.create({"plan": plan, "four_p": "prevent", "reason": "No need."}, **told())
    OMISSIONS.create({"plan": plan, "four_p": "prepare", "reason": "No need."}, **told())
    with pytest.raises(ValidationError, match="remove that reason first"):
        make_aim(plan, "prepare")


def test_an_aim_with_results_stays(plan, threat):
    aim = make_aim(plan)
    link_disruption(aim, disrupted(threat), **told())
    with pytest.raises(ValidationError, match="Results count towards this aim"):
        AIMS.remove(aim, expected_version=aim.version, **told())


def test_an_action_that_ended_says_what_came_of_it(plan):
    action = make_action(make_aim(plan))
    with pytest.raises(ValidationError, match="Say what came of it"):
        ACTIONS.change(action, {"status": "done"}, expected_version=action.version, **told())


def test_the_database_keeps_an_outcome_of_every_action_that_ended(plan):
    action = make_action(make_aim(plan))
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(status="done", outcome="")


def test_a_partner_of_another_kind_is_not_consulted(plan):
    partner = make_partner(kind_of_data="illustrative")
    with pytest.raises(ValidationError, match="another kind of data"):
        CONSULTATIONS.create({"plan": plan, "partner": partner, "on": date(2023, 2, 1)}, **told())


def test_a_dismissal_keeps_its_reason(plan, threat):
    dismissal = dismiss_disruption(plan, disrupted(threat), by=make_author(), reason="Another operation.")
    assert dismissal.reason == "Another operation."


def test_the_history_tells_of_parts_that_are_gone(plan):
    aim = make_aim(plan)
    action = make_action(aim)
    ACTIONS.remove(action, expected_version=action.version, by=make_author(), reason="No longer needed.")
    told_of = [(change.kind.value, change.reason) for change in list_history(make_author(), plan, most=100)]
    assert ("removed", "No longer needed.") in told_of
    assert len(told_of) == 4  # the plan, the aim, the action twice


def test_a_withdrawn_disruption_counts_no_longer(plan, threat):
    aim, disruption = make_aim(plan), disrupted(threat)
    link_disruption(aim, disruption, **told())
    assert Contribution.objects.counted().count() == 1
    type(disruption).objects.filter(pk=disruption.pk).update(known_to=date(2023, 6, 1))
    assert Contribution.objects.counted().count() == 0


def test_a_disruption_that_is_corrected_to_another_p_counts_no_longer(plan, threat):
    aim, disruption = make_aim(plan), disrupted(threat)
    link_disruption(aim, disruption, **told())
    type(disruption).objects.filter(pk=disruption.pk).update(four_p="prevent")
    assert Contribution.objects.counted().count() == 0
