"""Words with a fixed set of values, each with its meaning."""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What an organisation is; each kind has its own admin and address."""

    FORCE = "force", "Police force"
    ROCU = "rocu", "Regional organised crime unit"
    OTHER = "other", "Other body"


class SuccessionKind(TextChoices):
    """How one organisation became another."""

    RENAMED = "renamed", "Renamed to"
    MERGED = "merged", "Merged into"
    ABSORBED = "absorbed", "Absorbed into"
