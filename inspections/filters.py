"""What lists of inspections and their facts can be narrowed to: the same for page, export and API."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from forces.filters import other_names
from forces.models import Membership, Organisation, Region
from inspections.choices import (
    DocumentKind,
    FindingKind,
    FindingStatus,
    Grade,
    GradeScale,
    Licence,
    QuestionTheme,
    RecommendationStatus,
    SaidBy,
    Section,
    Tone,
    Unit,
)
from inspections.models import (
    Finding,
    Grading,
    Inspection,
    Measure,
    Programme,
    PublishedFigure,
    Question,
    Recommendation,
    SourceDocument,
    Topic,
)
from soc_tracker.lib.filter_fields import ChoicesFilter, DayFilter, Elsewhere, OneChoiceFilter, SlugsFilter, WordsFilter
from soc_tracker.lib.filters import StrictFilterSet

# Whose fact it is: words typed to find a fact often name its body, by whichever of its names.
NAMES, OTHER_NAMES = ("organisation__folded", "region__folded"), (other_names("organisation"),)


class OrganisationsFilter(SlugsFilter):
    def __init__(self, field_name: str = "organisation__slug", **kwargs: Any) -> None:
        super().__init__(field_name, records=Organisation.objects.visible_to, label="Organisation", **kwargs)


class RegionsFilter(SlugsFilter):
    """Rows about an organisation that belongs to one of the regions today, or about a region itself.

    ``organisation`` and ``region`` are the paths to them; a row may lack the second.
    """

    def __init__(self, organisation: str = "organisation", region: str = "region", **kwargs: Any) -> None:
        self.organisation, self.region = organisation, region
        super().__init__(f"{organisation}__regions__slug", records=Region.objects.visible_to, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        members = Membership.objects.valid_on(self.parent.today).filter(region__slug__in=value)
        within = Q(**{f"{self.organisation}__in": members.values("organisation")})
        return qs.filter(within | Q(**{f"{self.region}__slug__in": value}) if self.region else within)


class ProgrammesFilter(SlugsFilter):
    def __init__(self, field_name: str = "inspection__programme__slug") -> None:
        super().__init__(field_name, records=Programme.objects.visible_to, label="Programme")


class InspectionsFilter(SlugsFilter):
    """Set by links from an inspection's page."""

    def __init__(self, field_name: str = "inspection__slug") -> None:
        records = Inspection.objects.visible_to
        super().__init__(field_name, records=records, words="title", label="Inspection", hidden=True)


class SourcesFilter(SlugsFilter):
    """Set by links from a source's page, unless shown."""

    def __init__(self, *, hidden: bool = True) -> None:
        records = SourceDocument.objects.visible_to
        super().__init__("source__slug", records=records, words="title", label="Source", hidden=hidden)


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


class ProgrammeFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "folded_note"), label="Words")
    scale = ChoicesFilter(choices=GradeScale.choices, label="Grade scale")

    class Meta:
        model = Programme
        fields = ()


class InspectionFilter(StrictFilterSet):
    q = WordsFilter(fields=("folded", "programme__folded", *NAMES), elsewhere=OTHER_NAMES, label="Words")
    programme = ProgrammesFilter("programme__slug")
    organisation = OrganisationsFilter(method="inspected")
    region = RegionsFilter(label="Region")
    source = SourcesFilter()

    class Meta:
        model = Inspection
        fields = ()

    def inspected(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """Inspections of one of the organisations, alone or with its region."""
        graded = Grading.objects.filter(organisation__slug__in=slugs)
        return queryset.filter(Q(organisation__slug__in=slugs) | Q(pk__in=graded.values("inspection")))


class GradingFilter(StrictFilterSet):
    grade = ChoicesFilter(choices=Grade.choices, label="Grade")
    theme = ChoicesFilter("question__theme", choices=QuestionTheme.choices, label="About")
    programme = ProgrammesFilter()
    organisation = OrganisationsFilter()
    region = RegionsFilter(region="", label="Region")
    scale = ChoicesFilter(choices=GradeScale.choices, label="Grade scale")
    question = SlugsFilter(
        "question__slug", records=Question.objects.visible_to, words="text", label="Question", hidden=True
    )
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Grading
        fields = ()


class FindingFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", *NAMES),
        elsewhere=(*OTHER_NAMES, Elsewhere("Topic", "pk", Finding.topics.through, "finding", "topic__folded")),
        label="Words",
    )
    kind = ChoicesFilter(choices=FindingKind.choices, label="Kind")
    tone = ChoicesFilter(choices=Tone.choices, label="Tone")
    topic = SlugsFilter("topics__slug", records=Topic.objects.visible_to, label="Topic", method="on_one_of_the_topics")
    organisation = OrganisationsFilter()
    region = RegionsFilter(label="Region")
    about = OneChoiceFilter(
        field_name="region",
        choices=[("region", "Regions as a whole"), ("organisation", "Single bodies")],
        label="About",
        method="about_a",
    )
    programme = ProgrammesFilter()
    section = ChoicesFilter(choices=Section.choices, label="Section of the report")
    status = ChoicesFilter(choices=FindingStatus.choices, label="Status")
    inspection = InspectionsFilter()
    source = SourcesFilter()

    class Meta:
        model = Finding
        fields = ()

    def about_a(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(region__isnull=value != "region")

    def on_one_of_the_topics(self, queryset: QuerySet, name: str, slugs: list[str]) -> QuerySet:
        """By subquery: a join would list a finding once a topic."""
        about = Finding.topics.through.objects.filter(topic__slug__in=slugs)
        return queryset.filter(pk__in=about.values("finding"))


class RecommendationFilter(StrictFilterSet):
    q = WordsFilter(
        fields=("folded", "finding__folded", "addressed_to__folded"),
        elsewhere=(other_names("addressed_to"),),
        label="Words",
    )
    status = ChoicesFilter(choices=RecommendationStatus.choices, label="Status")
    overdue = OneChoiceFilter(
        field_name="due_on", choices=[("yes", "Only overdue")], label="Overdue", method="only_overdue"
    )
    due_within = OneChoiceFilter(
        field_name="due_on",
        choices=[(str(days), f"The next {days} days, not closed") for days in (30, 90, 365)],
        label="Due within",
        method="only_due_within",
        empty_label="Any time",
    )
    due_from = DayFilter(field_name="due_on", label="Due from", method="only_due_from")
    due_to = DayFilter(field_name="due_on", label="Due to (that day included)", method="only_due_to")
    organisation = OrganisationsFilter("addressed_to__slug")
    region = RegionsFilter(organisation="addressed_to", region="finding__region", label="Region")
    programme = ProgrammesFilter("finding__inspection__programme__slug")
    inspection = InspectionsFilter("finding__inspection__slug")
    source = SourcesFilter()

    class Meta:
        model = Recommendation
        fields = ()

    def only_overdue(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.overdue(self.today)

    def only_due_within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        last = self.today + timedelta(days=int(value))
        return queryset.not_closed().due_from(self.today).due_to(last)

    def only_due_from(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.due_from(value)

    def only_due_to(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        return queryset.due_to(value)


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


class SourceFilter(StrictFilterSet):
    q = WordsFilter(label="Words")
    kind = ChoicesFilter(choices=DocumentKind.choices, label="Kind of document")
    licence = ChoicesFilter(choices=Licence.choices, label="Licence")

    class Meta:
        model = SourceDocument
        fields = ()
