"""Threats with their states, scores and crime types, and their named filters."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse

from disruptions.choices import CLOSED_PHASE, AssessmentType, DataKind, Moderation, ThreatType, Tier
from disruptions.extracts.models import Extract
from disruptions.pending.models import OnRecord
from disruptions.standpoint.models import KindQuerySet, known_on
from soc_tracker.core.access.markings import marking_field
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.text.normal import FoldedText, ReferenceKey, key_once

CLOSED = Q(phase__icontains=CLOSED_PHASE)


def on_master_list() -> Q:
    """The inspectorate's filter: tactical, moderated, SOC, tier 1 to 4, phase not closed.

    For states, and for threats with what they were on a day. A state without a
    tier is not known to be other than tier 5, and stays out.
    """
    return ~CLOSED & Q(
        assessment_type=AssessmentType.TACTICAL,
        moderation=Moderation.MODERATED,
        is_soc=True,
        tier__lt=Tier.FIVE,
    )


class ThreatQuerySet(KindQuerySet):
    def as_at(self, day: date) -> Self:
        """Threats with what each was on the day, in ``type``, ``tier`` and so on: None in all where nothing says so."""
        standing = FilteredRelation("states", condition=known_on(day, "states__valid_from", "states__valid_to"))
        own = {field.name for field in self.model._meta.concrete_fields} | {"threat"}
        names = [field.name for field in ThreatState._meta.concrete_fields if field.name not in own]
        return self.annotate(standing=standing).annotate(**{name: F(f"standing__{name}") for name in names})

    def on_record(self) -> Self:
        """Of threats as at a day: those of which the record said what they were."""
        return self.filter(valid_from__isnull=False)

    def on_master_list(self) -> Self:
        """Of threats as at a day."""
        return self.filter(on_master_list())

    def closed(self) -> Self:
        """Of threats as at a day, those whose phase says so."""
        return self.filter(CLOSED)

    def not_closed(self) -> Self:
        return self.exclude(CLOSED)

    def for_list(self) -> Self:
        return self.select_related("organisation", "area").prefetch_related("crime_types")


class StateQuerySet(VisibleQuerySet):
    def as_at(self, day: date) -> Self:
        """What each threat was on the day: at most one state a threat."""
        return self.filter(known_on(day, "valid_from", "valid_to"))


# What kind of crime a threat is about.


class CrimeType(Tracked):
    """A crime type as the national database names it, such as drugs supply or county lines.

    ``extract`` is the one that brought it; none where somebody entered it.
    """

    reached_by = PUBLISHED
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    extract = models.ForeignKey(
        Extract, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="crime_types"
    )

    objects = OnRecord.from_queryset(VisibleQuerySet)()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


# SOC threats: what each was on any day, and how it was scored.


class Threat(Tracked):
    """An organised crime group, a priority individual or a vulnerability that somebody must manage.

    ``first_type`` is what it was called when it first appeared; what it is on
    a day stands in its states. One that only a disruption named has no state
    and no owner: it is on no day's master list.
    """

    reached_by = "organisation"
    reference = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150, blank=True)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    first_type = models.CharField(max_length=3, choices=ThreatType.words)
    organisation = models.ForeignKey(
        "forces.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="threats",
        help_text="The body that owns it.",
    )
    crime_types = models.ManyToManyField(CrimeType, blank=True, related_name="threats")
    _history_m2m_fields = [crime_types]
    area = models.ForeignKey(
        "forces.LocalPolicingArea", null=True, blank=True, on_delete=models.PROTECT, related_name="threats"
    )
    lead_responsible_officer = models.CharField(max_length=120, blank=True, help_text="As the record names them.")
    marking = marking_field()
    extract = models.ForeignKey(Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="threats")
    extract_line = models.PositiveIntegerField(null=True, blank=True)
    folded = FoldedText("reference", "name")
    reference_key = ReferenceKey()

    objects = OnRecord.from_queryset(ThreatQuerySet)()

    class Meta:
        ordering = ["reference", "pk"]
        # In the order of their list: by the kind alone a database would find them all, and sort them.
        indexes = [models.Index(fields=["kind_of_data", "reference"], name="threat_of_kind")]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="threat_has_a_reference"),
            key_once("threat_key_once", "Another threat has this reference."),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("disruptions:threat", args=[self.reference])

    @property
    def is_sensitive(self) -> bool:
        """Whether it is, or began as, one person: who reads its page stands on the trail."""
        return ThreatType.PRIORITY_INDIVIDUAL in (self.first_type, getattr(self, "type", None))


class ThreatState(Tracked):
    """What a threat was from ``valid_from`` until the day before ``valid_to``, when its next state begins.

    ``phase`` is as the national database words it. ``tier`` is empty where none was given.
    """

    reached_by = "threat__organisation"
    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="states")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, editable=False)
    type = models.CharField(max_length=3, choices=ThreatType.words)
    tier = models.PositiveSmallIntegerField(choices=Tier, null=True, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    assessment_type = models.CharField(max_length=10, choices=AssessmentType.words)
    moderation = models.CharField(max_length=15, choices=Moderation.words)
    is_soc = models.BooleanField("SOC", default=True)
    extract = models.ForeignKey(Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="states")

    objects = StateQuerySet.as_manager()

    class Meta:
        ordering = ["threat", "-valid_from", "-pk"]
        # States as at a day are counted without a look at their rows.
        indexes = [models.Index(fields=["valid_from", "valid_to", "threat"], name="threat_state_on_a_day")]
        constraints = [
            models.UniqueConstraint(fields=["threat", "valid_from"], name="threat_one_state_a_day"),
            models.UniqueConstraint(
                fields=["threat"], condition=Q(valid_to__isnull=True), name="threat_one_present_state"
            ),
            models.CheckConstraint(condition=Q(tier__isnull=True) | Q(tier__gte=1, tier__lte=5), name="threat_tier"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="threat_state_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threat.reference}: {self.get_type_display()} from {self.valid_from}"


def score(words: str = "") -> models.DecimalField:
    """A score as the assessor gave it; null is not given."""
    return models.DecimalField(words or None, max_digits=9, decimal_places=2, null=True, blank=True)


class MorileAssessment(Tracked):
    """The scores of one MoRiLE assessment as given: the public text has no formula, so none is computed here."""

    reached_by = "threat__organisation"
    threat = models.ForeignKey(Threat, on_delete=models.CASCADE, related_name="assessments")
    assessed_on = models.DateField()
    physical = score("physical harm")
    psychological = score("psychological harm")
    financial = score("financial harm")
    community = score("community harm")
    geographic_scope = score()
    likelihood = score()
    organisational_position = score()
    confidence = score()
    total = score("total score")
    assessor = models.CharField(max_length=120, blank=True)
    moderated_on = models.DateField(null=True, blank=True)
    extract = models.ForeignKey(Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["threat", "-assessed_on", "-pk"]
        verbose_name = "MoRiLE assessment"
        indexes = [models.Index(fields=["total"], name="morile_by_total")]
        constraints = [
            models.UniqueConstraint(fields=["threat", "assessed_on"], name="morile_one_assessment_a_day"),
            models.CheckConstraint(
                condition=Q(moderated_on__isnull=True) | Q(moderated_on__gte=F("assessed_on")),
                name="morile_moderated_after_assessed",
                violation_error_message="It was moderated before it was assessed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threat.reference}: MoRiLE assessment of {self.assessed_on}"
