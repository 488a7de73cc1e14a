"""Reorganisations as people write them, in a small file or a form: one a row, its bodies by any of their names."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from forces.choices import ReorganisationKind
from forces.models import Alias, Organisation, Region, Reorganisation
from forces.queries import Lineage
from forces.services import REORGANISATIONS
from soc_tracker.core.imports.cells import as_text
from soc_tracker.core.imports.days import EXPECTED_DAY, parse_day
from soc_tracker.core.imports.questions import UnreadableFileError
from soc_tracker.core.imports.tables import read_tables
from soc_tracker.core.records.services import By
from soc_tracker.core.text.normal import normalise
from soc_tracker.core.text.spelling import did_you_mean

COLUMNS = ("kind", "on", "before", "after", "new", "region", "source", "note", "reason")
"""Of a row. ``before``, ``after`` and ``new`` hold one body a line, in a CSV file with "|" between them."""
MOST_ROWS = 500
T = TypeVar("T")


def read_rows(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a file that its owner calls ``name``: CSV, XLSX or ODS with the columns' names in its first row, or
    JSON with a list of objects whose bodies may be lists.

    Raises UnreadableFileError for what is neither, or names a column that no row has.
    """
    try:
        if name.lower().endswith(".json"):
            rows: Any = json.loads(path.read_text("utf-8-sig"))
        else:
            (_, first), *others = read_tables(path, name, most=MOST_ROWS).tables[0].rows
            headings = [as_text(cell).strip().lower() for cell in first]
            rows = [dict(zip_longest(headings, map(as_text, row), fillvalue="")) for _, row in others]
        cells = [
            {key: "\n".join(cell) if isinstance(cell, list) else cell for key, cell in row.items()} for row in rows
        ]
    except (ValueError, AttributeError, TypeError) as error:
        raise UnreadableFileError(f"it is no table of rows with the columns {', '.join(COLUMNS)}") from error
    for key in (key for row in cells for key, cell in row.items() if key or cell):
        if key not in COLUMNS:
            raise UnreadableFileError(f"“{key}” is no column: there are {', '.join(COLUMNS)}")
    return [{key: str(cell or "").replace("|", "\n") for key, cell in row.items() if key} for row in cells]


def values_of(row: Mapping[str, str], lineage: Lineage) -> dict[str, Any]:
    """What the row says, as a reorganisation takes it. Raises ValidationError, naming each column that it cannot be."""
    faults: dict[str, list[str]] = {}

    def understand(column: str, read: Callable[[str], T], nothing: T) -> T:
        try:
            return read(row.get(column, "").strip())
        except ValidationError as error:
            faults.setdefault(column, []).extend(error.messages)
        return nothing

    on, nobody = understand("on", _day, date.max), list[Organisation]()
    values = {
        "kind": understand("kind", _kind, ""),
        "on": on,
        "predecessors": understand("before", lambda names: _bodies(names, on - timedelta(days=1), lineage), nobody),
        "successors": understand("after", lambda names: _bodies(names, on, lineage), nobody),
        "new_bodies": row.get("new", "").strip(),
        "region": understand("region", _region, None),
        "source": row.get("source", "").strip(),
        "note": row.get("note", "").strip(),
    }
    if not values["source"]:
        faults["source"] = ["Say where it is laid down."]
    if faults:
        raise ValidationError(faults)
    return values


def carry_out(rows: Iterable[Mapping[str, str]], get_lineage: Callable[[], Lineage], *, by: By) -> list[Reorganisation]:
    """All rows or none, each on what those before it made; a row that is on record already is left out.

    Raises ValidationError with what is wrong with every row, as a spreadsheet numbers them.
    """
    made, faults = [], []
    with transaction.atomic():
        for number, row in enumerate(rows, 2):
            try:
                with transaction.atomic():
                    values = values_of(row, get_lineage())
                    before = {body.pk for body in values["predecessors"]}
                    alike = Reorganisation.objects.filter(kind=values["kind"], on=values["on"])
                    stored = alike.prefetch_related("predecessors")
                    if before not in [{body.pk for body in each.predecessors.all()} for each in stored]:
                        made.append(REORGANISATIONS.create(values, by=by, reason=row.get("reason") or values["source"]))
            except ValidationError as error:
                named = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
                for name, messages in named.items():
                    about = "" if name == NON_FIELD_ERRORS else f"{name}: "
                    faults += [f"row {number}: {about}{message}" for message in messages]
        if faults:
            raise ValidationError(faults)
    return made


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise ValidationError(f"“{text}” is no day: give {EXPECTED_DAY}.") from error


def _kind(text: str) -> str:
    for kind in ReorganisationKind:
        if normalise(text) in (normalise(kind.value), normalise(str(kind.label))):
            return str(kind.value)
    raise ValidationError(f"“{text}” is none of {', '.join(ReorganisationKind.values)}.")


def _region(text: str) -> Region | None:
    by_name = {normalise(name): region for region in Region.objects.all() for name in (region.slug, region.name)}
    if text and normalise(text) not in by_name:
        raise ValidationError(f"“{text}” is no region: there are {', '.join(sorted({*map(str, by_name.values())}))}.")
    return by_name.get(normalise(text))


def _bodies(names: str, day: date, lineage: Lineage) -> list[Organisation]:
    """Those that have the names on the day: a name of one that was or became another leads to it."""
    bodies, faults = [], []
    for name in filter(None, map(str.strip, names.splitlines())):
        alias = Alias.objects.select_related("organisation").filter(normalised=normalise(name)).first()
        body = alias and (lineage.on_day(alias.organisation, day) or alias.organisation)
        if body:
            bodies.append(body)
            continue
        near = did_you_mean(name, Alias.objects.values_list("name", flat=True))
        faults.append(f"“{name}” is no body on record{f': did you mean {near[0]}?' if near else '.'}")
    if faults:
        raise ValidationError(faults)
    return bodies
