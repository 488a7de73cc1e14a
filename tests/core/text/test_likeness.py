"""Which texts are nearly word for word the same, and that none is lost by looking only where it is worth it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text import likeness
from soc_tracker.core.text.likeness import Apart, Likely, Phrases, Text, Texts, most_telling, wording

APART = Apart(
    names=Phrases(["Kent", "Kent Police", "Moss Side", "Crewe", "Riverside Homes"]),
    menu=Phrases(["Cuckooing visits", "Use of stop and search"]),
)
VISIT = "Visit the addresses in Crewe that housing officers flagged"
# Few words, so that texts made of them are often alike.
WORDS = ("visit", "the", "nine", "flats", "tenants", "cash", "van", "Crewe", "port", "runner", "raid")
few_words = st.lists(st.sampled_from(WORDS), max_size=9)
sentences = few_words.map(" ".join)
plans = st.lists(st.lists(sentences, max_size=3), max_size=6)


def texts(of_plans: list[list[str]]) -> list[Text]:
    told = [(whole, text) for whole, own in enumerate(of_plans) for text in own]
    return [Text(key, whole, wording(text, APART)) for key, (whole, text) in enumerate(told)]


def ratio(first: str, second: str) -> int:
    """0 where the two are not alike."""
    found = Texts(texts([[first], [second]])).alike(Text(0, 0, wording(first, APART)))
    return found[0].ratio if found else 0


class TestWording:
    @pytest.mark.parametrize(
        "text",
        [
            "VISIT the addresses, in Crewe, that housing officers flagged.",
            "Visit 12 addresses that housing officers flagged by 3 May 2024",
            "Visit nine addresses in Moss Side that housing officers flagged on Monday 4th of March",
            "Housing officers flagged addresses: visit these",
            "Visit the addresses in Kent that housing officers flagged",
        ],
    )
    def test_case_punctuation_numbers_dates_places_and_order_do_not_tell(self, text):
        assert wording(text, APART) == wording(VISIT, APART) == "addresses flagged housing officers visit"

    def test_the_longest_name_is_blanked_whole(self):
        assert "police" not in wording("Share the custody records of runners with Kent Police", APART)

    def test_a_name_inside_a_word_stays(self):
        assert "kentish" in wording("Search the Kentish barns for stolen tractors", APART)

    def test_accents_and_apostrophes_do_not_tell(self):
        assert wording("Watch the supplier’s café") == wording("watch the suppliers cafe")

    def test_a_short_text_keeps_its_names(self):
        assert wording("Visit Crewe monthly", APART) == "crewe monthly visit"

    @pytest.mark.parametrize(
        "text",
        [
            "Cuckooing visits",
            "Carry out cuckooing visits in Moss Side",
            "Make use of stop and search",
            "",
            "12.",
            "Do it!",
        ],
    )
    def test_a_text_that_says_nothing_but_the_menu_is_not_compared(self, text):
        assert wording(text, APART) == ""

    def test_beside_the_menu_only_the_rest_tells(self):
        told = wording("Cuckooing visits to tenants whom the ambulance service has treated", APART)
        assert told == "ambulance service tenants treated"

    def test_a_short_text_that_is_not_on_the_menu_is_compared(self):
        assert wording("Arrest the courier", APART) == "arrest courier"

    @given(st.text())
    def test_any_text_has_a_wording_that_is_its_own(self, text):
        assert wording(wording(text)) == wording(text)


class TestAlike:
    @given(sentences, sentences)
    def test_symmetric(self, first, second):
        assert ratio(first, second) == ratio(second, first)

    @given(sentences)
    def test_the_same_text_is_alike_if_it_says_anything(self, text):
        assert ratio(text, text) == (100 if wording(text, APART) else 0)

    @pytest.mark.parametrize(
        "other",
        [
            VISIT,
            "Visit addresses in Kent flagged by housing officers",
            "Visit the addresses in Widnes that housing officers flagged",
            "Visit all the addresses in Crewe which housing officers have flagged as urgent",
        ],
    )
    def test_copies_are_alike(self, other):
        assert ratio(VISIT, other) >= 84

    @pytest.mark.parametrize(
        "other",
        [
            "Visit tenants",
            "Go with the council to flats at risk",
            "Restrain the accounts of the haulage firm",
            f"{VISIT}, then write to each landlord about locks, lights and lettings, and ask neighbours to call",
        ],
    )
    def test_a_text_that_shares_little_or_only_contains_the_other_is_not(self, other):
        assert ratio(VISIT, other) == 0

    def test_one_word_in_three_makes_another_task(self):
        assert ratio("Arrest the courier", "Arrest the supplier") == 0


class TestSearch:
    @given(plans)
    def test_the_index_loses_nothing(self, of_plans):
        own = texts(of_plans)
        among = Texts(own)
        for text in own:
            assert set(among.alike(text, indexed=True)) == set(among.alike(text))

    @given(plans, st.randoms(use_true_random=False))
    def test_the_order_of_plans_does_not_matter(self, of_plans, random):
        own = texts(of_plans)
        shuffled = random.sample(own, len(own))
        for text in own:
            assert Texts(own).alike(text, indexed=True) == Texts(shuffled).alike(text, indexed=True)

    @given(plans)
    def test_each_finds_the_other_and_none_finds_its_own_plan(self, of_plans):
        own = texts(of_plans)
        among = Texts(own)
        found = {likely for text in own for likely in among.alike(text)}
        assert {likely.turned for likely in found} == found
        assert all(likely.text.whole != likely.other.whole for likely in found)

    def test_the_search_for_boilerplate_ends(self, monkeypatch):
        monkeypatch.setattr(likeness, "ENOUGH", 3)
        own = texts([["Visit the nine flats with tenants"]] * 8)
        among = Texts(own)
        assert [likely.other.whole for likely in among.alike(own[-1], indexed=True)] == [0, 1, 2]
        assert len(among.alike(own[-1])) == 7

    def test_many_at_a_time_loses_nothing(self, monkeypatch):
        monkeypatch.setattr(likeness, "AT_A_TIME", 2)
        own = texts([[f"Visit flats tenants runner cash {word}"] for word in ("port", "van", "raid", "safe", "quay")])
        among = Texts(own)
        for text in own:
            assert set(among.alike(text, indexed=True)) == set(among.alike(text)) != set()


class TestMostTelling:
    def test_the_plan_that_shares_most_comes_before_those_that_share_one(self):
        mine = [Text(key, 0, "") for key in range(2)]
        boilerplate = [Likely(mine[0], Text(10 + plan, plan, ""), 100) for plan in range(1, 6)]
        copied = [Likely(text, Text(20 + text.key, 9, ""), 90) for text in mine]
        kept = most_telling([*boilerplate, *copied], 2)
        assert kept == [copied[0], boilerplate[0], copied[1]]

    @given(plans, st.integers(1, 3))
    def test_no_text_that_stands_elsewhere_is_lost(self, of_plans, most):
        own = texts(of_plans)
        found = [likely for text in own for likely in Texts(own).alike(text)]
        assert {likely.text for likely in most_telling(found, most)} == {likely.text for likely in found}


def test_nothing_is_compared_when_the_site_starts():
    code = "import sys, soc_tracker.core.text.likeness; sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
