"""The recorded side of the pages of regions and bodies."""

import re
from copy import deepcopy
from datetime import date
from html import unescape

import plotly.graph_objects
import pytest
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.standpoint.queries import Standpoint
from disruptions.trend.charts import delays_in_words
from disruptions.trend.queries import Span
from forces.choices import OrganisationKind
from soc_tracker.core.access.models import EVERYTHING
from soc_tracker.core.lists.columns import in_files
from soc_tracker.core.reports.charts import PALE
from soc_tracker.dashboards.record.charts import over_time, reports_of_bodies, reports_of_one_body
from soc_tracker.dashboards.record.queries import record_side, usual_period
from tests.dashboards.making import make_figure, make_lead, make_region, read_csv, text_of
from tests.makers import make_disruption, make_extract, make_member, make_organisation, make_state, make_threat

pytestmark = pytest.mark.django_db
JANUARY, JULY = date(2023, 1, 4), date(2023, 7, 13)


@pytest.fixture
def cheshire(north_west):
    return make_member(north_west)


@pytest.fixture(scope="module")
def stored(rows_of_module):
    """Cheshire's 2022: five lead disruptions in January 2023, six in July; three threats."""
    make_extract(as_at=JULY)
    cheshire = make_member(make_region())
    make_lead(cheshire, pursue=4, prevent=1)
    make_lead(cheshire, start=5, protect=1, size="major", added_date=date(2023, 5, 1))
    make_lead(cheshire, start=6, prepare=2, activity_date=date(2021, 6, 1))
    for reference in ("OCG-1", "OCG-2", "PI-1"):
        make_threat(reference, cheshire)
    return cheshire


@pytest.fixture
def recorded(stored):
    return deepcopy(stored)


def force(client, **query):
    return client.get(reverse("force_record", args=["cheshire"]), query)


def region(client, **query):
    return client.get(reverse("region_record", args=["north-west"]), query)


def cells_of(html: str, heading: str) -> list[str]:
    """The texts of the first table below a heading."""
    table = html.split(heading, 1)[1].split("<tbody", 1)[1].split("</tbody>", 1)[0]
    found = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", table, flags=re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in found]


