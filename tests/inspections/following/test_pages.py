"""The list of what must change, its board, the quarterly pack, time to closure and topics: what they say and refuse."""

import csv
import io
import time
from datetime import date
from typing import Any

import pandas
import pytest
from model_bakery import baker

from forces.models import Organisation, Region
from inspections.escalation.models import MonitoringPeriod
from inspections.findings.models import Topic
from inspections.repeats.models import Pairing
from inspections.requirements.models import Requirement
from inspections.requirements.services import REQUIREMENTS
from inspections.responses.models import Response
from inspections.vocabularies.models import InspectionStage, MonitoringStage
from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.stats.histories import Movement
from tests.core.paper.papers import read
from tests.inspections.following.making import MADE, make_move, make_required, make_requirement, make_step
from tests.makers import REASON, make_author, make_finding, make_inspection, make_member, make_organisation

pytestmark = pytest.mark.django_db
LIST = "/must-change/"
QUARTER = "quarter=2024-Q1"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    day = date(2024, 6, 15)
    for module in ("soc_tracker.core.records.pages", "soc_tracker.core.lists.filters", "inspections.packs.pages"):
        monkeypatch.setattr(f"{module}.localdate", lambda: day)
    return day


@pytest.fixture
def region() -> Region:
    return baker.make(Region, name="North West", slug="north-west")


@pytest.fixture
def cheshire(region: Region) -> Organisation:
    return make_member(region)


@pytest.fixture
def requirements(cheshire: Organisation, region: Region) -> dict[str, Requirement]:
    """Open for long; made and closed late in the quarter; overdue; of a region; closed and reopened; undated."""
    other = make_organisation("Kent Police")
    rows = {
        "old": make_requirement(cheshire, date(2018, 3, 22), "Old"),
        "late": make_required(cheshire, date(2024, 2, 1), date(2024, 1, 10), title="Late"),
        "overdue": make_required(other, date(2024, 5, 1), title="Overdue"),
        "region": make_requirement(region, title="Together"),
        "again": make_requirement(other, title="Again"),
        "undated": make_requirement(other, None, "Undated"),
    }
    make_step(rows["late"], "complete", date(2024, 3, 1))
    make_step(rows["again"], "complete", date(2024, 2, 1))
    make_step(rows["again"], "reopened", date(2024, 2, 20))
    make_move(rows["overdue"], date(2024, 3, 5), date(2024, 6, 1))
    return rows


def keys_of(inspector: Any, query: str) -> set[int]:
    page = inspector.get(f"{LIST}?{query}")
    assert page.status_code == 200, query
    assert not page.context["filter"].problems, query
    return {row.pk for row in page.context["rows"]}


def change(requirement: Requirement, **values: Any) -> None:
    requirement.refresh_from_db()
    REQUIREMENTS.change(requirement, values, by=make_author(), reason=REASON, expected_version=requirement.version)


