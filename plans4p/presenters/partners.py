"""Partners in words: what they offer, whom they serve, how their agreement stands."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from disruptions.choices import FourP
from plans4p.models import Offer, Partner
from soc_tracker.lib.tables import Column

NAMED = 6
"""So many bodies are named in a cell of a list; more are counted."""
NO_AGREEMENT, IN_FORCE, ENDED = "None on record", "In force", "Ended"
AGREEMENT_TAGS = {IN_FORCE: "green", ENDED: "red", NO_AGREEMENT: "grey"}
NEVER_USED = "By no plan yet"


def ages(offer: Offer) -> str:
    """Such as "ages 10 to 17"; "" where the offer has no bound."""
    match offer.youngest, offer.oldest:
        case None, None:
            return ""
        case youngest, None:
            return f"from age {youngest}"
        case None, oldest:
            return f"to age {oldest}"
        case youngest, oldest:
            return f"age {youngest}" if youngest == oldest else f"ages {youngest} to {oldest}"


def offers_in_words(offers: Iterable[Offer]) -> str:
    """Such as "Prevent: diversion (ages 10 to 17), education and awareness; Protect: housing"."""
    by_p: dict[str, dict[str, None]] = {}
    for offer in sorted(offers, key=lambda offer: (FourP.values.index(offer.four_p), offer.get_kind_display())):
        bounds = ages(offer)
        told = offer.get_kind_display().lower() + (f" ({bounds})" if bounds else "")
        by_p.setdefault(offer.get_four_p_display(), {})[told] = None
    return "; ".join(f"{p}: {', '.join(told)}" for p, told in by_p.items())


def served(partner: Partner) -> str:
    """The bodies in whose areas it works, by short name; how many, where they are many."""
    names = sorted(body.short_name for body in partner.serves.all())
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} bodies"


def agreement_stands(partner: Partner, today: date) -> str:
    """An agreement is in force on its last day, and ended from the next."""
    if not partner.sharing_agreement:
        return NO_AGREEMENT
    ends = partner.agreement_expires_on
    return ENDED if ends and ends < today else IN_FORCE


def summary(partner: Partner) -> list[tuple[Any, ...]]:
    """What the head of a partner's page lists."""
    return [
        ("Sector", partner.get_sector_display()),
        ("How to reach it", partner.contact_route),
        ("Last consulted", partner.last_used or NEVER_USED),
        ("Note", partner.note),
    ]


OFFER_COLUMNS = (
    Column("description", "What it offers", lambda offer: offer.description),
    Column("kind", "Kind", lambda offer: offer.get_kind_display()),
    Column("four_p", "4P", lambda offer: offer.get_four_p_display()),
    Column("ages", "For whom", lambda offer: ages(offer).capitalize() or "All ages"),
)
CONSULTATION_COLUMNS = (
    Column("plan", "Plan", lambda asked: str(asked.plan), lambda asked: asked.plan.get_absolute_url()),
    Column("on", "When", lambda asked: asked.on, whole=True),
    Column("note", "What it said", lambda asked: asked.note),
)
