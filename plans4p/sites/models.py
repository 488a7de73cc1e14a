"""Clear, Hold, Build sites and their phases."""

from datetime import date

from django.db import models
from django.urls import reverse

from disruptions.choices import DataKind
from disruptions.standpoint.models import KindQuerySet
from plans4p.choices import Phase, PhaseState
from plans4p.partners.models import Partner
from soc_tracker.core.records.models import Tracked, VisibleQuerySet, days_in_order
from soc_tracker.core.text.days import in_words
from soc_tracker.core.text.normal import FoldedText


class Site(Tracked):
    """A place that police, partners and residents take back from organised crime."""

    place = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    organisation = models.ForeignKey("forces.Organisation", on_delete=models.PROTECT, related_name="sites")
    partners = models.ManyToManyField(Partner, blank=True, related_name="sites")
    measures = models.TextField("how success is measured", blank=True)
    evaluation = models.TextField(blank=True)
    folded = FoldedText("place", "measures", "evaluation")

    reached_by = "organisation"
    objects = KindQuerySet.as_manager()
    _history_m2m_fields = [partners]

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = "Clear, Hold, Build site"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "place"],
                name="site_once_per_body",
                violation_error_message="This body has a site at this place already.",
            )
        ]

    def __str__(self) -> str:
        return self.place

    def get_absolute_url(self) -> str:
        return reverse("plans4p:site", args=[self.slug])


class SitePhase(Tracked):
    """When a phase of a site began, and when it ended. An empty end is not ended."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(max_length=5, choices=Phase.words)
    starts_on = models.DateField("began on")
    ends_on = models.DateField("ended on", null=True, blank=True)

    reached_by = "site__organisation"
    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ["site", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "phase", "starts_on"], name="site_phase_once"),
            days_in_order("starts_on", "ends_on", "site_phase_in_order"),
        ]

    def state_on(self, day: date) -> PhaseState:
        if self.starts_on > day:
            return PhaseState.TO_COME
        return PhaseState.OVER if self.ends_on and self.ends_on < day else PhaseState.UNDER_WAY

    def __str__(self) -> str:
        return f"{self.get_phase_display()} from {in_words(self.starts_on)}"
