"""How regions and organisations are named beside one another."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.urls import reverse

from forces.choices import OrganisationKind
from forces.models import Organisation, Region
from soc_tracker.core.reports.report import several

Body = Organisation | Region

WHOLE_REGION = "Region as a whole"
WHOLE_REGION_IN_A_SENTENCE = "the region as a whole"


def short(body: Body) -> str:
    """The name in a row or a column of a comparison; the region itself is told apart from its bodies."""
    return body.short_name if isinstance(body, Organisation) else WHOLE_REGION


def bodies_in_words(number: int) -> str:
    return several(number, "body", "bodies")


# Numbers as these pages write them.


TENTH = Decimal("0.1")


def tenths_of(number: Fraction) -> Decimal:
    """To one decimal, a half rounded away from nought."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(TENTH, ROUND_HALF_UP)


def percent_to_tenths(of_one: float) -> Decimal:
    """A share from 0 to 1 in percent, to one decimal."""
    return (Decimal(str(of_one)) * 100).quantize(TENTH, ROUND_HALF_UP)


def signed(number: int | Decimal) -> str:
    """ "+3", "−2" with a true minus sign, "0"."""
    if number == 0:
        return "0"
    return f"+{number:,}" if number > 0 else f"−{abs(number):,}"


def page_of(body: Body, part: str = "") -> str:
    """The address of one of the short pages of a body or a region: of its Overview where no part is named."""
    kind = OrganisationKind(body.kind).page if isinstance(body, Organisation) else "region"
    return reverse(f"{kind}_{part}" if part else kind, args=[body.slug])
