"""4P plans on the pages of bodies and regions, and on the home page: every number is that of the list it opens."""

import re
from copy import deepcopy
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from plans4p.aims.services import link_disruption
from plans4p.choices import QuestionKey
from plans4p.directory.services import PHASES, TRAININGS
from plans4p.plans.services import CONSULTATIONS
from soc_tracker.core.access.roles import Role
from tests.dashboards.making import make_lead, make_region, read_csv, text_of
from tests.makers import (
    REASON,
    make_action,
    make_aim,
    make_author,
    make_disruption,
    make_extract,
    make_member,
    make_officer,
    make_partner,
    make_plan,
    make_site,
    make_threat,
)

pytestmark = pytest.mark.django_db
JULY = date(2023, 7, 13)
CLOSED = {"closed_on": date(2023, 4, 1), "result": "achieved", "learning": "Ask the partners sooner."}


@pytest.fixture
def cheshire(north_west):
    return make_member(north_west)


@pytest.fixture(scope="module")
def stored(rows_of_module):
    """Cheshire's six disruptions of 2022, of which one is linked; two threats, one of them planned; four plans."""
    make_extract(as_at=JULY)
    cheshire = make_member(make_region())
    make_lead(cheshire, pursue=4, prevent=1)
    threats = [make_threat(f"OCG-{number}", cheshire) for number in (11, 12)]
    linked = make_disruption("DIS-L", cheshire, activity_date=date(2022, 6, 1), threat=threats[0])
    first = make_plan(cheshire, "4P-1", "active", threat=threats[0], starts_on=date(2022, 1, 1))
    aim = make_aim(first)
    make_action(aim)
    link_disruption(aim, linked, by=make_author())
    make_aim(make_plan(cheshire, "4P-2", owner=None))
    under_review = make_plan(cheshire, "4P-3", "under_review", review_due_on=localdate() + timedelta(days=9))
    asked = {"plan": under_review, "partner": make_partner(), "on": date(2023, 2, 1)}
    CONSULTATIONS.create(asked, by=make_author(), reason=REASON)
    make_plan(cheshire, "4P-4", "closed", **CLOSED)
    return cheshire


@pytest.fixture
def planned(stored):
    return deepcopy(stored)


def force(client, **query):
    return client.get(reverse("force_plans", args=["cheshire"]), query)


def region(client, **query):
    return client.get(reverse("region_plans", args=["north-west"]), query)


def numbers_of(page) -> list[tuple[int, str]]:
    """Every linked number in the section on plans, with what it opens; of "3 of 7" both."""
    section = page.content.decode().split('id="plans"')[1].split("<h2")[0]
    links = re.findall(r'<a class="govuk-link"\s+href="(/[^"]+)">(.*?)</a>', section, flags=re.DOTALL)
    texts = [(" ".join(re.sub(r"<[^>]+>", " ", text).split()), unescape(url)) for url, text in links]
    return [(text, url) for text, url in texts if text[0].isdigit()]


def total(client, url: str) -> int:
    page = client.get(url)
    assert page.status_code == 200
    assert page.context["filter"].problems == []
    return page.context["page"].total


