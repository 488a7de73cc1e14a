"""A disruption with the states that it had, and the named filters of disruptions."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from disruptions.choices import CLOSED_PHASE, EARLIEST, DataKind, FourP, Involvement, Size, ThreatType
from disruptions.extracts.models import Extract
from disruptions.pending.models import OnRecord
from disruptions.standpoint.models import KindQuerySet, known_on
from disruptions.threats.models import CrimeType, Threat
from disruptions.words import models as words_models
from forces.choices import OrganisationKind
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.models import Tracked
from soc_tracker.core.text.days import LAST_DAY
from soc_tracker.core.text.normal import FoldedText, ReferenceKey


class DisruptionQuerySet(KindQuerySet):
    """Disruptions in all their states. Choose ``as_at(day)`` or ``current()`` before showing or counting any."""

    def current(self) -> Self:
        """The record as it is now, with what has been withdrawn."""
        return self.filter(state_of__isnull=True)

    def as_at(self, day: date) -> Self:
        """What the record said on the day: at most one state a disruption.

        Nothing is added before it happened, so the bound on the activity date
        leaves nothing out; it lets an index that is in that order start there.
        """
        return self.filter(known_on(day, "known_from", "known_to"), activity_date__lte=day)

    def after_closure(self, sight: Sight) -> Self:
        """Disruptions whose threat, one in sight, had been closed by the day before: on the very day, they may be what
        closed it.

        A threat has one state on any day, so none is found twice.
        """
        rows = self if sight.everything else self.filter(threat__organisation__in=sight.bodies)
        return rows.filter(
            Q(threat__states__valid_to__isnull=True) | Q(threat__states__valid_to__gte=F("activity_date")),
            threat__states__phase__icontains=CLOSED_PHASE,
            threat__states__valid_from__lt=F("activity_date"),
        )

    def mentioning(self, words: str) -> Self:
        """Every word occurs in the reference or the summary, in capitals or not."""
        return words_models.matching(self, words)

    def for_list(self) -> Self:
        return self.select_related("organisation", "threat", "crime_type")


# Disruptions, with what the record said of each on any earlier day.


class Disruption(Tracked):
    """What the record says, or once said, of an event after which a SOC threat cannot work as before.

    ``activity_date`` is when it happened, ``added_date`` when it reached the
    database. A row is true of the record from ``known_from`` until the day
    before ``known_to``. The row as it is now keeps its key for good; a
    correction stores a copy of what stood before, whose ``state_of`` is that row.
    A row as it is now with a ``known_to`` is withdrawn from that day on.

    ``threat_type`` is the threat's type when the row became known, and
    ``organisation_kind`` a copy, for the constraint that police forces do not support.
    ``extract`` and ``extract_line`` say where its values come from. What stands of days that cannot be, from before
    that was refused, can be withdrawn or corrected.
    """

    reached_by = "organisation"
    reference = models.CharField(max_length=40)
    kind_of_data = models.CharField(max_length=12, choices=DataKind.words, default=DataKind.RECORDED)
    threat = models.ForeignKey(Threat, on_delete=models.PROTECT, related_name="disruptions", db_index=False)
    threat_type = models.CharField(max_length=3, choices=ThreatType.words, editable=False)
    organisation = models.ForeignKey(
        "forces.Organisation", on_delete=models.PROTECT, related_name="disruptions", db_index=False
    )
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.words, editable=False)
    involvement = models.CharField(max_length=7, choices=Involvement.words)
    supported = models.ForeignKey(
        "forces.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="support_received",
        db_index=False,
        help_text="For whom a support disruption was carried out, where that is known.",
    )
    four_p = models.CharField("4P", max_length=7, choices=FourP.words)
    size = models.CharField(max_length=12, choices=Size.words, default=Size.NOT_ASSESSED)
    crime_type = models.ForeignKey(
        CrimeType, null=True, blank=True, on_delete=models.PROTECT, related_name="disruptions", db_index=False
    )
    activity_date = models.DateField()
    added_date = models.DateField()
    summary = models.TextField(blank=True)
    known_from = models.DateField(editable=False)
    known_to = models.DateField(null=True, blank=True, editable=False)
    state_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="earlier_states",
        db_index=False,
    )
    extract = models.ForeignKey(
        Extract, null=True, blank=True, on_delete=models.PROTECT, related_name="disruptions", db_index=False
    )
    extract_line = models.PositiveIntegerField(null=True, blank=True)
    folded = FoldedText("reference", "summary")
    reference_key = ReferenceKey()

    objects = OnRecord.from_queryset(DisruptionQuerySet)()

    class Meta:
        ordering = ["-activity_date", "-pk"]
        indexes = [
            models.Index(fields=["kind_of_data", "activity_date", "id"], name="disruption_by_activity"),
            models.Index(fields=["kind_of_data", "added_date", "id"], name="disruption_by_added"),
            models.Index(fields=["organisation", "kind_of_data", "activity_date", "id"], name="disruption_of_body"),
            models.Index(fields=["threat", "activity_date", "id"], name="disruption_of_threat"),
            # Holds all that a count as at a day inside a month reads, so that the rows themselves stay unread.
            models.Index(
                fields=[
                    *("kind_of_data", "known_from"),
                    *("organisation", "four_p", "size", "involvement", "activity_date"),
                ],
                name="disruption_by_known",
            ),
            models.Index(
                fields=["kind_of_data", "known_to"], condition=Q(known_to__isnull=False), name="disruption_ended"
            ),
            models.Index(fields=["state_of"], condition=Q(state_of__isnull=False), name="disruption_earlier"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference_key"],
                condition=Q(state_of__isnull=True),
                name="disruption_key_once",
                violation_error_message="Another disruption has this reference.",
            ),
            models.CheckConstraint(
                condition=Q(known_to__isnull=False) | Q(activity_date__gte=EARLIEST, added_date__lte=LAST_DAY),
                name="disruption_in_the_years",
                violation_error_message="Choose days from 1 January 1990 on.",
            ),
            models.CheckConstraint(
                condition=Q(added_date__gte=F("activity_date")),
                name="disruption_added_after_activity",
                violation_error_message="It was added before it happened.",
            ),
            models.CheckConstraint(condition=Q(known_from__gte=F("added_date")), name="disruption_known_after_added"),
            models.CheckConstraint(
                condition=Q(known_to__isnull=True) | Q(known_to__gt=F("known_from")),
                name="disruption_known_for_a_day",
                violation_error_message="It can be withdrawn from the day after it became known.",
            ),
            models.CheckConstraint(
                condition=Q(state_of__isnull=True) | Q(known_to__isnull=False), name="disruption_earlier_state_ended"
            ),
            models.CheckConstraint(
                condition=Q(involvement=Involvement.LEAD) | ~Q(organisation_kind=OrganisationKind.FORCE),
                name="disruption_forces_do_not_support",
                violation_error_message="Only regional units and national agencies support; a police force leads.",
            ),
            models.CheckConstraint(
                condition=Q(supported__isnull=True) | Q(involvement=Involvement.SUPPORT),
                name="disruption_lead_is_for_nobody_else",
                violation_error_message="A lead disruption is carried out for nobody else.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} of {self.activity_date}"

    def get_absolute_url(self) -> str:
        return reverse("disruptions:disruption", args=[self.reference])

    @property
    def withdrawn_on(self) -> date | None:
        return None if self.state_of_id else self.known_to