class TestBody:
    def test_counts_what_is_on_record_at_the_latest_day(self, recorded, inspector):
        response = force(inspector)
        words = text_of(response)
        assert (
            "As at 13 July 2023 (all that is on record), for activity from 1 January 2022 to 31 December 2022" in words
        )
        assert "(the last calendar year over on that day)" in words
        cells = cells_of(response.content.decode(), 'id="report-lead-disruptions-title"')
        assert cells[:8] == ["Pursue", "0", "4", "0", "4", "67%", "30.0 to 90.3", "0"]
        assert cells[-8:] == ["All four", "1", "5", "0", "6", "–", "–", "0"]
        assert cells_of(response.content.decode(), 'id="report-threats-title"') == ["Cheshire", "3", "2", "1", "0"]

    def test_an_earlier_day_has_its_own_figures(self, recorded, inspector):
        make_state(recorded.threats.get(reference="OCG-2"), date(2023, 2, 1), type="vul")
        before = force(inspector, as_at="2023-01-04").content.decode()
        after = force(inspector, as_at="2023-07-13").content.decode()
        assert cells_of(before, 'id="report-lead-disruptions-title"')[-4] == "5"
        assert cells_of(after, 'id="report-lead-disruptions-title"')[-4] == "6"
        assert cells_of(before, 'id="report-threats-title"')[2:] == ["2", "1", "0"]
        assert cells_of(after, 'id="report-threats-title"')[2:] == ["1", "1", "1"]

    def test_the_reader_sets_the_period(self, recorded, inspector):
        response = force(inspector, **{"from": "2021-06-01", "to": "2021-06-01"})
        assert "for activity from 1 June 2021 ." in text_of(response)
        assert cells_of(response.content.decode(), 'id="report-lead-disruptions-title"')[-4] == "2"

    def test_no_records_are_not_shown_as_none(self, recorded, inspector):
        make_member(recorded.regions.get(), "Cumbria Constabulary")
        words = text_of(inspector.get(reverse("force_record", args=["cumbria"])))
        assert "No records of it for this period, as at that day. That is not the same as none." in words

    def test_threats_without_disruptions_are_told_apart(self, recorded, inspector):
        response = force(inspector, **{"from": "2010-01-01", "to": "2010-12-31"})
        assert cells_of(response.content.decode(), 'id="report-threats-title"')[1] == "3"
        after = text_of(response).split("Lead disruptions by 4P and size")[1]
        assert after.startswith(" Kind of data: Recorded No records. That is not the same as none.")
        assert "No lead disruptions are on record in this period." in after

    def test_where_nothing_is_loaded_the_page_says_so(self, cheshire, inspector):
        assert "Nothing is on record yet" in text_of(force(inspector))

    def test_made_up_records_are_marked_loudly(self, cheshire, inspector):
        make_figure(cheshire, "lead-disruptions", 1)
        make_extract(as_at=JULY, kind=DataKind.ILLUSTRATIVE)
        make_lead(cheshire, pursue=1, kind=DataKind.ILLUSTRATIVE)
        words = text_of(force(inspector))
        assert "These records are made up" in words
        assert "That they agree or differ means nothing." in words
        assert "Kind of data: Recorded" not in words

    def test_recorded_rows_come_before_made_up_ones_unless_asked(self, recorded, inspector):
        make_lead(recorded, start=50, pursue=9, kind=DataKind.ILLUSTRATIVE)
        assert cells_of(force(inspector).content.decode(), 'id="report-lead-disruptions-title"')[-4] == "6"
        illustrative = force(inspector, data="illustrative", as_at="2023-07-13").content.decode()
        assert cells_of(illustrative, 'id="report-lead-disruptions-title"')[-4] == "9"

    def test_support_stands_apart_and_only_where_there_is_any(self, recorded, inspector):
        assert "Support disruptions" not in text_of(force(inspector))
        unit = make_organisation("NWROCU Unit", OrganisationKind.ROCU)
        make_lead(unit, pursue=1)
        make_lead(unit, start=1, protect=2, involvement="support")
        page = inspector.get(reverse("rocu_record", args=["nwrocu"])).content.decode()
        assert cells_of(page, 'id="report-support-title"') == ["NWROCU", "2", "0", "0", "2", "0"]
        assert cells_of(page, 'id="report-lead-disruptions-title"')[-4] == "1"

    def test_a_published_figure_stands_beside_the_recorded_one_of_its_own_day(self, recorded, inspector):
        make_figure(recorded, "lead-disruptions", 5, as_at=JANUARY)
        cells = cells_of(force(inspector).content.decode(), 'id="published-against-recorded"')
        assert cells[1:6] == ["1 January 2022 to 31 December 2022, as at 4 January 2023", "5", "5", "0", "Agrees"]

    def test_the_page_of_a_figure_leads_here(self, recorded, inspector):
        figure = make_figure(recorded, "lead-disruptions", 5)
        assert 'href="/forces/cheshire/record/"' in inspector.get(figure.get_absolute_url()).content.decode()
        other = make_figure(recorded, "arrests", 5)
        other.measure.group = "Enforcement"
        other.measure.save()
        assert "#record" not in inspector.get(other.get_absolute_url()).content.decode()

    def test_a_page_without_a_chart_loads_no_script_for_it(self, recorded, inspector):
        assert "plotly" in force(inspector).content.decode()
        make_organisation("Cumbria Constabulary")
        assert "plotly" not in inspector.get(reverse("force_record", args=["cumbria"])).content.decode()


