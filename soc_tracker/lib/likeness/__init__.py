"""Which texts stand, nearly word for word, elsewhere too.

``wording`` brings a text into the form that is compared; ``Texts`` finds the texts of others that are alike.
rapidfuzz is imported by the first comparison, not with this package: no page compares.
"""

from soc_tracker.lib.likeness.search import Likely, Text, Texts, most_telling
from soc_tracker.lib.likeness.words import Apart, Phrases, wording

__all__ = ["Apart", "Likely", "Phrases", "Text", "Texts", "most_telling", "wording"]
