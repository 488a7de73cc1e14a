"""Forces, regional organised crime units and other bodies, with their names and places over time."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from forces.choices import OrganisationKind, SuccessionKind
from forces.models.constraints import dated, in_order
from forces.models.tracked import Tracked
from forces.querysets import ForceManager, MembershipQuerySet, OrganisationQuerySet, RocuManager, VisibleQuerySet
from soc_tracker.lib.folded_fields import FoldedText


class Organisation(Tracked):
    """A body that inspections grade or that records threats and disruptions.

    ``valid_from`` and ``valid_to`` bound its existence (inclusive; empty means
    not known or still open). ``population`` is persons at a census,
    ``officers`` full-time equivalents; each is shown with its date.
    """

    kind = models.CharField(max_length=10, choices=OrganisationKind)
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_as_at = models.DateField(null=True, blank=True)
    officers = models.DecimalField(
        "officers (full-time equivalent)", max_digits=8, decimal_places=2, null=True, blank=True
    )
    officers_as_at = models.DateField(null=True, blank=True)
    regions = models.ManyToManyField("forces.Region", through="forces.Membership", related_name="organisations")
    folded = FoldedText("name", "short_name", "ons_code")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ons_code"],
                condition=~Q(ons_code=""),
                name="organisation_ons_code_unique",
                violation_error_message="Another organisation has this ONS code.",
            ),
            in_order("valid_from", "valid_to", "organisation_validity_in_order"),
            dated("population", "organisation_population_dated", "Give the population and its date, or neither."),
            dated("officers", "organisation_officers_dated", "Give the number of officers and its date, or neither."),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse(self.kind, args=[self.slug])


class Force(Organisation):
    """A police force."""

    objects = ForceManager()

    class Meta:
        proxy = True
        verbose_name = "force"


class Rocu(Organisation):
    """A regional organised crime unit."""

    objects = RocuManager()

    class Meta:
        proxy = True
        verbose_name = "regional organised crime unit"


class Alias(Tracked):
    """Another name by which lookups and imports know an organisation.

    ``normalised`` is the name as compared: see ``forces.names.normalise``.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    normalised = models.CharField(max_length=120, unique=True, editable=False)
    folded = FoldedText("name")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.normalised,)


class Membership(Tracked):
    """An organisation's place in a region, for a time (inclusive; empty means not known or still open)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    region = models.ForeignKey("forces.Region", on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["region__name", "organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(valid_to__isnull=True),
                name="membership_one_open_per_organisation",
                violation_error_message="The organisation is already in a region, with no last day.",
            ),
            in_order("valid_from", "valid_to", "membership_validity_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.region}"


class Succession(Tracked):
    """One organisation followed by another: renamed, merged or absorbed, on a day."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="precessions")
    kind = models.CharField(max_length=10, choices=SuccessionKind)
    on = models.DateField()
    note = models.TextField(blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_between_two_organisations",
                violation_error_message="An organisation cannot come after itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} {self.get_kind_display().lower()} {self.successor}"
