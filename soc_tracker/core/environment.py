"""Reads settings from the environment; an error says what the variable is for."""

import json
import os
from base64 import urlsafe_b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
"""The host names by which a machine calls itself."""
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def read(
    name: str,
    convert: Callable[[str], Value],
    *,
    purpose: str,
    default: Value | None = None,
    is_secret: bool = False,
) -> Value:
    """The converted value of an environment variable, or the default where it is unset.

    Raises ImproperlyConfigured, naming the purpose, when the variable is needed but unset, or when its value cannot be
    converted. A secret is not repeated in what is said of it.
    """
    raw = os.environ.get(name, "")
    if raw == "":
        if default is None:
            raise ImproperlyConfigured(f"Set the environment variable {name}: {purpose}. See .env.example.")
        return default
    try:
        return convert(raw)
    except ValueError as error:
        value = name if is_secret else f"{name}={raw!r}"
        raise ImproperlyConfigured(f"{value} is not usable: {error}. It is {purpose}.") from error


def flag(raw: str) -> bool:
    """True or false from a word such as "yes" or "0"."""
    word = raw.strip().lower()
    if word not in TRUE | FALSE:
        raise ValueError("expected one of 1, 0, true, false, yes, no, on, off")
    return word in TRUE


def number(raw: str) -> int:
    """A whole number of at least one."""
    if not raw.strip().isdecimal() or not (value := int(raw)):
        raise ValueError("expected a whole number of at least 1")
    return value


def count(raw: str) -> int:
    """A number of things."""
    if not raw.strip().isdecimal():
        raise ValueError("expected a number, 0 or more")
    return int(raw)


def origin(raw: str) -> str:
    """The beginning of the site's addresses, such as "https://soc.example.org", without a slash at its end."""
    parts = urlsplit(raw.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("expected http:// or https:// and a host name, and nothing after it")
    return f"{parts.scheme}://{parts.netloc}"


def hosts(raw: str) -> list[str]:
    """Host names from text with commas. One that stands for any host lets a stranger choose where links lead."""
    names = words(raw)
    if any("*" in name for name in names):
        raise ValueError("expected host names such as soc.example.org, or .example.org with all below it, never *")
    return names


def secret(raw: str) -> str:
    """A text that nobody guesses."""
    if len(raw) < 50 or len(set(raw)) < 10 or raw.startswith(("django-insecure-", "insecure-")):
        raise ValueError(
            f"expected at least 50 characters, of which 10 differ, made by chance; it has {len(raw)}, of which "
            f"{len(set(raw))} differ. Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return raw


def secret_in_file(raw: str) -> str:
    """The secret that a file of this name holds."""
    try:
        return secret(Path(raw).read_text().strip())
    except OSError as error:
        raise ValueError(f"the file cannot be read: {error.strerror}") from error


def encryption_keys(raw: str) -> list[str]:
    """Keys of 32 bytes each, as cryptography.fernet writes them."""
    keys = words(raw)
    for position, key in enumerate(keys, 1):
        try:
            length = len(urlsafe_b64decode(key))
        except ValueError:
            length = 0
        if length != 32:
            raise ValueError(
                f"key {position} is not 32 bytes in URL-safe base 64. Make one: python3 -c 'import base64, secrets; "
                "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
            )
    return keys


def mail_backend(raw: str) -> str:
    """The class that sends e-mail, where people wait for it."""
    if raw.rsplit(".", 2)[-2:-1] in (["console"], ["dummy"], ["locmem"]):
        raise ValueError(
            "it sends nothing, so that nobody could be invited, set a new password or hear that theirs was changed. "
            "Expected django.core.mail.backends.smtp.EmailBackend or another that sends"
        )
    return raw


def refuse_strangers(*, demo: bool, development: bool, hosts: list[str], behind_proxy: bool) -> None:
    """Raise ImproperlyConfigured where others could reach what only a developer's machine may show: errors with code,
    plain HTTP, or a demonstration, which anybody may sign in to without a password.
    """
    elsewhere = sorted(set(hosts) - LOOPBACK)
    what, never = (
        ("DEMO_MODE lets anyone sign in as any role", "DEMO_MODE")
        if demo
        else ("DEBUG shows code and settings, over plain HTTP", "DEBUG")
    )
    if elsewhere and (demo or development):
        reason = f"ALLOWED_HOSTS names {', '.join(elsewhere)}"
    elif behind_proxy and (demo or development):
        reason = "BEHIND_TLS_PROXY says that others reach this site through a proxy"
    elif demo and not development:
        reason = "DEBUG is not set"
    else:
        return
    raise ImproperlyConfigured(
        f"{what}, and {reason}. Unset {never}; or, on your own machine, set DEBUG=1, unset BEHIND_TLS_PROXY and keep "
        "ALLOWED_HOSTS to 127.0.0.1 and localhost."
    )


def refuse_large_file(path: str, *, gigabytes: int) -> None:
    """Raise ImproperlyConfigured where the file of an SQLite database has outgrown what was stated."""
    file = Path(path)
    size = file.stat().st_size / 1_000_000_000 if file.is_file() else 0
    if size > gigabytes:
        raise ImproperlyConfigured(
            f"The SQLite database {file} holds {size:.1f} GB, more than SQLITE_GIGABYTES={gigabytes}. SQLite lets one "
            "process write at a time, and one file holds everything. Move to PostgreSQL (DATABASE_URL), or, where it "
            f"still serves you well, say so: SQLITE_GIGABYTES={int(size) + 1} or more."
        )


def issuer(raw: str) -> str:
    """The address by which a provider of single sign-on calls itself: https, but for one on this machine."""
    parts = urlsplit(raw.strip())
    is_here = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or parts.query or parts.fragment or not (parts.scheme == "https" or is_here):
        raise ValueError("expected https:// and a host name, as the provider's own issuer says it")
    return raw.strip()


GIVES = {"roles": list, "regions": list, "organisations": list, "national": bool}
"""What a group of single sign-on may give, and of which kind each is."""


def groups(raw: str) -> dict[str, Any]:
    """What each group of single sign-on gives, from JSON."""
    try:
        mapping = json.loads(raw)
    except ValueError as error:
        raise ValueError(f"it is no JSON ({error})") from error
    if not isinstance(mapping, dict):
        raise ValueError("expected an object whose keys are groups")
    for group, gives in mapping.items():
        is_object = isinstance(gives, dict) and gives.keys() <= GIVES.keys()
        if not is_object or not all(isinstance(value, GIVES[name]) for name, value in gives.items()):
            raise ValueError(
                f"expected of {group!r} an object with roles, regions, organisations (lists), national (true)"
            )
    return mapping


def words(raw: str) -> list[str]:
    """A list from text with commas."""
    return [word.strip() for word in raw.split(",") if word.strip()]
