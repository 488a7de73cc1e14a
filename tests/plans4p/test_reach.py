"""What stands around 4P plans is told to those who reach its body, and nothing of it to anybody else."""

import json
import re
from collections.abc import Iterable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import DataKind
from forces.models import Organisation, Region
from plans4p.directory.services import OFFICERS, ORDERS
from plans4p.files.imports.loading import Loading, load
from plans4p.models import AncillaryOrder, LeadOfficer, Plan, Site
from plans4p.plans.services import PLANS
from plans4p.reminders.services import new_calendar_key
from plans4p.signatures.queries import list_signers
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import add_account, end_reach
from soc_tracker.core.imports.outcome import Decision
from tests.architecture.urls import routes
from tests.makers import REASON, make_member, make_organisation, make_partner, make_plan
from tests.plans4p.plan_files import row, write
from tests.plans4p.planted import SOUGHT, Planted, compare, plant, reader

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'value="[a-z0-9_.:=-]{20,}"')
OWN, THEIRS = "heron", "zebra"
READERS = (Role.INSPECTOR, Role.ANALYST, Role.LEAD_RESPONSIBLE_OFFICER)
LISTS = (
    *("plans4p:plan_list", "plans4p:officer_list", "plans4p:order_list", "plans4p:site_list", "plans4p:partner_list"),
    *("plans4p:unplanned_list", "plans4p:unforeseen_list", "plans4p:priority_list"),
)
APIS = ("api:plan-list", "api:lead-officer-list", "api:order-list", "api:site-list", "api:partner-list")


@pytest.fixture
def partner():
    return make_partner()


@pytest.fixture
def own(partner) -> Planted:
    return plant(make_member(Region.objects.create(name="North West", slug="north-west")), OWN, partner)


@pytest.fixture
def theirs(own, partner) -> Planted:
    """Of another body, in the same region."""
    planted = plant(make_member(Region.objects.get(), "Cumbria Constabulary"), THEIRS, partner)
    compare(own, planted)
    return planted


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace").lower()


def general_addresses() -> list[str]:
    """Every address of plans that names no record, and those beyond them that tell of plans."""
    plain = []
    for name, pattern in routes():
        if name.startswith("plans4p:") and not pattern.pattern.converters:
            plain.append(reverse(name))
    lists = [f"{reverse(name)}?{query}" for name in LISTS for query in ("format=csv", "data=recorded", f"q={SOUGHT}")]
    apis = [reverse(name) for name in APIS]
    lookups = [
        f"{reverse('plans4p:lookup', args=[what])}?x={word}"
        for what, word in (("officers", SOUGHT), ("orders", SOUGHT), ("partners", "youth"))
    ]
    bodies = [
        reverse(name, kwargs={"slug": slug})
        for slug in ("cheshire", "cumbria")
        for name in ("force", "force_plans", "plans4p:on_a_page", "body_summary")
    ]
    files = [
        reverse("body_plans_csv", kwargs={"slug": slug, "report": report})
        for slug in ("cheshire", "cumbria")
        for report in ("questions", "gaps")
    ]
    region = {"slug": "north-west"}
    regions = [reverse("region_plans", kwargs=region), reverse("region_summary", kwargs=region)]
    tables = [reverse("region_plans_csv", kwargs=region | {"report": name}) for name in ("bodies", "network")]
    partners = [reverse("plans4p:partner", args=["youth-futures-trust"])]
    narrowed = [
        f"{reverse('plans4p:partner_list')}?used=yes",
        f"{reverse('plans4p:plan_list')}?question=tailored",
        f"{reverse('search')}?q={SOUGHT}",
        reverse("home"),
    ]
    return [*plain, *lists, *apis, *lookups, *bodies, *files, *regions, *tables, *partners, *narrowed]


def leaks(client: Client, addresses: Iterable[str], word: str) -> list[str]:
    """Those whose answers hold the word, each with what stands around it."""
    found = []
    for address in addresses:
        before, here, after = text_of(client.get(address)).partition(word)
        if here:
            found.append(f"{address}: …{before[-90:]}{here}{after[:60]}…")
    return found


@pytest.mark.parametrize("role", READERS)
def test_nothing_of_an_unseen_body_is_in_any_answer(role, own, theirs):
    client = client_of(reader(role, own.body))
    pages = [*general_addresses(), *own.addresses, *own.other_addresses]
    assert leaks(client, pages, THEIRS) == []


