"""Published figures."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from inspections.choices import (
    SaidBy,
    Unit,
)
from inspections.filters.shared import (
    NAMES,
    OTHER_NAMES,
    InspectionsFilter,
    OrganisationsFilter,
    RegionsFilter,
    SourcesFilter,
)
from inspections.models import (
    Measure,
    PublishedFigure,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet


class MeasureGroupsFilter(SlugsFilter):
    """Figures whose measure stands in one of the groups; a group's slug is made of its name."""

    def __init__(self) -> None:
        super().__init__("measure__group", records=Measure.objects.visible_to, label="Group of measures")

    def choices(self, user: Any) -> list[tuple[str, str]]:
        groups = dict.fromkeys(self.records(user).order_by("order", "name").values_list("group", flat=True))
        return [(slugify(group), group) for group in groups]

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        names = dict(self.field.choices)
        return qs.filter(measure__group__in=[names[slug] for slug in value]) if value else qs


class FigureWordsFilter(WordsFilter):
    """Words, or a figure's number however it is written: £13,700,000, 84% or 373."""

    def anywhere(self, word: str) -> Q:
        in_words = super().anywhere(word)
        try:
            value = Decimal(word.strip("£%").replace(",", ""))
        except InvalidOperation:
            return in_words
        return in_words | Q(value=value) if value.is_finite() and abs(value) < 10**14 else in_words


class FigureFilter(StrictFilterSet):
    q = FigureWordsFilter(fields=("measure__folded", "folded", *NAMES), elsewhere=OTHER_NAMES, label="Words")
    group = MeasureGroupsFilter()
    measure = SlugsFilter("measure__slug", records=Measure.objects.visible_to, label="Measure")
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    said_by = ChoicesFilter(choices=SaidBy.choices, label="Whose figure")
    unit = ChoicesFilter(choices=Unit.choices, label="Unit")
    source = SourcesFilter(hidden=False)
    inspection = InspectionsFilter("finding__inspection__slug")

    class Meta:
        model = PublishedFigure
        fields = ()