class TestRegion:
    def test_bodies_stand_side_by_side_and_together(self, recorded, north_west, inspector):
        make_lead(make_member(north_west, "Cumbria Constabulary"), pursue=1, prevent=1)
        make_member(north_west, "Lancashire Constabulary")
        page = region(inspector).content.decode()
        cells = cells_of(page, 'id="report-threats-and-disruptions-title"')
        rows = [cells[start : start + 10] for start in range(0, len(cells), 10)]
        none = "no records"
        assert rows == [
            ["Cheshire", "3", "2", "1", "0", "6", "1", "5", "0", "0"],
            ["Cumbria", none, none, none, none, "2", "0", "2", "0", "0"],
            ["Lancashire", none, none, none, none, none, none, none, none, none],
            ["These bodies together", "3", "2", "1", "0", "8", "1", "7", "0", "0"],
        ]
        shares = cells_of(page, 'id="report-shares-title"')
        assert shares[2] == "67%, 4 of 6 (30.0 to 90.3)"
        assert shares[13:18] == [none] * 5

    def test_every_number_opens_exactly_what_was_counted(self, recorded, north_west, inspector):
        make_lead(make_member(north_west, "Cumbria Constabulary"), pursue=1, prevent=1)
        make_lead(recorded, start=20, pursue=1, size="not_assessed")
        page = region(inspector, as_at="2023-01-04").content.decode().split('id="record"')[1]
        found = re.findall(r'href="(/(?:disruptions|threats)/\?[^"]+)"[^>]*>([^<]+)</a>', page)
        assert len(found) > 15
        for url, text in found:
            _, rows = read_csv(inspector.get(unescape(url) + "&format=csv"))
            number = re.search(r"(\d+) of", text) or re.search(r"(\d+)", text)
            assert len(rows) == int(number[1]), url

    def test_says_how_late_records_come(self, recorded, inspector):
        assert "That is too little to estimate how complete the newest months are." in text_of(region(inspector))

    def test_a_region_without_bodies_has_no_records(self, north_west, inspector):
        make_lead(make_organisation(), pursue=1)
        assert "No records of it" in text_of(region(inspector))


class TestAddress:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({"as_at": "yesterday"}, "give a date such as 2023-01-31."),
            ({"as_at": "2099-01-01"}, "not yet to come"),
            ({"from": "2022-13-01"}, "give a date such as 2023-01-31."),
            (
                {"from": "2022-02-01", "to": "2022-01-31"},
                "Activity to: 31 January 2022 is before 1 February 2022",
            ),
            ({"data": "published"}, "“published” is not one of its values."),
            ({"by": "week"}, "“week” is not one of its values."),
            ({"organisation": "cumbria"}, "“organisation”"),
        ],
    )
    @pytest.mark.parametrize("name", ["force_record", "region_record", "body_record_csv", "region_record_csv"])
    def test_what_is_not_understood_is_named_and_nothing_shown(self, name, query, said, recorded, inspector):
        slug = "north-west" if name.startswith("region") else "cheshire"
        args = [slug, "over-time"] if name.endswith("csv") else [slug]
        response = inspector.get(reverse(name, args=args), query)
        assert response.status_code == 400
        assert said in text_of(response)
        assert "On record" not in text_of(response)

    @pytest.mark.parametrize("day", ["2023-01-04", "4/1/2023"])
    def test_days_may_be_written_in_both_ways(self, day, recorded, inspector):
        assert "As at 4 January 2023 ," in text_of(force(inspector, as_at=day))

    def test_one_end_of_the_period_is_enough(self, recorded, inspector):
        assert "from 1 February 2022 to 13 July 2023 (until that day)" in text_of(
            force(inspector, **{"from": "2022-02-01"})
        )


