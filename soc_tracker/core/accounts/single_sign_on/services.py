"""Every write of single sign-on: whose account it is, and what the groups give it."""

from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.services import (
    NONE,
    add_account,
    change_account,
    end_reach,
    end_sessions,
    give_reach,
    keep,
    lock,
    version_of,
)
from soc_tracker.core.accounts.single_sign_on.groups import Gift, gifts_of, governed, of_kind
from soc_tracker.core.accounts.single_sign_on.models import Identity
from soc_tracker.core.records.services import By

BY_GROUPS = "By the groups of single sign-on."
NOT_CONFIRMED = (
    "Your organisation’s sign-in does not say that your e-mail address is confirmed, so nobody can tell which account "
    "is yours. Ask those who run it."
)
OF_ANOTHER = (
    "The account here with your e-mail address belongs to somebody else at your organisation’s sign-in. Ask an "
    "administrator of this site."
)
NO_GROUP = (
    "None of your groups at your organisation’s sign-in leads here. Ask those who run it for the group that you need."
)
OUT_OF_USE = "Your account here is out of use. Ask an administrator of this site."
log = structlog.get_logger(__name__)


class SignInRefusedError(Exception):
    """Why somebody who comes from the provider does not come in, in words for them."""


def take_in(claims: Mapping[str, Any]) -> User:
    """The account of whom the provider vouches for, its roles and reaches as its groups say.

    It is known by the subject; at first by the e-mail address, confirmed at both ends; else it is made, where a group
    gives anything here. Raises SignInRefusedError.
    """
    given = claims.get(settings.OIDC_GROUPS_CLAIM) or ()
    gifts = gifts_of([given] if isinstance(given, str) else map(str, given))
    with transaction.atomic():
        known = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=str(claims["sub"])).first()
        account = known.account if known else link(claims, is_wanted=bool(gifts))
        if not account.is_active:
            raise SignInRefusedError(OUT_OF_USE)
        follow_roles(account, of_kind(gifts, "role"))
        follow_reaches(account, gifts)
    return User.objects.get(pk=account.pk)


def link(claims: Mapping[str, Any], *, is_wanted: bool) -> User:
    """Let the account with the confirmed address be that of the subject from now on, or make one that is wanted."""
    email = str(claims.get("email", "")).lower() if claims.get("email_verified") is True else ""
    if not email:
        raise SignInRefusedError(NOT_CONFIRMED)
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if address and address.user.identities.filter(issuer=settings.OIDC_ISSUER).exists():
        raise SignInRefusedError(OF_ANOTHER)
    if not address and not is_wanted:
        raise SignInRefusedError(NO_GROUP)
    first, last = (str(claims.get(name) or "")[:150] for name in ("given_name", "family_name"))
    values = {"username": email, "email": email, "first_name": first, "last_name": last}
    try:
        account: User = address.user if address else add_account(values, by=None, reason=BY_GROUPS)
    except ValidationError as error:
        raise SignInRefusedError(" ".join(error.messages)) from error
    identity = Identity(account=account, issuer=settings.OIDC_ISSUER, subject=str(claims["sub"]))
    identity.full_clean()
    identity.save()
    keep(account, [("Single sign-on", NONE, str(identity))], by=None, reason="At the first sign-in from there.")
    if address:
        get_adapter().send_notification_mail("account/email/identity_linked", account, {"issuer": settings.OIDC_ISSUER})
    return account


def unlink(account: User, *, by: By, reason: str, expected_version: int | None = None) -> None:
    """Forget by which subjects the account is known. Raises ValidationError where there is none."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        identities = list(stored.identities.all())
        if not identities:
            raise ValidationError("This account has not been entered by single sign-on.")
        stored.identities.all().delete()
        end_sessions(stored, reason)
        keep(stored, [("Single sign-on", str(identity), NONE) for identity in identities], by=by, reason=reason)


def follow_roles(account: User, given: Iterable[str]) -> None:
    """Of the roles that groups decide, the account has those that are given."""
    labels = {Role(value).label for value in given}
    decided = {Role(value).label for value in of_kind(governed(), "role")}
    present = set(account.groups.values_list("name", flat=True))
    wanted = (present - decided) | labels
    if wanted != present:
        roles = list(Group.objects.filter(name__in=wanted))
        change_account(account, {}, roles, by=None, reason=BY_GROUPS, expected_version=version_of(account))


def follow_reaches(account: User, gifts: set[Gift]) -> None:
    """Of the reaches that groups decide, the account has those that are given."""
    present: dict[Gift, Reach] = {}
    for reach in account.reaches.not_over(localdate()).select_related("region", "organisation"):
        kind = "national" if reach.is_national else "region" if reach.region else "organisation"
        present[kind, getattr(reach.region or reach.organisation, "slug", "")] = reach
    decided, given = ({gift for gift in some if gift[0] != "role"} for some in (governed(), gifts))
    for gift in sorted(present.keys() & decided - given):
        end_reach(present[gift], by=None, reason=BY_GROUPS)
    for kind, slug in sorted(given - present.keys()):
        of: Any = {"is_national": True}
        if kind != "national":
            body = Reach._meta.get_field(kind).related_model.objects.filter(slug=slug).first()  # type: ignore[union-attr]
            if body is None:
                log.error("oidc_group_of_nobody", kind=kind, slug=slug)
                continue
            of = {kind: body}
        give_reach(account, by=None, reason=BY_GROUPS, **of)
