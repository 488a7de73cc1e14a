"""A digest as an e-mail."""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from plans4p.choices import Every
from plans4p.models import Reminders
from plans4p.presenters.digest import is_made_up, parts, subject
from plans4p.selectors.reminders import Digest
from soc_tracker.lib.wording import name_of


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def letter(reminders: Reminders, digest: Digest, site: str) -> Letter:
    """``site`` is the address of the site, without a slash at its end: links in an e-mail need it."""
    context: dict[str, Any] = {
        "name": name_of(reminders.user),
        "subject": subject(digest),
        "parts": parts(digest),
        "is_made_up": is_made_up(digest),
        "every": Every(reminders.every).label.lower(),
        "site": site,
        "plans_url": site + reverse("plans4p:my_plans"),
        "settings_url": site + reverse("plans4p:reminders"),
    }
    return Letter(
        context["subject"],
        render_to_string("plans4p/email/digest.txt", context),
        render_to_string("plans4p/email/digest.html", context),
    )
