"""The vocabularies of regions and bodies."""

from soc_tracker.core.text.vocabulary import Vocabulary, word


class OrganisationKind(Vocabulary):
    """What an organisation is, in the order in which the bodies of a region stand.

    ``page`` is the name of a body's page, ``folder`` the first part of its address; kinds may share both, and with
    them the list that is called ``plural``.
    """

    page: str
    folder: str
    plural: str
    rank: int

    FORCE = word("force", "Police force", page="force", folder="forces", plural="Forces", rank=2)
    ROCU = word("rocu", "Regional organised crime unit", page="rocu", folder="rocus", plural="ROCUs", rank=1)
    OTHER = word("other", "Other body", page="other", folder="bodies", plural="Other bodies", rank=3)


class SuccessionKind(Vocabulary):
    """How one organisation became another. ``before`` is what the later one says of the earlier."""

    before: str

    RENAMED = word("renamed", "Renamed to", before="Formerly")
    MERGED = word("merged", "Merged into", before="Formed from, or took in by merger")
    ABSORBED = word("absorbed", "Absorbed into", before="Absorbed")