class TestList:
    def test_it_holds_findings_and_recommendations(self, inspector, requirements):
        assert keys_of(inspector, "") == set(Requirement.objects.values_list("pk", flat=True))

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("status=complete", ["late"]),
            ("timeliness=overdue", ["overdue"]),
            ("timeliness=moved", ["overdue"]),
            ("timeliness=closed_late", ["late"]),
            ("kind=recommendation", ["late", "overdue"]),
            ("age=over-4", ["old"]),
            ("q=together", ["region"]),
            ("organisation=cheshire&age=over-4", ["old"]),
        ],
    )
    def test_filters(self, inspector, requirements, query, names):
        assert keys_of(inspector, query) == {requirements[name].pk for name in names}

    def test_a_region_stands_for_itself_and_its_bodies(self, inspector, requirements, cheshire, region):
        expected = Requirement.objects.filter(organisation=cheshire) | Requirement.objects.filter(region=region)
        assert keys_of(inspector, "region=north-west") == set(expected.values_list("pk", flat=True))

    def test_what_is_said_of_one_finds_it(self, inspector, requirements):
        topic = baker.make(Topic, name="4P plans", slug="4p-plans")
        requirements["old"].finding.topics.add(topic)
        baker.make(MonitoringPeriod, organisation=requirements["overdue"].organisation, stage="engage", ended_on=None)
        change(requirements["late"], acceptance="accepted", implementation="implemented", owner="Head of crime")
        change(requirements["again"], is_priority=True, inspector=make_author("oduya"))
        assert keys_of(inspector, "topic=4p-plans") == {requirements["old"].pk}
        assert keys_of(inspector, "acceptance=accepted") == {requirements["late"].pk}
        assert keys_of(inspector, "implementation=implemented") == {requirements["late"].pk}
        assert keys_of(inspector, "owner=head") == {requirements["late"].pk}
        assert keys_of(inspector, "priority=yes") == {requirements["again"].pk}
        assert requirements["again"].pk not in keys_of(inspector, "responsible=nobody")
        assert keys_of(inspector, "responsible=me") == set()
        kent = Requirement.objects.filter(organisation=requirements["overdue"].organisation)
        assert keys_of(inspector, "rung=engage") == set(kent.values_list("pk", flat=True))
        assert requirements["late"].pk not in keys_of(inspector, "acceptance=unknown")

    def test_counts_by_status_are_those_of_the_rows(self, inspector, requirements):
        page = inspector.get(LIST)
        numbers = {status.slug: number for status, number, _ in page.context["statuses"]}
        assert sum(numbers.values()) == Requirement.objects.count()
        for status, number, url in page.context["statuses"]:
            assert len(inspector.get(url).context["rows"]) == number, status

    def test_a_moved_date_shows_both_and_that_it_has_passed(self, inspector, requirements):
        page = inspector.get(f"{LIST}?timeliness=moved")
        assert "1 June 2024, first 1 May 2024 (overdue)" in page.content.decode()

    def test_what_is_not_understood_shows_no_rows(self, inspector, requirements):
        page = inspector.get(f"{LIST}?timeliness=soonish")
        assert not page.context["rows"]
        assert "is not one of its values" in page.content.decode()

    def test_its_file_says_all_of_a_row(self, inspector, requirements):
        response = inspector.get(f"{LIST}?format=csv&form=data&timeliness=closed_late")
        lines = csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig")))
        (row,) = lines
        assert (row["Status"], row["Closed on"], row["Timeliness"]) == ("Complete", "2024-03-01", "Closed late")


class TestBoard:
    def test_every_status_has_its_pile(self, inspector, requirements):
        piles = inspector.get(f"{LIST}board/").context["piles"]
        assert sum(pile.number for pile in piles) == Requirement.objects.count()
        by_slug = {pile.status.slug: pile for pile in piles}
        assert [card.pk for card, _ in by_slug["complete"].cards] == [requirements["late"].pk]
        assert by_slug["awaiting_review"].number == 0

    def test_it_is_narrowed_as_the_list_is(self, inspector, requirements):
        piles = inspector.get(f"{LIST}board/?kind=recommendation").context["piles"]
        assert {card.pk for pile in piles for card, _ in pile.cards} == {
            requirements["late"].pk,
            requirements["overdue"].pk,
        }

    def test_a_high_pile_says_how_many_more_there_are(self, inspector, cheshire):
        for number in range(14):
            make_requirement(cheshire, title=f"Plans {number}")
        (pile,) = [pile for pile in inspector.get(f"{LIST}board/").context["piles"] if pile.number]
        assert (len(pile.cards), pile.more, pile.number) == (8, 6, 14)
        assert len(inspector.get(pile.url).context["rows"]) == 14


def html_of(page: Any) -> str:
    return str(page.content.decode())


def table(client: Any, report: str, query: str = QUARTER, page: str = "pack") -> list[dict[str, str]]:
    response = client.get(f"{LIST}{page}/{report}.csv?{query}&form=data")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


