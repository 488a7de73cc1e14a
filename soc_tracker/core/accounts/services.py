"""The one way to write an account: in one transaction with who, when, why, and what it was before."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.timezone import localdate, localtime, now

from soc_tracker.core.access.models import Reach
from soc_tracker.core.access.roles import Role, is_administrator
from soc_tracker.core.accounts.models import AccountChange
from soc_tracker.core.records.services import By, ReasonRequiredError
from soc_tracker.core.records.states import name_of
from soc_tracker.core.text.normal import clean_text
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

LOCKED_OUT = "Another administrator must take this role or this account from you."
TAKEN = "Another account has this e-mail address."
NONE = "none"
KIND_OF = {
    "Roles": Kind.ROLES,
    "Reach": Kind.REACH,
    "Password": Kind.PASSWORD,
    "Second factor": Kind.FACTOR,
}
"""What a change is on the trail, by what has changed; anything else is a change of the account."""
Differences = Sequence[tuple[str, str, str]]


def add_account(values: Mapping[str, Any], roles: Iterable[Role | Group] = (), *, by: By, reason: str) -> User:
    """Make an account without a password, with the roles. Raises ValidationError where a value breaks a rule."""
    with transaction.atomic():
        account = User(**values)
        account.set_unusable_password()
        account.full_clean()
        check_email(account, account.email)
        account.save()
        account.groups.add(*groups_of(roles))
        set_email(account, account.email)
        differences = [(what, NONE, after) for what, after in state(account).items() if after != NONE]
        keep(account, differences, by=by, reason=reason, is_addition=True)
    return account


def change_account(
    account: User,
    values: Mapping[str, Any],
    roles: Iterable[Role | Group] | None = None,
    *,
    by: By,
    reason: str,
    expected_version: int,
) -> User:
    """Change names, e-mail address, whether the account is in use, and its roles; None leaves the roles as they are.

    The e-mail address counts as confirmed: an administrator vouches for it. Raises ValidationError where a value
    breaks a rule, where somebody else was faster, and where administrators would lock themselves out.
    """
    with transaction.atomic():
        stored = lock(account, expected_version)
        before = state(stored)
        for name, value in values.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=["password"])  # which is set by an act of its own
        check_email(stored, stored.email)
        stored.save()
        if roles is not None:
            stored.groups.set(groups_of(roles))
            vars(stored).pop("_group_names_cache", None)
        if "email" in values:
            set_email(stored, stored.email)
        if by and by.pk == stored.pk and is_administrator(by) and not is_administrator(stored):
            raise ValidationError(LOCKED_OUT)
        after = state(stored)
        moved = [(what, before[what], after[what]) for what in before if before[what] != after[what]]
        lost = set(before["Roles"].split(", ")) - {NONE, *after["Roles"].split(", ")}
        if lost or (before["In use"] == "yes" and not stored.is_active):
            end_sessions(stored, reason)
        if moved:
            keep(stored, moved, by=by, reason=reason)
    return stored


def give_reach(
    account: User,
    *,
    by: By,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    expected_version: int | None = None,
    **of: Any,
) -> Reach:
    """Let the account see the record ``of`` one: ``region``, ``organisation``, or ``is_national=True``.

    From today on where no first day is given. Raises ValidationError where a value breaks a rule, or the account has
    that reach already.
    """
    with transaction.atomic():
        stored, writer = lock(account, expected_version), cast(User | None, by)
        if same := stored.reaches.not_over(valid_from or localdate()).filter(**of).first():
            raise ValidationError(f"{account} has this reach already: {same.in_words}.")
        reach = Reach(
            account=stored,
            given_by=writer,
            valid_from=valid_from or localdate(),
            valid_to=valid_to,
            reason=reason,
            **of,
        )
        reach.full_clean()
        reach.save()
        keep(stored, [("Reach", NONE, reach.in_words)], by=by, reason=reason)
    vars(account).pop("_sight_cache", None)
    return reach


def end_reach(
    reach: Reach, *, by: By, reason: str, last_day: date | None = None, expected_version: int | None = None
) -> Reach:
    """End a reach on a last day, that day included; without one, at once, which signs the account out everywhere.

    Raises ValidationError where it is over already, or the day is before today or its first.
    """
    with transaction.atomic():
        account = lock(reach.account, expected_version)
        stored = account.reaches.select_related("region", "organisation").get(pk=reach.pk)
        before, today = stored.in_words, localdate()
        if stored.ended_at or (stored.valid_to and stored.valid_to < today):
            raise ValidationError(f"It is over already: {before}.")
        if last_day is None:
            stored.ended_at = now()
        elif last_day < today:
            raise ValidationError({"last_day": "Give today or a later day, or end it at once."})
        else:
            stored.valid_to = last_day
        stored.full_clean()
        stored.save(update_fields=["ended_at", "valid_to"])
        if last_day is None:
            end_sessions(account, reason)
        keep(account, [("Reach", before, stored.in_words)], by=by, reason=reason)
    vars(reach.account).pop("_sight_cache", None)
    return stored


def set_password(account: User, password: str, *, by: By, reason: str, expected_version: int | None = None) -> None:
    """Set a password, which ends the account's sessions. Only that it was set is kept."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        before = "set" if stored.has_usable_password() else NONE
        account.set_password(password)
        account.save(update_fields=["password"])
        end_sessions(stored, reason)
        keep(stored, [("Password", before, "set anew")], by=by, reason=reason)


