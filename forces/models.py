"""Regions and organisations over time: names, memberships, successors, and all by which they are called."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, OuterRef, Q, Subquery
from django.urls import reverse

import forces.areas.models  # noqa: F401 - what is stored of areas is of this app too
from forces.choices import CELLS, OrganisationKind, ReorganisationKind, SizeMeasure, SuccessionKind
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet, days_in_order, valid_on
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import FoldedText, normalise


def about_one(name: str) -> CheckConstraint:
    """The row speaks of a region or of an organisation."""
    of_body = Q(region__isnull=True, organisation__isnull=False)
    return CheckConstraint(
        condition=of_body | Q(region__isnull=False, organisation__isnull=True),
        name=name,
        violation_error_message="Choose a region or an organisation, not both.",
    )


class ValidQuerySet(VisibleQuerySet):
    """Rows that are true of some days."""

    def valid_on(self, day: date) -> Self:
        return self.filter(valid_on(day))


class OrganisationQuerySet(ValidQuerySet):
    def in_region(self, region: models.Model, day: date) -> Self:
        """Organisations whose membership of the region covers the day."""
        return self.filter(valid_on(day, "memberships__"), memberships__region=region).distinct()

    def with_sizes(self) -> Self:
        """With the newest ``population`` and ``officers`` of each, and the day of either: None where none is stated."""
        sizes = {}
        for measure in SizeMeasure:
            newest = BodySize.objects.filter(organisation=OuterRef("pk"), measure=measure).order_by("-as_at")
            sizes[measure.value] = Subquery(newest.values("value")[:1])
            sizes[f"{measure.value}_as_at"] = Subquery(newest.values("as_at")[:1])
        return self.annotate(**sizes)

    def named(self, name: str) -> Any:
        """The organisation with this name, short name, slug or alias, however it is spelled.

        Raises DoesNotExist, naming what was looked for, when no organisation has it.
        """
        return self.filter(aliases__normalised=normalise(name)).get()


class OfKind(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    """The organisations of one kind."""

    def __init__(self, kind: OrganisationKind) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> OrganisationQuerySet:
        queryset: OrganisationQuerySet = super().get_queryset().filter(kind=self.kind)
        return queryset


class Region(Tracked):
    """A grouping of forces, most with a regional organised crime unit."""

    reached_by = PUBLISHED
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    note = models.TextField(blank=True, help_text="How the region works together where it differs from the others.")
    place = models.CharField(
        "place on map", max_length=5, blank=True, default="", db_default="", validators=[CELLS], help_text=CELLS.message
    )
    folded = FoldedText("name")
    folded_note = FoldedText("note")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.slug])


class Organisation(Tracked):
    """A body that inspections grade or that records threats and disruptions.

    ``valid_from`` and ``valid_to`` bound its existence (inclusive; empty is not known or still open). An ONS code is of
    one organisation at a time.
    """

    reached_by = PUBLISHED
    kind = models.CharField(max_length=10, choices=OrganisationKind.words)
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    regions = models.ManyToManyField("forces.Region", through="forces.Membership", related_name="organisations")
    folded = FoldedText("name", "short_name", "ons_code")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [days_in_order("valid_from", "valid_to", "organisation_validity_in_order")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(OrganisationKind(self.kind).page, args=[self.slug])


class Force(Organisation):
    """A police force."""

    objects: ClassVar = OfKind(OrganisationKind.FORCE)

    class Meta:
        proxy = True
        verbose_name = "force"


class Rocu(Organisation):
    """A regional organised crime unit."""

    objects: ClassVar = OfKind(OrganisationKind.ROCU)

    class Meta:
        proxy = True
        verbose_name = "regional organised crime unit"


class Alias(Tracked):
    """Another name by which lookups and imports know an organisation.

    ``normalised`` is the name as compared: see ``normalise``.
    """

    reached_by = PUBLISHED
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


class Membership(Tracked):
    """An organisation's place in a region, for a time (inclusive; empty means not known or still open)."""

    reached_by = PUBLISHED
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    region = models.ForeignKey("forces.Region", on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["region__name", "organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(valid_to__isnull=True),
                name="membership_one_open_per_organisation",
                violation_error_message="The organisation is already in a region, with no last day.",
            ),
            days_in_order("valid_from", "valid_to", "membership_validity_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.region}"


class Oversight(Tracked):
    """Which local policing body answers for an organisation, for a time (inclusive; empty is not known or open)."""

    reached_by = PUBLISHED
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="oversights")
    responder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="oversights_of_others", verbose_name="local policing body"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(
        max_length=300, blank=True, db_default="", default="", help_text="Where it is laid down, such as an Act."
    )

    objects = ValidQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(valid_to__isnull=True),
                name="oversight_one_open_per_organisation",
                violation_error_message="Another local policing body answers for it, with no last day.",
            ),
            days_in_order("valid_from", "valid_to", "oversight_validity_in_order"),
            models.CheckConstraint(
                condition=~Q(organisation=F("responder")),
                name="oversight_of_another",
                violation_error_message="A body does not answer for itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.responder} for {self.organisation}"


class Reorganisation(Tracked):
    """Bodies that become others on a day: carried out when it is added, undone when it is removed.

    ``successors`` are bodies that exist already, and those of ``new_bodies`` once it is carried out. ``steps`` are the
    rows that it wrote, in their order: see ``forces.services.Act``.
    """

    reached_by = PUBLISHED
    kind = models.CharField(max_length=12, choices=ReorganisationKind.words)
    on = models.DateField("first day", help_text="On this day the new state of things begins.")
    predecessors = models.ManyToManyField(
        Organisation, related_name="reorganisations", verbose_name="bodies before", help_text="As they are until then."
    )
    successors = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="reorganisations_before",
        verbose_name="bodies after",
        help_text="Those that exist already; new ones are described below.",
    )
    new_bodies = models.TextField(
        blank=True,
        help_text="Bodies that begin on that day, one a line: name; short name; ONS code, where there is one.",
    )
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reorganisations",
        help_text="Where the bodies belong from that day on, where it is not the region that they belonged to.",
    )
    source = models.CharField(max_length=300, help_text="Where it is laid down, such as an order, or an announcement.")
    note = models.TextField(blank=True)
    steps = models.JSONField(default=list, blank=True, editable=False)
    _history_m2m_fields = [predecessors, successors]

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {in_words(self.on)}"


class Succession(Tracked):
    """One organisation followed by another: renamed, merged or absorbed, on a day."""

    reached_by = PUBLISHED
    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="precessions")
    kind = models.CharField(max_length=10, choices=SuccessionKind.words)
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


class BodySize(Tracked):
    """How large an organisation is as at a day, as a document states it; earlier days stay.

    ``no_rate_because`` says why nothing may be divided by the number, such as far more people by day than residents.
    """

    reached_by = PUBLISHED
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sizes")
    measure = models.CharField(max_length=12, choices=SizeMeasure.words)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    as_at = models.DateField()
    no_rate_because = models.CharField(
        "no rate, because", max_length=200, blank=True, help_text="Why nothing is to be divided by it, in a sentence."
    )
    source = models.ForeignKey("inspections.SourceDocument", on_delete=models.PROTECT, related_name="sizes")
    locator = models.CharField(max_length=250, help_text="Where in the document: the table and its row or column.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "measure", "-as_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "measure", "as_at"], name="size_once_a_day"),
            models.CheckConstraint(
                condition=Q(value__gt=0), name="size_is_positive", violation_error_message="A size is more than 0."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} as at {in_words(self.as_at)}"
