"""The columns of the list of ancillary orders: references of subjects, never names."""

from datetime import date

from plans4p.choices import Setting
from plans4p.models import AncillaryOrder
from plans4p.presenters.orders import NO_END, SETTING_TAGS, STANDING_TAGS, release_in_words, standing
from soc_tracker.lib.tables import Column


def order_columns(today: date) -> tuple[Column, ...]:
    """Columns of orders; where each stands is told of the day."""
    return (
        Column("reference", "Order", lambda order: order.reference, lambda order: order.get_absolute_url()),
        Column("kind", "Kind", lambda order: order.get_kind_display()),
        Column("subject", "Subject", lambda order: order.subject, wide_only=True),
        Column(
            "organisation",
            "Organisation",
            lambda order: order.organisation.name,
            lambda order: order.organisation.get_absolute_url(),
        ),
        Column(
            "standing",
            "Today",
            lambda order: standing(order, today),
            tag=lambda order: STANDING_TAGS[standing(order, today)],
            whole=True,
        ),
        Column(
            "setting",
            "Subject is",
            lambda order: order.get_setting_display(),
            tag=lambda order: SETTING_TAGS[Setting(order.setting)],
        ),
        Column("ends", "Ends", lambda order: order.expires_on or NO_END),
        Column("release", "Release", release_in_words),
        Column("manager", "Managed by", lambda order: order.manager),
        Column("managing_unit", "Managing unit", lambda order: order.managing_unit),
        Column("made_on", "Made", lambda order: order.made_on),
        Column("expires_on", "Ends on", lambda order: order.expires_on),
        Column("release_on", "Release due on", lambda order: order.release_on),
        Column("in_force_from", "In force from", lambda order: order.in_force_from),
        Column("threat", "Threat", _threat, lambda order: order.threat.get_absolute_url() if order.threat else ""),
        Column("release_plan", "What happens at release", lambda order: order.release_plan),
        Column("kind_of_data", "Kind of data", lambda order: order.get_kind_of_data_display()),
    )


def _threat(order: AncillaryOrder) -> str | None:
    return order.threat.reference if order.threat else None
