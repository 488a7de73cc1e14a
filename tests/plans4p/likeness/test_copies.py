"""Copied actions are named one by one, while writing and before signing; a plan with them is signed with a reason."""

import pytest
from django.core.exceptions import ValidationError

from plans4p.aims.models import Action
from plans4p.choices import PlanStatus
from plans4p.likeness.models import LikenessCheck
from plans4p.likeness.queries import first_look
from plans4p.likeness.services import compare_plan
from plans4p.plans.models import Plan
from plans4p.signatures.services import approve
from tests.forms import form_of, press
from tests.makers import make_account_of, make_action, make_aim, make_author, make_plan
from tests.plans4p.signing import TODAY, make_ready

pytestmark = pytest.mark.django_db
COPIED = "Visit every flat on the Fenland estate with the housing officer"


@pytest.fixture
def plan() -> Plan:
    """It answers every required question; one of its two actions stands in another plan, and that is known."""
    plan = make_ready(reference="4P-MINE")
    make_action(make_aim(make_plan(plan.organisation, "4P-OTHER")), COPIED)
    make_action(plan.aims.get(), COPIED)
    compare_plan.func(plan.pk)
    return plan


def signer(plan: Plan):
    return make_account_of(plan.organisation)


def sign(plan: Plan, **more) -> Plan:
    plan.refresh_from_db()
    return approve(plan, by=signer(plan), today=TODAY, expected_version=plan.version, **more)


def test_each_copied_action_is_named_where_it_stands(plan, client):
    client.force_login(signer(plan), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(plan.get_absolute_url()).content.decode()
    assert page.count("Copied: it also stands in") == 1
    assert "100 % alike" in page


def test_the_form_of_a_copied_action_says_where_it_stands(plan, client):
    client.force_login(plan.owner.user, backend="django.contrib.auth.backends.ModelBackend")
    copied = Action.objects.get(aim__plan=plan, description=COPIED)
    assert "also stands in 4P-OTHER, 100 % alike" in client.get(f"/plans/parts/action/{copied.pk}/").content.decode()
    own = Action.objects.exclude(pk=copied.pk).get(aim__plan=plan)
    assert "also stands in" not in client.get(f"/plans/parts/action/{own.pk}/").content.decode()


def test_whoever_writes_a_copy_is_told_at_once(plan, client):
    client.force_login(plan.owner.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/plans/parts/action/new/{plan.aims.get().pk}/")
    values = {"description": "Visit every flat of the Fenland estate with a housing officer", "owner": "DS Kaur"}
    page = press(client, page, "Save", **values)
    told = client.get(page.url).content.decode()
    assert "This wording also stands in 4P-OTHER" in told


@pytest.mark.parametrize("text", ["Arrest the runner at the railway station", "Visit", "-"])
def test_what_is_written_for_the_threat_is_no_copy(plan, text):
    assert first_look(make_author(), make_action(plan.aims.get(), text)) is None


def test_made_up_and_recorded_plans_are_not_compared(plan):
    other = make_plan(plan.organisation, "4P-MADE-UP", kind_of_data="illustrative", owner=None)
    assert first_look(make_author(), make_action(make_aim(other), COPIED)) is None


def test_a_plan_with_copied_actions_is_signed_only_with_a_reason(plan):
    with pytest.raises(ValidationError) as refused:
        sign(plan, copies_reason="  ")
    assert refused.value.message_dict == {
        "copies_reason": ["1 of its 2 actions also stand in other plans: say why it is signed so."]
    }
    signed = sign(plan, copies_reason="Both estates have the same landlord.")
    assert signed.status == PlanStatus.ACTIVE
    assert signed.signatures.get().copies_reason == "Both estates have the same landlord."


def test_the_signer_reads_them_one_by_one_and_says_why(plan, client):
    client.force_login(signer(plan), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(plan.get_absolute_url() + "steps/approve/")
    assert f"“{COPIED}” also stands in" in page.content.decode()
    refused = press(client, page, "Sign and start the plan")
    assert refused.status_code == 400
    assert "Say why it is signed although some of its actions also stand" in refused.content.decode()
    answer = press(client, refused, "Sign and start the plan", copies_reason="The same landlord.")
    assert answer.status_code == 302
    assert "The same landlord." in client.get(plan.get_absolute_url()).content.decode()


def test_without_copies_no_reason_is_asked(client):
    plan = make_ready()
    compare_plan.func(plan.pk)
    client.force_login(signer(plan), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(plan.get_absolute_url() + "steps/approve/")
    assert "copies_reason" not in form_of(page, "Sign and start the plan").fields
    assert press(client, page, "Sign and start the plan").status_code == 302


def test_a_plan_that_was_not_compared_yet_is_compared_before_it_is_signed(plan, client):
    LikenessCheck.objects.all().delete()
    client.force_login(signer(plan), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"{plan.get_absolute_url()}steps/approve/")
    assert "copies_reason" not in page.content.decode()
    refused = press(client, page, "Sign and start the plan")
    assert "Why do you sign it with copied actions?" in refused.content.decode()
    assert Plan.objects.get(pk=plan.pk).status == PlanStatus.DRAFT
    assert press(client, refused, "Sign and start the plan", copies_reason="It fits here too.").status_code == 302
    assert plan.signatures.get().copies_reason == "It fits here too."
