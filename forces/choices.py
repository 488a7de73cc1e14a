"""The vocabularies of regions and bodies."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class OrganisationKind(Vocabulary):
    """What an organisation is. ``page`` is the name of the address of a body's page."""

    page: str

    FORCE = word("force", "Police force", page="force")
    ROCU = word("rocu", "Regional organised crime unit", page="rocu")
    OTHER = word("other", "Other body", page="other")


class SuccessionKind(Vocabulary):
    """How one organisation became another. ``before`` is what the later one says of the earlier."""

    before: str

    RENAMED = word("renamed", "Renamed to", before="Formerly")
    MERGED = word("merged", "Merged into", before="Formed from, or took in by merger")
    ABSORBED = word("absorbed", "Absorbed into", before="Absorbed")
