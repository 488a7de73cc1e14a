"""The 4P vocabulary of the national strategy on serious and organised crime."""

from django.db.models import TextChoices


class FourP(TextChoices):
    """What a disruption, an aim or an action is for."""

    PURSUE = "pursue", "Pursue"
    PREVENT = "prevent", "Prevent"
    PROTECT = "protect", "Protect"
    PREPARE = "prepare", "Prepare"

    @property
    def meaning(self) -> str:
        return MEANINGS[self]


MEANINGS = {
    FourP.PURSUE: "prosecute and disrupt people engaged in serious and organised crime",
    FourP.PREVENT: "stop people from becoming involved in it",
    FourP.PROTECT: "harden victims and places against it",
    FourP.PREPARE: "reduce its impact where it happens",
}