SUM = ("Open at the start", "Made", "Reopened", "Closed", "Open at the end")
DAY = "Day (first day of the span known)"


class TestPack:
    def test_what_was_open_and_came_and_went_makes_what_is_open(self, inspector, requirements):
        for report in ("by-kind", "by-body"):
            for row in table(inspector, report):
                opening, made, reopened, closed, at_the_end = (int(row[name]) for name in SUM)
                assert opening + made + reopened - closed == at_the_end, row
        (every,) = [row for row in table(inspector, "by-kind") if row["Kind"] == "All"]
        # Five were open: the old one, the region's, the one that came again, and an overdue one with its finding.
        assert [int(every[name]) for name in SUM] == [5, 2, 1, 2, 6]

    def test_movements_are_listed_each_with_its_day(self, inspector, requirements):
        rows = [
            (row["Day (first day of the span known)"], row["What happened"]) for row in table(inspector, "movements")
        ]
        assert rows == [
            ("2024-01-10", "Made"),
            ("2024-01-10", "Made"),
            ("2024-02-01", "Closed"),
            ("2024-02-20", "Reopened"),
            ("2024-03-01", "Closed"),
        ]
        assert {kind.lower() for _, kind in rows} == {str(movement) for movement in Movement}

    def test_what_is_open_is_told_as_it_stood_then_the_oldest_first(self, inspector, requirements):
        rows = table(inspector, "open")
        assert rows[0]["Why it is still open"] == "No reason given"
        (overdue,) = [row for row in rows if row["First due"] == "1 May 2024"]
        assert (overdue["Due then"], overdue["Overdue"]) == ("1 June 2024", "no")
        days = [row["Since (first day of the span known)"] for row in rows]
        assert days == sorted(days)

    def test_slips_say_who_moved_the_date_and_why(self, inspector, requirements):
        (row,) = table(inspector, "slips")
        assert (row["From"], row["To"], row["Set by"], row["Reason"]) == (
            "1 May 2024", "1 June 2024", "The body itself", "It takes longer.",
        )  # fmt: skip
        assert table(inspector, "slips", "quarter=2023-Q4") == []

    def test_of_a_response_that_is_not_held_here_nothing_is_said_but_that(self, inspector, requirements, cheshire):
        inspection = requirements["old"].finding.inspection
        due = {"due_from": MADE, "due_to": date(2024, 1, 5)}
        Response.objects.filter(inspection=inspection, organisation=cheshire).update(is_published=False, **due)
        assert [row["Published"] for row in table(inspector, "responses")] == ["none held here"]

    def test_responses_are_late_until_they_are_given(self, inspector, requirements, cheshire):
        inspection = requirements["old"].finding.inspection
        given = {"is_published": True, "published_on": date(2024, 2, 9), "in_time": False}
        due = {"due_from": MADE, "due_to": date(2024, 1, 5)}
        Response.objects.filter(inspection=inspection, organisation=cheshire).update(**given, **due)
        rows = table(inspector, "responses")
        assert [(row["Due"], row["Published"]) for row in rows] == [
            ("some day from 10 November 2023 to 5 January 2024", "9 February 2024")
        ]
        assert table(inspector, "responses", "quarter=2023-Q4") == []
        assert table(inspector, "responses", f"{QUARTER}&organisation=kent") == []
        assert len(table(inspector, "responses", f"{QUARTER}&region=north-west")) == 1

    def test_what_comes_back_is_told_as_the_report_or_a_person_here_says(self, inspector, requirements, cheshire):
        old, late = requirements["old"].finding, requirements["late"].finding
        assert table(inspector, "repeats") == []
        baker.make(Pairing, first=old, second=late, is_one_problem=True, by=make_author())
        again = requirements["again"].finding
        baker.make(Pairing, first=old, second=again, is_one_problem=True, by=make_author())  # of another body
        rows = table(inspector, "repeats")
        assert [(row["What must change"], row["Before"]) for row in rows] == [(late.title, old.title)]
        assert rows[0]["First found by"] == old.inspection.programme.name

    def test_what_has_no_day_is_said_to_be_left_out(self, inspector, requirements):
        page = inspector.get(f"{LIST}pack/?{QUARTER}")
        assert page.context["undated"] == 1
        assert (
            "1 of what is asked for stands in a report whose day of publication is not known" in page.content.decode()
        )

    def test_it_is_of_the_last_quarter_that_is_over_unless_another_is_chosen(self, inspector, requirements):
        assert inspector.get(f"{LIST}pack/").context["quarter"].name == "2024-Q1"
        assert inspector.get(f"{LIST}pack/?quarter=2018-Q1").context["quarter"].name == "2018-Q1"
        assert inspector.get(f"{LIST}pack/?quarter=2024-Q2").status_code == 400

    def test_a_body_and_a_region_have_their_own(self, inspector, requirements):
        pack = inspector.get(f"{LIST}pack/?{QUARTER}&region=north-west")
        assert pack.context["subject"] == "North West"
        bodies = {row["Body"] for row in table(inspector, "by-body", f"{QUARTER}&region=north-west")}
        assert bodies == {"Cheshire Constabulary", "North West", "All"}
        alone = inspector.get(f"{LIST}pack/?{QUARTER}&organisation=kent")
        assert "by-body" not in alone.context["reports"]

    def test_the_whole_of_it_is_one_pdf_and_one_workbook(self, inspector, requirements):
        start = time.monotonic()
        pdf = b"".join(inspector.get(f"{LIST}pack.pdf?{QUARTER}"))
        text = " ".join(page.extract_text() for page in read(pdf).pages)
        assert time.monotonic() - start < 5
        for words in ("All bodies", "January to March 2024", "5 open at the start, 2 made, 1 reopened and 2 closed"):
            assert words in " ".join(text.split())
        workbook = io.BytesIO(b"".join(inspector.get(f"{LIST}pack.xlsx?{QUARTER}")))
        sheets = pandas.read_excel(workbook, sheet_name=None, header=None, engine="calamine")
        assert list(sheets) == ["By kind", "By body", "Movements", "Open", "Slips", "Responses", "Repeats"]

    def test_of_nothing_it_says_so(self, inspector):
        page = inspector.get(f"{LIST}pack/?{QUARTER}")
        assert "Nothing was open, and nothing was made, in these months." in page.content.decode()


