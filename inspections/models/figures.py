"""Published figures: values as a document printed them, never turned into rows."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from forces.models.constraints import about_one, in_order
from forces.models.tracked import Tracked
from forces.querysets import VisibleQuerySet
from inspections.choices import WITHOUT_NUMBER, Qualifier, SaidBy, Unit
from inspections.models.sources import Sourced
from inspections.querysets import FigureQuerySet
from soc_tracker.lib.folded_fields import FoldedText


class Measure(Tracked):
    """What a figure measures, such as lead disruptions. ``group`` is the heading under which it is listed."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    group = models.CharField(max_length=60)
    description = models.CharField(max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    folded = FoldedText("name")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class PublishedFigure(Sourced):
    """A figure of an organisation or a region, as published.

    ``value`` is in ``unit``; ``step`` is the unit of the last digit that was
    printed (100000 for £13.7 million, 1 for 118), in a round number of its last
    digit that is not zero (1000 for over 3,000). A figure published only in
    words (more than a third) has no value: its qualifier says it all.
    ``period_from`` and ``period_to`` are inclusive; ``as_at`` is the day on
    which the figure was true or was taken from a database. ``period_words``
    says what dates cannot, such as "last year".
    """

    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="figures"
    )
    region = models.ForeignKey("forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="figures")
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=10, choices=Unit)
    qualifier = models.CharField(max_length=20, choices=Qualifier, default=Qualifier.EXACTLY)
    step = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    period_words = models.CharField(max_length=120, blank=True)
    as_at = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=12, choices=SaidBy)
    finding = models.ForeignKey(
        "inspections.Finding",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="figures",
        help_text="The finding that the figure stands beside.",
    )
    note = models.TextField(blank=True, help_text="What the figure covers, in our own words.")
    folded = FoldedText("note")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["measure__order", "measure__name", "slug", "pk"]
        constraints = [
            about_one("figure_of_region_or_organisation"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, step__isnull=True, qualifier__in=WITHOUT_NUMBER)
                | Q(value__isnull=False, step__gt=0) & ~Q(qualifier__in=WITHOUT_NUMBER),
                name="figure_has_value_or_words",
                violation_error_message="Give a value and its step, or a qualifier that says it all in words.",
            ),
            in_order("period_from", "period_to", "figure_period_in_order"),
            models.CheckConstraint(
                condition=~Q(unit=Unit.PERCENT) | Q(value__isnull=True) | Q(value__gte=0, value__lte=100),
                name="figure_percent_within_bounds",
                violation_error_message="A percent lies between 0 and 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.organisation or self.region}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("inspections:figure", args=[self.slug])

    @property
    def about(self) -> models.Model:
        """The organisation or the region it speaks of."""
        return self.organisation or self.region
