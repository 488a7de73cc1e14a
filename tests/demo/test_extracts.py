"""The files of the demo records, before anything is loaded."""

import csv
import re
from collections import Counter
from datetime import date

from disruptions.choices import Involvement, Moderation, Size, ThreatType
from soc_tracker.demo.disruptions import MISSING, Disruption
from soc_tracker.demo.extracts import make_extracts
from soc_tracker.demo.files import rows_of
from soc_tracker.demo.threats import Threat
from tests.demo.bodies import bodies


def reference(row: Threat | Disruption) -> str:
    return row.threat_ref if isinstance(row, Threat) else row.disruption_ref


def test_the_same_bytes_every_time(extracts, tmp_path):
    for folder, made in (("one", extracts), ("two", make_extracts())):
        (tmp_path / folder).mkdir()
        for extract in made:
            extract.write(tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 4
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_file_has_a_heading_and_a_line_for_each_row(extracts, tmp_path):
    for extract in extracts:
        with extract.write(tmp_path).open(newline="", encoding="utf-8") as file:
            lines = list(csv.reader(file))
        assert len(lines) == len(extract.rows) + 1
        assert {len(line) for line in lines} == {len(lines[0])}


def test_there_are_enough_rows_for_trends_and_few_enough_to_load_quickly(disruptions):
    _, second = disruptions
    assert 10_000 < len(second.rows) < 15_000
    assert {row.activity_date.year for row in second.rows} == {2021, 2022, 2023}
    months = Counter(row.activity_date.strftime("%Y-%m") for row in second.rows)
    last = months.pop("2023-07")  # half a month, of which little has been recorded yet
    assert len(months) == 30
    assert min(months.values()) > 250 > 100 > last


def test_references_are_unique_and_say_that_they_are_made_up(extracts):
    for extract in extracts:
        references = [reference(row) for row in extract.rows]
        assert len(set(references)) == len(references)
        assert all(re.fullmatch(r"(OCG|PI|VUL|DIS)-DEMO-[\dB-]+", reference) for reference in references)


def test_nothing_is_recorded_before_it_happened_or_after_the_extract(disruptions):
    for extract in disruptions:
        assert all(row.activity_date <= row.recorded_date <= extract.as_at for row in extract.rows)
        assert all(row.recorded_date.weekday() < 5 or row.recorded_date == row.activity_date for row in extract.rows)


def test_recording_takes_weeks_and_sometimes_months(disruptions):
    delays = sorted(
        (row.recorded_date - row.activity_date).days for row in disruptions[1].rows if row.recorded_date.year < 2023
    )
    assert 10 < delays[len(delays) // 2] < 30
    assert delays[-1] > 120


def test_the_second_extract_adds_and_corrects(disruptions):
    first, second = ({row.disruption_ref: row for row in extract.rows} for extract in disruptions)
    late = [row for reference, row in second.items() if reference not in first]
    corrected = [row for reference, row in second.items() if reference in first and first[reference] != row]
    assert all(row.recorded_date > disruptions[0].as_at for row in late)
    assert sum(row.activity_date.year == 2022 for row in late) > 200
    assert 0.05 < len(corrected) / len(first) < 0.15
    assert any(first[row.disruption_ref].assessment == Size.NOT_ASSESSED for row in corrected)
    assert any(first[row.disruption_ref].four_p != row.four_p for row in corrected)


def test_the_second_extract_lacks_a_few_rows_of_the_first(disruptions):
    first, second = ({row.disruption_ref for row in extract.rows} for extract in disruptions)
    assert len(first - second) == MISSING


def test_only_units_support_and_always_a_force_of_their_region(disruptions):
    known = {body["name"]: body for body in bodies()}
    supports = [row for row in disruptions[1].rows if row.involvement == Involvement.SUPPORT]
    assert len(supports) > 300
    for row in supports:
        assert known[row.organisation]["kind"] == "rocu"
        assert known[row.supported_organisation]["kind"] == "force"
        assert known[row.supported_organisation]["region"] == known[row.organisation]["region"]
    assert all(not row.supported_organisation for row in disruptions[1].rows if row.involvement == Involvement.LEAD)


def test_bodies_are_called_as_in_the_reference_data(extracts):
    names = {body["name"] for body in bodies()}
    for extract in extracts:
        called = {row.organisation for row in extract.rows}
        assert called == names


def test_some_disruptions_name_a_threat_of_which_no_extract_tells(threats, disruptions):
    known = {threat.threat_ref for extract in threats for threat in extract.rows}
    strays = {row.threat_ref for row in disruptions[1].rows} - known
    assert 10 < len(strays) < 100


def test_threats_were_assessed_and_moderated_before_the_extract(threats):
    for extract in threats:
        for threat in extract.rows:
            assert threat.state_from <= extract.as_at
            assert threat.assessed_on <= (threat.moderated_on or threat.assessed_on) <= extract.as_at


def test_a_threat_that_nobody_moderated_has_no_day_of_moderation(threats, tmp_path):
    with threats[0].write(tmp_path).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    unmoderated = [row for row in rows if row["moderation"] == Moderation.NOT_MODERATED.label]
    assert unmoderated
    assert all(row["moderated_on"] == "" for row in unmoderated)
    assert all(row["moderated_on"] for row in rows if row not in unmoderated)


def test_later_states_begin_after_the_first_extract(threats):
    first, second = ({threat.threat_ref: threat for threat in extract.rows} for extract in threats)
    moved = [reference for reference in first if second[reference].state_from != first[reference].state_from]
    assert set(first) < set(second)
    assert len(moved) > 100
    assert all(second[reference].state_from > threats[0].as_at for reference in moved)


def test_threats_become_vulnerabilities_by_the_day_published(threats):
    (row,) = (row for row in rows_of("threats") if row["reclassified"])
    ours = [threat for threat in threats[1].rows if threat.organisation == row["body"]]
    reclassified = [threat for threat in ours if threat.type == ThreatType.VULNERABILITY]
    assert len(reclassified) == int(row["reclassified"])
    assert all(threats[0].as_at < threat.state_from <= date(2023, 4, 1) for threat in reclassified)
    assert not any(threat.threat_ref.startswith("VUL") for threat in reclassified)


def test_summaries_hold_no_figures_and_no_names(disruptions):
    summaries = {row.summary for row in disruptions[1].rows}
    assert len(summaries) > 100
    assert all(re.fullmatch(r"[A-Z][a-z ]+ [a-z,; A]+\.", summary) for summary in summaries)


def test_every_force_and_unit_has_threats_and_disruptions(extracts):
    names = {body["name"] for body in bodies()}
    for extract in extracts:
        assert {row.organisation for row in extract.rows} == names


def test_what_a_force_has_follows_its_size(threats, disruptions):
    """Outside the region of the report, for which numbers were published: a force three times as large has more."""
    forces = [body for body in bodies() if body["kind"] == "force" and body["region"] != "north-west"]
    for extract in (threats[1], disruptions[1]):
        numbers = Counter(row.organisation for row in extract.rows)
        for large in forces:
            smaller = [body for body in forces if 3 * body["officers"] < large["officers"]]
            assert all(numbers[body["name"]] < numbers[large["name"]] for body in smaller)
        assert numbers["Metropolitan Police Service"] > numbers["Cheshire Constabulary"]
    listed = Counter(row.organisation for row in threats[1].rows)
    assert all(10 < 1000 * listed[body["name"]] / body["officers"] < 20 for body in forces)