class TestClosure:
    def test_it_is_as_at_the_day_that_is_asked_for(self, inspector, requirements):
        rows = table(inspector, "by-kind", "as_at=2024-03-31", "time")
        (every,) = [row for row in rows if row["Kind"] == "All"]
        assert (every["Published"], every["Closed"]) == ("7", "1")
        (early,) = [row for row in table(inspector, "by-kind", "as_at=2024-02-10", "time") if row["Kind"] == "All"]
        assert (early["Published"], early["Closed"]) == ("7", "1")

    def test_done_counts_only_what_is_old_enough(self, inspector, requirements):
        rows = {row["Published in"]: row for row in table(inspector, "done", "as_at=2024-06-15", "time")}
        assert rows["2018"]["Old enough for 4 years"] == "1"
        assert rows["2023"]["Old enough for 1 year"] == "0"
        assert rows["2023"]["Done within 1 year"] == ""

    def test_a_day_to_come_is_refused(self, inspector, requirements):
        assert inspector.get(f"{LIST}time/?as_at=2024-06-16").status_code == 400
        assert inspector.get(f"{LIST}topics/?as_at=2024-06-16").status_code == 400


class TestTopics:
    def test_a_body_counts_once_on_a_topic(self, inspector, requirements, cheshire):
        topic = baker.make(Topic, name="4P plans", slug="4p-plans", order=1)
        for requirement in (requirements["old"], requirements["late"], requirements["region"]):
            requirement.finding.topics.add(topic)
        (row,) = table(inspector, "over-time", "as_at=2024-06-15", "topics")
        assert [row[day] for day in ("31 December 2018", "31 December 2022", "31 December 2023", "15 June 2024")] == [
            "1", "1", "2", "2",
        ]  # fmt: skip
        (by_region,) = table(inspector, "by-region", "as_at=2024-06-15", "topics")
        assert by_region["North West"] == "2"
        (by_programme,) = table(inspector, "by-programme", "as_at=2024-06-15", "topics")
        assert by_programme["Round for Old at Cheshire Constabulary"] == "1"

    def test_closed_is_no_longer_open(self, inspector, requirements):
        topic = baker.make(Topic, name="4P plans", slug="4p-plans", order=1)
        requirements["again"].finding.topics.add(topic)
        make_step(requirements["again"], "complete", date(2024, 4, 1))
        assert table(inspector, "over-time", "as_at=2024-03-31", "topics")[0]["31 March 2024"] == "1"
        assert table(inspector, "over-time", "as_at=2024-04-01", "topics")[0]["1 April 2024"] == "0"


