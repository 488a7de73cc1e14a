"""Finds whatever was done to the trail past its own services, and says where."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Sum
from django.utils.timezone import localdate, now

from soc_tracker.core.trail.models import Entry, Kind, Seal
from soc_tracker.core.trail.seals import (
    BEGINNING,
    FIELDS,
    digest_of_entry,
    digest_of_seal,
    files_in,
    folder,
    lines_in,
    root_of,
)
from soc_tracker.core.trail.services import LATEST, late_entries

AT = FIELDS.index("at")


@dataclass(frozen=True)
class Fault:
    """``where`` is an entry, a seal or a line of a file; ``day`` that of which it is, None where nobody knows."""

    where: str
    day: datetime | None
    what: str

    def __str__(self) -> str:
        day = f", {localdate(self.day).isoformat()}" if self.day else ""
        return f"{self.where}{day}: {self.what}"


def verify() -> Iterator[Fault]:
    """Everything that is wrong with the trail; nothing where it is whole."""
    yield from faults_of_seals()
    yield from entries_without_seal()
    if place := folder():
        yield from faults_of_files(place)


def shortened_to() -> int:
    """The number of the last seal whose entries were removed by the retention command; 0 where there is none."""
    acts = Entry.objects.filter(kind=Kind.KEEPING, details__has_key="up_to_seal").order_by("-pk")
    return max((int(act.details["up_to_seal"]) for act in acts), default=0)


def faults_of_seals() -> Iterator[Fault]:
    """Each seal over the one before it, and the entries under each."""
    removed, before = shortened_to(), None
    for seal in Seal.objects.order_by("number").iterator(chunk_size=20):
        where = f"Seal {seal.number} (entries {seal.first} to {seal.last})"
        expected = before.number + 1 if before else 1
        if seal.number != expected:
            yield Fault(where, seal.at, f"seals {expected} to {seal.number - 1} before it are missing")
        elif before and seal.previous != before.digest:
            yield Fault(where, seal.at, f"it does not follow from seal {before.number}: one of them was made anew")
        if seal.digest != digest_of_seal(seal):
            yield Fault(where, seal.at, "the seal itself was altered")
        if seal.number > removed:
            yield from faults_of_entries(seal, before)
        before = seal


def faults_of_entries(seal: Seal, before: Seal | None) -> Iterator[Fault]:
    keys = [key for key, _ in seal.members]
    present = {values[0]: values for values in Entry.objects.filter(pk__in=keys).order_by("pk").values_list(*FIELDS)}
    digests, is_told = [], False
    for key, beginning in seal.members:
        where = f"Entry {key}"
        if key not in present:
            is_told = True
            yield Fault(where, seal.at, f"removed; seal {seal.number} holds it")
            continue
        at, digest = present[key][AT], digest_of_entry(present[key])
        digests.append((key, digest))
        if digest[:BEGINNING] != beginning:
            is_told = True
            yield Fault(where, at, f"altered after seal {seal.number} was put on it")
        elif before and at < before.at - LATEST:
            yield Fault(where, at, f"inserted: it bears that day, and came on the trail after seal {before.number}")
    if not is_told and root_of(digests) != seal.root:
        yield Fault(f"Seal {seal.number}", seal.at, f"of entries {seal.first} to {seal.last}, one or more were altered")


def entries_without_seal() -> Iterator[Fault]:
    """Those among sealed ones that no seal holds, but for what may still have been under way."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return
    removed = Seal.objects.filter(number__lte=shortened_to()).aggregate(count=Sum("count"))["count"] or 0
    sealed = (Seal.objects.aggregate(count=Sum("count"))["count"] or 0) - removed
    present = Entry.objects.filter(pk__lte=last.last)
    if present.count() > sealed:
        under_way = set(late_entries(last))
        members = {key for some in Seal.objects.values_list("members", flat=True).iterator() for key, _ in some}
        for key, at in present.order_by("pk").values_list("pk", "at"):
            if key not in members and (key not in under_way or at < now() - LATEST):
                yield Fault(f"Entry {key}", at, "inserted: no seal holds it")


def faults_of_files(place: Path) -> Iterator[Fault]:
    """What the files outside the database know otherwise than the database."""
    first = Seal.objects.filter(number=1).values_list("previous", flat=True).first()
    chain = first[:BEGINNING] if first else ""
    seals = dict(Seal.objects.values_list("number", "digest").iterator())
    known: set[int] = set()
    for path in files_in(place):
        for where, line in lines_in(path):
            if line is None:
                yield Fault(where, None, "this is no line that the site has written")
            elif line.chain != chain:
                yield Fault(where, None, f"it is of another trail, {line.chain}: the database was replaced")
            else:
                known.add(line.number)
                if line.signature != line.signed():
                    yield Fault(where, None, f"seal {line.number} is not signed with the key of this site")
                if line.number not in seals:
                    lacks = f"the database lacks seal {line.number}, and may lack entries up to {line.last}"
                    yield Fault(where, None, lacks)
                elif seals[line.number] != line.digest:
                    what = f"seal {line.number}, up to entry {line.last}, was another one: the database's was made anew"
                    yield Fault(where, None, what)
    for seal in Seal.objects.exclude(number__in=known).order_by("number") if len(known) < len(seals) else ():
        yield Fault(f"Seal {seal.number}", seal.at, "no file of digests knows it")
