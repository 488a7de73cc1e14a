"""Quantities in sentences: value, unit, qualifier and what is counted; and what only looks like one."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspections.reader.meaning.quantities import Wording, quantities_in

QUALIFIERS = {
    "over": "over",
    "more than": "over",
    "nearly": "nearly",
    "almost": "nearly",
    "about": "about",
    "at least": "at_least",
    "fewer than": "under",
    "up to": "limit",
    "as many as": "up_to",
    "more than a third": "more_than_a_third",
}
UNITS = {"tonnes": "tonnes", "tonne": "tonnes", "per 1,000 people": "per_1000_people"}
WORDING = Wording(units=UNITS, qualifiers=QUALIFIERS)
NOUNS = ["officers", "local policing areas", "young people", "SOC threats", "vacant posts", "women"]
VERBS = ["The force recorded", "The unit has", "In all, it trained", "It told us that it had closed"]


def only(text):
    (quantity,) = quantities_in(text, WORDING)
    return quantity


@given(
    st.integers(2, 999_999),
    st.sampled_from(NOUNS),
    st.sampled_from(VERBS),
    st.sampled_from(["", *[words for words in QUALIFIERS if "third" not in words]]),
    st.booleans(),
)
def test_a_count_is_read_with_its_qualifier(number, noun, verb, qualifier, with_comma):
    assume(with_comma or not 1900 <= number <= 2100)
    written = f"{number:,}" if with_comma else str(number)
    text = " ".join(f"{verb} {qualifier} {written} {noun} last summer.".split())
    quantity = only(text)
    assert (quantity.value, quantity.unit, quantity.noun) == (number, "count", noun)
    assert quantity.qualifier == (QUALIFIERS[qualifier] if qualifier else "exactly")
    assert text[quantity.start : quantity.end].endswith(written)
    assert quantity.step == 1 if not qualifier else number % quantity.step == 0


@given(st.integers(0, 100), st.sampled_from([" percent", " per cent", "%"]), st.sampled_from(["", "nearly ", "over "]))
def test_a_percent_is_a_percent(number, sign, qualifier):
    quantity = only(f"It found that {qualifier}{number}{sign} of posts were vacant.")
    assert (quantity.value, quantity.unit) == (number, "percent")
    assert quantity.qualifier == QUALIFIERS.get(qualifier.strip(), "exactly")


@given(st.integers(1, 99), st.sampled_from(["million", "bn", "m"]))
def test_money_is_in_pounds(number, scale):
    quantity = only(f"It invested an additional £{number}.5{'' if scale != 'million' else ' '}{scale} in the unit.")
    assert (quantity.unit, quantity.qualifier) == ("pounds", "exactly")
    assert quantity.value == (Decimal(number) + Decimal("0.5")) * (10**9 if scale == "bn" else 10**6)


@given(st.integers(1, 50), st.integers(51, 99))
def test_a_range_is_one_quantity(low, high):
    for words in (f"between {low} and {high}", f"{low}–{high}", f"{low} to {high}"):
        quantity = only(f"It has {words} officers.")
        assert (quantity.value, quantity.value_to) == (low, high), words


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("There has been a 42 percent reduction in theft.", -42, "percent_change"),
        ("Theft has reduced by 29 percent since then.", -29, "percent_change"),
        ("Demand rose by 5% in all.", 5, "percent_change"),
        ("There was an increase of 12 per cent.", 12, "percent_change"),
        ("It seized 255 tonnes of clothing.", 255, "tonnes"),
        ("It has 3.2 officers per 1,000 people.", Decimal("3.2"), "per_1000_people"),
        ("None of these schools was visited.", 0, "count"),
        ("It hadn't completed any local profiles.", 0, "count"),
        ("The second largest force is here.", 2, "rank"),
        ("It has a five-year strategy.", 5, "years"),
        ("It paid the team for three years.", 3, "years"),
        ("Profiles are reviewed every three years.", 3, "years"),
        ("Only one of its units is working.", 1, "count"),
        ("Children under the age of 12 apply.", 12, "years"),
        ("It took more calls, up 11 percent on the year before.", 11, "percent_change"),
        ("It took 4 percent fewer calls than before.", 4, "percent"),
        ("That is 4 percent less than before.", -4, "percent_change"),
    ],
)
def test_other_units(text, value, unit):
    quantity = only(text)
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "part", "whole", "noun"),
    [
        ("We found that 10 of the 12 forces had a plan.", 10, 12, "forces"),
        ("9 of 12 owners had no deputy.", 9, 12, "owners"),
        ("Only one of the three local units was working.", 1, 3, "local units"),
    ],
)
def test_a_part_names_its_whole(text, part, whole, noun):
    quantity = only(text)
    assert (quantity.value, quantity.of, quantity.noun) == (part, whole, noun)


def test_a_part_whose_whole_was_named_first():
    assert [q.value for q in quantities_in("Of ten plans that we read, seven named no owner.", WORDING)] == [10, 7]


def test_a_share_in_words_has_no_value():
    quantity = only("More than a third of analysts were absent.")
    assert (quantity.value, quantity.unit, quantity.qualifier) == (None, "share", "more_than_a_third")
    assert only("Half of the plans were old.").words == "half"


def test_ranks_that_share_a_word():
    assert [q.value for q in quantities_in("They are the second and fifth largest forces.", WORDING)] == [2, 5]


@pytest.mark.parametrize(
    "text",
    [
        "It was founded in 2019.",
        "On 4 January 2023 it began.",
        "See section 22 and Appendix 1.",
        "Tier 5 and class C are left out.",
        "The 180 project offers sports.",
        "One of the highest threats is theft.",
        "One officer told us so.",
        "It meets every two weeks.",
        "In the previous 24 hours nothing happened.",
        "It is about 4P plans and PEEL 2022/23.",
        "It rose over the last three years.",
        "He was the first officer to do so.",
        "It had no plans.",
        "One post in six was vacant.",
        "They meet at least four times a year.",
        "Recommendations 3 and 4 are closed.",
    ],
)
def test_what_is_no_quantity(text):
    assert quantities_in(text, WORDING) == []


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    for quantity in quantities_in(text, WORDING):
        assert 0 <= quantity.start < quantity.end <= len(text)


def test_all_but_some_of_a_whole_counts_both():
    quantities = quantities_in("All but 2 of 49 plans named an owner.", WORDING)
    assert [(quantity.value, quantity.of) for quantity in quantities] == [(2, None), (49, None)]


def test_an_age_above_another_is_one():
    quantities = quantities_in("It shows that 61 percent are over 65.", WORDING)
    assert [(quantity.value, quantity.unit, quantity.is_age) for quantity in quantities] == [
        (61, "percent", False),
        (65, "years", True),
    ]


def test_days_on_which_something_was_done_are_counted_and_a_year_of_two_numbers_is_one():
    assert only("We held hearings on 31 days.").value == 31
    assert quantities_in("It stayed for 31 days of session 2025–26.", WORDING) == []


@pytest.mark.parametrize(
    ("text", "values", "noun"),
    [
        ("Of 40 cases that we read, 12 were late.", [40, 12], "cases"),
        ("Of the plans that we read, seven did not say why.", [7], "plans"),
        ("The team went from 14 posts to eight.", [14, 8], "posts"),
        ("It was called on 17 nights and came on four.", [17, 4], "nights"),
        ("In six, a single person had decided.", [6], ""),
        ("For 24 there was no plan.", [24], ""),
        ("Seven could not be found.", [7], ""),
        ("Of 2,310 who were asked, 1,404 answered.", [2310, 1404], ""),
    ],
)
def test_a_second_number_is_of_the_noun_of_the_first(text, values, noun):
    quantities = quantities_in(text, WORDING)
    assert [int(each.value) for each in quantities] == values
    assert quantities[-1].noun == noun


@pytest.mark.parametrize(
    "text",
    [
        "In 2026-27 the bodies met.",
        "It rose in 2024/25 and in 2025–2026.",
        "Nine in ten boats are old.",
        "A. Warden, aged 29, lives there.",
        "The boys, who were 16 and 17, were fined.",
        "If you see smoke, ring 999.",
        "The club wrote to us (BC 78, 134).",
        "It is published as HL Paper 190.",
    ],
)
def test_years_of_account_ages_of_a_person_and_numbers_to_ring_are_not_counted(text):
    assert [each.value for each in quantities_in(text, WORDING) if each.value != 9] == []
