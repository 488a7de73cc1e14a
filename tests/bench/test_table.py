import pytest

from bench.table import Row, amount, markdown


def row(**values: object) -> Row:
    return Row(**({"what": "list", "database": "SQLite", "measured": 12.0, "unit": "ms"} | values))


def test_with_a_floor_the_ratio_is_what_counts() -> None:
    found = row(floor=10.0, most=1.3)
    assert found.ratio == pytest.approx(1.2)
    assert found.met is True
    assert found.target == "≤ 1.3 × floor"


@pytest.mark.parametrize(("measured", "met"), [(13.0, True), (13.1, False), (26.0, False)])
def test_a_ratio_above_the_most_misses_its_target(measured: float, met: bool) -> None:
    assert row(measured=measured, floor=10.0, most=1.3).met is met


@pytest.mark.parametrize(("measured", "met"), [(100.0, True), (100.5, False)])
def test_without_a_floor_the_value_itself_is_bounded(measured: float, met: bool) -> None:
    found = row(measured=measured, unit="MB", most=100)
    assert found.ratio is None
    assert found.met is met
    assert found.target == "≤ 100 MB"


@pytest.mark.parametrize(("measured", "met"), [(100_000, True), (99_999, False)])
def test_a_rate_is_bounded_from_below(measured: float, met: bool) -> None:
    found = row(measured=measured, unit="rows/s", least=100_000)
    assert found.met is met
    assert found.target == "≥ 100,000 rows/s"


def test_a_row_without_target_is_neither_met_nor_missed() -> None:
    found = row(floor=24.0)
    assert found.met is None
    assert found.target == ""
    assert found.ratio == pytest.approx(0.5)


def test_a_floor_has_a_name() -> None:
    assert row(floor=10.0, floor_name="page 1", most=1.2).target == "≤ 1.2 × page 1"
    assert row(floor=10.0, floor_name="rows", most=1 / 20).target == "≤ 0.05 × rows"


def test_the_table_has_a_line_for_each_row() -> None:
    lines = markdown([row(floor=10.0, most=1.1), row(unit="MB", most=100), row()]).splitlines()
    assert lines[0] == "| what | database | measured | against | ratio | target | met |"
    assert lines[2] == "| list | SQLite | 12.0 ms | floor: 10.0 ms | 1.20 | ≤ 1.1 × floor | **no** |"
    assert lines[3] == "| list | SQLite | 12.0 MB |  |  | ≤ 100 MB | yes |"
    assert lines[4] == "| list | SQLite | 12.0 ms |  |  |  |  |"
    assert {line.count("|") for line in lines} == {8}


@pytest.mark.parametrize(
    ("value", "text"),
    [(9.314, "9.3 ms"), (99.96, "100.0 ms"), (128.4, "128 ms"), (154_321.2, "154,321 ms"), (0, "0.0 ms")],
)
def test_amounts_have_the_digits_that_were_measured(value: float, text: str) -> None:
    assert amount(value, "ms") == text