def test_what_is_seen_is_there(own, theirs):
    """The sweep above would find it: whoever reaches both bodies is shown it."""
    client = client_of(reader(Role.INSPECTOR, own.body, theirs.body))
    shown = {address for address in [*general_addresses(), *theirs.addresses] if THEIRS in text_of(client.get(address))}
    assert {reverse("plans4p:plan_list"), reverse("plans4p:officer_list"), reverse("plans4p:order_list")} <= shown
    assert reverse("plans4p:plan", args=[own.plan.reference]) not in shown
    copies = text_of(client.get(reverse("plans4p:plan", args=[own.plan.reference])))
    assert f"4p-{THEIRS}" in copies


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_record_of_an_unseen_body_is_as_one_that_does_not_exist(role, method, own, theirs):
    """The same status, and the same page but for the address."""
    client = client_of(reader(role, own.body))
    missing = {"reference": "4P-NONE", "pk": 987654, "parent": 987654, "slug": "none"}
    answers = {}
    for name, kwargs in theirs.kwargs.items():
        route = f"plans4p:{name.split()[0]}"
        other = {key: missing.get(key, value) for key, value in kwargs.items()}
        both = [getattr(client, method)(reverse(route, kwargs=each), {}) for each in (kwargs, other)]
        if both[0].status_code not in (403, 404, 405) or both[0].status_code != both[1].status_code:
            answers[name] = [answer.status_code for answer in both]
        elif len({TOKEN.sub("", text_of(answer)) for answer in both}) > 1:
            answers[name] = ["another page"]
    assert answers == {}


@pytest.mark.parametrize("role", READERS)
def test_nor_is_it_by_the_api_or_as_a_sheet(role, own, theirs):
    client = client_of(reader(role, own.body))
    assert {address: client.get(address).status_code for address in theirs.other_addresses} == dict.fromkeys(
        theirs.other_addresses, 404
    )


def test_every_address_of_a_record_is_among_those_that_are_tried(own):
    swept = {name.split()[0] for name in own.kwargs}
    files = {"import", "import_errors", "import_accept", "import_answer", "import_give_up", "import_start_again"}
    elsewhere = {
        "calendar",
        "lookup",
        "on_a_page",
        "partner",
        "record_new",
        *files,
    }  # tried above, or of their sender alone
    named = {name for name, pattern in routes() if name.startswith("plans4p:") and pattern.pattern.converters}
    assert {name.removeprefix("plans4p:") for name in named} - elsewhere == swept


def numbers(client: Client) -> dict[str, int]:
    """How many rows each API has."""
    return {
        name: len(json.loads(text_of(client.get(reverse(name))))["results"]) for name in APIS if "partner" not in name
    }


def test_counts_beside_partners_are_of_plans_that_are_seen(own, theirs):
    of_one, of_both = (
        client_of(reader(Role.ANALYST, *bodies, username=name))
        for name, bodies in (("one", [own.body]), ("both", [own.body, theirs.body]))
    )
    nobody = client_of(reader(Role.ANALYST, username="nobody"))
    rows = [
        json.loads(client.get(reverse("api:partner-list")).content)["results"] for client in (of_one, of_both, nobody)
    ]
    assert [row["plans"] for (row,) in rows] == [1, 2, 0]
    assert [row["last_used"] is None for (row,) in rows] == [False, False, True]
    used = [client.get(f"{reverse('api:partner-list')}?used=yes").json()["results"] for client in (of_one, nobody)]
    assert [len(found) for found in used] == [1, 0]


@given(st.sets(st.integers(0, 3)))
def test_whoever_reaches_bodies_sees_the_rows_of_each_and_no_other(chosen):
    """For any reach; so those of all bodies, each read alone, are all that there is."""
    bodies = list(Organisation.objects.filter(slug__startswith="body-").order_by("slug"))
    if not bodies:
        bodies = [make_organisation(f"Body{n} Police", slug=f"body-{n}") for n in range(4)]
        for number, body in enumerate(bodies):
            for each in range(number + 1):
                make_plan(body, f"4P-{number}-{each}")
    Reach.objects.all().delete()
    account = User.objects.filter(username="any").first()
    account = account or add_account({"username": "any"}, [Role.ANALYST], by=None, reason=REASON)
    for number in chosen:
        Reach.objects.create(account=account, organisation=bodies[number], valid_from=date(2020, 1, 1), reason=REASON)
    user = User.objects.get(pk=account.pk)
    for model in (Plan, LeadOfficer, AncillaryOrder, Site):
        seen = set(model.objects.visible_to(user).values_list("pk", flat=True))
        of_each = model.objects.filter(organisation__in=[bodies[number] for number in chosen])
        assert seen == set(of_each.values_list("pk", flat=True))


def test_the_lists_of_bodies_add_up_to_that_of_the_country(own, theirs):
    parts = [numbers(client_of(reader(Role.ANALYST, each.body, username=each.word))) for each in (own, theirs)]
    national = add_account({"username": "national"}, [Role.ANALYST], by=None, reason=REASON)
    Reach.objects.create(account=national, is_national=True, valid_from=date(2020, 1, 1), reason=REASON)
    assert numbers(client_of(national)) == {name: sum(part[name] for part in parts) for name in parts[0]}


