"""The list of published figures and the page of one."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from inspections.choices import SaidBy
from inspections.figures.models import Measure, PublishedFigure, figure_in_words, period_in_words, step_in_words
from inspections.pages import (
    ABOUT,
    ABOUT_KIND,
    CITATIONS,
    LOCATOR,
    NAMES,
    OTHER_NAMES,
    SOURCE,
    SOURCES_DIFFER,
    InspectionsFilter,
    OrganisationsFilter,
    PublishedList,
    RegionsFilter,
    SourcesFilter,
    address_of,
    marked,
    stated,
)
from inspections.queries import list_changes, list_same_measure
from inspections.vocabularies.models import Unit
from inspections.work.queries import is_own_work
from soc_tracker.core.lists.columns import Column, as_given, as_printed, pick
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter, SlugsFilter, WordsFilter
from soc_tracker.core.lists.filters import StrictFilterSet
from soc_tracker.core.records.pages import DetailPage

FIGURE_COLUMNS = (
    Column("measure", "Measure", lambda figure: figure.measure.name, sort=("measure__name", "slug")),
    marked(Column("figure", "As published", figure_in_words, address_of, api=())),
    replace(ABOUT, sort=("organisation__name", "region__name", "slug")),
    ABOUT_KIND,
    Column("national", "National", lambda figure: figure.national),
    Column("period", "Period", period_in_words, api=("period_words",)),
    Column("said_by", "Whose figure", lambda figure: figure.get_said_by_display(), wide_only=True),
    Column("group", "Group of measures", lambda figure: figure.measure.group, api=()),
    Column("qualifier", "Qualifier", lambda figure: figure.qualifier.label),
    Column("value", "Value", lambda figure: as_printed(figure.value, figure.step), numeric=True),
    Column("value_to", "To (of a range)", lambda figure: as_printed(figure.value_to, figure.step), numeric=True),
    Column("value_on", "Date (first day of the span known)", lambda figure: figure.value_on),
    Column(
        "value_precision",
        "Precision of the date",
        lambda figure: figure.get_value_precision_display() if figure.value_on else "",
    ),
    Column("unit", "Unit", lambda figure: figure.unit.label),
    Column("step", "Unit of the last digit printed", lambda figure: as_given(figure.step), numeric=True),
    Column("period_from", "From", lambda figure: figure.period_from),
    Column("period_to", "To", lambda figure: figure.period_to),
    Column("as_at", "As at", lambda figure: figure.as_at),
    Column("note", "What it covers", lambda figure: figure.note, wide_only=True),
    SOURCE,
    LOCATOR,
    SOURCES_DIFFER,
    CITATIONS,
    Column("slug", "Slug", lambda figure: figure.slug),
)


FIGURES_ON_PAGES = pick(FIGURE_COLUMNS, "measure", "figure", "about", "period", "note")


class MeasureGroupsFilter(SlugsFilter):
    """Figures whose measure stands in one of the groups; a group's slug is made of its name."""

    def values(self) -> list[tuple[str, str]]:
        measures = self.records(self.parent.user).order_by("order", "name")
        groups = dict.fromkeys(measures.values_list("group", flat=True))
        return [(slugify(group), group) for group in groups]

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        names = dict(self.extra["choices"])
        return qs.filter(measure__group__in=[names[slug] for slug in value]) if value else qs


class FigureWordsFilter(WordsFilter):
    """Words, or a figure's number however it is written: £13,700,000, 84% or 373."""

    def anywhere(self, word: str, user: Any = None) -> Q:
        in_words = super().anywhere(word, user)
        try:
            value = Decimal(word.strip("£%").replace(",", ""))
        except InvalidOperation:
            return in_words
        return in_words | Q(value=value) if value.is_finite() and abs(value) < 10**14 else in_words


class FigureFilter(StrictFilterSet):
    q = FigureWordsFilter(fields=("measure__folded", "folded", *NAMES), elsewhere=OTHER_NAMES, label="Words")
    group = MeasureGroupsFilter("measure__group", records=Measure.objects.visible_to, label="Group of measures")
    measure = SlugsFilter("measure__slug", records=Measure.objects.visible_to, label="Measure")
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    national = OneChoiceFilter(
        choices=(("yes", "England and Wales"),),
        empty_label="All figures",
        label="National",
        method=lambda rows, name, value: rows.filter(national=True),
    )
    said_by = ChoicesFilter(choices=SaidBy.choices, label="Whose figure")
    unit = ChoicesFilter(choices=Unit.words, label="Unit")
    source = SourcesFilter(hidden=False)
    inspection = InspectionsFilter("finding__inspection__slug")

    class Meta:
        model = PublishedFigure
        fields = ()


class FigureList(PublishedList):
    """In its usual order, under the groups of the measures."""

    title = "Published figures"
    template_name = "inspections/figure_list.html"
    filterset_class = FigureFilter
    columns = FIGURE_COLUMNS
    on_page = ("measure", "figure", "about", "period", "note")
    order = ("measure__order", "measure__name", "slug")
    page_size = 200

    def context(self) -> dict[str, Any]:
        return super().context() | {"in_groups": not self.request.GET.get("sort")}


class FigurePage(DetailPage):
    permission = "inspections.read_published"
    model = PublishedFigure
    parents = (("Figures", "inspections:figure_list"),)
    template_name = "inspections/figure_detail.html"
    context_object_name = "figure"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("finding", "inspection")

    def facts(self) -> dict[str, Any]:
        figure = self.object
        beside = [("Stands beside", figure.finding.title, address_of(figure.finding))] if figure.finding else []
        return {
            "words": figure_in_words(figure),
            "summary": [
                ("About", figure.about.name, address_of(figure.about)),
                ("Period", period_in_words(figure)),
                ("Whose figure", figure.get_said_by_display()),
                *stated("Printed to", step_in_words(figure)),
                *stated("Measure", figure.measure.description),
                *beside,
            ],
            "changes": list_changes(figure),
            "is_own_work": bool(figure.inspection) and is_own_work(self.request.user, figure.inspection),
            "others": list_same_measure(self.request.user, figure),
            "figure_columns": pick(FIGURE_COLUMNS, "about", "figure", "period", "note"),
        }
