"""Asking, signing, declining and naming deputies, as the people of one body, of another, and inspectors meet them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from plans4p.aims.models import Action
from plans4p.aims.services import ACTIONS
from plans4p.choices import Every, RequestStatus, SignatureState
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from plans4p.plans.services import PLANS
from plans4p.reminders.queries import get_digest
from plans4p.reminders.services import choose
from plans4p.signatures.services import ask_to_sign
from soc_tracker.core.access.roles import Role
from tests.forms import NotOnPageError, press
from tests.makers import make_account_of, make_author, make_organisation
from tests.plans4p.signing import TODAY, make_ready, sign, stands, status
from tests.queries.counting import queries_of
from tests.reach.planted import account

pytestmark = pytest.mark.django_db
ASK, SIGN, DECLINE = "Ask them to sign", "Sign and start the plan", "Decline to sign"


@pytest.fixture
def plan() -> Plan:
    return make_ready()


def client_of(account: User) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def author(plan) -> Client:
    return client_of(make_account_of(plan.organisation, "author"))


@pytest.fixture
def owner(plan) -> Client:
    return client_of(make_account_of(plan.organisation, "owner"))


@pytest.fixture
def second(plan) -> Client:
    """Who may sign."""
    return client_of(make_account_of(plan.organisation, "second"))


@pytest.fixture
def stranger() -> Client:
    """An officer of another body."""
    return client_of(make_account_of(make_organisation("Kent Police"), "stranger"))


def test_officers_of_its_body_read_in_its_history_who_signed(plan):
    signer = make_account_of(plan.organisation, "second")
    signer.first_name, signer.last_name = "Sam", "Okoro"
    signer.save()
    sign(plan, by=signer)
    reader = client_of(account(Role.LEAD_RESPONSIBLE_OFFICER, organisation=plan.organisation))
    page = reader.get(reverse("plans4p:plan_history", args=[plan.reference]))
    assert page.status_code == 200
    assert "Sam Okoro" in page.content.decode()


def step(plan: Plan, word: str) -> str:
    return reverse("plans4p:plan_step", args=[plan.reference, word])


def page(client: Client, plan: Plan) -> str:
    return client.get(plan.get_absolute_url()).content.decode()


def officer(username: str) -> LeadOfficer:
    return LeadOfficer.objects.get(user__username=username)


class TestAskingAndSigning:
    def test_who_wrote_a_plan_is_offered_to_ask_and_not_to_sign(self, plan, author, owner):
        for writer in (author, owner):
            text = page(writer, plan)
            assert step(plan, "ask") in text
            assert step(plan, "approve") not in text
            assert writer.get(step(plan, "approve")).status_code == 404

    def test_only_those_who_may_sign_are_offered(self, plan, author, second, stranger):
        offered = author.get(step(plan, "ask")).context["form"].fields["to"].queryset
        assert [each.user.username for each in offered] == ["second"]

    def test_from_asking_to_signing(self, plan, author, second):
        to = str(officer("second").pk)
        press(author, author.get(step(plan, "ask")), ASK, to=to, note="Look at the dates.")
        mine = second.get("/plans/mine/").content.decode()
        assert "Author Lowe asks you to sign" in mine
        assert "Look at the dates." in mine
        assert "asked you on" in page(second, plan)
        press(second, second.get(step(plan, "approve")), SIGN)
        assert (status(plan), stands(plan).state) == ("active", SignatureState.AS_SIGNED)
        assert plan.signature_requests.get().status == RequestStatus.SIGNED
        assert "asks you to sign" not in second.get("/plans/mine/").content.decode()
        assert step(plan, "approve") not in page(second, plan)

    def test_declining_says_why_to_who_asked(self, plan, author, second):
        ask_to_sign(plan, officer("second"), by=make_author("author"), today=TODAY)
        assert (
            "Say why, so that it can be mended."
            in press(second, second.get(step(plan, "decline")), DECLINE).content.decode()
        )
        press(second, second.get(step(plan, "decline")), DECLINE, reason="The dates are in the past.")
        assert "The dates are in the past." in page(author, plan)
        request = plan.signature_requests.get()
        assert (request.status, request.history.count()) == (RequestStatus.DECLINED, 2)

    def test_who_was_not_asked_cannot_decline(self, plan, author, second):
        for reader in (author, second):
            assert reader.get(step(plan, "decline")).status_code == 404

    def test_whom_somebody_else_forestalled_is_no_longer_asked(self, plan, second):
        ask_to_sign(plan, officer("second"), by=make_author("author"), today=TODAY)
        sign(plan, make_account_of(plan.organisation, "third"))
        assert plan.signature_requests.get().status == RequestStatus.DROPPED

    def test_nobody_is_asked_twice_at_a_time(self, plan, author, second):
        to = str(officer("second").pk)
        for _ in range(2):
            answer = press(author, author.get(step(plan, "ask")), ASK, to=to)
        assert "This person has been asked already, and has not answered yet." in answer.content.decode()
        assert plan.signature_requests.count() == 1

    def test_one_who_has_written_since_they_were_asked_is_told_why_they_cannot_sign(self, plan, second):
        ask_to_sign(plan, officer("second"), by=make_author("author"), today=TODAY)
        action = Action.objects.get()
        ACTIONS.change(action, {"owner": "DS Moss"}, by=make_author("second"), reason="x", expected_version=1)
        assert "You can no longer sign it." in page(second, plan)

    def test_the_reminder_says_so(self, plan, second):
        ask_to_sign(plan, officer("second"), by=make_author("author"), today=TODAY, note="Dates!")
        user = make_author("second")
        choose(user, Every.DAY)
        assert [request.note for request in get_digest(user, None, TODAY).to_sign.rows] == ["Dates!"]
        assert "asked by Author Lowe: Dates!" in second.get("/reminders/").content.decode()

    def test_an_inspector_reviews_and_does_not_sign(self, plan, inspector):
        assert step(plan, "approve") not in page(inspector, plan)
        assert inspector.get(step(plan, "approve")).status_code == 403
        form = inspector.get(step(plan, "review"))
        with pytest.raises(NotOnPageError):
            press(inspector, form, "Save the review", kind="owner")
        said = {"kind": "second_person", "on": "2023-03-01", "checked": "Every action", "changes": "Nothing"}
        assert press(inspector, form, "Save the review", **said).status_code == 302
        assert plan.reviews.get().kind == "second_person"


class TestWhatShows:
    @pytest.fixture
    def changed(self, plan, second) -> Plan:
        """Signed, and called otherwise since."""
        plan = sign(plan)
        PLANS.change(plan, {"title": "Other"}, by=make_author("author"), reason="x", expected_version=plan.version)
        return plan

    def test_that_it_changed_since_on_page_sheet_list_file_and_api(self, changed, inspector):
        for path in (changed.get_absolute_url(), f"{changed.get_absolute_url()}print/", "/plans/"):
            assert "Changed since signed" in inspector.get(path).content.decode(), path
        assert "changed since signed: title" in page(inspector, changed)
        lines = inspector.get("/plans/?format=csv").getvalue().decode()
        assert "Changed since signed,Signer Lowe,2023-03-01,changed since signed: title" in lines
        signature = inspector.get(f"/api/v1/plans/{changed.reference}/").json()["signature"]
        assert signature == {"state": "changed", "signed_on": "2023-03-01", "changed": ["title"]}

    def test_what_has_to_be_signed_again_says_what_and_why(self, changed, inspector):
        action = Action.objects.get()
        ACTIONS.change(action, {"owner": "DS Moss"}, by=make_author("author"), reason="x", expected_version=1)
        text = page(inspector, changed)
        assert "no longer as signed: an action under Pursue changed (who does it); also changed since: title" in text
        assert "under review until a second person signs it again" in text
        assert inspector.get(f"/api/v1/plans/{changed.reference}/").json()["signature"]["state"] == "void"

    def test_a_plan_that_says_what_was_signed(self, plan, inspector):
        sign(plan)
        assert "1 March 2023, by Signer Lowe. It says what was signed" in page(inspector, plan)

    def test_more_plans_on_the_list_cost_no_more_queries(self, inspector):
        counts = []
        for numbers in ((0,), (1, 2, 3)):
            for number in numbers:
                sign(make_ready(f"4P-{number}"))
            counts.append(len(queries_of(inspector, "/plans/")))
        assert counts[0] == counts[1]


class TestWhoWrites:
    STEPS = ("owner", "deputies", "ask", "remove")

    def addresses(self, plan: Plan) -> list[str]:
        aim, action = plan.aims.get(), Action.objects.get()
        parts = [("record_edit", "aim", aim), ("record_remove", "aim", aim), ("part_new", "action", aim)]
        parts += [("record_edit", "action", action), ("part_new", "aim", plan), ("part_new", "consultation", plan)]
        return [
            reverse("plans4p:plan_edit", args=[plan.reference]),
            reverse("plans4p:action_outcome", args=[action.pk]),
            *(step(plan, word) for word in self.STEPS),
            *(reverse(f"plans4p:{name}", args=[kind, record.pk]) for name, kind, record in parts),
        ]

    def test_owner_and_author_do(self, plan, owner, author):
        for url in self.addresses(plan):
            assert owner.get(url).status_code == 200, url
        for url in self.addresses(plan):
            may = url not in (step(plan, "owner"), step(plan, "deputies"))  # which are the owner's
            assert author.get(url).status_code == (200 if may else 404), url

    def test_a_plan_of_others_is_not_theirs_to_write(self, plan, second, stranger):
        """Nor is any way to do it on the page."""
        for reader in (second, stranger):
            text = page(reader, plan)
            for url in self.addresses(plan):
                assert reader.get(url).status_code == 404, url
                assert reader.post(url, {}).status_code == 404, url
                assert url not in text
            links = reverse("plans4p:plan_links", args=[plan.reference])
            assert reader.post(links, {"do": "link"}).status_code == 404
        assert stranger.get(step(plan, "review")).status_code == 404

    def test_a_deputy_writes_and_does_not_pass_it_on(self, plan, owner, second):
        press(
            owner,
            owner.get(step(plan, "deputies")),
            "Save the deputies",
            deputies=[str(officer("second").pk)],
            reason="On leave.",
        )
        plan.refresh_from_db()
        assert list(plan.deputies.all()) == [officer("second")]
        assert plan.reference in second.get("/plans/mine/").content.decode()
        assert second.get(reverse("plans4p:plan_edit", args=[plan.reference])).status_code == 200
        assert second.get(step(plan, "owner")).status_code == 404

    def test_a_deputy_is_of_the_plans_body(self, plan, owner, stranger):
        text = owner.get(step(plan, "deputies")).content.decode()
        assert "Stranger Lowe" not in text

    def test_the_author_gives_a_draft_its_first_owner(self, plan, author):
        draft = make_ready("4P-2", owner=None)
        assert author.get(step(draft, "owner")).status_code == 200

    def test_a_new_plan_is_of_ones_own_body(self, plan, stranger, administrator):
        def offered(client: Client) -> set[str]:
            return {str(body) for body in client.get("/plans/new/").context["form"].fields["organisation"].queryset}

        assert offered(stranger) == {"Kent Police"}
        assert offered(administrator) == {"Kent Police", "Cheshire Constabulary"}

    def test_an_account_without_an_officer_writes_none(self, plan, lead_responsible_officer):
        assert lead_responsible_officer.get("/plans/new/").status_code == 403


def test_the_administration_says_that_a_signature_no_longer_holds(plan, administrator, make_user):
    sign(plan)
    url = reverse("admin:plans4p_plan_change", args=[plan.pk])
    said = {"intelligence": "Profile 13", "change_reason": "Newer."}
    with zeal_ignore():  # the rows of a page's inlines are read one by one
        answer = press(administrator, administrator.get(url), "Save", **said)
    text = administrator.get(answer.url).content.decode()
    assert "is under review until an officer of Cheshire Constabulary signs it again" in text
    assert status(plan) == "under_review"