class TestBody:
    def test_plans_are_counted_by_status(self, planned, inspector):
        statuses = force(inspector).context["plan_statuses"]
        assert [(status.label, status.number) for status in statuses] == [
            ("Draft", 1),
            ("Active", 1),
            ("Under review", 1),
            ("Closed", 1),
        ]

    def test_every_number_is_that_of_the_list_it_opens(self, planned, inspector):
        numbers = numbers_of(force(inspector))
        assert len(numbers) > 8
        for text, url in numbers:
            assert (int(text.split()[0]), url) == (total(inspector, url), url)

    def test_the_spread_over_the_questions_is_told_of_open_plans(self, planned, inspector):
        (questions, _) = force(inspector).context["plan_reports"]
        rows = {row.words: (row.yes, row.no, row.not_known) for row in questions.rows}
        assert rows["One clear owner (required)"] == (2, 1, 0)
        assert rows["Partners consulted"] == (1, 2, 0)
        assert rows["Tailored to its threat"] == (0, 0, 3)
        assert {sum(row) for row in rows.values()} == {3}

    def test_one_sentence_says_what_is_most_often_open(self, planned, inspector):
        assert "All 3 open plans answer 0 of the 8 questions. Most often not answered:" in text_of(force(inspector))

    def test_gaps_stand_with_what_they_are_of(self, planned, inspector):
        (_, gaps) = force(inspector).context["plan_reports"]
        rows = {row.words: (row.number, row.of) for row in gaps.rows}
        assert rows["Threats on the master list without an open plan"] == (1, 2)
        assert rows["Disruptions of the period that no plan foresaw"] == (5, 6)
        assert rows["Open plans with an aim towards which nothing counts yet"] == (1, 3)
        assert rows["Running plans that are overdue for review"] == (1, 2)

    def test_another_day_and_period_are_those_of_the_record(self, planned, inspector):
        page = force(inspector, **{"as_at": "2022-05-01", "from": "2022-01-01", "to": "2022-12-31"})
        (_, gaps) = page.context["plan_reports"]
        assert gaps.rows[-1].of == 5
        for text, url in numbers_of(page):
            assert (int(text.split()[0]), url) == (total(inspector, url), url)

    def test_plans_are_of_the_kind_of_data_of_the_record(self, planned, inspector):
        made_up = make_officer(planned, "Made Up", kind_of_data="illustrative")
        make_plan(planned, "4P-9", kind_of_data="illustrative", owner=made_up)
        assert force(inspector).context["plans_total"] == 4
        page = force(inspector, data="illustrative")
        assert page.context["plans_total"] == 1
        assert "data=illustrative" in dict(numbers_of(page))["1 draft"]

    def test_without_a_plan_it_says_so_and_missing_is_not_zero(self, cheshire, inspector):
        page = force(inspector)
        assert "No 4P plan of it is on record." in text_of(page)
        (_, gaps) = page.context["plan_reports"]
        assert gaps.rows[0].number is None

    @pytest.mark.parametrize(("table", "rows"), [("questions", len(QuestionKey)), ("gaps", 7)])
    def test_each_table_is_a_file(self, planned, inspector, table, rows):
        head, found = read_csv(inspector.get(reverse("body_plans_csv", args=["cheshire", table])))
        assert head["Kind of data"] == "recorded"
        assert len(found) == rows

    def test_there_is_no_other_table(self, planned, inspector):
        assert inspector.get(reverse("body_plans_csv", args=["cheshire", "colours"])).status_code == 404

    def test_a_file_of_something_not_understood_is_refused(self, planned, inspector):
        assert inspector.get(reverse("body_plans_csv", args=["cheshire", "gaps"]), {"year": "1"}).status_code == 400

    def test_it_leads_to_the_plan_on_a_page(self, planned, inspector):
        assert reverse("plans4p:on_a_page", args=["cheshire"]) in force(inspector).content.decode()

    def test_queries_do_not_grow_with_plans(self, planned, inspector, django_assert_max_num_queries):
        for number in range(30):
            make_action(make_aim(make_plan(planned, f"4P-M{number}", owner=planned.lead_officers.first())))
        with django_assert_max_num_queries(30):
            assert force(inspector).status_code == 200


