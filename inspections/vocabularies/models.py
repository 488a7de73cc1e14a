"""The vocabularies of inspections whose words are rows."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from inspections.choices import Comparison, UnitKind
from soc_tracker.core.records.words import Word


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
