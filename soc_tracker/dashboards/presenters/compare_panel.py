"""The form of the comparison: bodies as facets, the rest as fields."""

from dataclasses import dataclass

from disruptions.choices import DataKind, FourP
from soc_tracker.dashboards.filters import CompareFilter
from soc_tracker.lib.facets import Facet, facet

DAYS = ("from", "to", "as_at", "second_as_at")


@dataclass(frozen=True)
class Day:
    """A day that may be typed; ``value`` is what was typed."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Select:
    """One of several choices."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class Panel:
    selects: tuple[Select, ...]
    days: tuple[Day, ...]


def panel(asked: CompareFilter) -> Panel:
    given = asked.query
    return Panel(
        selects=(
            Select("four_p", "Share of", tuple(FourP.choices), given.get("four_p", "") or FourP.PURSUE),
            Select("data", "Kind of data", (("", "Whichever there is"), *DataKind.choices), given.get("data", "")),
        ),
        days=tuple(Day(name, str(asked.filters[name].label), given.get(name, "")) for name in DAYS),
    )


def facets(asked: CompareFilter) -> list[Facet]:
    """Regions stand open; the bodies fold unless one is chosen."""
    return [_facet(asked, "region", opens=True), _facet(asked, "organisation", opens=False)]


def _facet(asked: CompareFilter, name: str, *, opens: bool) -> Facet:
    filter_ = asked.filters[name]
    chosen = asked.given.get(name) or ()
    return facet(name, str(filter_.label), filter_.field.choices, chosen, None, short=opens)
