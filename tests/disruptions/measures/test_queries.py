"""Measures of the published kind: what counts, in which period, as at which day; shares."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disruptions.choices import ASSESSED, DataKind, FourP, Size
from disruptions.counts.services import rebuild_cells
from disruptions.measures import queries as measures_queries
from disruptions.measures.queries import Counts, Share
from disruptions.record.models import Disruption
from disruptions.record.services import correct_disruption, withdraw_disruption
from disruptions.standpoint.queries import Standpoint
from forces.choices import OrganisationKind
from forces.models import Organisation
from soc_tracker.core.access.models import EVERYTHING
from tests.makers import make_author, make_disruption, make_organisation

pytestmark = pytest.mark.django_db
JANUARY, JULY = date(2023, 1, 4), date(2023, 7, 13)
YEAR = (date(2022, 1, 1), date(2022, 12, 31))


def at(day: date = JULY, kind: DataKind = DataKind.RECORDED, latest: date | None = JULY) -> Standpoint:
    return Standpoint(kind, day, latest, sight=EVERYTHING)


@pytest.fixture
def cheshire(db):
    return make_organisation()


@pytest.fixture
def unit(db):
    return make_organisation("NWROCU Unit", OrganisationKind.ROCU)


def disruptions(number: int, organisation, start: int = 0, **values) -> list[Disruption]:
    return [
        make_disruption(f"DIS-{organisation.pk}-{start + each:05d}", organisation, **values) for each in range(number)
    ]


class TestShare:
    def test_has_percent_and_interval(self):
        share = Share(312, 373)
        assert (share.percent, round(share.interval.low, 3), round(share.interval.high, 3)) == (84, 0.796, 0.871)

    def test_without_records_there_is_none(self):
        assert (Share(0, 0).percent, Share(0, 0).of_one, Share(0, 0).interval) == (None, None, None)

    def test_none_of_some_is_a_share(self):
        assert Share(0, 4).percent == 0
        assert Share(0, 4).interval.low == 0

    def test_a_half_is_rounded_up(self):
        assert Share(1, 8).percent == 13


class TestCounts:
    def test_sum_by_four_p_and_by_size(self):
        counts = Counts({("pursue", "major"): 2, ("pursue", "minor"): 3, ("protect", "minor"): 5})
        assert counts.n == 10
        assert [counts.of_four_p(four_p) for four_p in FourP] == [5, 0, 5, 0]
        assert [counts.of_size(size) for size in ASSESSED] == [2, 0, 8]
        assert counts.of(FourP.PURSUE, Size.MINOR) == 3
        assert counts.share(FourP.PURSUE) == Share(5, 10)

    def test_together_adds_bodies(self):
        one, two = Counts({("pursue", "major"): 2}), Counts({("pursue", "major"): 1, ("prepare", "minor"): 4})
        assert measures_queries.together([one, two]).by == {("pursue", "major"): 3, ("prepare", "minor"): 4}
        assert measures_queries.together([]).n == 0


class TestLeadCounts:
    def test_both_ends_of_the_period_belong_to_it(self, cheshire):
        for number, day in enumerate([YEAR[0] - timedelta(days=1), *YEAR, YEAR[1] + timedelta(days=1)]):
            make_disruption(f"DIS-{number}", cheshire, activity_date=day)
        assert measures_queries.lead_counts(at(), [cheshire.pk], *YEAR)[cheshire.pk].n == 2

    def test_a_period_may_begin_and_end_inside_a_month(self, cheshire):
        for day in range(1, 29):
            make_disruption(f"DIS-{day}", cheshire, activity_date=date(2022, 2, day))
        found = measures_queries.lead_counts(at(), [cheshire.pk], date(2022, 2, 10), date(2022, 2, 20))
        assert found[cheshire.pk].n == 11

    def test_what_was_added_later_does_not_count_on_an_earlier_day(self, cheshire):
        make_disruption("DIS-1", cheshire, added_date=JANUARY)
        make_disruption("DIS-2", cheshire, added_date=JANUARY + timedelta(days=1))
        assert measures_queries.lead_counts(at(JANUARY), [cheshire.pk], *YEAR)[cheshire.pk].n == 1
        assert measures_queries.lead_counts(at(JULY), [cheshire.pk], *YEAR)[cheshire.pk].n == 2

    def test_what_is_not_yet_assessed_counts_from_the_day_on_which_it_is(self, cheshire):
        row = make_disruption("DIS-1", cheshire, size="not_assessed")
        assert measures_queries.lead_counts(at(), [cheshire.pk], *YEAR)[cheshire.pk].n == 0
        assess(row, date(2023, 2, 1))
        assert measures_queries.lead_counts(at(date(2023, 1, 31)), [cheshire.pk], *YEAR)[cheshire.pk].n == 0
        assert (
            measures_queries.lead_counts(at(date(2023, 2, 1)), [cheshire.pk], *YEAR)[cheshire.pk].of_size(Size.MAJOR)
            == 1
        )

    def test_what_is_withdrawn_stays_in_the_count_of_an_earlier_day(self, cheshire):
        row = make_disruption("DIS-1", cheshire)
        withdraw_disruption(row, on=date(2023, 3, 1), by=make_author(), reason="Entered twice.", expected_version=1)
        assert measures_queries.lead_counts(at(date(2023, 2, 28)), [cheshire.pk], *YEAR)[cheshire.pk].n == 1
        assert measures_queries.lead_counts(at(date(2023, 3, 1)), [cheshire.pk], *YEAR)[cheshire.pk].n == 0

    def test_every_body_that_was_asked_for_is_there_and_no_other(self, cheshire, unit):
        make_disruption("DIS-1", cheshire)
        other = make_organisation("Cumbria Constabulary")
        make_disruption("DIS-2", other)
        found = measures_queries.lead_counts(at(), [cheshire.pk, unit.pk], *YEAR)
        assert {body: counts.n for body, counts in found.items()} == {cheshire.pk: 1, unit.pk: 0}

    def test_of_no_body_nothing_is_asked(self, cheshire, django_assert_num_queries):
        make_disruption("DIS-1", cheshire)
        with django_assert_num_queries(0):
            assert measures_queries.lead_counts(at(), [], *YEAR) == {}

    def test_kinds_of_data_never_add_up(self, cheshire):
        make_disruption("DIS-1", cheshire)
        make_disruption("DIS-2", cheshire, kind=DataKind.ILLUSTRATIVE)
        make_disruption("DIS-3", cheshire, kind=DataKind.ILLUSTRATIVE)
        numbers = [
            measures_queries.lead_counts(at(kind=kind), [cheshire.pk], *YEAR)[cheshire.pk].n for kind in DataKind
        ]
        assert numbers == [1, 2]

    @pytest.mark.parametrize("bodies", [1, 12])
    def test_one_query_whatever_the_number_of_bodies(self, bodies, django_assert_num_queries):
        keys = [make_organisation(f"Force{number} Police").pk for number in range(bodies)]
        with django_assert_num_queries(1):
            measures_queries.lead_counts(at(JANUARY), keys, *YEAR)


def assess(row: Disruption, on: date, size: str = "major") -> None:
    correct_disruption(row, {"size": size}, on=on, by=make_author(), reason="Assessed.", expected_version=row.version)


class TestSupport:
    def test_stands_apart_from_lead(self, cheshire, unit):
        make_disruption("DIS-1", unit)
        make_disruption("DIS-2", unit, involvement="support", four_p="protect")
        make_disruption("DIS-3", cheshire)
        counts = measures_queries.period_counts(at(), [cheshire.pk, unit.pk], *YEAR)
        assert {body: each.n for body, each in counts.lead.items()} == {cheshire.pk: 1, unit.pk: 1}
        assert {body: each.of_four_p(FourP.PROTECT) for body, each in counts.support.items()} == {unit.pk: 1}


DAYS = st.dates(date(2021, 11, 1), date(2022, 3, 31))
ROW = st.fixed_dictionaries(
    {
        "body": st.integers(0, 1),
        "four_p": st.sampled_from([four_p.value for four_p in FourP]),
        "size": st.sampled_from([size.value for size in Size]),
        "involvement": st.sampled_from(["lead", "support"]),
        "activity": DAYS,
        "delay": st.integers(0, 120),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(ROW, max_size=8), first=DAYS, length=st.integers(0, 150), day=DAYS, later=st.integers(0, 90))
def test_one_read_gives_what_counting_the_rows_gives(rows, first, length, day, later):
    """By body, by month and apart for lead and support, as at any day and for any period."""
    Disruption.objects.all().delete()
    bodies = [body(name) for name in ("NWROCU Unit", "SWROCU Unit")]
    rebuild_cells()
    for number, row in enumerate(rows):
        make_disruption(
            f"DIS-{number}",
            bodies[row["body"]],
            row["four_p"],
            row["size"],
            row["activity"],
            row["activity"] + timedelta(days=row["delay"]),
            row["involvement"],
        )
    last, standing = first + timedelta(days=length), day + timedelta(days=later)
    known = [
        row
        for row in rows
        if first <= row["activity"] <= last and row["activity"] + timedelta(days=row["delay"]) <= standing
    ]
    wanted = [row for row in known if row["size"] != Size.NOT_ASSESSED]
    found = measures_queries.period_counts(
        at(standing, latest=date(2022, 12, 31)), [one.pk for one in bodies], first, last
    )
    for place, one in enumerate(bodies):
        own = [row for row in wanted if row["body"] == place]
        lead = [row for row in own if row["involvement"] == "lead"]
        assert found.lead[one.pk].n == len(lead)
        every = [row for row in known if row["body"] == place and row["involvement"] == "lead"]
        assert found.lead[one.pk].not_assessed == len(every) - len(lead)
        assert found.lead[one.pk].share(FourP.PURSUE).x == sum(row["four_p"] == "pursue" for row in lead)
        support = found.support.get(one.pk)
        assert (support.n if support else 0) == len(own) - len(lead)
    months = [(row["activity"].replace(day=1), row["four_p"]) for row in wanted if row["involvement"] == "lead"]
    assert found.lead_by_month == {each: months.count(each) for each in months}


def body(name: str) -> Organisation:
    return Organisation.objects.filter(name=name).first() or make_organisation(name, OrganisationKind.ROCU)
