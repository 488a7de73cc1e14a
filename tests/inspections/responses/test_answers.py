"""What a response says of each thing that must change: action, a reason for none, or nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from model_bakery import baker

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from forces.services import OVERSIGHTS
from inspections.positions.services import POSITIONS
from inspections.programmes.services import PROGRAMMES
from inspections.requirements.models import Requirement
from inspections.responses.models import Answer, Response
from inspections.responses.queries import list_replies
from inspections.responses.services import ANSWERS, give_response
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.records.services import StaleRecordError
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import (
    REASON,
    make_author,
    make_finding,
    make_inspection,
    make_member,
    make_organisation,
    make_programme,
    make_recommendation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 1, 20)


@pytest.fixture
def response() -> Response:
    region = baker.make(Region, name="North West", slug="north-west")
    force = make_member(region)
    programme = make_programme()
    PROGRAMMES.change(programme, response_days=56, by=make_author(), reason=REASON, expected_version=1)
    inspection = make_inspection(region, programme, published_on=date(2023, 11, 10))
    concern = make_finding(inspection, "cause_of_concern", "Weak plans", region=None, organisation=force)
    make_recommendation(concern, force, 1)
    make_recommendation(concern, force, 2)
    make_finding(
        inspection, "area_for_improvement", "Of another", region=None, organisation=make_member(region, "Kent")
    )
    return Response.objects.for_list().get(organisation=force)


def give(response: Response, answers=None, **more) -> Response:
    values = {"published_on": date(2024, 1, 4), "comments": "Welcomed."} | more
    version = response.version
    why = {"by": make_author(), "reason": REASON}
    return give_response(response, values, answers or {}, today=TODAY, expected_version=version, **why)


def says(kind: str = "action", **more) -> dict:
    return {"kind": kind, "acceptance": "", "text": "Train them.", "due_on": None} | more


def test_what_is_asked_is_awaited_then_answered_or_passed_over_in_silence(response):
    user = make_author()
    assert [each.words for each in list_replies(user, response)] == ["No response held here"] * 3
    concern, first, second = [each.requirement for each in list_replies(user, response)]
    given = give(response, {first: says(acceptance="accepted"), second: says("no_action"), concern: None})
    assert [each.words for each in list_replies(user, given)] == [
        "Silent: says nothing of it",
        "Says what will be done",
        "Says why nothing will be done",
    ]
    accepted = dict(Requirement.objects.values_list("pk", "acceptance"))
    assert (accepted[first.pk], accepted[second.pk], accepted[concern.pk]) == ("accepted", "", "")


def test_what_is_not_held_whole_is_not_called_silent(response):
    given = give(response, is_whole=False)
    assert {each.words for each in list_replies(make_author(), given)} == {"Not taken in here"}


def test_a_response_is_amended_with_its_answers(response):
    first = list_replies(make_author(), response)[1].requirement
    given = give(response, {first: says()})
    amended = give(given, {first: says("no_action", text="Nobody is free.")})
    assert Answer.objects.get().text == "Nobody is free."
    give(amended, {first: None})
    assert not Answer.objects.exists()


def test_nothing_is_kept_of_a_response_that_is_refused(response):
    first = list_replies(make_author(), response)[1].requirement
    with pytest.raises(ValidationError, match=r"Improve the plans\.: "):
        give(response, {first: says("")})
    with pytest.raises(ValidationError, match="Choose a day up to today"):
        give(response, published_on=date(2024, 1, 21))
    with pytest.raises(ValidationError, match="Give the day on which it was published"):
        give(response, published_on=None)
    give(response)
    with pytest.raises(StaleRecordError):
        give(response)
    assert not Answer.objects.exists()


def test_an_answer_is_to_what_its_own_report_asks_of_its_force(response):
    other = Requirement.objects.get(finding__title="Of another")
    with pytest.raises(ValidationError, match="Choose something that the report asks of this force"):
        ANSWERS.create(says(), response=response, requirement=other, by=make_author(), reason=REASON)


def test_a_body_speaks_for_what_it_has_to_change_itself(response):
    requirement = list_replies(make_author(), response)[0].requirement
    values = {"on": TODAY, "status": "being_progressed", "requirement": requirement}
    with pytest.raises(ValidationError, match="That is for Cheshire Constabulary to say"):
        POSITIONS.create(values, organisation=make_organisation("Essex Police"), by=make_author(), reason=REASON)


class TestPage:
    @pytest.fixture
    def url(self, response) -> str:
        return reverse("inspections:response_edit", args=[response.pk])

    def fill(self, client, url: str, **more: str):
        page = client.get(url).context["form"]
        data = (
            {name: page[name].value() or "" for name in page.fields if page[name].value() is not False}
            | {"published_on": "4/1/2024"}
            | more
        )
        return client.post(url, data | {"published_on": "4/1/2024"} | more)

    def test_an_inspector_enters_it_and_readers_see_it(self, inspector, url, response):
        key = list_replies(make_author(), response)[1].requirement.pk
        given = {f"of{key}_kind": "action", f"of{key}_text": "More analysts.", f"of{key}_acceptance": "accepted"}
        answer = self.fill(inspector, url, comments="Welcomed.", **given)
        assert answer.status_code == 302
        page = inspector.get(answer.url).content.decode()
        for words in (
            "Published in time",
            "4 January 2024",
            "Welcomed.",
            "More analysts.",
            "Silent: says nothing of it",
        ):
            assert words in page

    def test_what_is_half_filled_in_is_refused_and_kept(self, inspector, url, response):
        first, second = (each.requirement.pk for each in list_replies(make_author(), response)[1:])
        page = self.fill(inspector, url, **{f"of{first}_kind": "action", f"of{second}_text": "More analysts."})
        assert page.status_code == 400
        words = page.content.decode()
        assert "Say what will be done, or why nothing will." in words
        assert "Choose what it says of this, or empty the fields below." in words
        assert "More analysts." in words

    @pytest.mark.parametrize(("force", "status"), [("Cheshire Constabulary", 302), ("Kent", 403)])
    def test_who_acts_for_the_force_gives_it_and_who_acts_for_another_does_not(
        self, lead_responsible_officer, inspector, url, force, status
    ):
        account = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
        account.reaches.all().delete()
        body = Organisation.objects.get(name=force)
        Reach.objects.create(account=account, organisation=body, valid_from=date(1990, 1, 1), reason="For a test.")
        data = {"expected_version": 1, "published_on": "2024-01-04"}
        assert lead_responsible_officer.post(url, data).status_code == status
        assert Response.objects.filter(is_published=True).count() == (status == 302)

    def test_a_local_policing_body_answers_for_its_force(self, lead_responsible_officer, url, response):
        account = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
        commissioner = make_organisation("Commissioner", OrganisationKind.POLICING)
        OVERSIGHTS.create(organisation=response.organisation, responder=commissioner, by=make_author(), reason=REASON)
        account.reaches.all().delete()
        Reach.objects.create(account=account, organisation=commissioner, valid_from=date(1990, 1, 1), reason="A test.")
        assert lead_responsible_officer.get(url).status_code == 200
