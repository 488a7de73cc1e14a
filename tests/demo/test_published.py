"""The figures that the demo records aim at are those of the fixtures."""

import json
from datetime import date
from pathlib import Path

from soc_tracker.demo import bodies
from soc_tracker.demo.plans import IN_REGION, plans
from soc_tracker.demo.published import read
from tests.demo.conftest import FIXTURES


def stored(folder: Path, *rows: dict) -> Path:
    (folder / "published" / "a-document" / "cheshire").mkdir(parents=True)
    (folder / "published" / "a-document" / "cheshire" / "figures.json").write_text(json.dumps(rows))
    return folder


def row(**more: object) -> dict:
    common = {"slug": "a", "organisation": "cheshire", "measure": "soc-threats", "unit": "count"}
    return common | {"value": 118, "as_at": "2023-01-04", "said_by": "database"} | more


def test_figures_of_the_national_database_are_read(tmp_path):
    folder = stored(tmp_path, row(period_from="2022-01-01", period_to="2022-12-31"))
    (figure,) = read(folder).figures
    assert (figure.about, figure.value, figure.as_at) == ("cheshire", 118, date(2023, 1, 4))
    assert (figure.first, figure.last) == (date(2022, 1, 1), date(2022, 12, 31))


def test_a_figure_of_one_day_has_that_day_as_its_period(tmp_path):
    (figure,) = read(stored(tmp_path, row())).figures
    assert figure.first == figure.last == date(2023, 1, 4)


def test_what_others_said_or_what_has_no_number_is_passed_by(tmp_path):
    without_number = row(slug="c")
    del without_number["value"]
    assert read(stored(tmp_path, row(said_by="press"), without_number)).figures == ()


def test_the_days_and_the_year_are_those_of_the_report(published):
    assert (published.threats_day, published.disruptions_day) == (date(2023, 1, 4), date(2023, 7, 13))
    assert published.year == 2022


def test_nothing_is_a_value_that_nobody_published(published):
    assert published.value("soc-threats", "merseyside") is None
    assert published.value("soc-threats", "cheshire") == 118


def test_every_force_and_unit_has_a_plan(published):
    all_bodies = bodies.read(FIXTURES)
    made = plans(all_bodies, published)
    assert [plan.body for plan in made] == all_bodies
    assert len(made) == 44 + 9
    assert all(plan.threats > 0 and all(plan.leads.values()) for plan in made)


def test_only_units_support(published):
    for plan in plans(bodies.read(FIXTURES), published):
        assert any(plan.supports.values()) == (plan.body.kind == bodies.ROCU)


def test_the_region_of_the_report_is_planned_in_detail():
    members = {body.slug for body in bodies.read(FIXTURES) if body.region == "north-west"}
    assert members == set(IN_REGION)


def test_the_4ps_of_a_year_add_up(published):
    for plan in plans(bodies.read(FIXTURES), published):
        for year, leads in plan.leads.items():
            assert sum(plan.four_ps(year).values()) == leads
