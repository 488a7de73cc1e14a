"""Bodies side by side: which, what of them, as at one day or two, and what may be said of it."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date
from html import unescape

import plotly.graph_objects
import pytest
from django.urls import reverse
from model_bakery import baker

from disruptions.choices import DataKind, FourP
from disruptions.measures.queries import Counts
from disruptions.standpoint.queries import Standpoint
from forces.choices import OrganisationKind
from forces.models import Membership
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.dashboards.compare.charts import late_recording, shares
from soc_tracker.dashboards.compare.queries import chosen_bodies, compared
from soc_tracker.dashboards.record.queries import usual_period
from tests.dashboards.making import make_lead, make_region, read_csv, text_of
from tests.makers import make_disruption, make_extract, make_member, make_organisation, make_size, make_threat

pytestmark = pytest.mark.django_db
JANUARY, JULY = date(2023, 1, 4), date(2023, 7, 13)
TABLES = ("shares", "lead-disruptions", "threats", "late-recording")


@pytest.fixture(scope="module")
def recorded(rows_of_module):
    """Cheshire, with more in July than in January; Cumbria, with few; Lancashire, with nothing."""
    make_extract(as_at=JULY)
    north_west = make_region()
    cheshire = make_member(north_west)
    make_lead(cheshire, pursue=30, prevent=10)
    make_lead(cheshire, start=40, prevent=10, added_date=JULY)
    cumbria = make_member(north_west, "Cumbria Constabulary")
    make_lead(cumbria, pursue=1, protect=1)
    make_threat("OCG-1", cheshire)
    return cheshire, cumbria, make_member(north_west, "Lancashire Constabulary")


@pytest.fixture
def bodies(recorded):
    return deepcopy(recorded)


def page(client, **query):
    return client.get(reverse("compare"), query)


def table(client, slug, **query):
    return read_csv(client.get(reverse("compare_csv", args=[slug]), query))


def comparison(bodies, day=JULY, second=None):
    standpoint = Standpoint(DataKind.RECORDED, day, JULY, sight=EVERYTHING)
    return compared(tuple(bodies), standpoint, usual_period(day), second)


class TestBodies:
    def test_all_of_a_kind_are_those_of_the_day(self, bodies, user):
        make_organisation("NWROCU Unit", OrganisationKind.ROCU)
        make_organisation("Old Police", valid_to=date(2020, 1, 1))
        make_organisation("New Police", valid_from=date(2024, 1, 1))
        assert chosen_bodies(user, [], [], ["force"], JULY) == bodies
        assert chosen_bodies(user, [], [], [], JULY) == ()

    def test_regions_and_bodies_add_up_and_none_stands_twice(self, bodies, user):
        london = make_organisation("London Police")
        found = chosen_bodies(user, ["north-west"], ["london", "cheshire"], [], JULY)
        assert found == (*bodies, london)

    def test_a_region_is_what_it_was_on_the_day(self, bodies, north_west, user):
        left = make_organisation("Left Police")
        baker.make(Membership, organisation=left, region=north_west, valid_to=date(2023, 3, 31))
        assert chosen_bodies(user, ["north-west"], [], [], JANUARY) == (*bodies, left)
        assert chosen_bodies(user, ["north-west"], [], [], JULY) == bodies

    def test_without_a_choice_the_page_asks_for_one(self, bodies, inspector):
        html = page(inspector).content.decode()
        assert "Choose regions, or any bodies" in html
        for choice in ("?kind=force", "?kind=rocu", "?region=north-west"):
            assert f'href="{choice}"' in html
        assert "Share of lead disruptions" not in text_of(page(inspector))
        assert "Choose regions, or any bodies" not in text_of(page(inspector, region="north-west"))

    def test_what_is_published_stands_before_the_record(self, reference, inspector):
        make_extract(as_at=JULY)
        words = text_of(page(inspector, region="north-west"))
        headings = (
            "Latest grades on serious and organised crime",
            "What is not closed, by years since publication",
            "Findings by topic, in PEEL 2022/23",
            "What must change, by when",
            "Shares of lead disruptions, as published",
            "On record",
        )
        places = [words.index(heading) for heading in headings]
        assert places == sorted(places)
        assert "84 percent, 312 of 373" in words

    def test_all_kinds_of_bodies_may_be_chosen(self, bodies, inspector):
        make_lead(make_organisation("NWROCU Unit", OrganisationKind.ROCU), prepare=3)
        _, rows = table(inspector, "shares", organisation=["nwrocu", "cumbria"])
        assert [row["Body"] for row in rows] == ["NWROCU", "Cumbria"]


class TestShares:
    def test_of_pursue_with_x_n_interval_and_note(self, bodies, inspector):
        head, rows = table(inspector, "shares", region="north-west")
        assert (head["Kind of data"], head["As at"]) == ("recorded", "2023-07-13")
        assert head["Filter"] == "Region: North West; activity from 2022-01-01 to 2022-12-31"
        assert [list(row.values()) for row in rows] == [
            ["Cheshire", "60", "30", "50", "46.2", "72.4", "–"],
            ["Cumbria", "50", "1", "2", "9.5", "90.5", "under 30 records"],
            ["Lancashire", *["no records"] * 6],
        ]

    def test_of_another_p(self, bodies, inspector):
        _, rows = table(inspector, "shares", region="north-west", four_p="prevent")
        assert [row["Prevent (x)"] for row in rows] == ["20", "0", "no records"]
        assert "Share of lead disruptions recorded as prevent" in text_of(
            page(inspector, four_p="prevent", kind="force")
        )

    @pytest.mark.parametrize("four_p", list(FourP))
    @pytest.mark.parametrize("others", [0, 12])
    def test_chart_and_table_hold_the_same_numbers(self, four_p, others, bodies):
        more = [make_organisation(f"Force{number} Police") for number in range(others)]
        for number, body in enumerate(more):
            make_lead(body, pursue=2 + number % 3, prevent=1)
        spec = shares(comparison([*bodies, *more]), four_p)
        plotly.graph_objects.Figure(spec.figure)
        names, values = spec.figure["data"][0]["y"], spec.figure["data"][0]["x"]
        if others:
            names, values = spec.figure["data"][0]["customdata"], spec.figure["data"][0]["y"]
        drawn = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        assert drawn == {row.name: pytest.approx(float(row.share.of_one)) for row in spec.rows if row.share.n}

    def test_below_ten_bodies_there_is_the_centre_and_no_verdict(self, bodies):
        spec = shares(comparison(bodies), FourP.PURSUE)
        assert spec.sentence.startswith(
            "2 bodies with 52 lead disruptions; together 60% pursue. No records of Lancashire."
        )
        assert spec.sentence.endswith("there are no control limits, and no body is called unusual.")
        (line,) = spec.figure["layout"]["shapes"]
        assert line["x0"] == pytest.approx(31 / 52)

    def test_from_ten_bodies_on_a_share_beyond_a_limit_is_unusual_never_good_or_bad(self, bodies):
        usual = [make_organisation(f"Force{number} Police") for number in range(11)]
        for body in usual:
            make_lead(body, pursue=9, prevent=9)
        odd = make_organisation("Odd Police")
        make_lead(odd, pursue=40, prevent=1)
        spec = shares(comparison([*usual, odd]), FourP.PURSUE)
        assert "Odd: unusually high share (beyond the" in spec.sentence
        assert not re.search(r"\b(good|bad|better|worse)\b", spec.sentence)
        assert len(spec.figure["data"]) == 6

    def test_the_sentence_names_three_and_the_table_has_the_rest(self, bodies):
        """The farthest first; a body of few records is in the table with the reason why there is no verdict."""
        names = [*(f"Force{number}" for number in range(60)), *(f"Odd{number}" for number in range(5)), "Few"]
        pursue = dict.fromkeys(names, 50) | {f"Odd{number}": 90 + number for number in range(5)} | {"Few": 5}
        several = [make_organisation(f"{name} Police") for name in names]
        counts = {
            body.pk: Counts({("pursue", "major"): (x := pursue[body.short_name]), ("prevent", "major"): 100 - x})
            for body in several
        }
        counts[several[-1].pk] = Counts({("pursue", "major"): 5})
        spec = shares(replace(comparison(several), lead=counts), FourP.PURSUE)
        for name in ("Odd4", "Odd3", "Odd2"):
            assert f"{name}: unusually high share" in spec.sentence
        assert "Odd1" not in spec.sentence
        assert spec.sentence.endswith("and 2 more in the table.")
        notes = {row.name: row.note for row in spec.rows}
        assert sum("unusually high" in note for note in notes.values()) == 5
        assert (notes["Few"], notes["Force0"]) == ("under 30 records", "–")

    def test_the_page_asks_rather_than_judges(self, bodies, inspector):
        words = text_of(page(inspector, kind="force"))
        assert "it asks whether prevent and protect work is missing from the record" in words
        assert "Counts do not rank bodies" in words


class TestLateRecording:
    def test_both_days_stand_side_by_side_the_earlier_first(self, bodies, inspector):
        expected = ["Cheshire", "40", "50", "10", "75", "60", "-15.0"]
        for query in ({"second_as_at": "2023-01-04"}, {"as_at": "2023-01-04", "second_as_at": "2023-07-13"}):
            head, (cheshire, cumbria, lancashire) = table(inspector, "late-recording", region="north-west", **query)
            assert set(head["As at"].split(" and ")) == {"2023-01-04", "2023-07-13"}
            assert list(cheshire.values()) == expected
            assert list(cumbria.values())[1:4] == ["2", "2", "0"]
            assert list(lancashire.values())[1:] == ["no records", "no records", "0", "no records", "no records", ""]
        assert "Pursue, percent, 4 January 2023" in cheshire

    def test_the_page_shows_changes_with_their_sign(self, bodies, inspector):
        words = text_of(page(inspector, organisation="cheshire", second_as_at="2023-01-04"))
        assert "Cheshire 40 50 +10 75 60 −15.0" in words

    def test_is_told_in_words(self, bodies):
        found = comparison(bodies, second=JANUARY)
        assert late_recording(found, FourP.PURSUE).sentence == (
            "The same period had 42 lead disruptions on record on 4 January 2023 and 52 on 13 July 2023. "
            "The shares moved by up to 15.0 points. Both are right: each is the record of its day."
        )

    def test_a_share_that_did_not_move_is_said_so(self, bodies):
        found = comparison(bodies[1:], second=JANUARY)
        assert "No share moved." in late_recording(found, FourP.PURSUE).sentence

    def test_is_not_there_unless_asked(self, bodies, inspector):
        assert "What late recording changed" not in text_of(page(inspector, kind="force"))
        assert "What late recording changed" in text_of(page(inspector, kind="force", second_as_at="2023-01-04"))
        assert inspector.get(reverse("compare_csv", args=["late-recording"])).status_code == 404

    def test_the_period_is_the_same_on_both_days(self, bodies, inspector):
        make_disruption("DIS-Z", bodies[0], activity_date=date(2021, 12, 31))
        _, rows = table(inspector, "late-recording", organisation="cheshire", second_as_at="2022-06-01")
        assert list(rows[0].values())[1:3] == ["40", "50"]


class TestCounts:
    def test_by_four_p_and_by_size(self, bodies, inspector):
        make_lead(bodies[1], start=10, prepare=1, size="major")
        _, rows = table(inspector, "lead-disruptions", region="north-west")
        assert [list(row.values())[1:] for row in rows[:2]] == [
            ["50", "30", "20", "0", "0", "0", "50", "0", "0"],
            ["3", "1", "0", "1", "1", "1", "2", "0", "0"],
        ]

    def test_threats_by_type(self, bodies, inspector):
        _, rows = table(inspector, "threats", region="north-west")
        assert [list(row.values())[1:] for row in rows] == [["1", "1", "0", "0"], *[["no records"] * 4] * 2]

    def test_every_number_opens_exactly_what_was_counted(self, bodies, inspector):
        html = page(inspector, region="north-west", as_at="2023-01-04").content.decode().split("Save this view")[1]
        found = re.findall(r'href="(/(?:disruptions|threats)/\?[^"]+)"[^>]*>(\d+)</a>', html)
        assert len(found) > 8
        for url, number in found:
            _, rows = read_csv(inspector.get(unescape(url) + "&format=csv"))
            assert len(rows) == int(number), url


class TestPage:
    def test_says_kind_day_and_period(self, bodies, inspector):
        words = text_of(page(inspector, kind="force", as_at="2023-01-04", **{"from": "2022-03-01", "to": "2022-03-31"}))
        assert "As at 4 January 2023 , for activity from 1 March 2022 to 31 March 2022 ." in words

    def test_where_nothing_is_on_record_there_is_nothing_to_compare(self, north_west, inspector):
        make_member(north_west)
        assert "Nothing is on record yet" in text_of(page(inspector, kind="force"))

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({"region": "atlantis"}, "“atlantis” is not one of its values."),
            ({"organisation": "nobody"}, "“nobody” is not one of its values."),
            ({"four_p": "punish"}, "“punish” is not one of its values."),
            ({"second_as_at": "2099-01-01"}, "not yet to come"),
            (
                {"from": "2022-02-01", "to": "2022-01-01"},
                "Activity to: 1 January 2022 is before 1 February 2022",
            ),
            ({"by": "month"}, "“by” is not a filter of this list."),
        ],
    )
    def test_what_is_not_understood_never_means_everything(self, query, said, bodies, inspector):
        words = text_of(page(inspector, **query))
        assert said in words
        assert "Share of lead disruptions" not in words
        assert inspector.get(reverse("compare_csv", args=["shares"]), query).status_code == 400

    def test_an_unknown_file_is_not_found(self, bodies, inspector):
        assert inspector.get(reverse("compare_csv", args=["nothing"])).status_code == 404

    def test_every_file_is_of_the_same_choice(self, bodies, inspector):
        html = page(inspector, region="north-west", second_as_at="2023-01-04", four_p="prevent").content.decode()
        urls = [unescape(url) for url in re.findall(r'href="(/compare/[^"]+\.csv[^"]*)"', html)]
        by_name = {url.split("/")[2].split(".")[0]: url for url in urls if "form=data" not in url}
        assert set(TABLES) <= set(by_name)
        for name in TABLES:
            head, rows = read_csv(inspector.get(by_name[name]))
            assert head["Filter"].startswith("As at: 13 July 2023; Kind of data: Recorded;")
            assert [row["Body"] for row in rows] == ["Cheshire", "Cumbria", "Lancashire"]

    def test_the_address_is_the_view_and_can_be_saved(self, bodies, inspector):
        html = page(inspector, region="north-west", four_p="prevent").content.decode()
        url = unescape(re.search(r'href="([^"]+)">Save this view', html)[1])
        assert inspector.get(url).status_code == 200
        assert "page=compare" in url
        assert "region%3Dnorth-west%26four_p%3Dprevent" in url

    def test_the_form_keeps_what_was_chosen(self, bodies, inspector):
        html = page(inspector, region="north-west", four_p="prevent", as_at="2023-01-04").content.decode()
        assert re.search(r'value="north-west" checked', html)
        assert re.search(r'<option value="prevent"\s+selected', html)
        assert re.search(r'name="as_at"\s+value="2023-01-04"', html)

    @pytest.mark.parametrize("number", [2, 30])
    def test_a_few_queries_whatever_the_number_of_bodies(
        self, number, north_west, inspector, django_assert_max_num_queries
    ):
        make_extract(as_at=JULY)
        for place in range(number):
            make_lead(make_member(north_west, f"Force{place} Police"), pursue=1)
        inspector.get(reverse("compare"))
        query = {"region": "north-west", "as_at": "2023-05-17", "second_as_at": "2023-01-04"}
        with django_assert_max_num_queries(17):  # eight of them for what is published
            assert page(inspector, **query).status_code == 200


class TestRates:
    """Counts in proportion to the newest size of each body, which stands beside them with its day."""

    def test_each_rate_stands_beside_its_size_and_day(self, bodies, inspector):
        cheshire, cumbria, _ = bodies
        make_size(cheshire, "officers", 3_000, date(2019, 9, 30))
        make_size(cheshire, "officers", 2_500, date(2025, 3, 31))
        make_size(cheshire, "population", 1_000_000, date(2023, 6, 30))
        make_size(cumbria, "population", 500, date(2023, 6, 30), no_rate_because="Few live here.")
        _, rows = table(inspector, "rates", region="north-west")
        assert [
            (row["Body"], row["Lead disruptions per 1,000 officers"], row["Officers"], row["Officers as at"])
            for row in rows
        ] == [
            ("Cheshire", "20.0", "2500", "2025-03-31"),
            ("Cumbria", "size not stated", "", ""),
            ("Lancashire", "size not stated", "", ""),
        ]
        assert [row["Lead disruptions per 100,000 residents"] for row in rows] == [
            "5.0",
            "no rate: Few live here.",
            "size not stated",
        ]
        assert "2,500 as at 31 March 2025" in text_of(page(inspector, region="north-west", show="rates"))

    def test_it_is_said_where_the_order_turns_on_the_denominator(self, bodies, inspector):
        turns = "By officers the bodies stand in another order than by residents."
        for body, officers, residents in zip(bodies, (1_000, 1_000), (100_000, 100_000), strict=False):
            make_size(body, "officers", officers, date(2025, 3, 31))
            make_size(body, "population", residents, date(2023, 6, 30))
        assert turns not in text_of(page(inspector, region="north-west", show="rates"))
        make_size(bodies[0], "population", 100_000_000, date(2024, 6, 30))
        assert turns in text_of(page(inspector, region="north-west", show="rates"))
