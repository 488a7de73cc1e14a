"""A column is parsed once for each different cell, and what cannot be parsed becomes a fault that says why."""

from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.imports.cells import Fault, Field
from soc_tracker.core.imports.parsers import Memo, parse_text


def whole_number(cell) -> int:
    return int(str(cell))


FIELD = Field("number", "number", (), whole_number, "a whole number")


def test_each_different_cell_is_parsed_once() -> None:
    seen = []
    memo = Memo(Field("key", "key", (), lambda cell: seen.append(cell) or cell, "anything"))
    assert memo.column(["a", "b", "a", "a"]) == ["a", "b", "a", "a"]
    assert list(map(memo.__getitem__, ["b", "a"])) == ["b", "a"]
    assert seen == ["a", "b"]


def test_a_fault_names_column_value_and_what_was_expected() -> None:
    memo = Memo(FIELD, "Number of days")
    assert memo.column(["1"]) == [1]
    assert not memo.faulty
    assert memo.column(["1", "many"]) == [1, Fault("Number of days", "many", "a whole number")]
    assert memo.faulty
    assert str(memo["many"]) == "Number of days: “many”, expected a whole number"
    assert Memo(FIELD)["x"].column == "number"


def test_a_fault_shows_a_long_value_in_short() -> None:
    fault = Memo(FIELD)["several\nlines " * 1000]
    assert len(fault.value) == 200
    assert fault.value.startswith("several lines several")
    assert fault.value.endswith(" …")


def test_it_does_not_grow_with_the_file() -> None:
    memo = Memo(FIELD, most=100)
    assert memo.column([str(number) for number in range(1000)]) == list(range(1000))
    assert len(memo) <= 100


def test_texts_are_parsed_together_and_one_by_one_where_one_is_wrong() -> None:
    memo = Memo(Field("ref", "ref", (), parse_text(3), "a reference"))
    assert memo.column([" a ", "b"]) == ["a", "b"]
    assert not memo
    assert memo.column([" a ", "long", 12]) == ["a", Fault("ref", "long", "a reference"), "12"]
    assert memo.faulty


@given(st.lists(st.one_of(st.text(max_size=4), st.integers())), st.integers(1, 5))
def test_a_memo_is_the_parser(cells, most) -> None:
    values = Memo(FIELD, most=most).column(cells)
    for cell, value in zip(cells, values, strict=True):
        try:
            assert value == whole_number(cell)
        except ValueError:
            assert type(value) is Fault
