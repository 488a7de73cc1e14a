"""Published documents, the locator that every fact carries, and further documents that speak of the same fact."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self, cast

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from inspections.choices import Licence, Stance
from inspections.vocabularies.models import InspectionStage
from soc_tracker.core.access.models import Sight
from soc_tracker.core.records.models import OWN_RULE, PUBLISHED, Tracked, VisibleQuerySet
from soc_tracker.core.records.words import Word, WordField
from soc_tracker.core.text.days import Precision, in_words
from soc_tracker.core.text.normal import FoldedText


class SourceKind(Word):
    """What a document is. One that is ``first_hand`` speaks before those that only pass its figures on."""

    first_hand = models.BooleanField(
        default=False, help_text="Its figures come before those of documents that repeat them."
    )


class ListedQuerySet(VisibleQuerySet):
    """Rows of models that say what lists of them read: ``listed_with`` names the links, and ``cited_as`` the field of
    citations that lead to such a fact.
    """

    def for_list(self) -> Self:
        """With the records at these links; a fact also with ``sources_differ``: another document says otherwise."""
        links, fact = getattr(self.model, "listed_with", ()), getattr(self.model, "cited_as", "")
        rows = self.select_related(*links) if links else self
        return rows.annotate(sources_differ=differing(fact)) if fact else rows


class OnceOutQuerySet(ListedQuerySet):
    """Rows of inspections. ``visible_to`` gives those of published ones alone, to whoever it may be, so that every
    list, count and file says the same to all; ``open_to`` gives a team those of its own inspections too.
    """

    def seen_by(self, sight: Sight) -> Self:
        return super().seen_by(sight).published()

    def published(self) -> Self:
        model = cast("type[OnceOut]", self.model)
        return self.filter(model.no_draft())

    def open_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.less_drafts(user) if user.has_perm("inspections.work_on_inspection") else self.visible_to(user)  # type: ignore[union-attr]

    def less_drafts(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        model = cast("type[OnceOut]", self.model)
        of_team = reduce(or_, (Q(**{lookup(path, "team__account"): user}) for path in model.belongs_to), Q(pk__in=()))
        return self.filter(model.no_draft() | Q(pk__in=model._base_manager.filter(of_team).values("pk")))


def lookup(path: str, name: str) -> str:
    return f"{path}__{name}" if path else name


class OnceOut(Tracked):
    """A record that nobody but its team sees until its inspection is published.

    ``belongs_to`` are the paths to its inspection, each of which begins with a link that may be empty where the record
    may be of none; "" where it is the inspection.
    """

    reached_by = PUBLISHED
    belongs_to: ClassVar[tuple[str, ...]] = ("inspection",)
    listed_with: ClassVar[tuple[str, ...]] = ()
    cited_as: ClassVar[str] = ""

    class Meta:
        abstract = True

    @classmethod
    def no_draft(cls) -> Q:
        stages, condition = [stage.slug for stage in InspectionStage.rows() if stage.is_published], super().no_draft()
        for path in cls.belongs_to:
            is_out = Q(**{f"{lookup(path, 'stage')}__in": stages})
            first = path.partition("__")[0]
            may_be_of_none = bool(first) and cls._meta.get_field(first).null
            condition &= Q(**{f"{first}__isnull": True}) | is_out if may_be_of_none else is_out
        return condition


class HasPage:
    """A record with a page of its own, whose address is named ``route`` and holds its slug, or its key."""

    route: ClassVar[str]
    pk: Any

    def get_absolute_url(self) -> str:
        return reverse(self.route, args=[getattr(self, "slug", "") or self.pk])


class SourceDocument(HasPage, OnceOut):
    """A document that facts were taken from. ``published_on`` is the first day of the span that is known.

    ``address`` is where it was published, ``archived`` a copy that stays; on ``seen_on`` it was read.
    """

    route = "inspections:source"
    belongs_to = ("inspections",)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, unique=True)
    publisher = models.CharField(max_length=120)
    kind = WordField(SourceKind)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    licence = models.CharField(max_length=20, choices=Licence.words)
    address = models.URLField(max_length=500, blank=True, db_default="", default="")
    archived = models.URLField("archived copy", max_length=500, blank=True, db_default="", default="")
    seen_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    made_here = models.BooleanField(
        default=False, db_default=False, help_text="The report of an inspection that is made here."
    )
    folded = FoldedText("title", "publisher", "note")

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = [models.F("published_on").desc(nulls_last=True), "title", "pk"]

    @classmethod
    def no_draft(cls) -> Q:
        """The report of an inspection comes out with it."""
        stages = [stage.slug for stage in InspectionStage.rows() if stage.is_published]
        inspections: Any = cls._meta.get_field("inspections").related_model
        out = inspections._base_manager.filter(stage__in=stages, source__made_here=True)
        return Q(made_here=False) | Q(id__in=out.values("source"))

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> str:
        """The day of publication in words, with no more than is known."""
        return in_words(self.published_on, self.published_precision) if self.published_on else "date not stated"


class SourceRuns(models.Model):
    """Digests of the runs of words of a document (``soc_tracker.core.text.runs``), so that no fact copies one."""

    reached_by = OWN_RULE
    source = models.OneToOneField(SourceDocument, on_delete=models.CASCADE, related_name="runs")
    digests = models.BinaryField()

    def __str__(self) -> str:
        return f"Runs of words of {self.source}"


def check_source(fact: Any) -> None:
    """Refuse the report of an inspection made here as the source of anything else, for as long as it is not published.

    Raises ValidationError.
    """
    reports = SourceDocument._base_manager.filter(pk=fact.source_id).exclude(SourceDocument.no_draft())
    own = [inspection.pk for inspection in inspections_of(fact)]
    if any(key not in own for key in reports.values_list("inspections", flat=True)):
        raise ValidationError({"source": "This report is not published yet."})


def inspections_of(record: Any) -> list[Any]:
    """The inspections that the record is of."""
    if isinstance(record, SourceDocument):
        return list(record.inspections.all()) if record.made_here else []
    inspections = []
    for path in record.belongs_to:
        holder, *links = record, *filter(None, path.split("__"))
        for link in links:
            holder = getattr(holder, link, None)
        inspections += [holder] if holder else []
    return inspections


class Sourced(OnceOut):
    """A fact from a document, with the place in it: section heading and paragraph.

    Where other documents speak of it too, its ``citations`` say how they put it; the fact stays as its source has it.
    """

    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="%(class)ss")
    locator = models.CharField(
        max_length=250, help_text="Where in the document: the section heading and the paragraph under it."
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        check_source(self)


class PublishedOrRecorded:
    """Of a row that a document says, its ``source``, or that somebody has recorded here."""

    source_id: Any

    @property
    def kind_of_data(self) -> str:
        return "published" if self.source_id else "recorded"


def with_place(name: str) -> models.CheckConstraint:
    """A row that a document may say, or somebody here, names both its source and the place in it, or neither."""
    return models.CheckConstraint(
        condition=Q(source__isnull=True, locator="") | Q(source__isnull=False) & ~Q(locator=""),
        name=name,
        violation_error_message="Give a source and the place in it, or neither.",
    )


FACTS = ("inspection", "grading", "finding", "recommendation", "figure", "monitoring", "size")
"""What a citation may be about: the fields that lead to it, of which it has one."""


def link_to(fact: str) -> Any:
    return models.ForeignKey(fact, null=True, blank=True, on_delete=models.CASCADE, related_name="citations")


class Citation(OnceOut):
    """Another document that speaks of a fact: where, in which words, and whether it says the same."""

    belongs_to = (
        *("inspection", "grading__inspection", "finding__inspection"),
        *("recommendation__finding__inspection", "figure__inspection"),
    )
    inspection = link_to("inspections.Inspection")
    grading = link_to("inspections.Grading")
    finding = link_to("inspections.Finding")
    recommendation = link_to("inspections.Recommendation")
    figure = link_to("inspections.PublishedFigure")
    monitoring = link_to("inspections.MonitoringPeriod")
    size = link_to("forces.BodySize")
    stance = models.CharField(max_length=12, choices=Stance.words, default=Stance.CONFIRMS)
    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="citations")
    locator = models.CharField(max_length=250, help_text="Where in the document.")
    wording = models.TextField(
        blank=True, help_text="How this document puts it, such as another number; in our own words where it is long."
    )

    objects = OnceOutQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{name}__isnull": name != fact for name in FACTS}) for fact in FACTS)),
                name="citation_about_one_fact",
                violation_error_message="A citation is about one fact.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.locator}"

    def clean(self) -> None:
        check_source(self)

    @property
    def tag(self) -> str:
        return Stance(self.stance).tag

    @property
    def fact(self) -> Any:
        """What it is about; None before that is chosen."""
        return next((fact for name in FACTS if (fact := getattr(self, name)) is not None), None)

    @property
    def in_words(self) -> str:
        """ "Says otherwise: A report, page 3: about 2,900"."""
        place = f"{self.get_stance_display()}: {self.source.title}, {self.locator}"
        return f"{place}: {self.wording}" if self.wording else place


def differing(fact: str) -> Exists:
    """Whether another document says otherwise of the facts that a query reads: ``fact`` is one of ``FACTS``."""
    return Exists(Citation.objects.filter(**{fact: OuterRef("pk"), "stance": Stance.CONTRADICTS}))
