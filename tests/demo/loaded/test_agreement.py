"""The demo records, once loaded, agree with every figure that was published from the national database.

The expected values are read from the fixtures here, and the figures counted from the rows on record.
"""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import QuerySet

from disruptions.choices import ASSESSED, DataKind, FourP, Involvement, ThreatType
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat, ThreatState, on_master_list
from forces.models import Force, Organisation, Region
from soc_tracker.core.stats.shares import whole_percent
from tests.demo.conftest import FIXTURES

pytestmark = pytest.mark.usefixtures("demo", "reference")
GROUPS = ("soc-", "lead-disruptions")
ROWS = [row for path in sorted(FIXTURES.glob("published/*/*/figures.json")) for row in json.loads(path.read_text())]
FIGURES = [row for row in ROWS if row["measure"].startswith(GROUPS) and row["said_by"] == "database"]


def day(row: dict, key: str) -> date:
    return date.fromisoformat(row[key])


def about(row: dict) -> QuerySet[Organisation]:
    if "organisation" in row:
        return Organisation.objects.filter(slug=row["organisation"])
    return Organisation.objects.in_region(Region.objects.get(slug=row["region"]), day(row, "as_at"))


def listed(bodies: QuerySet[Organisation], on: date) -> QuerySet[ThreatState]:
    """States of threats on the master list of the day."""
    states = ThreatState.objects.filter(on_master_list(), threat__kind_of_data=DataKind.ILLUSTRATIVE).as_at(on)
    return states.filter(threat__organisation__in=bodies)


def leads(row: dict, bodies: QuerySet[Organisation]) -> QuerySet[Disruption]:
    rows = Disruption.objects.of_kind(DataKind.ILLUSTRATIVE).as_at(day(row, "as_at"))
    rows = rows.filter(involvement=Involvement.LEAD, size__in=ASSESSED)
    within = (day(row, "period_from"), day(row, "period_to"))
    return rows.filter(activity_date__range=within, organisation__in=bodies)


def number_of_threats(row: dict) -> bool:
    return listed(about(row), day(row, "as_at")).count() == row["value"]


def number_of_vulnerabilities(row: dict) -> bool:
    states = listed(about(row), day(row, "as_at"))
    return states.filter(type=ThreatType.VULNERABILITY).count() == row["value"]


def more_than_double_any_other_region(row: dict) -> bool:
    assert row["qualifier"] == "more_than_double"
    on = day(row, "as_at")
    others = Region.objects.exclude(slug=row["region"])
    most = max(listed(Organisation.objects.in_region(region, on), on).count() for region in others)
    return listed(about(row), on).count() > 2 * most > 0


def number_of_leads(row: dict) -> bool:
    return leads(row, about(row)).count() == row["value"]


def number_of_pursue(row: dict) -> bool:
    return leads(row, about(row)).filter(four_p=FourP.PURSUE).count() == row["value"]


def share_of(four_p: FourP) -> Callable[[dict], bool]:
    def agrees(row: dict) -> bool:
        rows = leads(row, about(row))
        return whole_percent(rows.filter(four_p=four_p).count() / rows.count()) == row["value"]

    return agrees


AGREES: dict[str, Callable[[dict], bool]] = {
    "soc-threats": number_of_threats,
    "soc-vulnerabilities": number_of_vulnerabilities,
    "soc-threats-against-other-regions": more_than_double_any_other_region,
    "lead-disruptions": number_of_leads,
    "lead-disruptions-pursue": number_of_pursue,
    "lead-disruptions-pursue-share": share_of(FourP.PURSUE),
    "lead-disruptions-prevent-share": share_of(FourP.PREVENT),
}


def test_the_figures_are_all_that_the_national_database_gave():
    from_database = {row["slug"] for row in ROWS if row["said_by"] == "database"}
    assert {row["slug"] for row in FIGURES} == from_database
    assert len(FIGURES) == 14


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["slug"])
def test_published_figure(row):
    assert row["measure"] in AGREES, (
        "a figure of a new kind: say here how it is counted, and let the demo records agree"
    )
    assert AGREES[row["measure"]](row)


def test_the_prevent_share_of_cumbria_is_the_highest_of_the_forces_of_its_region():
    (row,) = (row for row in FIGURES if row["measure"] == "lead-disruptions-prevent-share")
    shares = {}
    for force in Force.objects.in_region(Region.objects.get(slug="north-west"), day(row, "as_at")):
        rows = leads(row, Organisation.objects.filter(pk=force.pk))
        shares[force.slug] = rows.filter(four_p=FourP.PREVENT).count() / rows.count()
    assert len(shares) == 6
    assert max(shares, key=shares.get) == row["organisation"] == "cumbria"


@pytest.mark.parametrize("force", ["cheshire", "greater-manchester", "lancashire"])
def test_the_same_year_has_fewer_as_at_the_first_extract(force):
    (row,) = (row for row in FIGURES if row["measure"] == "lead-disruptions" and row["organisation"] == force)
    earlier = row | {"as_at": "2023-01-04"}
    assert 0 < leads(earlier, about(row)).count() < row["value"]


def test_north_wales_recorded_the_fewest_of_its_region():
    """The report says so in words."""
    (row,) = (row for row in FIGURES if row["measure"] == "lead-disruptions" and row["organisation"] == "cheshire")
    forces = Force.objects.in_region(Region.objects.get(slug="north-west"), day(row, "as_at"))
    numbers = {force.slug: leads(row, Organisation.objects.filter(pk=force.pk)).count() for force in forces}
    assert min(numbers, key=numbers.get) == "north-wales"


def test_every_row_is_illustrative():
    for model in (Threat, Disruption):
        assert set(model.objects.values_list("kind_of_data", flat=True)) == {DataKind.ILLUSTRATIVE}
    assert Disruption.objects.current().count() > 10_000


def test_corrections_are_kept_with_what_stood_before():
    earlier = Disruption.objects.filter(state_of__isnull=False)
    assert earlier.count() > 500
    assert set(earlier.values_list("known_to", flat=True)) == {date(2023, 7, 13)}


def test_threats_that_only_disruptions_name_have_no_state():
    assert 10 < Threat.objects.filter(states__isnull=True).count() < 100
