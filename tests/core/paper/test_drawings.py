"""Small charts: every number is written out, and series differ without colour."""

from xml.etree import ElementTree as ET

from soc_tracker.core.paper.drawings import HATCHES, WIDTH, Strip, strips

SVG = "{http://www.w3.org/2000/svg}"


def drawn(series, rows):
    drawing = strips(title="By 4P", sentence="What it shows.", kind="recorded", series=series, rows=rows)
    return drawing, ET.fromstring(drawing.svg)  # noqa: S314 - our own text


def test_the_longest_bar_fills_the_width_and_the_others_are_in_proportion():
    _, tree = drawn(("Lead",), [Strip("Pursue", (80,), "80"), Strip("Prevent", (20,), "20")])
    first, _, second, _ = [float(box.get("width")) for box in tree.findall(f"{SVG}rect")]
    assert first == 4 * second


def test_names_and_numbers_are_written_out():
    drawing, tree = drawn(
        ("Lead",), [Strip("Pursue & co <x>", (80,), "80 (40%)"), Strip("Prevent", None, "no records")]
    )
    assert [text.text for text in tree.iter(f"{SVG}text")] == ["Pursue & co <x>", "80 (40%)", "Prevent", "no records"]
    assert tree.get("aria-label") == drawing.sentence


def test_a_bar_without_a_number_is_not_a_bar_of_none():
    _, tree = drawn(("Lead",), [Strip("Prevent", None, "no records")])
    assert tree.findall(f"{SVG}rect") == []


def test_bars_with_a_length_of_their_own_show_what_is_missing_and_never_overflow():
    _, tree = drawn(("Counted",), [Strip("Aim", (9,), "300%", of=3)])
    widths = {float(box.get("width")) for box in tree.findall(f"{SVG}rect")}
    assert len(widths) == 1
    assert max(widths) < WIDTH


def test_any_number_of_series_is_drawn_each_with_its_hatch():
    series = [f"Kind {number}" for number in range(9)]
    _, tree = drawn(series, [Strip("Body", tuple(range(1, 10)), "45")])
    fills = [box.get("fill") for box in tree.findall(f"{SVG}rect") if box.get("fill").startswith("url")]
    assert len(fills) == 2 * len(series)
    assert len(set(fills)) == len(HATCHES)
