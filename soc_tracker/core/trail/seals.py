"""What a seal is made of: digests over the bytes of entries, and the file outside the database that knows each seal."""

import fcntl
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localdate

from soc_tracker.core.trail.models import Entry, Seal

FIELDS = tuple(field.attname for field in Entry._meta.concrete_fields)
BEGINNING = 16
"""How much of the digest of an entry a seal keeps, to say which of its entries is another one now."""
AT_A_TIME = 2_000


def digest_of_entry(values: Sequence[Any]) -> str:
    """SHA-256 of an entry, given as the values of ``FIELDS``: of all it says, in one way to write it."""
    plain = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def digests_of(entries: QuerySet[Entry]) -> Iterator[tuple[int, str]]:
    """The key and digest of each entry, in the order of the rows."""
    for values in entries.values_list(*FIELDS).iterator(chunk_size=AT_A_TIME):
        yield values[0], digest_of_entry(values)


def root_of(digests: Iterable[tuple[int, str]]) -> str:
    return sha256("".join(f"{key}:{digest};" for key, digest in digests).encode()).hexdigest()


def digest_of_seal(seal: Seal) -> str:
    """SHA-256 of what a seal says, that of the seal before it among it."""
    values = [
        seal.number,
        seal.at.isoformat(),
        seal.first,
        seal.last,
        seal.count,
        seal.members,
        seal.root,
        seal.previous,
    ]
    return sha256(json.dumps(values).encode()).hexdigest()


@dataclass(frozen=True)
class Line:
    """A line of a day's file: which seal, of which chain, up to which entry, and its digest."""

    chain: str
    number: int
    last: int
    count: int
    digest: str
    signature: str = ""

    @classmethod
    def of(cls, seal: Seal, chain: str) -> "Line":
        line = cls(chain, seal.number, seal.last, seal.count, seal.digest)
        return cls(**vars(line) | {"signature": line.signed()})

    @classmethod
    def read(cls, text: str) -> "Line":
        """Raises ValueError for what is no such line."""
        chain, number, last, count, digest, signature = text.split(" ")
        return cls(chain, int(number), int(last), int(count), digest, "" if signature == "-" else signature)

    def signed(self) -> str:
        """Its signature with the key of the settings; "" without one."""
        text = f"{self.chain} {self.number} {self.last} {self.count} {self.digest}"
        return hmac.new(settings.TRAIL_KEY.encode(), text.encode(), sha256).hexdigest() if settings.TRAIL_KEY else ""

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.last} {self.count} {self.digest} {self.signature or '-'}"


def folder() -> Path | None:
    """Where the files of the days are; None where none are written."""
    return Path(settings.TRAIL_DIGESTS) if settings.TRAIL_DIGESTS else None


def write_digests() -> None:
    """Add to the file of today each seal that no file knows yet, in the order of their numbers."""
    place = folder()
    first = Seal.objects.filter(number=1).values_list("previous", flat=True).first()
    if place is None or first is None:
        return
    chain = first[:BEGINNING]
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (place / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = 0  # the number of the newest seal of the chain that a file knows
        for path in reversed(files_in(place)):
            if numbers := [line.number for _, line in lines_in(path) if line and line.chain == chain]:
                known = max(numbers)
                break
        seals = Seal.objects.filter(number__gt=known).order_by("number")
        if lines := [f"{Line.of(seal, chain)}\n" for seal in seals.iterator(chunk_size=100)]:
            with (place / f"{localdate().isoformat()}.txt").open("a") as file:
                file.writelines(lines)


def files_in(place: Path) -> list[Path]:
    """The files of the days, in their order."""
    return sorted(place.glob("????-??-??.txt"))


def lines_in(path: Path) -> Iterator[tuple[str, Line | None]]:
    """The lines of a file, each with the place at which it stands; None for what is no such line."""
    for number, text in enumerate(path.read_text().splitlines(), 1):
        try:
            line: Line | None = Line.read(text)
        except ValueError:
            line = None
        yield f"{path.name}, line {number}", line
