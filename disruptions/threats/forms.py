"""What lists of threats can be narrowed to: the same for page, export and API."""

from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import NumberInput, RadioSelect

from disruptions.choices import AssessmentType, ExtractContents, Moderation, ThreatType, Tier
from disruptions.extracts.models import Extract
from disruptions.standpoint.forms import OrganisationsFilter, RecordFilter, RegionsFilter
from disruptions.threats.models import CrimeType, MorileAssessment, Threat, ThreatState
from disruptions.threats.queries import LACKING, disruptions_known_to, named_only, not_disrupted_since, threats_as_at
from forces.areas.models import LocalPolicingArea
from soc_tracker.core.access.markings import Marking
from soc_tracker.core.lists.filter_fields import ChoicesFilter, OneChoiceFilter, SlugsFilter, WordsFilter
from soc_tracker.core.text.days import in_words, months_before

MASTER, NAMED_ONLY = "master", "named_only"
LISTS = (
    (MASTER, "Master list: tactical, moderated, SOC, tier 1 to 4, not closed"),
    (NAMED_ONLY, "Only named by disruptions"),
)
LACKS = (
    ("owner", "No owner"),
    ("officer", "No lead responsible officer"),
    ("score", "No MoRiLE score"),
    ("tier", "No tier"),
)
MOST_RANKED, USUALLY_RANKED = 200, 25
NEVER = "never"
QUIET = (*((str(months), f"None for {months} months") for months in (3, 6, 12)), (NEVER, "None on record at all"))


class KeysFilter(SlugsFilter):
    """Rows whose related record has one of the given numbers: for records without a slug."""

    def values(self) -> list[tuple[str, str]]:
        return [(str(record.pk), str(record)) for record in self.records(self.parent.user)]


class CrimeTypesFilter(SlugsFilter):
    """By subquery: a join would list a threat once a crime type."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        links = Threat.crime_types.through.objects.filter(crimetype__slug__in=value)
        return qs.filter(pk__in=links.values("threat")) if value else qs


class ThreatsSet(RecordFilter):
    """What every list of threats understands."""

    contents_of_standpoint = ExtractContents.THREATS

    def not_disrupted(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Counted back from the last day that is known of; where nothing is, it can be told of no threat."""
        if self.disruptions_known_to is None:
            return queryset.none()
        if value == NEVER:
            return queryset.filter(last_disruption__isnull=True)
        return not_disrupted_since(months_before(self.disruptions_known_to, int(value)), queryset, self.standpoint)

    @cached_property
    def disruptions_known_to(self) -> date | None:
        """The last day of which disruptions are known; None: none are loaded."""
        return disruptions_known_to(self.standpoint)

    @property
    def about_disruptions(self) -> str:
        """What the reader must know of a list that is narrowed by the last disruption; "" for another list."""
        if not self.given.get("disrupted"):
            return ""
        if self.disruptions_known_to is None:
            return "No disruptions of this kind of data are loaded, so which threats were not disrupted cannot be told."
        known_to = in_words(self.disruptions_known_to)
        return f"Counted back from {known_to}, the last day of which disruptions are known."


class ThreatFilter(ThreatsSet):
    """Threats of which the record said on the day what they were; or, if asked for, those that it only named."""

    list = OneChoiceFilter(
        choices=LISTS,
        label="Which list",
        method="as_it_is",
        empty_label="Every threat on record",
        widget=RadioSelect,
    )
    q = WordsFilter(label="Words in reference or name")
    region = RegionsFilter()
    organisation = OrganisationsFilter()
    type = ChoicesFilter(choices=ThreatType.words, label="Type")
    tier = ChoicesFilter(choices=Tier.choices, label="Tier")
    crime_type = CrimeTypesFilter("crime_types__slug", records=CrimeType.objects.visible_to, label="Crime type")
    phase = OneChoiceFilter(
        choices=[("open", "Not closed"), ("closed", "Closed")],
        label="Phase",
        method=lambda threats, name, value: threats.closed() if value == "closed" else threats.not_closed(),
    )
    marking = ChoicesFilter(choices=Marking.words, label="Marking")
    assessment_type = ChoicesFilter(choices=AssessmentType.words, label="Assessment type")
    moderation = ChoicesFilter(choices=Moderation.words, label="Moderation")
    soc = OneChoiceFilter(
        field_name="is_soc",
        choices=[("yes", "SOC"), ("no", "Not SOC")],
        label="SOC",
        method=lambda threats, name, value: threats.filter(is_soc=value == "yes"),
    )
    area = KeysFilter(
        "area",
        records=lambda user: LocalPolicingArea.objects.visible_to(user).select_related("organisation"),
        label="Local policing area",
    )
    lacking = OneChoiceFilter(
        field_name="lead_responsible_officer",
        choices=LACKS,
        label="Missing",
        method=lambda threats, name, value: threats.filter(LACKING[value]),
        empty_label="Nothing in particular",
    )
    disrupted = OneChoiceFilter(choices=QUIET, label="Last disruption", method="not_disrupted", empty_label="Any")
    extract = KeysFilter(
        "extract",
        records=Extract.objects.visible_to,
        label="Extract",
        hidden=True,
        method=lambda threats, name, keys: threats.filter(  # those that hold anything which came with one of them
            Q(extract__in=keys)
            | Exists(ThreatState.objects.filter(threat=OuterRef("pk"), extract__in=keys))
            | Exists(MorileAssessment.objects.filter(threat=OuterRef("pk"), extract__in=keys))
        ),
    )

    class Meta:
        model = Threat
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        threats = threats_as_at(queryset, self.standpoint)
        which = self.given.get("list")
        if which == NAMED_ONLY:
            return named_only(threats, self.standpoint)
        return threats.on_master_list() if which == MASTER else threats.on_record()


class PriorityFilter(ThreatsSet):
    """Threats to be put in order of score, and how many of them."""

    region = RegionsFilter()
    organisation = OrganisationsFilter()
    type = ChoicesFilter(choices=ThreatType.words, label="Type")
    crime_type = CrimeTypesFilter("crime_types__slug", records=CrimeType.objects.visible_to, label="Crime type")
    marking = ChoicesFilter(choices=Marking.words, label="Marking")
    disrupted = OneChoiceFilter(choices=QUIET, label="Last disruption", method="not_disrupted", empty_label="Any")
    top = django_filters.NumberFilter(
        label=f"How many (at most {MOST_RANKED})",
        method="as_it_is",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_RANKED)],
        widget=NumberInput(attrs={"min": 1, "max": MOST_RANKED}),
        decimal_places=0,
    )

    class Meta:
        model = Threat
        fields = ()

    def standing(self, queryset: Any) -> QuerySet:
        return threats_as_at(queryset, self.standpoint).on_record().not_closed()
