"""Reads the files into rows; what cannot be read is refused with its place."""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from forces.models import normalise
from soc_tracker.reference.kinds import BY_NAME
from soc_tracker.reference.outcome import Line, Result, Row

NAMES_OF_ITS_OWN = ("name", "short_name", "slug")
IN_ROWS_OF_THEIR_OWN = ("aliases", "region", "region_from")


class UnreadableError(ValueError):
    """A file is not what a file of rows must be."""


def read(folder: Path) -> tuple[list[Row], list[Line]]:
    """The rows of every JSON file below the folder, named by its kind, and a refusal for what is none."""
    rows: list[Row] = []
    refused: list[Line] = []
    for path in sorted(folder.rglob("*.json")):
        place = path.relative_to(folder).as_posix()
        try:
            rows += _rows(path, place)
        except ValueError as error:
            refused.append(Line(Result.REFUSED, path.stem, "the whole file", place, str(error)))
    if not rows and not refused:
        refused.append(Line(Result.REFUSED, "files", "the folder", folder.name, "it holds no JSON file"))
    return rows, refused


def _rows(path: Path, place: str) -> list[Row]:
    if path.stem not in BY_NAME:
        raise UnreadableError(f"a file is named after the kind of its rows: one of {', '.join(BY_NAME)}")
    items = json.loads(path.read_text("utf-8"), parse_float=Decimal, object_pairs_hook=_each_key_once)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise UnreadableError("expected a list of objects")
    rows = [Row(path.stem, place, number, item) for number, item in enumerate(items, start=1)]
    return [part for row in rows for part in _with_names_and_place(row)]


def _each_key_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise UnreadableError(f"one object says “{key}” twice, the second time {value!r}")
        found[key] = value
    return found


def _with_names_and_place(row: Row) -> list[Row]:
    """An organisation's row as rows of three kinds: the organisation, each of its names, its place in a region."""
    if row.kind != "organisations":
        return [row]
    data = {key: value for key, value in row.data.items() if key not in IN_ROWS_OF_THEIR_OWN}
    parts = [("organisations", data)] + [("aliases", alias) for alias in _aliases(row)]
    if "region" in row.data:
        place = {"organisation": row.data.get("slug"), "region": row.data["region"]}
        parts.append(("memberships", place | {"valid_from": row.data.get("region_from")}))
    return [Row(kind, row.file, row.number, part) for kind, part in parts]


def _aliases(row: Row) -> list[dict[str, Any]]:
    others = row.data.get("aliases", [])
    if not isinstance(others, list):
        raise UnreadableError(f"row {row.number}: aliases is {others!r}; expected a list of names")
    names = [str(name) for name in (*(row.data.get(key) for key in NAMES_OF_ITS_OWN), *others) if name]
    once = {normalise(name): name for name in reversed(names)}
    return [{"organisation": row.data.get("slug"), "name": name} for name in once.values()]


def first_things_first(rows: list[Row], refers_to: str) -> list[Row]:
    """The rows so ordered that each comes after the row of its own kind that it refers to.

    Rows that refer to each other in a circle come last, where they are refused.
    """
    placed: list[Row] = []
    waiting = rows
    while waiting:
        slugs = {str(row.data.get("slug")) for row in waiting}
        ready = [row for row in waiting if str(row.data.get(refers_to, "")) not in slugs]
        if not ready:
            break
        placed += ready
        waiting = [row for row in waiting if str(row.data.get(refers_to, "")) in slugs]
    return placed + waiting
