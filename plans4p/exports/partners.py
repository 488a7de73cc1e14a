"""The columns of the directory of partners."""

from datetime import date

from plans4p.models import Partner
from plans4p.presenters.partners import AGREEMENT_TAGS, NEVER_USED, agreement_stands, offers_in_words, served
from soc_tracker.lib.tables import Column


def partner_columns(today: date) -> tuple[Column, ...]:
    """Columns of partners with the use that plans make of them; how an agreement stands is told of the day."""
    return (
        Column("name", "Partner", lambda partner: partner.name, lambda partner: partner.get_absolute_url()),
        Column("sector", "Sector", lambda partner: partner.get_sector_display()),
        Column("offers", "Offers", lambda partner: offers_in_words(partner.offers.all())),
        Column("serves", "Works in", served),
        Column(
            "agreement",
            "Sharing agreement",
            lambda partner: agreement_stands(partner, today),
            tag=lambda partner: AGREEMENT_TAGS[agreement_stands(partner, today)],
        ),
        Column("used", "Last used", lambda partner: partner.last_used or NEVER_USED, wide_only=True),
        Column("plans", "Plans", lambda partner: partner.number_of_plans, numeric=True),
        Column("last_used", "Last consulted on", lambda partner: partner.last_used),
        Column("bodies", "Bodies served", lambda partner: "; ".join(body.name for body in partner.serves.all())),
        Column("areas", "Local policing areas served", _areas),
        Column("contact_route", "How to reach it", lambda partner: partner.contact_route),
        Column("sharing_agreement", "Agreement", lambda partner: partner.sharing_agreement),
        Column("agreement_expires_on", "Agreement ends on", lambda partner: partner.agreement_expires_on),
        Column("note", "Note", lambda partner: partner.note),
        Column("kind_of_data", "Kind of data", lambda partner: partner.get_kind_of_data_display()),
    )


def _areas(partner: Partner) -> str:
    return "; ".join(area.name for area in partner.areas.all())