class TestFiles:
    def side(self, *bodies, day=JULY):
        return record_side(Standpoint(DataKind.RECORDED, day, JULY, sight=EVERYTHING), usual_period(day), bodies)

    def test_say_what_they_are(self, recorded, inspector):
        url = reverse("body_record_csv", args=["cheshire", "lead-disruptions"])
        head, rows = read_csv(inspector.get(url, {"as_at": "2023-01-04"}))
        assert head["Title"] == "Cheshire Constabulary: Lead disruptions by 4P and size"
        assert head["Filter"] == "Cheshire Constabulary; activity from 2022-01-01 to 2022-12-31"
        assert (head["Kind of data"], head["As at"]) == ("recorded", "2023-01-04")
        assert rows[0]["Share, percent"] == "80"
        assert rows[-1] == dict(zip(rows[0], ["All four", "0", "5", "0", "5", "", "", "", "0"], strict=True))

    def test_of_a_body_hold_the_rows_of_its_tables(self, recorded, inspector):
        for table in reports_of_one_body(self.side(recorded)):
            _, rows = read_csv(inspector.get(reverse("body_record_csv", args=["cheshire", table.slug])))
            assert [list(row.values()) for row in rows] == [
                ["" if column.value(row) is None else str(column.value(row)) for column in in_files(table.columns)]
                for row in table.rows
            ]

    def test_of_a_region_tell_a_share_in_numbers_and_no_records_as_nothing(self, recorded, north_west, inspector):
        make_member(north_west, "Cumbria Constabulary")
        _, rows = read_csv(inspector.get(reverse("region_record_csv", args=["north-west", "shares"])))
        cheshire, cumbria, together = rows
        assert [cheshire[f"Pursue{part}"] for part in (" (x)", ", percent")] == ["4", "67"]
        assert [cheshire[f"Pursue, 95% interval {end}"] for end in ("from", "to")] == ["30.0", "90.3"]
        assert cumbria == {"Body": "Cumbria", "Lead disruptions": "no records"} | dict.fromkeys(list(cumbria)[2:], "")
        assert together["Body"] == "These bodies together"

    def test_the_one_of_published_figures_says_both_kinds(self, recorded, inspector):
        make_figure(recorded, "lead-disruptions", 7)
        url = reverse("body_record_csv", args=["cheshire", "published-against-recorded"])
        head, (row,) = read_csv(inspector.get(url))
        assert head["Kind of data"] == "published and recorded"
        assert [row[name] for name in list(row)[3:7]] == [
            *("7", "6", "-1"),
            "Differs",
        ]

    def test_every_link_on_a_page_is_a_file_of_the_same_day(self, recorded, inspector):
        make_figure(recorded, "lead-disruptions", 7)
        for page in (force(inspector, as_at="2023-01-04"), region(inspector, as_at="2023-01-04")):
            urls = list(map(unescape, re.findall(r'href="(/[^"]+/record/[^"]+\.csv[^"]*)"', page.content.decode())))
            with_preamble = [url for url in urls if "form=data" not in url]
            assert len(with_preamble) >= 4
            assert all("as_at=2023-01-04" in url for url in urls)
            for url in with_preamble:
                head, rows = read_csv(inspector.get(url))
                assert head["As at"] == "2023-01-04"
                assert rows

    @pytest.mark.parametrize(("name", "slug"), [("body_record_csv", "cheshire"), ("region_record_csv", "north-west")])
    def test_an_unknown_one_is_not_found(self, name, slug, recorded, inspector):
        assert inspector.get(reverse(name, args=[slug, "nothing"])).status_code == 404
        assert inspector.get(reverse(name, args=["nowhere", "over-time"])).status_code == 404

    def test_reports_of_bodies_have_one_row_where_there_is_one_body(self, recorded):
        counts, shares = reports_of_bodies(self.side(recorded))
        assert [len(table.rows) for table in (counts, shares)] == [1, 1]


