"""What a backup holds, as it says itself, and whether that is still so."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from soc_tracker.core.backup import BackupError
from soc_tracker.core.backup.sealing import SEALED, reading, writing

NAME, FORMAT = "manifest.json.gz", 1


@dataclass(frozen=True)
class Table:
    """``columns`` are those that are stored, by name; ``counters`` says of a column which number was given out last."""

    rows: int
    columns: list[str]
    counters: dict[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """``engine`` is "sqlite" or "postgresql"; ``migrations`` are "app.name" of all that had been applied.

    ``files`` has the size in bytes and the SHA-256 of each file of the folder, as it lies there.
    """

    made_at: str
    engine: str
    migrations: list[str]
    tables: dict[str, Table]
    uploads: int
    digests: int
    files: dict[str, dict[str, int | str]]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def bytes(self) -> int:
        return sum(int(file["bytes"]) for file in self.files.values())

    def write(self, folder: Path, key: str) -> None:
        """Last of all: a folder without it is no backup."""
        with writing(folder / (NAME + (SEALED if key else "")), key) as file:
            file.write(json.dumps(asdict(self), indent=1).encode())


def describe(path: Path) -> dict[str, int | str]:
    """The size and the digest of a file."""
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def read_manifest(folder: Path, key: str) -> Manifest:
    """Raises BackupError where the folder holds no whole backup, or one that is not as it was made."""
    path = next((folder / name for name in (NAME, NAME + SEALED) if (folder / name).exists()), None)
    if path is None:
        raise BackupError(f"{folder} holds no backup: it has no {NAME}. One that was broken off has none.")
    with reading(path, key) as file:
        stored = json.load(file)
    if stored.get("format") != FORMAT:
        raise BackupError(f"The backup has format {stored.get('format')}; this version of the site reads {FORMAT}.")
    tables = {name: Table(**table) for name, table in stored.pop("tables").items()}
    manifest = Manifest(tables=tables, **stored)
    wrong = []
    for name, wanted in manifest.files.items():
        path = folder / name
        if not path.exists():
            wrong.append(f"{name} is missing")
        elif path.stat().st_size != wanted["bytes"]:
            wrong.append(f"{name} has {path.stat().st_size:,} bytes where it had {wanted['bytes']:,}")
        elif describe(path) != wanted:
            wrong.append(f"{name} was altered")
    if wrong:
        raise BackupError("The backup is not as it was made, and nothing was restored: " + "; ".join(wrong) + ".")
    return manifest
