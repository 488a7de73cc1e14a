"""The vocabularies of inspections whose words are rows."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from inspections.choices import Colour, Comparison, UnitKind
from soc_tracker.core.records.models import days_in_order
from soc_tracker.core.records.words import Word, WordField


class Coloured(Word):
    """A word that stands in a tag of its colour."""

    colour = models.CharField(max_length=10, choices=Colour.words, default=Colour.GREY)

    class Meta(Word.Meta):
        abstract = True


class Grade(Coloured):
    """What an inspection says of a body on a question, from best to worst. No row at all means that there is no data.

    ``is_judgement`` tells those that judge the body, which are on a scale; the others say why there is no judgement,
    and every scale takes them.
    """

    is_judgement = models.BooleanField(default=True, help_text="It judges the body; else it says why nothing does.")


class GradeScale(Word):
    """The ``grades`` that programmes award, and since when. Grades of two scales are not compared, unless one of the
    scales is declared comparable with the other, or both with a third.
    """

    grades = models.ManyToManyField(Grade, blank=True, related_name="scales", limit_choices_to={"is_judgement": True})
    _history_m2m_fields = [grades]
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    comparable_with = WordField(
        "self",
        null=True,
        blank=True,
        related_name="+",
        help_text="The scale whose grades mean the same, step by step, as those of this one.",
    )

    class Meta(Word.Meta):
        constraints = [days_in_order("valid_from", "valid_to", "grade_scale_days_in_order")]

    @property
    def family(self) -> str:
        """The same for scales that are comparable with one another."""
        return self.comparable_with_id or self.slug

    @property
    def allowed(self) -> list[Grade]:
        """What may be given on it: its grades, and what says why there is none."""
        grades = self.grades.all()
        return [grade for grade in Grade.rows() if grade in grades or not grade.is_judgement]

    @property
    def in_words(self) -> str:
        """Its label and its judgements, from best to worst."""
        judgements = [grade.label.lower() for grade in self.grades.all()]
        return f"{self.label}: {', '.join(judgements)}." if judgements else f"{self.label}."

    @property
    def not_comparable_with(self) -> list["GradeScale"]:
        """The other scales with grades that cannot be set beside its own."""
        return [scale for scale in GradeScale.rows() if scale.family != self.family and scale.grades.all()]


class FindingKind(Coloured):
    """The kinds of finding that a report sets apart (``is_set_apart``), and what it says under its other headings.

    The smaller its ``order``, the sooner a finding is read. ``must_be_followed_up`` tells what a body has to put right,
    ``is_concern`` what always carries a recommendation, ``is_practice`` what others may learn from.
    """

    plural = models.CharField(max_length=80, help_text="Of several, in a sentence, such as “causes of concern”.")
    must_be_followed_up = models.BooleanField(default=False, help_text="A body has to put it right.")
    is_concern = models.BooleanField(default=False, help_text="It always carries a recommendation.")
    is_practice = models.BooleanField(default=False, help_text="Others may learn from it.")
    is_set_apart = models.BooleanField(default=True, help_text="Reports set it apart from what they only observe.")


class Section(Word):
    """The part of a report in which a finding stands."""

    of_region = models.BooleanField(default=False, help_text="Findings about a region as a whole stand in it.")


class RequirementStatus(Coloured):
    """Where a requirement stands; it is followed while it ``is_open``.

    One that is not ``is_stated`` says that nothing is known since it was published: a new requirement has it. What is
    recorded here goes on to one of its ``next_steps``, and to no other.
    """

    is_open = models.BooleanField(default=True, help_text="Something still has to be done.")
    is_stated = models.BooleanField(default=True, help_text="It is known; else there is nothing since publication.")
    is_done = models.BooleanField(
        default=False, db_default=False, help_text="It is closed because all was done, not for another reason."
    )
    needs_evidence = models.BooleanField(default=False, help_text="Whoever records it says what shows it.")
    needs_second_person = models.BooleanField(
        default=False, help_text="Somebody records it who did not record the step before."
    )
    next_steps = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="+")
    _history_m2m_fields = [next_steps]

    class Meta(Coloured.Meta):
        verbose_name_plural = "requirement statuses"

    @property
    def allowed(self) -> list["RequirementStatus"]:
        """What a step from it may be recorded as, in order: itself, which only adds a note, and its next steps."""
        next_steps = self.next_steps.all()
        return [each for each in RequirementStatus.rows() if each in next_steps or each == self]


class MonitoringStage(Word):
    """A rung of the ladder by which the inspectorate presses a body ever harder, the lowest first.

    What is not ``is_public``, such as a letter, is seen by those who reach the body.
    ``delay`` is in days: what the body has before the next rung; None where the ladder gives none.
    """

    is_public = models.BooleanField(
        "public", default=True, db_default=True, help_text="Anybody may know that a body stands on it."
    )
    delay = models.PositiveSmallIntegerField(
        "days to the next rung", null=True, blank=True, help_text="Days that a body has before the next rung, if any."
    )


class InspectionStage(Word):
    """How far an inspection has come, in order: from a stage it goes on to the next, or back; none is skipped.

    Until it is at one that ``is_published``, its team alone sees it; at one that is ``checked_by_body``, the bodies see
    what is said of them.
    """

    is_published = models.BooleanField(default=False, help_text="Everybody sees it.")
    checked_by_body = models.BooleanField(default=False, help_text="The bodies check the facts that are about them.")

    @property
    def next_stages(self) -> list["InspectionStage"]:
        """Those to which it may be taken: the next first. What is published stays so."""
        if self.is_published:
            return []
        stages = InspectionStage.rows()
        place = stages.index(self)
        return [*stages[place + 1 : place + 2], *stages[:place]]


def drafting_stage() -> InspectionStage:
    """The stage in which what a report says is written: the last before the bodies check its facts."""
    stages = InspectionStage.rows()
    checked = next((place for place, stage in enumerate(stages) if stage.checked_by_body), 1)
    return stages[max(checked - 1, 0)]


def first_published() -> str | None:
    """The slug of the stage of what was published before it was entered here."""
    return next((word.slug for word in InspectionStage.rows() if word.is_published), None)


def nothing_later() -> str | None:
    """The slug of the status of a requirement of which nothing is known since it was published."""
    return next((word.slug for word in RequirementStatus.rows() if not word.is_stated), None)


def check_fraction(text: str) -> None:
    """A number as 2 or 1/3. Raises ValidationError."""
    try:
        Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise ValidationError(f"“{text}” is no number. Give one as 2, 0.5 or 1/3.") from error


class Qualifier(Word):
    """How exactly a figure was published. One that ``says_all`` has no number beside it: it names ``bound`` itself.

    ``comparison`` tells what it says of the number, so that another can be held against it; "" where nothing does.
    """

    comparison = models.CharField(
        max_length=10,
        blank=True,
        choices=Comparison.words,
        help_text="What a number must be, for the words to be true.",
    )
    says_all = models.BooleanField(default=False, help_text="The words stand alone, such as “more than a third”.")
    bound = models.CharField(
        max_length=20,
        blank=True,
        validators=[check_fraction],
        help_text="The number in words that stand alone, such as 1/3 for “more than a third”.",
    )

    class Meta(Word.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(says_all=True) | Q(bound=""),
                name="qualifier_bound_in_words",
                violation_error_message="Only words that stand alone name a number themselves.",
            ),
        ]


class Unit(Word):
    """What a figure counts in, with how one and how several are written: {} is the place of the number."""

    kind = models.CharField(max_length=10, choices=UnitKind.words)
    one = models.CharField(max_length=60, default="{}", help_text="Such as “{} tonne”.")
    several = models.CharField(max_length=60, default="{}", help_text="Such as “{} tonnes”.")

    class Meta(Word.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(one__contains="{}", several__contains="{}"),
                name="unit_has_a_place_for_the_number",
                violation_error_message="Write {} where the number stands, once in each.",
            ),
        ]


def exact() -> str | None:
    """The slug of the qualifier of a number that stands without one."""
    return next((word.slug for word in Qualifier.rows() if word.comparison == Comparison.SAME), None)