def remove_second_factors(account: User, *, by: By, reason: str, expected_version: int | None = None) -> None:
    """Remove passkeys, the authenticator app and recovery codes, for somebody who has lost them. It ends all sessions:
    whoever has the lost device has the sessions in it.
    """
    with transaction.atomic():
        stored = lock(account, expected_version)
        factors = Authenticator.objects.filter(user=stored)
        kinds = sorted({factor.get_type_display() for factor in factors})
        if not kinds:
            raise ValidationError("This account has no second factor.")
        factors.delete()
        end_sessions(stored, reason)
        keep(stored, [("Second factor", ", ".join(kinds), NONE)], by=by, reason=reason)


def end_sessions(account: User, reason: str) -> None:
    """Sign the account out everywhere and end its tokens, at once: whoever still has a cookie is asked to sign in."""
    sessions, _ = account.sessions.all().delete()
    if sessions:
        record_event(Kind.SESSION_END, subject=account, why=reason, sessions=sessions)
    tokens = account.tokens.in_force(localdate()).update(ended_at=now())
    if tokens:
        record_event(Kind.TOKEN_END, subject=account, why=reason, tokens=tokens)


def lock(account: User, expected_version: int | None = None) -> User:
    """The account as it is stored, held until the transaction ends. Raises ValidationError where it has moved on."""
    stored = User.objects.select_for_update().get(pk=account.pk)
    if expected_version is not None and version_of(stored) != expected_version:
        lines = ["The account was changed by somebody else in the meantime. Nothing was saved. Open it again to go on."]
        for change in stored.changes.filter(version__gt=expected_version).select_related("by").order_by("version"):
            what = "; ".join(f"{name}: {before} → {after}" for name, before, after in change.differences)
            who = name_of(change.by) if change.by else NONE
            lines.append(f"{localtime(change.at):%-d %B %Y, %H:%M}, {who}: {what}")
        raise ValidationError(lines)
    return stored


def version_of(account: User) -> int:
    """How many changes of the account have been kept."""
    newest: int | None = account.changes.aggregate(newest=Max("version"))["newest"]
    return newest or 0