class TestOverTime:
    def chart(self, organisation, span=Span.MONTH, day=JULY, latest=JULY):
        standpoint = Standpoint(DataKind.RECORDED, day, latest, sight=EVERYTHING)
        return over_time(record_side(standpoint, usual_period(day), [organisation]), span)

    def test_chart_table_and_file_hold_the_same_numbers(self, recorded, inspector):
        make_disruption("DIS-X", recorded, "prevent", activity_date=date(2022, 5, 5))
        spec = self.chart(recorded)
        plotly.graph_objects.Figure(spec.figure)
        _, rows = read_csv(inspector.get(reverse("body_record_csv", args=["cheshire", "over-time"])))
        for trace in spec.figure["data"]:
            assert trace["x"] == [row["Month"] for row in rows]
            assert [str(number) for number in trace["y"]] == [row[trace["name"]] for row in rows]
        assert rows[0] == dict(zip(rows[0], ["Mar 2022", "4", "1", "1", "0", "6", "complete"], strict=True))
        assert [row["All"] for row in rows] == ["6", "0", "1"] + ["0"] * 7

    def test_says_how_many_from_when_to_when(self, recorded):
        make_disruption("DIS-X", recorded, "prevent", activity_date=date(2022, 5, 5))
        assert self.chart(recorded).sentence == "7 lead disruptions in 10 months, from 0 in Apr 2022 to 6 in Mar 2022."

    def test_by_quarter(self, recorded, inspector):
        page = force(inspector, by="quarter").content.decode()
        assert "Lead disruptions by quarter of activity" in page
        assert cells_of(page, 'id="report-over-time-title"')[:2] == ["Q1 2022", "4"]

    def test_a_long_period_is_told_by_quarter_unless_asked(self, recorded, inspector):
        query = {"from": "2020-01-01", "to": "2022-12-31"}
        assert "by quarter of activity" in text_of(force(inspector, **query))
        assert "by month of activity" in text_of(force(inspector, by="month", **query))

    def test_months_that_are_not_complete_are_pale_and_named(self, cheshire):
        make_lead(cheshire, pursue=1, activity_date=date(2022, 11, 2))
        make_lead(cheshire, start=1, pursue=1, activity_date=date(2022, 12, 2))
        spec = over_time(
            record_side(
                Standpoint(DataKind.RECORDED, date(2022, 12, 20), JULY, sight=EVERYTHING),
                usual_period(date(2022, 12, 31)),
                [cheshire],
            ),
            Span.MONTH,
        )
        assert [row.state for row in spec.rows] == ["complete", "not over on that day"]
        assert spec.sentence.endswith("Pale, for not complete: Dec 2022 (not over on that day).")
        assert spec.figure["data"][0]["marker"]["opacity"] == [1, PALE]

    def test_months_beyond_the_record_are_not_none(self, cheshire):
        make_lead(cheshire, pursue=1, activity_date=date(2022, 10, 2))
        spec = self.chart(cheshire, day=JULY, latest=date(2022, 10, 31))
        assert [column.value(spec.rows[1]) for column in spec.columns] == [
            "Nov 2022",
            *["not loaded"] * 6,
        ]
        assert spec.figure["data"][0]["y"] == [1, None, None]

    def test_what_leaves_the_usual_ups_and_downs_is_named(self, cheshire):
        numbers = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 9]
        for month, number in enumerate(numbers, start=1):
            make_lead(cheshire, start=month * 20, pursue=number, activity_date=date(2022, month, 2))
        said = self.chart(cheshire).sentence.split("Beyond the usual ups and downs: ")[1]
        assert said == "Jan 2022 to Nov 2022 (7 in a row below the centre) and Dec 2022 (beyond a limit)."


def test_delays_are_told_in_words(cheshire):
    make_lead(cheshire, pursue=3)
    make_lead(cheshire, start=3, pursue=1, added_date=date(2022, 4, 20))
    make_lead(cheshire, start=4, pursue=2, added_date=JULY)
    side = record_side(
        Standpoint(DataKind.RECORDED, date(2023, 7, 31), date(2023, 7, 31), sight=EVERYTHING),
        usual_period(JULY),
        [cheshire],
    )
    assert delays_in_words(side.recent).startswith(
        "Of 6 lead disruptions in the months looked at, 3 were recorded in the month itself, 1 a month later, "
        "0 two months later and 2 later still."
    )


def test_queries_do_not_grow_with_bodies(north_west, inspector, django_assert_max_num_queries):
    make_extract(as_at=JULY)
    for number in range(25):
        body = make_member(north_west, f"Force{number} Police")
        make_lead(body, pursue=1)
        make_figure(body, "lead-disruptions", 1)
    with django_assert_max_num_queries(23):
        assert region(inspector).status_code == 200
