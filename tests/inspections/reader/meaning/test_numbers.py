"""Numbers in sentences are read as they were written, whichever way that was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.reader.meaning.numbers import last_digit, numbers_in, sentences_of, value_of_words

SMALL = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SMALL += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
ROUND = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    """The number as English writes it, to 999,999."""
    if number >= 1000:
        rest = number % 1000
        joint = " and " if 0 < rest < 100 else " "
        return f"{in_words(number // 1000)} thousand{joint}{in_words(rest)}".strip()
    if number >= 100:
        rest = number % 100
        return f"{SMALL[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number < len(SMALL):
        return SMALL[number]
    return ROUND[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(1, 999_999))
def test_a_number_in_words_is_that_number(number):
    assert value_of_words(in_words(number)) == number
    (read,) = numbers_in(f"It visited {in_words(number)} schools.")
    assert read.value == number
    assert read.in_words


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(["", "£"]))
def test_a_number_in_figures_is_that_number(whole, hundredths, sign):
    for text, value in [
        (f"{whole:,}", Decimal(whole)),
        (f"{whole}", Decimal(whole)),
        (f"{whole:,}.{hundredths:02}", Decimal(whole) + Decimal(hundredths) / 100),
    ]:
        (read,) = numbers_in(f"The cost was {sign}{text} in all.")
        assert (read.value, read.is_money) == (value, bool(sign))


@pytest.mark.parametrize(
    "scale", [(" million", 10**6), ("m", 10**6), ("bn", 10**9), (" thousand", 10**3), ("k", 10**3)]
)
@given(st.integers(1, 999), st.integers(0, 9))
def test_millions_are_millions(scale, whole, tenth):
    words, factor = scale
    (read,) = numbers_in(f"It spent £{whole}.{tenth}{words} on it.")
    assert read.value == Decimal(f"{whole}.{tenth}") * factor
    assert read.step == last_digit(read.value)


@given(st.lists(st.integers(2, 5000), min_size=1, max_size=5))
def test_each_number_of_a_list_is_read_where_it_stands(numbers):
    text = "It counted " + ", ".join(f"{number} things" for number in numbers) + "."
    assert [int(read.value) for read in numbers_in(text)] == numbers
    assert [text[read.start : read.end] for read in numbers_in(text)] == [str(number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("half a million people", [500_000]),
        ("a dozen officers", [12]),
        ("between three and seven forces", [3, 7]),
        ("two hundred and five of them", [205]),
        ("the 4P plans of Q2", []),
        ("in 2022/23", []),
    ],
)
def test_words_that_hold_a_number(text, values):
    assert [number.value for number in numbers_in(text)] == values


@pytest.mark.parametrize(
    ("value", "step"), [("3000", 1000), ("13700000", 100_000), ("118", 1), ("0", 1), ("2.50", "0.1")]
)
def test_the_unit_of_the_last_digit(value, step):
    assert last_digit(Decimal(value)) == Decimal(step)


def test_sentences_end_where_they_end():
    text = "It spent 2.5 million, e.g. on cars. No. 3 is closed. Mr J. Smith agreed! (All did.) The end"
    ends = ["It spent 2.5 million, e.g. on cars.", "No. 3 is closed.", "Mr J. Smith agreed!", "(All did.)", "The end"]
    assert [sentence for _, sentence in sentences_of(text)] == ends
    assert all(text[start:].startswith(sentence) for start, sentence in sentences_of(text))
