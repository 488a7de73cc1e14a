"""What a body has done with the practice of another."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class UptakeState(Vocabulary):
    tag: str

    CONTACTED = word("contacted", "Contacted", tag="blue")
    ADOPTED = word("adopted", "Adopted", tag="green")
    NOT_FOR_US = word("not_for_us", "Not for us", tag="grey")
