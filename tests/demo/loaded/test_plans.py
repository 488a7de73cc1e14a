"""The demo plans on record: what they must show, and that nothing of them is recorded data."""

import json
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import Count

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from disruptions.threats.models import Threat
from disruptions.threats.queries import priorities, threats_as_at
from forces.models import Organisation, Region
from plans4p.aims.models import Action, Contribution, Tactic
from plans4p.aims.queries import get_progress
from plans4p.choices import PlanStatus, QuestionKey, RequestStatus, ReviewKind, SignatureState
from plans4p.likeness.models import LikenessCheck
from plans4p.officers.models import LeadOfficer
from plans4p.orders.models import AncillaryOrder
from plans4p.partners.models import Offer, Partner
from plans4p.plans.models import OwnerChange, Plan, Review
from plans4p.quality.queries import list_parts, list_questions
from plans4p.signatures import services as signatures_services
from plans4p.signatures.models import Signature
from plans4p.signatures.queries import get_standing, list_signers
from plans4p.sites.models import Site
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.access.roles import Role, has_role
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account, second_officer
from tests.demo.conftest import FIXTURES, TODAY
from tests.makers import make_author

pytestmark = pytest.mark.usefixtures("demo", "reference")
MARKED = (Plan, LeadOfficer, Partner, AncillaryOrder, Site)
WRITTEN = (*MARKED, Action, Contribution, Offer, OwnerChange, Review, Tactic)


@pytest.fixture
def open_questions():
    """Which questions each plan leaves open on the day of the last extract, by its reference."""
    said = list_parts(make_author(), Plan.objects.all(), TODAY)
    return {each.plan.reference: {q.key for q in list_questions(each) if not q.answered} for each in said}


def of(body: str, **more: object) -> list[Plan]:
    return list(Plan.objects.filter(organisation__slug=body, **more))


def test_everything_is_illustrative():
    for model in MARKED:
        assert set(model.objects.values_list("kind_of_data", flat=True)) == {DataKind.ILLUSTRATIVE}, model


def test_what_plans_name_is_illustrative():
    kinds = Plan.objects.filter(threat__isnull=False).values_list("threat__kind_of_data", flat=True)
    assert set(kinds) == {DataKind.ILLUSTRATIVE}
    counted = Contribution.objects.filter(disruption__isnull=False)
    assert set(counted.values_list("disruption__kind_of_data", flat=True)) == {DataKind.ILLUSTRATIVE}


def test_a_plan_is_for_a_threat_of_its_own_body():
    for plan in Plan.objects.filter(threat__isnull=False).select_related("threat"):
        assert plan.threat.organisation_id == plan.organisation_id


def test_no_threat_has_two_plans_and_most_have_none():
    threats = Counter(Plan.objects.filter(threat__isnull=False).values_list("threat", flat=True))
    assert max(threats.values()) == 1
    owner = Plan.objects.exclude(threat=None).earliest("pk").organisation
    assert owner.threats.filter(plans=None).count() > 100


def published(measure: str, body: str) -> int:
    """What the report says exactly, of one body."""
    rows = json.loads((FIXTURES / "published" / "nw-soc-2023" / body / "figures.json").read_text())
    (value,) = (row["value"] for row in rows if row["measure"] == measure and row.get("qualifier") == "exactly")
    return value


def test_orders_of_north_wales_are_as_many_as_published():
    ours = AncillaryOrder.objects.filter(organisation__slug="north-wales")
    assert set(ours.values_list("kind", flat=True)) == {"scpo"}
    assert ours.count() == published("serious-crime-prevention-orders", "north-wales") == 31
    assert (
        ours.filter(setting="community").count()
        == published("serious-crime-prevention-orders-community", "north-wales")
        == 11
    )


def test_officers_of_cheshire_are_as_many_as_published():
    ours = LeadOfficer.objects.filter(organisation__slug="cheshire")
    assert ours.count() == published("lead-responsible-officers", "cheshire") == 5


def test_sites_are_those_that_were_published():
    numbers = dict(Site.objects.order_by().values_list("organisation__slug").annotate(number=Count("pk")))
    assert numbers == {"cheshire": 1, "greater-manchester": 1, "merseyside": 3, "north-wales": 1}
    assert numbers["merseyside"] == published("clear-hold-build-sites", "merseyside")
    assert {"Murdishaw", "Cheetham Hill"} < set(Site.objects.values_list("place", flat=True))


@pytest.mark.parametrize("body", ["lancashire", "merseyside"])
def test_good_plans_answer_every_question(body, open_questions):
    good = [plan for plan in of(body, status=PlanStatus.ACTIVE) if not open_questions[plan.reference]]
    assert len(good) >= 5


@pytest.mark.parametrize("body", ["lancashire", "merseyside"])
def test_good_plans_are_quality_assured_by_a_second_person(body):
    for plan in of(body, status=PlanStatus.ACTIVE):
        (review,) = plan.reviews.filter(kind=ReviewKind.SECOND_PERSON)
        assert review.by_id not in (plan.author_id, plan.owner.user_id)


def test_generic_plans_are_called_out(open_questions):
    ours = of("north-wales")
    assert len(ours) >= 5
    assert all({QuestionKey.TAILORED, QuestionKey.PARTNERS} <= open_questions[plan.reference] for plan in ours)


def test_generic_plans_are_by_several_hands():
    plan = of("north-wales", status=PlanStatus.ACTIVE)[0]
    history = Action.history.filter(aim_id__in=plan.aims.values("pk"))
    assert history.values("history_user").distinct().count() >= 2