def test_who_has_no_reach_is_told_so_and_shown_nothing(own):
    client = client_of(reader(Role.ANALYST))
    for name in ("plans4p:plan_list", "plans4p:order_list", "plans4p:my_plans", "plans4p:officer_list"):
        page = text_of(client.get(reverse(name)))
        assert "your account has no reach yet" in page
        assert OWN not in page


def test_a_calendar_ends_with_the_reach_of_its_holder(own):
    holder = own.body.lead_officers.get(user__isnull=False).user
    key = new_calendar_key(holder, date(2100, 1, 1)).calendar_key
    address = reverse("plans4p:calendar", args=[key])
    assert Client().get(address).status_code == 200
    end_reach(holder.reaches.get(), by=None, reason="Left.")
    assert Client().get(address).status_code == 404


def test_only_whoever_reaches_the_body_is_asked_to_sign(own):
    (signer,) = list_signers(own.plan)
    end_reach(signer.user.reaches.get(), by=None, reason="Left.")
    assert not list_signers(own.plan).exists()


def test_who_wrote_a_plan_and_reaches_its_body_no_more_writes_it_no_more(own):
    author = reader(Role.LEAD_RESPONSIBLE_OFFICER, own.body)
    Plan.objects.filter(pk=own.plan.pk).update(author=author)
    address = reverse("plans4p:plan_edit", args=[own.plan.reference])
    assert client_of(author).get(address).status_code == 200
    end_reach(author.reaches.get(), by=None, reason="Left.")
    assert client_of(User.objects.get(pk=author.pk)).get(address).status_code in (403, 404)


def test_a_threat_outside_the_reach_is_named_nowhere_on_the_plan_for_it(own, theirs):
    """A plan may have been written for a threat of another body by somebody who saw both."""
    by = {"by": None, "reason": "Of the region."}
    PLANS.change(own.plan, threat=theirs.plan.threat, expected_version=own.plan.version, **by)
    ORDERS.change(own.order, threat=theirs.plan.threat, expected_version=own.order.version, **by)
    OFFICERS.change(own.officer, mentor=theirs.officer, expected_version=own.officer.version, **by)
    client = client_of(reader(Role.ANALYST, own.body))
    assert leaks(client, [*general_addresses(), *own.addresses, *own.other_addresses], THEIRS) == []
    assert "outside your reach" in text_of(client.get(reverse("plans4p:plan", args=[own.plan.reference])))
    assert not client.get(f"{reverse('plans4p:plan_list')}?q=threat+{THEIRS}").context["rows"]
    refused = client.get(f"{reverse('plans4p:plan_list')}?threat=OCG-{THEIRS.upper()}")
    assert refused.context["filter"].problems


def test_plans_outside_the_reach_are_neither_none_nor_nought(own, theirs):
    client = client_of(reader(Role.ANALYST, own.body))
    table = text_of(client.get(reverse("region_plans_csv", kwargs={"slug": "north-west", "report": "bodies"})))
    rows = {line.partition(",")[0]: line for line in table.splitlines()}
    assert rows["cumbria"].count("outside your reach") == 6
    assert "outside your reach" not in rows["cheshire"]
    for name in ("force_plans", "plans4p:on_a_page"):
        assert "its plans are outside your reach" in text_of(client.get(reverse(name, kwargs={"slug": "cumbria"})))


@pytest.mark.parametrize("column", ["plan_ref", "threat_ref", "owner"])
def test_checking_a_file_tells_nothing_of_unseen_plans(own, theirs, tmp_path, column):
    """What is named and may not be seen is refused as what does not exist; of a reference, that it is taken."""
    writer = reader(Role.LEAD_RESPONSIBLE_OFFICER, own.body)
    unseen = {
        "plan_ref": theirs.plan.reference,
        "threat_ref": theirs.plan.threat.reference,
        "owner": theirs.officer.name,
    }
    right = {"plan_ref": "CHES-1", "threat_ref": own.plan.threat.reference, "owner": "Kim Reader"}
    line = row(title="New", organisation=own.body.name, tactic="", partners="", **right | {column: unseen[column]})
    path = write(tmp_path / "plans.csv", [line])
    loading = Loading(path, path.name, DataKind.RECORDED, localdate(), writer)
    outcome = load(loading, Decision.CHECK)
    assert (outcome.added, outcome.refused) == (0, 1)
    expected = " ".join(refusal.expected for refusal in outcome.refusals).lower()
    assert THEIRS not in expected
    if column == "plan_ref":
        assert "a reference that is not taken, or that of a plan that is yours to write" in expected