class TestRegion:
    def test_bodies_stand_side_by_side(self, planned, north_west, inspector):
        make_member(north_west, "Cumbria Constabulary")
        bodies, answers, network = (table for table in region(inspector).context["plan_reports"])
        assert [row.body.short_name for row in bodies.rows] == ["Cheshire", "Cumbria"]
        assert [column.value(bodies.rows[0]) for column in bodies.columns[1:]] == [3, 1, 2, 1, "1 of 2", "5 of 6"]
        assert [column.value(bodies.rows[1]) for column in bodies.columns[1:]] == [
            0,
            *["no open plan"] * 3,
            *["no records"] * 2,
        ]
        assert [row.body.short_name for row in answers.rows] == ["Cheshire"]
        assert answers.columns[1].value(answers.rows[0]) == "2 of 3"
        assert [column.value(network.rows[0]) for column in network.columns[1:]] == [1, 0, "1 of 2"]

    def test_every_number_is_that_of_the_list_it_opens(self, planned, inspector):
        tables = {table.slug: table for table in region(inspector).context["plan_reports"]}
        for table in (tables["bodies"], tables["network"]):
            (row,) = table.rows
            for column in table.columns[2:]:
                if column.link and (url := column.link(row)):
                    number = str(column.value(row)).split()[0]
                    assert (column.key, int(number)) == (column.key, total(inspector, url))

    def test_an_answer_opens_the_plans_that_do_not(self, planned, inspector):
        _, answers, _ = (table for table in region(inspector).context["plan_reports"])
        (row,) = answers.rows
        for column, key in zip(answers.columns[1:], QuestionKey, strict=True):
            url = column.link(row)
            assert (total(inspector, url) if url else 0) == row.plans.answered(key, False)

    def test_training_is_counted_once_an_officer(self, planned, inspector):
        officer = planned.lead_officers.get()
        for subject in ("Leading 4P plans", "Disruptions"):
            training = {"officer": officer, "subject": subject, "completed_on": JULY}
            TRAININGS.create(training, by=make_author(), reason=REASON)
        *_, network = region(inspector).context["plan_reports"]
        assert (network.rows[0].network.officers, network.rows[0].network.trained) == (1, 1)

    def test_its_sites_are_a_timeline(self, planned, inspector):
        site = make_site(planned)
        make_site(planned, "Invented", kind_of_data="illustrative")
        phase = {"site": site, "phase": "clear", "starts_on": date(2023, 1, 1)}
        PHASES.create(phase, by=make_author(), reason=REASON)
        page = region(inspector)
        text = text_of(page)
        assert "Murdishaw" in text
        assert "from 1 January 2023, under way" in text
        assert "Invented" not in text

    def test_without_a_site_it_says_so(self, planned, inspector):
        assert "No site in this region that you may see is on record." in text_of(region(inspector))

    @pytest.mark.parametrize("table", ["bodies", "answers", "network"])
    def test_each_table_is_a_file(self, planned, inspector, table):
        _, rows = read_csv(inspector.get(reverse("region_plans_csv", args=["north-west", table])))
        assert [row["Body"] for row in rows] == ["Cheshire"]

    def test_a_file_of_something_not_understood_is_refused(self, planned, inspector):
        assert inspector.get(reverse("region_plans_csv", args=["north-west", "bodies"]), {"x": "1"}).status_code == 400

    def test_queries_do_not_grow_with_bodies(self, planned, north_west, inspector, django_assert_max_num_queries):
        for number in range(20):
            body = make_member(north_west, f"Force{number} Police")
            make_action(make_aim(make_plan(body, f"4P-M{number}")))
        with django_assert_max_num_queries(34):
            assert region(inspector).status_code == 200


class TestHome:
    def test_an_officer_sees_what_they_have_on_their_hands(self, cheshire, make_user, lead_responsible_officer):
        today = localdate()
        officer = make_officer(cheshire, user=make_user(Role.LEAD_RESPONSIBLE_OFFICER))
        plan = make_plan(cheshire, status="active", owner=officer, review_due_on=today)
        aim = make_aim(plan, due_on=today + timedelta(days=200))
        for days in (-1, -2, 14, 15):
            make_action(aim, f"Visit the site, {days}", due_on=today + timedelta(days=days))
        page = lead_responsible_officer.get("/")
        told = page.context["my_plans"]
        assert (told.overdue, told.due, told.to_review) == (2, 1, 1)
        assert "2 actions overdue" in text_of(page)
        assert 'href="/plans/mine/#soon"' in page.content.decode()

    def test_others_see_nothing_of_it(self, cheshire, inspector):
        assert "My plans" not in text_of(inspector.get("/"))

    def test_an_officer_whose_account_is_not_linked_sees_no_number(self, cheshire, lead_responsible_officer):
        words = text_of(lead_responsible_officer.get("/"))
        assert "no plan is yours" in words
        assert "overdue" not in words
