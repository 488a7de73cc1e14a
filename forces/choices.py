"""The vocabularies of regions and bodies."""

from django.core.validators import RegexValidator

from soc_tracker.core.text.vocabulary import Vocabulary, word

CELLS = RegexValidator(
    r"^[A-C][1-9](:[A-C][1-9])?$",
    "A cell of the map of tiles, or two with a colon between them, such as A1 or B5:C5: columns A to C, rows 1 to 9.",
)


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
    POLICING = word("policing", "Local policing body", page="other", folder="bodies", plural="Other bodies", rank=4)
    OTHER = word("other", "Other body", page="other", folder="bodies", plural="Other bodies", rank=3)


class SuccessionKind(Vocabulary):
    """How one organisation became another. ``before`` is what the later one says of the earlier."""

    before: str

    RENAMED = word("renamed", "Renamed to", before="Formerly")
    MERGED = word("merged", "Merged into", before="Formed from, or took in by merger")
    ABSORBED = word("absorbed", "Absorbed into", before="Absorbed")
    SPLIT = word("split", "Split into", before="Split from")
    REPLACED = word("replaced", "Replaced by", before="In place of")


class ReorganisationKind(Vocabulary):
    """What happens to bodies on a day.

    ``link`` is how the earlier bodies lead to the later ones; where it is empty, they stay and have another place.
    ``fewest_before`` to ``most_before`` bodies become ``fewest_after`` to ``most_after``. ``new_kind`` is what a new
    body is where it is not what the earlier ones were, and ``keeps_region`` whether it takes their place in a region.
    """

    link: str
    fewest_before: int
    most_before: int
    fewest_after: int
    most_after: int
    new_kind: str
    keeps_region: bool
    meaning: str

    MERGER = word(
        "merger", "Merger", link=SuccessionKind.MERGED.value, new_kind="", keeps_region=True,
        fewest_before=1, most_before=50, fewest_after=1, most_after=1,
        meaning="These bodies became this one, or this one took them in.",
    )  # fmt: skip
    SPLIT = word(
        "split", "Split", link=SuccessionKind.SPLIT.value, new_kind="", keeps_region=True,
        fewest_before=1, most_before=1, fewest_after=2, most_after=20,
        meaning="This body became these.",
    )  # fmt: skip
    RENAMING = word(
        "renaming", "Renaming", link=SuccessionKind.RENAMED.value, new_kind="", keeps_region=True,
        fewest_before=1, most_before=1, fewest_after=1, most_after=1,
        meaning="This body goes on under another name.",
    )  # fmt: skip
    ABSORPTION = word(
        "absorption", "Absorbed by another service", link=SuccessionKind.ABSORBED.value, new_kind="other",
        keeps_region=False, fewest_before=1, most_before=50, fewest_after=1, most_after=1,
        meaning="These units passed into a service that is in no region, such as a national one.",
    )  # fmt: skip
    REPLACEMENT = word(
        "replacement", "Local policing body replaced", link=SuccessionKind.REPLACED.value, new_kind="",
        keeps_region=True, fewest_before=1, most_before=50, fewest_after=1, most_after=1,
        meaning="A mayor or a board took the place of these commissioners and answers for their forces.",
    )  # fmt: skip
    MOVE = word(
        "move", "Moved to another region", link="", new_kind="", keeps_region=False,
        fewest_before=1, most_before=50, fewest_after=0, most_after=0,
        meaning="These bodies belong to another region from that day on.",
    )  # fmt: skip


class SizeMeasure(Vocabulary):
    """What the size of an organisation is told in. A rate is worked out for so many of them at once: ``per``."""

    per: int
    noun: str

    POPULATION = word("population", "Population", per=100_000, noun="residents")
    OFFICERS = word("officers", "Officers (full-time equivalent)", per=1_000, noun="officers")
