import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bench.generator import HEADINGS, write_extract
from bench.generator.draws import FIRST, FOUR_P, LAST, LONGEST_DELAY, SIZES, added, bodies, delays, quoted, spread
from bench.generator.threats import write_threats
from soc_tracker.core.text.normal import normalise
from soc_tracker.demo.files import words

ROOT = Path(__file__).resolve().parents[2]
ROWS = 5_000


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("extract") / "extract.csv"
    write_extract(ROWS, path)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def written(path: Path, number: int, seed: int = 7) -> bytes:
    write_extract(number, path, seed)
    return path.read_bytes()


def test_the_same_number_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "a.csv", 300)
    assert written(tmp_path / "b.csv", 300) == first
    assert written(tmp_path / "c.csv", 300, seed=8) != first
    assert hashlib.sha256(first).hexdigest() == write_extract(300, tmp_path / "d.csv").sha256


def test_the_file_alone_needs_no_site(tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    bare = {"PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-m", "bench.generator", "100", str(path)], cwd=ROOT, env=bare, check=True)
    assert len(path.read_text("utf-8").splitlines()) == 101


def test_the_bytes_are_those_of_every_machine(tmp_path: Path) -> None:
    """A figure measured elsewhere is of the same file; who changes the generator measures anew."""
    assert write_extract(300, tmp_path / "a.csv").sha256.startswith("1963ffc8654731ce")


@pytest.mark.parametrize("number", [0, 1, 7, 1_000])
def test_a_file_has_as_many_rows_as_asked_for(tmp_path: Path, number: int) -> None:
    told = write_extract(number, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == list(HEADINGS)
    assert told.rows == number == len(lines) - 1
    assert {len(line) for line in lines} == {len(HEADINGS)}
    assert told.threats == max(1, number // 8)


def test_references_are_unique_and_numbered_within_the_year_of_adding(rows: list[dict[str, str]]) -> None:
    references = [row["disruption_ref"] for row in rows]
    assert len(set(references)) == ROWS
    assert all(row["disruption_ref"].startswith(f"DIS-{row['recorded_date'][:4]}-") for row in rows)
    years = Counter(reference[4:8] for reference in references)
    assert references == [f"DIS-{year}-{number:07d}" for year in years for number in range(1, years[year] + 1)]


def test_rows_stand_in_the_order_of_adding_after_the_activity(rows: list[dict[str, str]]) -> None:
    assert [row["recorded_date"] for row in rows] == sorted(row["recorded_date"] for row in rows)
    late = [(date.fromisoformat(row["recorded_date"]) - date.fromisoformat(row["activity_date"])).days for row in rows]
    assert min(late) == 0
    assert max(late) <= LONGEST_DELAY
    assert 22 < sum(late) / ROWS < 32
    assert all(FIRST.isoformat() <= row["activity_date"] <= LAST.isoformat() for row in rows)


def test_only_units_support_and_about_an_eighth_of_the_rows_is_support(rows: list[dict[str, str]]) -> None:
    supporters = {row["organisation"] for row in rows if row["involvement"] == "Support"}
    forces = {body.name for place, body in enumerate(bodies()) if body.support_by != place}
    assert not supporters & forces
    assert 0.09 < sum(row["involvement"] == "Support" for row in rows) / ROWS < 0.13


def test_all_words_are_ones_that_an_import_knows(rows: list[dict[str, str]]) -> None:
    assert {row["organisation"] for row in rows} <= {body.name for body in bodies()}
    assert {row["four_p"] for row in rows} == set(FOUR_P)
    assert {row["assessment"] for row in rows} == set(SIZES)
    assert {row["crime_type"] for row in rows} == set(words("crime type"))
    assert {row["threat_ref"].partition("-")[0] for row in rows} == {"OCG", "PI", "VUL"}


def test_summaries_repeat_and_some_need_quotation_marks(rows: list[dict[str, str]]) -> None:
    summaries = [row["summary"] for row in rows]
    assert len(set(summaries)) < ROWS
    assert any("," in summary for summary in summaries)
    assert any('"' in summary for summary in summaries)


def test_few_threats_have_many_disruptions(rows: list[dict[str, str]]) -> None:
    numbers = sorted(Counter(row["threat_ref"] for row in rows).values(), reverse=True)
    assert sum(numbers[: len(numbers) // 10]) > ROWS / 5


def test_a_threat_keeps_its_crime_type(rows: list[dict[str, str]]) -> None:
    pairs = {(row["threat_ref"], row["crime_type"]) for row in rows}
    assert len(pairs) == len({row["threat_ref"] for row in rows})


def test_there_are_43_forces_and_9_units_and_london_has_no_supporter() -> None:
    known = {body.name: body for body in bodies()}
    assert len(known) == 52
    assert (
        sum(body.support_by is not None and list(known)[body.support_by] == name for name, body in known.items()) == 9
    )
    assert known["Metropolitan Police Service"].support_by is None
    assert all(normalise(name) for name in known)


def test_days_of_adding_share_out_all_rows() -> None:
    days = list(added(1_000))
    assert sum(number for _, number, _, _ in days) == 1_000
    assert [day for day, *_ in days] == sorted({day for day, *_ in days})
    assert all(len(dates) == len(weights) and max(dates) <= day.isoformat() for day, _, dates, weights in days)


def test_long_delays_are_rarer() -> None:
    weights = delays()
    assert len(weights) == LONGEST_DELAY + 1
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("steps", [10, 64, 65_536])
def test_words_are_spread_by_weight(steps: int) -> None:
    words = Counter(spread({"a": 1, "b": 3}, steps))
    assert words.total() == steps
    assert abs(words["b"] - steps * 3 / 4) <= 1


@pytest.mark.parametrize(("text", "field"), [("a b", "a b"), ("a, b", '"a, b"'), ('"a"', '"""a"""')])
def test_a_field_is_quoted_where_it_must_be(text: str, field: str) -> None:
    assert quoted(text) == field
    assert next(csv.reader([quoted(text)])) == [text]


def test_threats_are_those_that_the_disruptions_name(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    number = write_threats(ROWS, tmp_path / "threats.csv")
    with (tmp_path / "threats.csv").open(newline="", encoding="utf-8") as file:
        threats = list(csv.DictReader(file))
    crime_types = {row["threat_ref"]: row["crime_type"] for row in rows}
    assert number == len({threat["threat_ref"] for threat in threats}) == len(threats)
    assert 0.9 < number / (ROWS // 8) < 1
    assert all(
        threat["crime_types"] == crime_types.get(threat["threat_ref"], threat["crime_types"]) for threat in threats
    )
    assert {threat["organisation"] for threat in threats} <= {body.name for body in bodies()}
    master = [
        threat
        for threat in threats
        if (threat["assessment_type"], threat["moderation"], threat["soc"]) == ("Tactical", "Moderated", "Yes")
        and threat["tier"] in ("1", "2", "3", "4")
        and threat["phase"] != "Closed"
    ]
    assert 0.4 < len(master) / number < 0.65
