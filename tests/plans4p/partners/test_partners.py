"""The directory of partners: who can do what, for whom, where; and the page of each."""

import re
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from disruptions.choices import DataKind
from forces.areas.models import LocalPolicingArea
from forces.models import Organisation
from plans4p.directory.services import OFFERS, PARTNERS
from plans4p.partners.models import Offer, Partner
from plans4p.partners.pages import PartnerFilter, ages, offers_in_words, served
from plans4p.plans.services import CONSULTATIONS
from tests.makers import (
    REASON,
    make_action,
    make_aim,
    make_author,
    make_member,
    make_organisation,
    make_partner,
    make_plan,
    make_site,
)
from tests.plans4p.directories import csv_lines, csv_rows, day, listed, make_bodies

URL = "/partners/"


def offer(partner: Partner, kind: str = "diversion", four_p: str = "prevent", **more: object) -> Offer:
    values = {"description": "Mentors"} | more
    return OFFERS.create(values, partner=partner, kind=kind, four_p=four_p, by=make_author(), reason=REASON)


def names(client: Client, query: str = "") -> str:
    return listed(client, URL, query, "slug")


@pytest.fixture
def bodies(db: None) -> tuple[Organisation, Organisation, Organisation]:
    return make_bodies()


@pytest.fixture(scope="module")
def partners(rows_of_module: None) -> None:
    """A trust for the young of Cumbria, a college for all of Cheshire, a charity of Kent without an offer."""
    cheshire, cumbria, kent = make_bodies()
    trust = make_partner("Trust", [cumbria], note="Speaks Polish", sharing_agreement="A1", agreement_expires_on=day(-1))
    offer(trust, youngest=10, oldest=17)
    offer(trust, "housing", "protect", description="Safe rooms")
    college = make_partner("College", [cheshire, cumbria], sector="statutory", sharing_agreement="A2")
    offer(college, youngest=16)
    offer(college, "education", description="Lessons for the young", oldest=12)
    make_partner("Charity", [kent], sharing_agreement="A3", agreement_expires_on=day(0))
    make_partner("Bank", sector="business")
    plan = make_plan(cumbria)
    CONSULTATIONS.create(plan=plan, partner=trust, on=day(-30), by=make_author(), reason=REASON)
    CONSULTATIONS.create(plan=plan, partner=trust, on=day(-9), by=make_author(), reason=REASON)
    action = make_action(make_aim(plan, "prevent"), partners=[trust, college])
    make_action(action.aim, "Visit the school", partners=[college])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "bank charity college trust"),
        ("q=trust", "trust"),
        ("q=polish", "trust"),
        ("q=young", "college"),
        ("q=young+trust", ""),
        ("sector=statutory&sector=business", "bank college"),
        ("organisation=cumbria", "college trust"),
        ("organisation=cumbria&organisation=kent", "charity college trust"),
        ("region=north-west", "college trust"),
        ("four_p=protect", "trust"),
        ("offer=diversion", "college trust"),
        ("offer=diversion&from_age=10&to_age=17&organisation=cumbria", "trust"),
        ("offer=diversion&from_age=16&to_age=17", "college trust"),
        ("offer=diversion&from_age=16&to_age=18", "college"),
        ("offer=diversion&from_age=10", "trust"),
        ("offer=diversion&to_age=40", "college"),
        ("offer=education&from_age=12", "college"),
        ("offer=education&from_age=13", ""),
        ("offer=housing&four_p=prevent", ""),
        ("from_age=50&to_age=60", "college trust"),
        ("agreement=in_force", "charity college"),
        ("agreement=ended", "trust"),
        ("agreement=none", "bank"),
        ("used=yes", "college trust"),
        ("used=no", "bank charity"),
        ("sort=last_used", "trust bank charity college"),
        ("data=illustrative", ""),
    ],
)
def test_each_filter_narrows_as_it_says(partners, inspector: Client, query: str, expected: str) -> None:
    assert names(inspector, query) == expected
    assert [row["Partner"].lower() for row in csv_rows(inspector, query, URL)] == expected.split()


