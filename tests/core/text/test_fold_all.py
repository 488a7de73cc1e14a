"""Many texts are folded as each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.text.folding import fold, fold_all

TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0")) | st.sampled_from(
    ["North-West & `Heron'", "  two  spaces ", "-x-", "", "Äpfel", "a\nb"]
)


@given(st.lists(TEXTS))
def test_many_are_folded_as_one(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]
