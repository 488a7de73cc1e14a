"""Files of plans between their check and the decision on them: kept under a name that is signed for one user."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.core.files import File
from django.core.files.storage import default_storage

from disruptions.choices import DataKind
from disruptions.services.upload_files import plain_name, stored_name

FOLDER = "plans"
KEPT_FOR = timedelta(days=1)
SALT = "plans4p.import"


class GoneError(Exception):
    """The file is not kept any more: it was loaded, given up, or left lying for too long."""


@dataclass(frozen=True)
class Kept:
    """A file as it waits: ``name`` is that on disk, ``file_name`` what its sender, the ``user``, calls it."""

    name: str
    file_name: str
    sha256: str
    kind: str
    user: int

    @property
    def token(self) -> str:
        """What an address holds of it. Nobody can make one for a file that is not theirs."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @property
    def path(self) -> Path:
        return Path(default_storage.path(self.name))

    def discard(self) -> None:
        default_storage.delete(self.name)


def keep(file: File, *, kind: DataKind, by: AbstractBaseUser, now: datetime) -> Kept:
    """Keep a file that somebody chose. What others have left lying for too long goes."""
    _remove_leftovers(now)
    shown = plain_name(file.name or "")
    name = default_storage.save(f"{FOLDER}/{stored_name(shown)}", file)
    return Kept(name, shown, _digest(Path(default_storage.path(name))), kind.value, by.pk)


def find(token: str, user: AbstractBaseUser) -> Kept | None:
    """The file of a token; None where that is not one, or not the user's. Raises GoneError."""
    try:
        kept = Kept(**signing.loads(token, salt=SALT, max_age=KEPT_FOR))
    except signing.SignatureExpired as error:
        raise GoneError from error
    except signing.BadSignature:
        return None
    if kept.user != user.pk:
        return None
    if not kept.path.exists() or _digest(kept.path) != kept.sha256:
        raise GoneError
    return kept


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_leftovers(now: datetime) -> None:
    if not default_storage.exists(FOLDER):
        return
    _, names = default_storage.listdir(FOLDER)
    for name in names:
        place = f"{FOLDER}/{name}"
        if default_storage.exists(place) and default_storage.get_modified_time(place) < now - KEPT_FOR:
            default_storage.delete(place)
