"""The network of lead responsible officers: training, load, gaps; and the page of each."""

import pytest
from django.test import Client

from disruptions.choices import DataKind
from forces.choices import OrganisationKind
from forces.models import Organisation
from plans4p.directory.services import OFFICERS, TRAININGS
from plans4p.officers.models import LeadOfficer
from tests.makers import REASON, make_author, make_officer, make_organisation, make_plan, make_threat
from tests.plans4p.directories import csv_lines, csv_rows, day, listed, make_bodies

URL = "/lead-officers/"


def names(client: Client, query: str = "") -> str:
    return listed(client, URL, query, "name")


def train(officer: LeadOfficer, subject: str = "Leading 4P plans", on: int = -30) -> None:
    TRAININGS.create(officer=officer, subject=subject, completed_on=day(on), by=make_author(), reason=REASON)


@pytest.fixture
def bodies(db: None) -> tuple[Organisation, Organisation, Organisation]:
    return make_bodies()


@pytest.fixture(scope="module")
def officers(rows_of_module: None) -> None:
    """Amy leads and mentors, Bob is new, Cat has left, Dan is Kent's."""
    cheshire, cumbria, kent = make_bodies()
    amy = make_officer(cheshire, "Amy", share_of_time=0, rank="Superintendent")
    bob = make_officer(cumbria, "Bob", mentor=amy)
    make_officer(cheshire, "Cat", is_active=False, share_of_time=20)
    dan = make_officer(kent, "Dan", share_of_time=50)
    train(amy, on=-90)
    train(amy, "Financial inquiries")
    train(dan)
    first, second, third = (make_threat(f"OCG-{number}", cheshire) for number in (1, 2, 3))
    make_plan(cheshire, "4P-1", owner=amy, threat=first, review_due_on=day(10))
    make_plan(cheshire, "4P-2", owner=amy, threat=first)
    make_plan(cheshire, "4P-3", owner=amy)
    closed = {"closed_on": day(-1), "result": "achieved", "learning": "Much."}
    make_plan(cheshire, "4P-4", "closed", owner=amy, threat=third, **closed)
    say = {"by": make_author(), "reason": REASON}
    OFFICERS.change(amy, threats=[first, second], expected_version=amy.version, **say)
    OFFICERS.change(bob, threats=[second], expected_version=bob.version, **say)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Amy Cat Bob Dan"),
        ("q=superintendent", "Amy"),
        ("q=chief", "Cat Bob Dan"),
        ("q=dan", "Dan"),
        ("organisation=kent&organisation=cumbria", "Bob Dan"),
        ("region=north-west", "Amy Cat Bob"),
        ("role=in", "Amy Bob Dan"),
        ("role=left", "Cat"),
        ("trained=yes", "Amy Dan"),
        ("trained=no", "Cat Bob"),
        ("time=none", "Bob"),
        ("time=stated", "Amy Cat Dan"),
        ("mentor=none", "Amy Cat Dan"),
        ("threat=OCG-1", "Amy"),
        ("threat=OCG-2", "Amy Bob"),
        ("threat=OCG-3", ""),
        ("sort=threats_held", "Amy Bob Cat Dan"),
        ("data=illustrative", ""),
    ],
)
def test_each_filter_narrows_as_it_says(officers, inspector: Client, query: str, expected: str) -> None:
    assert names(inspector, query) == expected
    assert [row["Officer"] for row in csv_rows(inspector, query, URL)] == expected.split()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("trained=well", "trained"), ("threat=OCG-99", "threat"), ("region=mars", "region"), ("age=50", "age")],
)
def test_what_is_not_understood_is_named_and_shows_nobody(officers, inspector, query, parameter) -> None:
    page = inspector.get(f"{URL}?{query}")
    assert [problem.parameter for problem in page.context["filter"].problems] == [parameter]
    assert page.context["rows"] == []
    assert page.context["gaps"] is None


def test_the_load_counts_open_plans_and_each_threat_once(officers, inspector: Client) -> None:
    rows = {row["Officer"]: row for row in csv_rows(inspector, "", URL)}
    assert (rows["Amy"]["Open plans"], rows["Amy"]["Threats held"]) == ("3", "2")
    assert (rows["Bob"]["Open plans"], rows["Bob"]["Threats held"]) == ("0", "1")
    assert (rows["Dan"]["Open plans"], rows["Dan"]["Threats held"]) == ("0", "0")


def test_no_share_of_time_is_not_a_share_of_nought(officers, inspector: Client) -> None:
    rows = {row["Officer"]: row for row in csv_rows(inspector, "", URL)}
    assert (rows["Amy"]["Share of time"], rows["Bob"]["Share of time"]) == ("0%", "")


def test_training_is_told_with_its_number_and_the_latest(officers, inspector: Client) -> None:
    rows = {row["Officer"]: row for row in csv_rows(inspector, "", URL)}
    assert (rows["Amy"]["Training"], rows["Amy"]["Trainings"]) == ("2, latest: Financial inquiries", "2")
    assert rows["Amy"]["Latest training on"] == day(-30).isoformat()
    assert (rows["Dan"]["Training"], rows["Bob"]["Training"]) == ("Leading 4P plans", "None on record")


