"""What pages say of bodies and regions on a day, so that what would change can be told before it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse

from disruptions.measures.queries import lead_counts
from disruptions.standpoint.queries import standpoint
from forces.choices import OrganisationKind
from forces.models import Membership, Organisation, Oversight, Region, Reorganisation
from forces.queries import Became, Lineage, get_lineage
from inspections.figures.models import PublishedFigure
from inspections.findings.models import Finding
from inspections.gradings.models import Grading
from inspections.requirements.models import Requirement
from soc_tracker.core.access.models import sight_of
from soc_tracker.core.records.models import valid_on
from soc_tracker.core.reports.report import listing
from soc_tracker.core.text.days import FIRST_DAY, to_words

User = AbstractBaseUser | AnonymousUser
Facts = dict[tuple[str, str], dict[str, str]]
"""What each page says: by its title and address, the facts by name."""
NOTHING = "–"


@dataclass(frozen=True)
class PageChange:
    """One fact of a page that would be another; "–" where there is no such page or fact."""

    page: str
    url: str
    is_there: bool
    fact: str
    before: str
    after: str


def rehearse(user: User, carry_out: Callable[[], list[Reorganisation]]) -> list[PageChange]:
    """What would be another on the last of the days of what is carried out, and is not: nothing stays written.

    Raises what ``carry_out`` raises.
    """
    with transaction.atomic():
        made = carry_out()
        day = max((each.on for each in made), default=date.min)
        after = facts_of_pages(user, day) if made else {}
        transaction.set_rollback(True)
    before = facts_of_pages(user, day) if made else {}
    return [
        PageChange(title, url, (title, url) in before, fact, old, new)
        for title, url in sorted({*before, *after})
        for fact in {**before.get((title, url), {}), **after.get((title, url), {})}
        if (old := before.get((title, url), {}).get(fact) or NOTHING)
        != (new := after.get((title, url), {}).get(fact) or NOTHING)
    ]


def facts_of_pages(user: User, day: date) -> Facts:
    """Of every body and region, and of the lists of bodies, as on the day. A dozen queries, whatever their number."""
    lineage, bodies = get_lineage(user), list(Organisation.objects.visible_to(user))
    places = list(
        Membership.objects.visible_to(user).valid_on(day).filter(valid_on(day, "organisation__")).select_related()
    )
    answers = list(Oversight.objects.visible_to(user).valid_on(day).select_related())
    numbers = _numbers(user)
    lead = _lead(user, bodies, lineage, day)
    facts: Facts = {}
    for body in bodies:
        before = lineage.before(body, day)
        facts[body.name, body.get_absolute_url()] = {
            "Exists": to_words(body.valid_from, body.valid_to) or "with no dates",
            "Region": listing([place.region.name for place in places if place.organisation == body]) or "none",
            "Came from": _words(lineage.came_from(body, day)),
            "Became": _words(lineage.became(body, day)),
            "Local policing body": listing([each.responder.name for each in answers if each.organisation == body]),
            **{name: _own_and_theirs(by, body, before) for name, by in numbers.items()},
            "Lead disruptions, boundaries of now": f"{lead.get(body.pk, 0):,}",
        }
    for region in Region.objects.visible_to(user):
        there = [place.organisation for place in places if place.region == region]
        apart = lineage.divided(there, day)[0]
        facts[region.name, region.get_absolute_url()] = {
            "Bodies": listing([body.short_name for body in there]) or "none",
            "Lead disruptions, boundaries of now": f"{sum(lead.get(body.pk, 0) for body in (*there, *apart)):,}",
        }
    for kind in OrganisationKind:
        number = Organisation.objects.visible_to(user).valid_on(day).filter(kind=kind).count()
        list_url = reverse(f"forces:{kind.page}_list")
        facts.setdefault((kind.plural, list_url), {})[str(kind.label)] = f"{number:,}"
    return facts


def _numbers(user: User) -> dict[str, Mapping[int, int]]:
    """How much was published of each body, by its key."""
    rows: dict[str, tuple[QuerySet[Any], str]] = {
        "Grades": (Grading.objects.visible_to(user), "organisation"),
        "Findings": (Finding.objects.visible_to(user), "organisation"),
        "What must change, not closed": (Requirement.objects.visible_to(user).not_closed(), "organisation"),
        "Figures": (PublishedFigure.objects.visible_to(user), "organisation"),
    }
    return {
        name: dict(queryset.order_by().values(owner).annotate(n=Count("pk")).values_list(owner, "n"))
        for name, (queryset, owner) in rows.items()
    }


def _lead(user: User, bodies: list[Organisation], lineage: Lineage, day: date) -> dict[int, int]:
    """The lead disruptions of each body with those of the bodies that go on in it by the day."""
    stands = standpoint(sight=sight_of(user), today=date.max)
    keys = [body.pk for body in bodies] if stands.latest else []
    into, sums = lineage.going_on_in(day), dict[int, int]()
    for key, counts in lead_counts(stands, keys, FIRST_DAY, stands.day).items():
        one = into[key].pk if key in into else key
        sums[one] = sums.get(one, 0) + counts.n
    return sums


def _own_and_theirs(by: Mapping[int, int], body: Organisation, before: tuple[Organisation, ...]) -> str:
    own, theirs = by.get(body.pk, 0), sum(by.get(each.pk, 0) for each in before)
    return f"{own:,} and {theirs:,} of bodies before it" if theirs else f"{own:,}"


def _words(became: tuple[Became, ...]) -> str:
    return "; ".join(f"{each.words} {listing([body.name for body in each.bodies])}" for each in became)