def test_partners_can_be_narrowed_to_a_local_policing_area(bodies, inspector: Client) -> None:
    area = LocalPolicingArea.objects.create(organisation=bodies[0], name="Chester")
    make_partner("Trust", [bodies[0]], areas=[area])
    make_partner("College", [bodies[0]])
    assert names(inspector, f"area={area.pk}") == "trust"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("from_age=17&to_age=10", "to_age"),
        ("from_age=-1", "from_age"),
        ("from_age=121", "from_age"),
        ("to_age=10.5", "to_age"),
        ("to_age=ten", "to_age"),
        ("offer=magic", "offer"),
        ("agreement=soon", "agreement"),
        ("organisation=atlantis", "organisation"),
        ("colour=red", "colour"),
        ("sort=colour", "sort"),
    ],
)
def test_what_is_not_understood_is_named_and_shows_nobody(partners, inspector, query, parameter) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert [problem.parameter for problem in page.context["filter"].problems] == [parameter]
    assert page.context["rows"] == []
    assert inspector.get(f"{URL}?{query}&format=csv").status_code == 400


AGE = st.none() | st.integers(0, 30)


@given(youngest=AGE, oldest=AGE, first=st.integers(0, 30), more=st.integers(0, 30))
def test_an_offer_for_a_span_is_one_for_every_age_in_it(youngest, oldest, first, more) -> None:
    """The filter's condition, worked out here on one offer as the database does."""
    here = Offer(youngest=youngest, oldest=oldest)
    filterset = PartnerFilter({"from_age": first, "to_age": first + more}, queryset=Partner.objects.none())
    takes_all = all(
        (youngest is None or youngest <= age) and (oldest is None or age <= oldest)
        for age in range(first, first + more + 1)
    )
    assert meets(here, filterset.offer_condition()) == takes_all


def meets(offer: Offer, wanted) -> bool:
    """Whether an offer that is not stored meets a condition of "is null", "at most" and "at least"."""
    if not hasattr(wanted, "children"):
        path, value = wanted
        name, lookup = path.split("__")
        stored = getattr(offer, name)
        match lookup:
            case "isnull":
                return (stored is None) == value
            case "lte":
                return stored is not None and stored <= value
            case "gte":
                return stored is not None and stored >= value
    found = [meets(offer, child) for child in wanted.children]
    return any(found) if wanted.connector == "OR" else all(found)


# In words


@pytest.mark.parametrize(
    ("youngest", "oldest", "words"),
    [(None, None, ""), (10, 17, "ages 10 to 17"), (18, None, "from age 18"), (None, 0, "to age 0"), (9, 9, "age 9")],
)
def test_ages_are_told_with_the_bounds_there_are(youngest, oldest, words) -> None:
    assert ages(Offer(youngest=youngest, oldest=oldest)) == words


def test_offers_are_told_by_p_and_each_once() -> None:
    offers = [
        Offer(four_p="protect", kind="housing"),
        Offer(four_p="prevent", kind="education"),
        Offer(four_p="prevent", kind="diversion", youngest=10, oldest=17),
        Offer(four_p="prevent", kind="education", description="Another"),
    ]
    assert offers_in_words(offers) == (
        "Prevent: diversion (ages 10 to 17), education and awareness; Protect: housing and tenancy powers"
    )


@pytest.mark.parametrize(
    ("name", "ends", "stands"),
    [
        ("", None, "None on record"),
        ("A1", None, "In force"),
        ("A1", 0, "In force"),
        ("A1", -1, "Ended"),
    ],
)
def test_an_agreement_is_in_force_on_its_last_day(name, ends, stands) -> None:
    partner = Partner(sharing_agreement=name, agreement_expires_on=None if ends is None else day(ends))
    assert partner.agreement_on(day(0)).label == stands


def test_many_bodies_are_counted_and_few_are_named(bodies) -> None:
    assert served(make_partner("Few", bodies)) == "Cheshire, Cumbria, Kent"
    many = [*bodies, *(make_organisation(f"{letter} Constabulary") for letter in "PQRS")]
    assert served(make_partner("Many", many)) == "7 bodies"


# The list and its files


def test_the_list_says_what_plans_make_of_each(partners, inspector: Client) -> None:
    rows = {row["Partner"]: row for row in csv_rows(inspector, "", URL)}
    assert (rows["Trust"]["Plans"], rows["Trust"]["Last consulted on"]) == ("1", day(-9).isoformat())
    assert (rows["College"]["Plans"], rows["College"]["Last consulted on"]) == ("1", "")
    assert rows["College"]["Last used"] == "By no plan yet"
    assert rows["Bank"]["Plans"] == "0"
    assert rows["College"]["Bodies served"] == "Cheshire Constabulary; Cumbria Constabulary"
    assert rows["Trust"]["Sharing agreement"] == "Ended"