def test_the_draft_that_nobody_owns_cannot_be_signed():
    (plan,) = Plan.objects.filter(owner=None)
    assert plan.organisation.slug == "cheshire"
    signer = list_signers(plan).first().user
    with pytest.raises(signatures_services.UnansweredError) as refused:
        signatures_services.approve(plan, by=signer, today=TODAY, expected_version=plan.version)
    assert [question.key for question in refused.value.questions] == [QuestionKey.OWNER]


def test_the_draft_that_is_ready_can_be_signed_by_another_but_not_by_its_owner():
    (plan,) = of("lancashire", status=PlanStatus.DRAFT)
    told = {"today": TODAY, "expected_version": plan.version}
    with pytest.raises(ValidationError, match="second person"):
        signatures_services.approve(plan, by=demo_account(Role.LEAD_RESPONSIBLE_OFFICER), **told)
    request = plan.signature_requests.get(status=RequestStatus.WAITING)
    assert (request.by, request.to) == (demo_account(Role.LEAD_RESPONSIBLE_OFFICER), second_officer())
    assert signatures_services.approve(plan, by=second_officer(), **told).status == PlanStatus.ACTIVE


def test_plans_are_signed_by_a_second_officer_of_their_own_body():
    for signature in Signature.objects.select_related("by__lead_officer", "plan__owner"):
        plan = signature.plan
        assert signature.by.lead_officer.organisation_id == plan.organisation_id
        assert signature.by_id not in (plan.author_id, plan.owner.user_id)
        assert not has_role(signature.by, Role.INSPECTOR)


def test_active_plans_are_as_signed():
    for plan in Plan.objects.filter(status=PlanStatus.ACTIVE).with_content():
        assert get_standing(plan).state == SignatureState.AS_SIGNED, plan


def test_what_was_added_to_unclear_plans_has_to_be_signed():
    states = {get_standing(plan).state for plan in of("cheshire", status=PlanStatus.UNDER_REVIEW)}
    assert states == {SignatureState.VOID}


def test_both_demo_officers_own_plans_of_one_body():
    bodies = {
        account: set(Plan.objects.of_owner(account).values_list("organisation__slug", flat=True))
        for account in (demo_account(Role.LEAD_RESPONSIBLE_OFFICER), second_officer())
    }
    assert set(map(frozenset, bodies.values())) == {frozenset({"lancashire"})}


def test_some_actions_are_unclear(open_questions):
    assert any(QuestionKey.ACTIONS in open_questions[plan.reference] for plan in of("cheshire"))


@pytest.mark.parametrize("body", ["cheshire", "cumbria"])
def test_some_plans_are_out_of_date(body, open_questions):
    late = [plan for plan in of(body) if {QuestionKey.IN_DATE, QuestionKey.REVIEWED} <= open_questions[plan.reference]]
    assert late
    assert all(plan.status == PlanStatus.ACTIVE for plan in late)


def test_the_demo_account_has_plans_with_something_late_and_something_due_soon():
    own = Plan.objects.of_owner(demo_account(Role.LEAD_RESPONSIBLE_OFFICER))
    actions = Action.objects.filter(aim__plan__in=own)
    assert own.count() == 4
    assert actions.overdue(TODAY).exists()
    assert actions.due_within(TODAY, 14).exists()


def test_linked_disruptions_move_the_progress_of_good_plans():
    for plan in of("merseyside", status=PlanStatus.ACTIVE):
        found = get_progress(plan.aims.all(), TODAY)
        assert all(progress.counted > 0 for progress in found.values())


def test_some_disruptions_wait_to_be_linked():
    plan = Plan.objects.of_owner(demo_account(Role.LEAD_RESPONSIBLE_OFFICER)).earliest("reference")
    waiting = plan.threat.disruptions.current().filter(activity_date__gte=plan.starts_on, contributions=None)
    assert waiting.exists()


def test_a_closed_plan_says_what_was_learned():
    for plan in Plan.objects.filter(status=PlanStatus.CLOSED):
        assert plan.learning


def test_a_plan_was_passed_on_with_its_reason():
    (change,) = OwnerChange.objects.filter(before__isnull=False)
    assert change.reason
    assert change.plan.owner == change.after


def test_every_plan_is_compared():
    assert LikenessCheck.objects.count() == Plan.objects.count()


def test_every_write_says_that_it_is_of_the_demo():
    for model in (LeadOfficer, Partner, AncillaryOrder, Site):
        for reason in set(model.history.values_list("history_change_reason", flat=True)):
            assert reason.startswith("Demo record: "), model
    for reason in set(Action.history.values_list("history_change_reason", flat=True)):
        assert reason.startswith(("Demo record: ", "Loaded from plans.csv, row "))


def test_a_second_run_changes_nothing(capsys):
    def numbers() -> list[int]:
        return [model.history.count() for model in WRITTEN]

    before = numbers()
    call_command("load_demo_plans")
    assert "loaded already" in capsys.readouterr().out
    assert numbers() == before


def test_some_of_the_25_highest_threats_have_plans():
    standpoint = Standpoint(DataKind.ILLUSTRATIVE, TODAY, TODAY, sight=EVERYTHING)
    highest = priorities(threats_as_at(Threat.objects.all(), standpoint).on_master_list(), standpoint, 25).ranked
    planned = Plan.objects.filter(threat__in=[ranked.threat.pk for ranked in highest])
    assert 3 <= planned.count() <= 15


def test_every_region_has_a_plan():
    for region in Region.objects.all():
        assert Plan.objects.filter(organisation__in=Organisation.objects.in_region(region, TODAY)).exists(), region


def test_days_that_are_over_fit_the_extracts():
    """What was counted had happened while its plan ran, and was known by the last extract."""
    for each in Contribution.objects.filter(disruption__isnull=False).select_related("aim__plan", "disruption"):
        assert each.aim.plan.starts_on <= each.on == each.disruption.activity_date <= TODAY
        assert each.disruption.threat_id == each.aim.plan.threat_id
