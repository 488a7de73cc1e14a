"""Backs up all that the site keeps, and restores it."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max
from django.utils.timezone import now

from soc_tracker.core.accounts.sessions.models import Session
from soc_tracker.core.accounts.sessions.services import end_all_sessions
from soc_tracker.core.backup import BackupError, postgresql, sqlite
from soc_tracker.core.backup.manifest import Manifest, describe, read_manifest
from soc_tracker.core.backup.sealing import SEALED, reading, writing
from soc_tracker.core.trail.models import Seal
from soc_tracker.core.trail.seals import files_in, lines_in
from soc_tracker.core.trail.seals import folder as digests_folder

UPLOADS, DIGESTS = "uploads.tar.gz", "digests.tar.gz"
ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def back_up(folder: Path, key: str) -> Manifest:
    """Write all into a new folder. Raises BackupError where the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"{folder} holds something already: name a folder that is empty or not there yet.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    ending, made_at = SEALED if key else "", now()
    # Uploads before and after the database: those that its rows name are among them.
    uploads = Path(settings.MEDIA_ROOT)
    before = [path for path in sorted(uploads.rglob("*")) if path.is_file()]
    with (
        writing(folder / f"{UPLOADS}{ending}", key) as file,
        tarfile.open(fileobj=file, mode="w|", dereference=True) as archive,
    ):
        kept = [path for path in before if _add(archive, path, uploads)]
        tables, migrations = ENGINES[connection.vendor].dump(connection, folder, key, ending)
        later = [path for path in sorted(uploads.rglob("*")) if path.is_file() and path not in before]
        kept += [path for path in later if _add(archive, path, uploads)]
    with (
        writing(folder / f"{DIGESTS}{ending}", key) as file,
        tarfile.open(fileobj=file, mode="w|", dereference=True) as archive,
    ):
        place = digests_folder()
        digests = [path for path in files_in(place) if _add(archive, path, place)] if place else []
    own = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    manifest = Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=sorted(
            own.intersection(migrations)
        ),  # the database still names some of an older version of the site
        tables=tables,
        uploads=len(kept),
        digests=len(digests),
        files={path.name: describe(path) for path in sorted(folder.iterdir())},
    )
    manifest.write(folder, key)
    return manifest


def _add(archive: tarfile.TarFile, path: Path, base: Path) -> bool:
    """Whether the file is in the archive now; one that somebody has just decided on is gone."""
    try:
        archive.add(path, str(path.relative_to(base)), recursive=False)
    except FileNotFoundError:
        return False
    return True


# The way back.


@dataclass
class Restored:
    """``missing`` are uploads that rows name and nobody has; ``set_aside`` has the digests that stood here."""

    manifest: Manifest
    missing: list[str] = field(default_factory=list)
    set_aside: Path | None = None
    needs_migrate: bool = False


def check(folder: Path, key: str) -> Manifest:
    """Read every file of a backup to its end, and write nothing. Raises BackupError where one is not as it was."""
    manifest = read_manifest(folder, key)
    for name in manifest.files:
        with reading(folder / name, key) as file:
            while file.read(1 << 20):
                pass
    return manifest


def restore(folder: Path, key: str, *, replace: bool) -> Restored:
    """Put what a backup holds in place. Nobody stays signed in: a session ended since would be open again.

    Raises BackupError, before anything is written, where the backup is not whole or does not fit, and where there is
    something already and nobody has said ``replace``.
    """
    manifest = check(folder, key)
    engine, ending, uploads = ENGINES[connection.vendor], SEALED if key else "", Path(settings.MEDIA_ROOT)
    if manifest.engine != connection.vendor:
        raise BackupError(f"The backup is of {manifest.engine}, and DATABASE_URL names {connection.vendor}.")
    behind = _compare_versions(manifest)
    is_empty = engine.is_empty(connection)
    if not replace and not (is_empty and not any(path.is_file() for path in uploads.rglob("*"))):
        raise BackupError(
            "There is a site here already: its database or its folder of uploads is not empty. Name others by "
            "DATABASE_URL and UPLOAD_FOLDER, or say --replace: then what is here now is gone."
        )
    if is_empty and connection.vendor == "postgresql":
        call_command("migrate", verbosity=0)
    engine.load(connection, folder, key, ending, manifest)
    restored = Restored(manifest, needs_migrate=behind)
    _unpack(folder / f"{UPLOADS}{ending}", key, uploads)
    if Session._meta.db_table in manifest.tables:
        end_all_sessions()
    if not behind:  # the models are those of the tables
        if place := digests_folder():
            restored.set_aside = _restore_digests(folder / f"{DIGESTS}{ending}", key, place)
        restored.missing = sorted(_list_missing_uploads())
    cache.clear()
    return restored


def _compare_versions(manifest: Manifest) -> bool:
    """Whether this site is newer than the backup. Raises BackupError where the backup is newer or of another site."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    wanted = {f"{app}.{name}" for app, name in loader.graph.nodes}
    behind, unknown = sorted(wanted - set(manifest.migrations)), sorted(set(manifest.migrations) - known)
    if unknown and not behind:
        raise BackupError(
            f"The backup is of a newer version of the site: this one does not know {', '.join(unknown)}. "
            "Bring the version that made it, and restore with that."
        )
    if behind and manifest.engine == "postgresql":
        raise BackupError(
            f"The backup is of an older version of the site, without {', '.join(behind)}. Restore with the version "
            "that made it, then bring this one and run migrate."
        )
    return bool(behind)


def _unpack(path: Path, key: str, place: Path) -> None:
    """Raises BackupError for an archive that would write elsewhere, or anything but files: none of ours does."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with reading(path, key) as file, tarfile.open(fileobj=file, mode="r|") as archive:
        for member in archive:
            target, held = (place / member.name).resolve(), archive.extractfile(member) if member.isfile() else None
            if held is None or not target.is_relative_to(place.resolve()):
                raise BackupError(f"{path.name} holds “{member.name}”, which no backup of this site does.")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("wb") as kept:
                copyfileobj(held, kept)


def _restore_digests(path: Path, key: str, place: Path) -> Path | None:
    """Put the digests of the trail in place; where those of another were set aside: what is evidence is never deleted.

    The files were copied after the database, and may know seals that it does not have yet: those lines are left out.
    """
    own = files_in(place) if place.exists() else []
    aside = place / f"before-restore-{now():%Y%m%dT%H%M%S}" if own else None
    if aside:
        aside.mkdir(mode=0o700)
        for each in own:
            each.rename(aside / each.name)
    _unpack(path, key, place)
    last = Seal.objects.aggregate(last=Max("number"))["last"] or 0
    for each in files_in(place):
        texts = zip(each.read_text().splitlines(keepends=True), lines_in(each), strict=True)
        each.write_text("".join(text for text, (_, line) in texts if line is None or line.number <= last))
    return aside


def _list_missing_uploads() -> Iterator[str]:
    for model in apps.get_models():
        for each in model._meta.get_fields():
            if isinstance(each, models.FileField):
                names = model._default_manager.exclude(**{each.name: ""}).values_list(each.name, flat=True)
                yield from (str(name) for name in names.distinct() if name and not each.storage.exists(str(name)))
