"""The exchange of good practice: whose practice may help whom, the nearest first, and what became of it."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.standpoint.queries import THREATS, standpoint
from forces.models import Organisation
from inspections.findings.models import Finding
from inspections.practice.models import Uptake
from inspections.practice.queries import list_own_bodies
from inspections.repeats.services import REVISITS
from soc_tracker.core.access.models import Reach, sight_of
from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.practice.queries import Near, list_proposals
from tests.forms import press
from tests.makers import REASON, make_author, make_extract, make_threat

pytestmark = pytest.mark.django_db
NETWORKS = {"nw-2022-lancashire-lros", "nw-2022-merseyside-lros"}


def proposals(**of):
    user = make_author()
    point = standpoint(sight=sight_of(user), today=localdate(), contents=THREATS)
    return list_proposals(user, point, localdate(), **of)


def texts(response):
    return unescape(response.content.decode())


@pytest.fixture
def north_wales(reference):
    return Organisation.objects.get(slug="north-wales")


class TestProposals:
    def test_networks_of_the_region_come_first_for_a_force_whose_officers_need_support(self, north_wales):
        first, second, *_ = proposals(body=north_wales)
        assert {first.practice.slug, second.practice.slug} == NETWORKS
        assert first.match.problems[0].slug == "nw-2022-north-wales-lros"
        assert first.near.same_region

    def test_bodies_of_the_same_region_come_first_for_a_practice(self, reference):
        practice = Finding.objects.get(slug="nw-2022-lancashire-lros")
        near = [proposal.near.same_region for proposal in proposals(practice=practice)]
        assert near == sorted(near, reverse=True)
        assert set(near) == {True, False}

    def test_nobody_learns_from_itself_and_a_shared_topic_alone_is_not_enough(self, reference):
        for body in Organisation.objects.filter(findings__isnull=False).distinct():
            for proposal in proposals(body=body):
                assert proposal.practice.organisation_id != body.pk
                for problem in proposal.match.problems:
                    shared = {*problem.topics.all()} & {*proposal.practice.topics.all()}
                    assert len(shared) >= min(2, proposal.practice.topics.count())

    def test_what_a_later_inspection_calls_resolved_asks_for_nothing(self, north_wales):
        problem = Finding.objects.get(slug="nw-2022-north-wales-lros")
        later = Finding.objects.get(slug="nw-2022-cheshire-4p-plans").inspection
        later.pk, later.slug, later.title = None, "later", "Later"
        later.published_on = date(2025, 1, 1)
        later.save()
        values = {"outcome": "resolved", "summary": "Done.", "source": later.source, "locator": "Page 1"}
        REVISITS.create(values, finding=problem, inspection=later, by=None, reason=REASON)
        assert all(problem not in proposal.match.problems for proposal in proposals(body=north_wales))

    def test_a_body_that_is_no_more_is_proposed_to_nobody(self, north_wales):
        Organisation.objects.filter(pk=north_wales.pk).update(valid_to=date(2024, 1, 1))
        practice = Finding.objects.get(slug="nw-2022-lancashire-lros")
        assert north_wales.pk not in {proposal.body.pk for proposal in proposals(practice=practice)}

    def test_mixes_of_threats_are_compared_where_both_have_enough(self, north_wales):
        make_extract("threats", localdate())
        lancashire = Organisation.objects.get(slug="lancashire")
        for body, number in ((north_wales, 20), (lancashire, 19)):
            for each in range(number):
                make_threat(f"OCG-{body.slug}-{each}", body)
        of_lancashire = [each for each in proposals(body=north_wales) if each.practice.organisation == lancashire]
        assert {each.near.mix for each in of_lancashire} == {None}
        make_threat("OCG-lancashire-19", lancashire)
        of_lancashire = [each for each in proposals(body=north_wales) if each.practice.organisation == lancashire]
        assert {each.near.mix for each in of_lancashire} == {1.0}

    def test_how_near_in_words(self):
        like = "same region, Ash has about as many officers as Elm, 87% of threats of the same types"
        assert Near(True, 0.95, 0.87).in_words("Ash", "Elm") == like
        assert Near(False, 2, None).in_words("Ash", "Elm").endswith("region, Ash has 2.0 times as many officers as Elm")
        assert Near(False, None, None).in_words("Ash", "Elm") == "another region"
        assert Near(True, 1.0, 1.0).distance < Near(True, 0.5, 0.9).distance < Near(True, None, None).distance


class TestPages:
    def test_an_unknown_body_is_named_and_no_row_is_shown(self, reference, inspector):
        answer = inspector.get(reverse("practice_exchange"), {"organisation": "nowhere"})
        assert answer.status_code == 400
        assert "There is no body called “nowhere”." in texts(answer)
        assert "<table" not in texts(answer)

    def test_what_is_no_practice_has_no_page(self, reference, inspector):
        assert inspector.get(reverse("practice", args=["nw-2022-cheshire-4p-plans"])).status_code == 404

    def test_an_officer_says_what_their_body_has_done_and_both_see_it(self, north_wales, make_user, client):
        officer = make_user(Role.LEAD_RESPONSIBLE_OFFICER)
        page = reverse("practice", args=["nw-2022-lancashire-lros"])
        client.force_login(officer)
        assert "Say what your body" not in texts(client.get(page))
        assert client.get(reverse("uptake_new", args=["nw-2022-lancashire-lros"])).status_code == 404
        Reach.objects.create(account=officer, organisation=north_wales, valid_from=date(2020, 1, 1), reason="Theirs.")
        new = client.get(reverse("uptake_new", args=["nw-2022-lancashire-lros"]))
        answer = press(client, new, "Save", state="adopted", note="A network of our own meets monthly.")
        assert answer.url == page
        step = Uptake.objects.get()
        assert (step.organisation, step.by, step.state, step.on) == (north_wales, officer, "adopted", localdate())
        assert "A network of our own meets monthly." in texts(client.get(page))
        for_body = texts(client.get(reverse("practice_exchange"), {"organisation": "north-wales"}))
        assert "Adopted" in for_body
        assert "North Wales Police: Adopted" in texts(client.get(reverse("practice_exchange")))

    def test_one_acts_for_the_body_that_a_reach_names_alone(self, north_wales, make_user, sign_in):
        analyst, inspector = make_user(Role.ANALYST), make_user(Role.INSPECTOR)
        for user in (analyst, inspector):
            Reach.objects.create(account=user, organisation=north_wales, valid_from=date(2020, 1, 1), reason="Theirs.")
        assert list(list_own_bodies(analyst)) == [north_wales]
        assert not list_own_bodies(inspector)
        assert list_own_bodies(make_user(Role.ADMINISTRATOR)).count() == Organisation.objects.count()

    def test_a_body_page_leads_to_what_may_help_it(self, reference, inspector):
        page = texts(inspector.get(reverse("force", args=["north-wales"])))
        assert f"{reverse('practice_exchange')}?organisation=north-wales" in page
