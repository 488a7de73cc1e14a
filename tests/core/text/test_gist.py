"""Two short texts that speak of the same matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.gist import LIKELY, Gists, Passage

FEW = Passage("Too few analysts", "Demand for analysis cannot be met, and plans are made without it.")
SHORT_OF = Passage("Analysts cannot meet demand", "There are few of them. Plans get little analysis.")
RADIOS = Passage("Radios fail in the valleys", "Officers lose the signal and repeat what they sent.")
OTHERS = tuple(Passage(f"Title {word}", f"Something about {word} and its use.") for word in ("boats", "dogs", "cars"))
passages = st.builds(
    Passage,
    st.text(max_size=30),
    st.text(max_size=120),
    st.frozensets(st.sampled_from(("plans", "analysts", "records")), max_size=3),
)


def test_what_speaks_of_one_matter_is_likelier_than_what_does_not() -> None:
    gists = Gists((FEW, SHORT_OF, RADIOS, *OTHERS))
    assert gists.likeness(FEW, SHORT_OF) > LIKELY > gists.likeness(FEW, RADIOS)


def test_a_shared_subject_counts_the_more_the_rarer_it_is() -> None:
    def filed(title: str, *subjects: str) -> Passage:
        return Passage(title, "", frozenset(subjects))

    one, common, rare = filed("One", "plans", "orders"), filed("Two", "plans", "x"), filed("Three", "orders", "y")
    gists = Gists((one, common, rare, *(filed(title, "plans") for title in ("Four", "Five", "Six"))))
    assert 0 < gists.likeness(one, common) < gists.likeness(one, rare)


def test_words_that_everything_shares_say_nothing() -> None:
    one, other = Passage("The force", "Inspectors found it."), Passage("Inspectors found", "This force needs it.")
    assert Gists((one, other)).likeness(one, other) == 0


@given(passages, passages)
def test_likeness_is_the_same_from_either_side_and_has_bounds(one: Passage, other: Passage) -> None:
    gists = Gists((one, other))
    likeness = gists.likeness(one, other)
    assert likeness == pytest.approx(gists.likeness(other, one))
    assert 0 <= likeness <= 1.6 + 1e-9
