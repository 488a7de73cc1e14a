"""How many disruptions each choice of a filter would leave."""

from collections.abc import Iterable
from typing import Any

from disruptions.selectors.counts.parts import is_coarse, is_in_margins, parts_of
from disruptions.selectors.counts.scope import Scope
from disruptions.selectors.counts.sql import Sql, fetch
from disruptions.selectors.counts.sums import grouped_apart, stated


def facets(scope: Scope, dimensions: Iterable[str]) -> dict[str, dict[Any, int]]:
    """Counts by each dimension, as the scope would be whatever its own value of that dimension is. One query."""
    found: dict[str, dict[Any, int]] = {dimension: {} for dimension in dimensions}
    alone = [name for name in found if name in scope.values or is_in_margins(scope, [name])]
    coarse = [name for name in found if name not in alone and is_coarse(scope, [name])]
    fine = [name for name in found if name not in (*alone, *coarse)]
    asked = [*((scope.without(name), [name]) for name in alone), (scope, coarse), (scope, fine)]
    read = [(parts_of(narrowed, names), names) for narrowed, names in asked if names]
    statements = [grouped_apart(parts, names) for parts, names in read if parts]
    if statements:
        for dimension, value, number in fetch(Sql.joined(" UNION ALL ", statements)):
            found[dimension][stated(dimension, value)] = int(number)
    return found