def keep(account: User, differences: Differences, *, by: By, reason: str, is_addition: bool = False) -> AccountChange:
    """Keep a change with its reason. Raises ReasonRequiredError without one."""
    why = clean_text(reason).strip()
    if not why:
        raise ReasonRequiredError("Say why: the reason is kept with the change.")
    writer: Any = by
    of_kind: dict[Kind, list[tuple[str, str, str]]] = {}
    for difference in differences:
        of_kind.setdefault(KIND_OF.get(difference[0], Kind.ACCOUNT), []).append(difference)
    for kind, moved in of_kind.items():
        before, after = ({each[0]: each[place] for each in moved} for place in (1, 2))
        record_event(kind, by=by, subject=account, before=before, after=after, why=why, is_new=is_addition)
    return AccountChange.objects.create(
        account=account,
        version=version_of(account) + 1,
        by=writer,
        reason=why,
        is_addition=is_addition,
        differences=[list(difference) for difference in differences],
    )


def state(account: User) -> dict[str, str]:
    """What is known of an account, in words, secrets aside."""
    return {
        "Username": account.username,
        "First name": account.first_name or NONE,
        "Last name": account.last_name or NONE,
        "E-mail address": account.email or NONE,
        "In use": "yes" if account.is_active else "no",
        "Roles": ", ".join(account.groups.order_by("name").values_list("name", flat=True)) or NONE,
    }


def groups_of(roles: Iterable[Role | Group]) -> list[Group]:
    return [Group.objects.get(name=role.label) if isinstance(role, Role) else role for role in roles]


def check_email(account: User, email: str) -> None:
    """Raise ValidationError where another account has the address: a new password is sent to its one owner."""
    others = User.objects.exclude(pk=account.pk).filter(email__iexact=email)
    addresses = EmailAddress.objects.exclude(user=account.pk).filter(email=email.lower(), verified=True)
    if email and (others.exists() or addresses.exists()):
        raise ValidationError(TAKEN)


def set_email(account: User, email: str) -> None:
    """Make this the one address of the account, and a confirmed one. Addresses are kept in small letters."""
    if account.email != email.lower():
        account.email = email.lower()
        account.save(update_fields=["email"])
    addresses = EmailAddress.objects.filter(user=account)
    if [address.email for address in addresses.filter(verified=True, primary=True)] != [email.lower()]:
        addresses.delete()
        if email:
            EmailAddress.objects.create(user=account, email=email.lower(), verified=True, primary=True)


# Who somebody was is kept for a while after their account was closed; that an account wrote this or that, for good.


GONE = "not kept any more"
PERSONAL = {
    *("Username", "First name", "Last name", "E-mail address", "E-mail address that waits to be confirmed"),
    *("Single sign-on", "Invitation", "Link to set a password"),
}
FORGOTTEN = "The account had been closed for as long as names and addresses are kept."


def forget_closed_accounts(moment: datetime) -> int:
    """Take the names, addresses and secrets from accounts that have been out of use, and unchanged, for as long as
    ``CLOSED_ACCOUNT_DAYS`` says; how many.

    Their records say who wrote them by the account's number, "former account 12". The trail has its own time.
    """
    since = moment - timedelta(days=settings.CLOSED_ACCOUNT_DAYS)
    later = AccountChange.objects.filter(account=OuterRef("pk"), at__gte=since)
    closed = User.objects.filter(~Exists(later), is_active=False, date_joined__lt=since)
    accounts = list(closed.exclude(username__startswith="former-").order_by("pk"))
    for account in accounts:
        with transaction.atomic():
            stored = lock(account)
            end_sessions(stored, FORGOTTEN)
            EmailAddress.objects.filter(user=stored).delete()
            Authenticator.objects.filter(user=stored).delete()
            stored.identities.all().delete()
            stored.invitations.all().delete()
            stored.username, stored.email = f"former-{stored.pk}", ""
            stored.first_name, stored.last_name = "Former", f"account {stored.pk}"
            stored.last_login = None
            stored.set_unusable_password()
            stored.save()
            for change in stored.changes.all():
                change.differences = [
                    [what, *(GONE if what in PERSONAL and value != NONE else value for value in values)]
                    for what, *values in change.differences
                ]
                change.save(update_fields=["differences"])
            keep(stored, [("Names, address and secrets", "kept", GONE)], by=None, reason=FORGOTTEN)
    return len(accounts)
