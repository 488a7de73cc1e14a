"""Every write of tokens."""

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate, now

from soc_tracker.core.accounts.services import keep, lock
from soc_tracker.core.accounts.tokens.models import Scope, Token
from soc_tracker.core.busy import unless_busy
from soc_tracker.core.records.services import By
from soc_tracker.core.text.normal import clean_text
from soc_tracker.core.trail.models import Kind
from soc_tracker.core.trail.services import record_event

MOST = 20
"""Tokens in force of one account."""
PREFIX = "soc_"
SECRET_BYTES = 32
HINT_LENGTH = 8


def make_token(
    account: User, name: str, scopes: Collection[Scope], expires_on: date, *, reason: str
) -> tuple[Token, str]:
    """Make a token; and its secret, which is nowhere kept. Raises ValidationError."""
    name = clean_text(name).strip()
    with transaction.atomic():
        stored = lock(account)
        own = stored.tokens.in_force(localdate())
        if own.filter(name=name).exists():
            raise ValidationError(
                {"name": "You have a token of this name. Give this one another, or end that one first."}
            )
        if own.count() >= MOST:
            raise ValidationError(f"You have {MOST} tokens. End one that you do not use any more first.")
        hint = f"{PREFIX}{get_random_string(HINT_LENGTH)}"
        secret = f"{hint}_{token_urlsafe(SECRET_BYTES)}"
        token = Token(
            account=stored,
            name=name,
            hint=hint,
            digest=digest_of(secret),
            scopes=[scope.value for scope in scopes],
            expires_on=expires_on,
        )
        token.full_clean()
        token.save()
        until = f"{token}, up to {expires_on.isoformat()}: {token.reads}"
        keep(stored, [("Token", "none", until)], by=account, reason=reason)
        details = {"scopes": token.scopes, "expires_on": expires_on.isoformat()}
        record_event(Kind.TOKEN, by=account, subject=token, why=reason, **details)
    return token, secret


def find_token(secret: str) -> Token | None:
    """The token in force that has the secret, of an account in use."""
    token = Token.objects.in_force(localdate()).filter(digest=digest_of(secret), account__is_active=True)
    return token.select_related("account").first() if secret.startswith(PREFIX) else None


def use(token: Token) -> None:
    """Write down that the token is in use: the day, once. A read does not wait for it while the database is busy."""
    today = localdate()
    if token.last_used_on == today:
        return

    def write() -> None:
        if Token.objects.filter(pk=token.pk).exclude(last_used_on=today).update(last_used_on=today):
            record_event(Kind.TOKEN_USE, by=token.account, subject=token)

    unless_busy(write)


def end_tokens(
    account: User, keys: Iterable[int], *, by: By, reason: str, expected_version: int | None = None
) -> list[Token]:
    """End those tokens of the account. Raises ValidationError where none of them is in force."""
    with transaction.atomic():
        stored = lock(account, expected_version)
        tokens = list(stored.tokens.in_force(localdate()).filter(pk__in=list(keys)))
        if not tokens:
            raise ValidationError("These tokens have ended already.")
        stored.tokens.filter(pk__in=[token.pk for token in tokens]).update(ended_at=now())
        keep(stored, [("Token", str(token), "ended") for token in tokens], by=by, reason=reason)
        for token in tokens:
            record_event(Kind.TOKEN_END, by=by, subject=token, why=reason)
    return tokens


def digest_of(secret: str) -> str:
    """Under which a token is stored and found."""
    return sha256(secret.encode()).hexdigest()