@pytest.mark.parametrize("page", ["", "board/", "pack/", "time/", "topics/"])
def test_few_queries(inspector, requirements, page, django_assert_max_num_queries):
    inspector.get(f"{LIST}{page}")
    with django_assert_max_num_queries(16):
        inspector.get(f"{LIST}{page}")


class TestWhatIsNotForEverybody:
    def test_a_rung_that_is_not_public_finds_nothing_for_who_does_not_reach_the_body(
        self, make_user, client, requirements
    ):
        """A letter to a body is no secret that a filter tells."""
        kent = requirements["overdue"].organisation
        private = next(stage for stage in MonitoringStage.rows() if not stage.is_public)
        baker.make(MonitoringPeriod, organisation=kent, stage=private.slug, ended_on=None)
        reader = make_user(Role.ANALYST)
        client.force_login(reader)
        assert keys_of(client, f"rung={private.slug}")
        Reach.objects.filter(account=reader).update(is_national=False, organisation=requirements["old"].organisation)
        client.force_login(reader)
        assert keys_of(client, f"rung={private.slug}") == set()

    def test_an_inspection_that_is_not_published_is_in_no_list_pack_or_count(self, inspector, requirements, cheshire):
        before = table(inspector, "by-kind"), len(keys_of(inspector, ""))
        stage = baker.make(InspectionStage, slug="drafts", label="Drafts", is_published=False)
        inspection = make_inspection(cheshire, published_on=date(2024, 1, 15), published_precision="day", stage=stage)
        make_finding(inspection, title="Unheard of")
        assert (table(inspector, "by-kind"), len(keys_of(inspector, ""))) == before
        assert keys_of(inspector, "q=unheard") == set()
        for report, page in (("movements", "pack"), ("open", "pack")):
            assert "Unheard of" not in str(table(inspector, report, page=page))
        assert "Unheard of" not in html_of(inspector.get(f"{LIST}board/"))
        assert "Unheard of" not in str(inspector.get("/api/v1/requirements/").json())

    def test_where_what_was_published_is_open_no_name_of_an_account_is(self, client, settings, requirements):
        settings.PUBLIC_PUBLISHED = True
        change(requirements["old"], inspector=make_author("oduya", "Ngozi", "Oduya"))
        for url in (f"{LIST}?format=csv", f"{LIST}?format=xlsx", f"{LIST}board/", f"{LIST}pack/?{QUARTER}"):
            answer = client.get(url)
            assert answer.status_code == 200, url
            assert "Oduya" not in str(b"".join(answer))
        assert "Inspector responsible" not in str(b"".join(client.get(f"{LIST}?format=csv")))
        assert client.get(f"{LIST}pack.pdf?{QUARTER}").status_code == 200
        assert "Oduya" not in client.get("/api/v1/requirements/").content.decode()