def test_a_plan_counts_once_however_it_uses_a_partner(bodies, inspector: Client) -> None:
    trust = make_partner("Trust", bodies)
    for number in range(3):
        plan = make_plan(bodies[0], f"4P-{number}")
        make_action(make_aim(plan), partners=[trust])
        if number:
            CONSULTATIONS.create(plan=plan, partner=trust, on=day(-number), by=make_author(), reason=REASON)
    assert csv_rows(inspector, "", URL)[0]["Plans"] == "3"
    assert inspector.get("/partners/trust/").context["facts"].plans.total == 3


def test_made_up_partners_are_marked_on_page_and_in_files(bodies, inspector: Client) -> None:
    make_partner("Trust", kind_of_data=DataKind.ILLUSTRATIVE)
    html = inspector.get(URL).content.decode()
    assert "These records are made up" in html
    assert ["Kind of data", "illustrative"] in csv_lines(inspector, "", URL)
    assert "These records are made up" in inspector.get("/partners/trust/").content.decode()
    make_partner("College")
    assert names(inspector) == "college"
    assert names(inspector, "data=illustrative") == "trust"


def test_a_workbook_can_be_had(partners, inspector: Client) -> None:
    assert b"".join(inspector.get(URL, {"format": "xlsx"}))[:2] == b"PK"


# The page of one


def test_its_page_holds_what_is_on_record(partners, inspector: Client, bodies) -> None:
    trust = Partner.objects.get(slug="trust")
    make_site(bodies[1], partners=[trust])
    page = inspector.get("/partners/trust/")
    html, facts = page.content.decode(), page.context["facts"]
    assert [each.description for each in facts.offers.rows] == ["Mentors", "Safe rooms"]
    assert [plan.reference for plan in facts.plans.rows] == ["4P-00001"]
    assert [asked.on for asked in facts.consultations.rows] == [day(-9), day(-30)]
    assert [site.place for site in facts.sites.rows] == ["Murdishaw"]
    assert inspector.get(facts.sites.url).context["page"].total == 1
    assert 'govuk-tag--red">Ended</strong>' in html
    assert "Ages 10 to 17" in html


def test_its_history_tells_of_its_offers_too(partners, inspector: Client) -> None:
    trust = Partner.objects.get(slug="trust")
    first = trust.offers.first()
    OFFERS.remove(first, by=make_author(), reason="Closed down.", expected_version=first.version)
    PARTNERS.change(trust, note="Moved.", by=make_author(), reason="Told us.", expected_version=trust.version)
    reasons = [change.reason for change in inspector.get("/partners/trust/").context["facts"].changes.rows]
    assert reasons[:2] == ["Told us.", "Closed down."]


def test_of_many_plans_the_first_are_shown(bodies, inspector: Client) -> None:
    trust = make_partner("Trust", bodies)
    for number in range(23):
        plan = make_plan(bodies[0], f"4P-{number:02}")
        CONSULTATIONS.create(plan=plan, partner=trust, on=day(-1), by=make_author(), reason=REASON)
    html = inspector.get("/partners/trust/").content.decode()
    assert "20 of 23 shown:" in html
    others = unescape(re.findall(r'href="(\?section=plans[^"#]*)#plans"', html)[0])
    html = inspector.get(f"/partners/trust/{others}").content.decode()
    assert "3 of 23 shown:" in html
    assert "4P-22" in html


@pytest.mark.parametrize(
    ("role", "links"),
    [("inspector", False), ("analyst", False), ("lead_responsible_officer", False), ("administrator", True)],
)
def test_only_those_who_keep_the_directory_are_shown_how(partners, role, links, request) -> None:
    client = request.getfixturevalue(role)
    pages = (client.get(URL), client.get("/partners/trust/"))
    assert ["/plans/parts/" in page.content.decode() for page in pages] == [links, links]


@pytest.mark.parametrize("url", [URL, "/partners/trust/"])
def test_queries_do_not_grow(bodies, inspector: Client, url: str, django_assert_max_num_queries) -> None:
    region = bodies[0].regions.get()
    for number in range(8):
        body = make_member(region, f"{number} Constabulary")
        partner = make_partner("Trust" if number == 0 else f"Trust {number}", [body, bodies[0]])
        offer(partner)
        plan = make_plan(body, f"4P-{number}")
        for other in Partner.objects.all():
            CONSULTATIONS.create(plan=plan, partner=other, on=day(-number), by=make_author(), reason=REASON)
    inspector.get(url)
    with django_assert_max_num_queries(20):
        inspector.get(url)


def test_a_partner_that_is_not_there_is_not_found(partners, inspector: Client) -> None:
    assert inspector.get("/partners/nobody/").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