# Gaps


def gaps(client: Client, query: str = "") -> tuple[int, ...]:
    found = client.get(f"{URL}?{query}").context["gaps"]
    return found.officers, found.untrained, found.without_time, found.bodies.total, found.unheld, found.unnamed


def test_gaps_are_of_those_in_the_role_and_of_the_bodies_of_the_filter(officers, bodies, inspector: Client) -> None:
    make_threat("PI-1", bodies[2], lead_responsible_officer="DI Lane")
    make_threat("PI-2", None)
    make_threat("PI-3", bodies[1], state={"phase": "Closed"})
    make_organisation("Essex Police")
    make_organisation("Customs Service", kind=OrganisationKind.OTHER)
    assert gaps(inspector) == (3, 1, 1, 1, 3, 4)
    assert gaps(inspector, "region=north-west") == (2, 1, 1, 0, 1, 3)
    assert gaps(inspector, "organisation=kent") == (1, 0, 0, 0, 1, 0)
    assert gaps(inspector, "organisation=kent&region=north-west") == (0, 0, 0, 0, 0, 0)
    assert gaps(inspector, "organisation=essex") == (0, 0, 0, 1, 0, 0)


def test_who_has_left_fills_no_gap(bodies, inspector: Client) -> None:
    gone = make_officer(bodies[0], "Cat", is_active=False)
    threat = make_threat("OCG-1", bodies[0])
    make_plan(bodies[0], owner=gone, threat=threat)
    assert gaps(inspector, "organisation=cheshire") == (0, 0, 0, 1, 1, 1)


@pytest.mark.parametrize("query", ["", "region=north-west", "organisation=kent&organisation=cheshire", "trained=yes"])
def test_each_count_is_that_of_the_list_behind_it(officers, bodies, inspector: Client, query: str) -> None:
    make_threat("PI-2", None)
    context = inspector.get(f"{URL}?{query}").context
    for number, url in (
        (context["gaps"].untrained, URL + context["untrained_url"]),
        (context["gaps"].without_time, URL + context["without_time_url"]),
        (context["gaps"].unnamed, context["unnamed_url"]),
    ):
        assert inspector.get(url).context["page"].total == number, url


def test_bodies_without_an_officer_are_named(officers, inspector: Client) -> None:
    make_organisation("Essex Police")
    html = inspector.get(URL).content.decode()
    assert "1 body without a lead responsible officer on record" in html
    assert "/forces/essex/" in html


# The page of one


def page_of(client: Client, name: str = "Amy"):
    return client.get(LeadOfficer.objects.get(name=name).get_absolute_url())


def test_their_page_holds_what_they_own_and_hold(officers, inspector: Client) -> None:
    facts = page_of(inspector).context["facts"]
    assert [training.subject for training in facts.trainings.rows] == ["Financial inquiries", "Leading 4P plans"]
    assert [plan.reference for plan in facts.plans.rows] == ["4P-1", "4P-2", "4P-3", "4P-4"]
    assert [threat.reference for threat in facts.threats.rows] == ["OCG-1", "OCG-2"]
    assert [other.name for other in facts.mentored.rows] == ["Bob"]
    assert inspector.get(facts.plans.url).context["page"].total == 4


def test_their_page_counts_threats_as_the_list_does(officers, inspector: Client) -> None:
    page = page_of(inspector)
    assert page.context["facts"].threats.total == page.context["officer"].threats_held == 2


def test_their_page_says_who_mentors_them_and_who_has_left(officers, inspector: Client) -> None:
    assert "Superintendent Amy" in page_of(inspector, "Bob").content.decode()
    assert "No longer in the role" in page_of(inspector, "Cat").content.decode()


def test_their_history_tells_of_trainings_too(officers, inspector: Client) -> None:
    titles = [change.title for change in page_of(inspector).context["facts"].changes.rows]
    assert any("Financial inquiries" in title for title in titles)
    assert "Superintendent Amy" in titles


def test_made_up_officers_are_marked(bodies, inspector: Client) -> None:
    officer = make_officer(bodies[0], "Amy", kind_of_data=DataKind.ILLUSTRATIVE)
    assert ["Kind of data", "illustrative"] in csv_lines(inspector, "", URL)
    for url in (URL, officer.get_absolute_url()):
        assert "These records are made up" in inspector.get(url).content.decode()


@pytest.mark.parametrize("which", ["list", "page"])
def test_queries_do_not_grow(officers, bodies, inspector: Client, which, django_assert_max_num_queries) -> None:
    amy = LeadOfficer.objects.get(name="Amy")
    for number in range(8):
        officer = make_officer(bodies[number % 3], f"Officer {number}", mentor=amy)
        train(officer)
        train(amy, f"Subject {number}")
        make_plan(bodies[0], f"4P-5{number}", owner=amy, threat=make_threat(f"VUL-{number}", bodies[0]))
    url = URL if which == "list" else amy.get_absolute_url()
    inspector.get(url)
    with django_assert_max_num_queries(22):
        inspector.get(url)


def test_an_officer_who_is_not_there_is_not_found(officers, inspector: Client) -> None:
    assert inspector.get(f"{URL}999999/").status_code == 404


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
