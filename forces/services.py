"""Every write of regions, organisations and areas: see ``soc_tracker.core.records.services`` for the three verbs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils.text import slugify

from forces.areas.models import LocalPolicingArea, LocalProfile
from forces.choices import OrganisationKind, ReorganisationKind
from forces.models import Alias, BodySize, Membership, Organisation, Oversight, Region, Reorganisation, Succession
from soc_tracker.core.records.services import By, Service, change, differing, remove
from soc_tracker.core.text.days import Days, in_words, to_words
from soc_tracker.core.text.normal import normalise


def overlapping(rows: QuerySet[Any], first: date | None, last: date | None) -> QuerySet[Any]:
    """Rows whose validity has a day in common with the span (None is open)."""
    starts = Q(valid_from__isnull=True) | Q(valid_from__lte=last) if last else Q()
    return rows.filter(starts & (Q(valid_to__isnull=True) | Q(valid_to__gte=first) if first else Q()))


class OrganisationService(Service[Organisation]):
    """An organisation answers to its name, its short name, its slug, and every name it had before."""

    def prepare(self, record: Organisation) -> None:
        names = _own_names(record)
        holders = _holders(names.values())
        for field, name in names.items():
            holder = holders.get(normalise(name))
            if holder and holder.organisation_id != record.pk:
                raise ValidationError({field: _taken(holder)})
        same_code = Organisation.objects.filter(ons_code=record.ons_code).exclude(pk=record.pk)
        if record.ons_code and overlapping(same_code, record.valid_from, record.valid_to).exists():
            raise ValidationError({"ons_code": "Another organisation has this ONS code at that time."})

    def follow(self, record: Organisation, *, by: By, reason: str) -> None:
        spellings = {normalise(name): name for name in reversed(_own_names(record).values())}
        for normalised in spellings.keys() - _holders(spellings.values()).keys():
            ALIASES.create(organisation=record, name=spellings[normalised], by=by, reason=reason)


class AliasService(Service[Alias]):
    """A name leads to one organisation only, however it is spelled."""

    def prepare(self, record: Alias) -> None:
        record.normalised = normalise(record.name)
        if not record.normalised:
            raise ValidationError({"name": "A name needs at least one letter or digit."})
        holder = _holders([record.name]).get(record.normalised)
        if holder and holder.pk != record.pk:
            raise ValidationError({"name": _taken(holder)})

    def fixed_fields(self, record: Alias) -> tuple[str, ...]:
        return (*self.fixed, "name") if _is_own(record) else self.fixed

    def check_removal(self, record: Alias) -> None:
        if _is_own(record):
            raise ValidationError(f"“{record.name}” is the present name of {record.organisation} and stays.")


class MembershipService(Service[Membership]):
    """An organisation belongs to one region at a time."""

    def prepare(self, record: Membership) -> None:
        list(Organisation.objects.select_for_update().filter(pk=record.organisation_id))  # one writer of its places
        others = Membership.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk)
        other = overlapping(others, record.valid_from, record.valid_to).select_related("region").first()
        if other:
            when = to_words(other.valid_from, other.valid_to) or "with no dates"
            raise ValidationError(
                f"{record.organisation} is already in {other.region} at that time ({when}). End that membership first."
            )


class SuccessionService(Service[Succession]):
    """Successions lead forward: no organisation comes after itself."""

    def prepare(self, record: Succession) -> None:
        others = Succession.objects.exclude(pk=record.pk)
        later: set[int] = set()
        newest = {record.successor_id}
        while newest:
            later |= newest
            newest = set(others.filter(predecessor__in=newest).values_list("successor", flat=True)) - later
        if record.predecessor_id in later:
            raise ValidationError(f"{record.predecessor} would come after itself.")


class OversightService(Service[Oversight]):
    """One local policing body at a time answers for an organisation."""

    def prepare(self, record: Oversight) -> None:
        if not Organisation.objects.filter(pk=record.responder_id, kind=OrganisationKind.POLICING).exists():
            raise ValidationError({"responder": f"{record.responder} is no local policing body."})
        others = Oversight.objects.filter(organisation=record.organisation_id).exclude(pk=record.pk)
        other = overlapping(others, record.valid_from, record.valid_to).select_related("responder").first()
        if other:
            raise ValidationError(f"{other.responder} answers for {record.organisation} at that time.")


class Act:
    """One reorganisation as it is carried out or undone: who does it and why, the ``last`` day of what was before, and
    the ``steps`` that it has taken so far.

    A step names a row by its ``model`` and ``key``; ``made`` is whether the act made it. Of the others it set the last
    day, which ``was`` another, or None.
    """

    def __init__(self, record: Reorganisation, by: By, reason: str) -> None:
        self.record, self.kind = record, ReorganisationKind(record.kind)
        self.why: dict[str, Any] = {"by": by, "reason": f"{record}: {reason}"}
        self.last = record.on - timedelta(days=1)
        self.steps: list[dict[str, Any]] = []

    @cached_property
    def before(self) -> list[Organisation]:
        return list(self.record.predecessors.all())

    @cached_property
    def after(self) -> list[Organisation]:
        """Those that exist already; once the new ones are made, these too."""
        return list(self.record.successors.all())

    @cached_property
    def new(self) -> list[list[str]]:
        """Of each body that begins, its name, short name and ONS code, as far as they are given."""
        lines = filter(str.strip, self.record.new_bodies.splitlines())
        return [[part.strip() for part in line.split(";")] for line in lines]

    @cached_property
    def places(self) -> list[Membership]:
        """The places in regions that end with it."""
        rows = Membership.objects.filter(organisation__in=self.before).select_related("organisation", "region")
        return list(overlapping(rows, self.record.on, None))

    @cached_property
    def oversights(self) -> list[Oversight]:
        """By local policing bodies for the bodies before, or of these for others, that end with it."""
        about = Q(organisation__in=self.before) | Q(responder__in=self.before)
        rows = Oversight.objects.filter(about).select_related("organisation", "responder").order_by("pk")
        return list(overlapping(rows, self.record.on, None)) if self.kind.link else []

    def make(self, service: Service[Any], values: Mapping[str, Any]) -> Any:
        row = service.create(values, **self.why)
        self.steps.append({"model": row._meta.model_name, "key": row.pk, "made": True})
        return row

    def end(self, row: Any) -> None:
        was = row.valid_to.isoformat() if row.valid_to else None
        self.steps.append({"model": row._meta.model_name, "key": row.pk, "made": False, "was": was})
        SERVICES[type(row)].change(row, valid_to=self.last, expected_version=row.version, **self.why)

    def carry_out(self) -> None:
        """End what was, make what begins, and say what became what."""
        for row in (*(self.before if self.kind.link else ()), *self.places, *self.oversights):
            self.end(row)
        begun = [self.make(ORGANISATIONS, _new_body(self, parts)) for parts in self.new]
        for size in _sizes_together(self, begun):
            self.make(SIZES, size)
        self.after += begun
        region = self.record.region or (self.places[0].region if self.places and self.kind.keeps_region else None)
        start = {"valid_from": self.record.on}
        for body in (self.after if self.kind.link else self.before) if region else ():
            if not Membership.objects.valid_on(self.record.on).filter(organisation=body).exists():
                self.make(MEMBERSHIPS, {"organisation": body, "region": region, **start})
        link = {"kind": self.kind.link, "on": self.record.on, "note": self.record.source}
        for earlier, later in product(self.before, self.after):
            self.make(SUCCESSIONS, {"predecessor": earlier, "successor": later, **link})
        for organisation, responder in _answers(self):
            if not overlapping(Oversight.objects.filter(organisation=organisation), self.record.on, None).exists():
                self.make(OVERSIGHTS, {"organisation": organisation, "responder": responder, **start})

    def take_back(self, step: Mapping[str, Any]) -> None:
        """Raises ValidationError where somebody has built on the row since, or changed it."""
        service = next(service for model, service in SERVICES.items() if model._meta.model_name == step["model"])
        row = service.model._base_manager.filter(pk=step["key"]).first()
        if row is None:
            raise ValidationError(f"A {service.model._meta.verbose_name} that it wrote is gone: bring that back first.")
        version = {"expected_version": row.version}
        try:
            if step["made"] and getattr(row, "valid_to", None) is None:
                service.remove(row, **version, **self.why)
            elif not step["made"] and row.valid_to == self.last:
                was = date.fromisoformat(step["was"]) if step["was"] else None
                service.change(row, valid_to=was, **version, **self.why)
            else:
                raise ValidationError(f"“{row}” has been changed since: take that back first.")
        except ProtectedError as error:
            kinds = sorted({str(each._meta.verbose_name_plural) for each in error.protected_objects})
            raise ValidationError(f"“{row}” has {', '.join(kinds)} by now, so it cannot be undone.") from error


class ReorganisationService(Service[Reorganisation]):
    """Carries a reorganisation out when it is added, and undoes it when it is removed, in one transaction each.

    Every row keeps its key and its address. Only what explains it can be changed later.
    """

    def follow(self, record: Reorganisation, *, by: By, reason: str) -> None:
        """Carry out what has not been. Raises ValidationError with everything that stands against it."""
        if record.steps:
            return
        act = Act(record, by, reason)
        if problems := list(_problems(act)):
            raise ValidationError(problems)
        act.carry_out()
        values = {"steps": act.steps, "successors": act.after}
        written = change(record, values=values, expected_version=record.version, by=by, reason=reason)
        vars(record).update(vars(written))

    def change(
        self,
        record: Reorganisation,
        values: Mapping[str, Any] | None = None,
        /,
        *,
        by: By,
        reason: str,
        expected_version: int,
        **more: Any,
    ) -> Reorganisation:
        values = {**(values or {}), **more}
        if {"predecessors", "successors"} & {*differing(record, values)}:
            raise ValidationError("The bodies of what has been carried out stay: undo it, and add another.")
        return super().change(record, values, by=by, reason=reason, expected_version=expected_version)

    def remove(self, record: Reorganisation, *, by: By, reason: str, expected_version: int) -> None:
        """Undo it, the last step first. Raises ValidationError where something has been built on it since."""
        act, steps = Act(record, by, f"undone: {reason}"), list(record.steps)
        with transaction.atomic():
            bare = change(record, values={"steps": []}, expected_version=expected_version, by=by, reason=reason)
            remove(bare, expected_version=bare.version, by=by, reason=reason)
            for step in reversed(steps):
                act.take_back(step)


REGIONS = Service(Region, fixed=("slug",))
ORGANISATIONS = OrganisationService(Organisation, fixed=("slug", "kind"))
ALIASES = AliasService(Alias, fixed=("organisation",))
MEMBERSHIPS = MembershipService(Membership)
SUCCESSIONS = SuccessionService(Succession)
OVERSIGHTS = OversightService(Oversight)
REORGANISATIONS = ReorganisationService(Reorganisation, fixed=("kind", "on", "region", "new_bodies"))
SIZES = Service(BodySize, fixed=("organisation",))
AREAS = Service(LocalPolicingArea, fixed=("organisation",))
PROFILES = Service(LocalProfile)
ALL = (REGIONS, ORGANISATIONS, ALIASES, MEMBERSHIPS, SUCCESSIONS, OVERSIGHTS, REORGANISATIONS, SIZES, AREAS, PROFILES)
SERVICES: dict[type[models.Model], Service] = {service.model: service for service in ALL}


def _problems(act: Act) -> Iterator[str]:
    """How many there are of the bodies before and after, whether each is there on its day; and where they belong until
    then and from then on.
    """
    kind, start = act.kind, act.record.on
    for number, fewest, most, which in (
        (len(act.before), kind.fewest_before, kind.most_before, "before"),
        (len(act.after) + len(act.new), kind.fewest_after, kind.most_after, "after"),
    ):
        if not fewest <= number <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            yield f"{kind.label}: it takes {wanted} bodies {which}, and {number} are given."
    for body, day in [*((body, act.last) for body in act.before), *((body, start) for body in act.after)]:
        if day not in Days(body.valid_from, body.valid_to):
            existence = to_words(body.valid_from, body.valid_to)
            yield f"{body} is not there on {in_words(day)}: it exists {existence}."
    yield from (f"{body} cannot come after itself." for body in act.before if body in act.after)
    if act.new and not kind.new_kind and len({body.kind for body in act.before}) > 1:
        yield "Bodies of several kinds do not become a new one: add that first, and choose it."
    for parts in act.new:
        if len(parts) > 3 or not parts[0]:
            yield f"“{'; '.join(parts)}” is no new body: give its name; short name; ONS code."
    rows: list[Any] = [*act.places, *act.oversights]
    for row in rows:
        if row.valid_from and row.valid_from >= start:
            yield f"“{row}” begins on {in_words(row.valid_from)}: something later is planned already."
    regions = {row.region for row in act.places}
    if kind.keeps_region and len(regions) > 1 and not act.record.region:
        yield "They belong to several regions: choose the one of the bodies after."
    if not kind.link and (not act.record.region or act.record.region in regions):
        yield "Choose the region to which they move: another than they are in."


def _new_body(act: Act, parts: Sequence[str]) -> dict[str, Any]:
    """A body that begins; a renamed one keeps its code."""
    name, short_name, code = (*parts, "", "")[:3]
    kind, first = act.kind, act.before[0]
    return {
        "name": name,
        "short_name": short_name or name,
        "slug": slugify(short_name or name),
        "kind": kind.new_kind or first.kind,
        "ons_code": code or (first.ons_code if kind is ReorganisationKind.RENAMING else ""),
        "valid_from": act.record.on,
    }


def _sizes_together(act: Act, begun: Sequence[Organisation]) -> Iterator[dict[str, Any]]:
    """How large a body is in which all of several goes on: of each day for which the size of every one is stated."""
    if not begun or act.kind.most_after > 1 or act.kind.new_kind:
        return
    of_days: dict[tuple[str, date], list[BodySize]] = {}
    for size in BodySize.objects.filter(organisation__in=act.before).select_related("source").order_by("pk"):
        of_days.setdefault((size.measure, size.as_at), []).append(size)
    for (measure, as_at), sizes in of_days.items():
        if len(sizes) == len(act.before):
            yield {
                "organisation": begun[0],
                "measure": measure,
                "as_at": as_at,
                "value": sum(size.value for size in sizes),
                "source": sizes[0].source,
                "locator": sizes[0].locator if len(sizes) == 1 else f"{sizes[0].locator}; added up",
                "no_rate_because": sizes[0].no_rate_because if len(sizes) == 1 else "",
            }


def _answers(act: Act) -> list[tuple[Organisation, Organisation]]:
    """From the day on, the one local policing body that answers for each organisation, where it is plain which."""
    responders: dict[Organisation, set[Organisation]] = {}
    for row in act.oversights:
        for organisation in act.after if row.organisation in act.before else [row.organisation]:
            later = act.after if row.responder in act.before else [row.responder]
            policing = {body for body in later if body.kind == OrganisationKind.POLICING}
            responders.setdefault(organisation, set()).update(policing)
    return [(organisation, *bodies) for organisation, bodies in responders.items() if len(bodies) == 1]  # type: ignore[misc]


def _own_names(organisation: Organisation) -> dict[str, str]:
    return {field: getattr(organisation, field) for field in ("name", "short_name", "slug")}


def _is_own(alias: Alias) -> bool:
    return alias.normalised in {normalise(name) for name in _own_names(alias.organisation).values()}


def _holders(names: Iterable[str]) -> dict[str, Alias]:
    """The aliases that have these names, by their normalised form."""
    spellings = {normalise(name) for name in names}
    aliases = Alias.objects.select_related("organisation").filter(normalised__in=spellings)
    return {alias.normalised: alias for alias in aliases}


def _taken(alias: Alias) -> str:
    return f"“{alias.name}” already leads to {alias.organisation}."
