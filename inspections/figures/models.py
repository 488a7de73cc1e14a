"""Published figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Self, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from forces.models import Organisation, Region
from inspections.choices import Comparison, SaidBy, UnitKind
from inspections.sources.models import HasPage, OnceOutQuerySet, Sourced
from inspections.vocabularies.models import Qualifier, Unit, exact
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet, days_in_order
from soc_tracker.core.records.words import WordField
from soc_tracker.core.text.days import Precision, in_words, to_words
from soc_tracker.core.text.normal import FoldedText


class FigureQuerySet(OnceOutQuerySet):
    def by_measure(self) -> Self:
        """In the order of their measures, those of one measure by their day, the undated first."""
        return self.order_by("measure__order", "measure__name", F("as_at").asc(nulls_first=True), "slug", "pk")


class Measure(Tracked):
    """What a figure measures, such as lead disruptions. ``group`` is the heading under which it is listed."""

    reached_by = PUBLISHED
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


@dataclass(frozen=True)
class Country:
    """What a national figure is about; its page is the list of them."""

    name: str = "England and Wales"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('inspections:figure_list')}?national=yes"


VALUE_OR_WORDS = "Give a value and its step, or a qualifier that says it all in words."


class PublishedFigure(HasPage, Sourced):
    """A figure of an organisation or a region, as published.

    ``value`` is in ``unit``; ``step`` is the unit of the last digit that was
    printed (100000 for £13.7 million, 1 for 118), in a round number of its last
    digit that is not zero (1000 for over 3,000). A figure published only in
    words (more than a third) has no value: its qualifier says it all. A range ends at
    ``value_to``; what is a date stands in ``value_on``, the first day of the span known.
    It is about a body, a region or the whole country (``national``).
    ``period_from`` and ``period_to`` are inclusive; ``as_at`` is the day on
    which the figure was true or was taken from a database. ``period_words``
    says what dates cannot, such as "last year".
    """

    route = "inspections:figure"
    listed_with = ("measure", "organisation", "region", "source")
    cited_as = "figure"
    slug = models.SlugField(max_length=120, unique=True)
    inspection = models.ForeignKey(
        "inspections.Inspection",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="figures",
        help_text="The inspection that published it, where one did: that of its finding.",
    )
    organisation = models.ForeignKey(
        "forces.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="figures"
    )
    region = models.ForeignKey("forces.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="figures")
    national = models.BooleanField(default=False, db_default=False, help_text="Of the whole of England and Wales.")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="figures")
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    unit = WordField(Unit)
    qualifier = WordField(Qualifier, default=exact)
    step = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The unit of the last digit that was printed; left empty, that of the value as entered.",
    )
    value_to = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True, help_text="The upper end, where a range was published."
    )
    value_on = models.DateField(null=True, blank=True, help_text="In place of a value, where the figure is a date.")
    value_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY, db_default=Precision.DAY)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    period_words = models.CharField(max_length=120, blank=True)
    as_at = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=12, choices=SaidBy.words)
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
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, region__isnull=True, national=False)
                | Q(organisation__isnull=True, region__isnull=False, national=False)
                | Q(organisation__isnull=True, region__isnull=True, national=True),
                name="figure_about_one",
                violation_error_message="Choose an organisation, a region or the whole country: one of them.",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, step__isnull=True)
                | Q(value__isnull=False, value_on__isnull=True, step__isnull=False, step__gt=0),
                name="figure_value_has_step",
                violation_error_message=VALUE_OR_WORDS,
            ),
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value__isnull=False, value_to__gt=F("value")),
                name="figure_range_in_order",
                violation_error_message="A range ends above its value.",
            ),
            days_in_order("period_from", "period_to", "figure_period_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.about}"

    @property
    def about(self) -> Organisation | Region | Country:
        """What it speaks of: a body, a region or the whole country."""
        return self.organisation or self.region or Country()


MILLION = Decimal(1_000_000)
# A figure of millions that was printed to the last few pounds reads better in full.
FINEST_STEP_IN_MILLIONS = Decimal(10_000)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def figure_in_words(figure: PublishedFigure) -> str:
    """The figure as published: qualifier, value with no more digits than were printed, unit.

    "118", "over 3,000", "84 percent", "£13.7 million", "more than a third", "10 to 15 percent", "down 5 percent",
    "2015".
    """
    if figure.qualifier.says_all:
        return figure.qualifier.label
    direction = ""
    if figure.value_on:
        words = figure.unit.one.replace("{}", in_words(figure.value_on, figure.value_precision))
    else:
        value, step = cast(Decimal, figure.value), figure.step or Decimal(1)
        if figure.unit.kind == UnitKind.CHANGE and figure.value_to is None:
            value, direction = abs(value), "down " if value < 0 else "up "
        words = _value_in_words(value, step, figure.unit)
        if figure.value_to is not None:
            after = figure.unit.several.partition("{}")[2]  # what stands after both numbers is said once
            words = f"{words.removesuffix(after)} to {_value_in_words(figure.value_to, step, figure.unit)}"
    exact = figure.qualifier.comparison == Comparison.SAME
    return f"{direction}{words}" if exact else f"{direction}{figure.qualifier.label} {words}"


def period_in_words(figure: PublishedFigure) -> str:
    """The period that the figure covers and the day as at which it holds, or "period not stated"."""
    period = figure.period_words or to_words(figure.period_from, figure.period_to)
    as_at = f"as at {in_words(figure.as_at)}" if figure.as_at else ""
    return ", ".join(part for part in (period, as_at) if part) or "period not stated"


def step_in_words(figure: PublishedFigure) -> str:
    """How coarsely it was printed: "the nearest £100,000"; "" for whole units and for figures only in words."""
    if figure.step is None or figure.step == 1:
        return ""
    return f"the nearest {_value_in_words(figure.step, figure.step, figure.unit)}"


def _value_in_words(value: Decimal, step: Decimal, unit: Unit) -> str:
    number = _grouped(value, step)
    if unit.kind == UnitKind.MONEY and value >= MILLION and step >= FINEST_STEP_IN_MILLIONS:
        number = f"{_grouped(value / MILLION, step / MILLION)} million"
    elif unit.kind == UnitKind.YEAR:
        number = str(int(value))
    elif unit.kind == UnitKind.PLACE:  # 1st, 2nd, 3rd, 4th, 11th, 21st
        rank = int(value)
        number = f"{rank}{'th' if rank % 100 in (11, 12, 13) else ENDINGS.get(rank % 10, 'th')}"
    return (unit.one if value == 1 else unit.several).replace("{}", number)


def _grouped(value: Decimal, step: Decimal) -> str:
    """The value with thousands separators and as many decimals as its step has: 13.7 for a step of 0.1."""
    decimals = max(0, -int(Decimal(step).normalize().as_tuple().exponent))
    return f"{value:,.{decimals}f}"
