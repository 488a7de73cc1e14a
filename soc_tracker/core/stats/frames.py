"""Tables of counts by two things, made with pandas, which is loaded only when one is made.

What is not known stays apart from what is none: a cell is a number, or None where nothing can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Counts = Mapping[tuple[Any, ...], int]
Key = Callable[[Any], Any]


@dataclass(frozen=True)
class CrossTable:
    """Counts by the values of one thing (rows) and of another (columns), with their sums.

    ``cells`` and the sums hold None where the row or the column lies wholly outside of what is known.
    """

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    cells: Mapping[tuple[Any, Any], int | None]
    of_row: Mapping[Any, int | None]
    of_column: Mapping[Any, int | None]
    total: int


def cross_table(
    counts: Counts,
    *,
    rows: Sequence[Any],
    columns: Sequence[Any],
    row: Key = lambda value: value,
    column: Key = lambda value: value,
    unknown_rows: Collection[Any] = (),
    unknown_columns: Collection[Any] = (),
) -> CrossTable:
    """The table of counts by (row, column). ``row`` and ``column`` say which of the rows and columns a value is in.

    A pair without a count has 0, one in a row or column that is unknown None. Raises KeyError for a value that is in
    none of the rows or columns: so that the total is always that of all counts.
    """
    import pandas

    place = {value: number for number, value in enumerate(rows)}
    beside = {value: number for number, value in enumerate(columns)}
    numbers = [(place[row(left)], beside[column(right)], n) for (left, right), n in counts.items()]
    frame = pandas.DataFrame(numbers, columns=["row", "column", "n"]).pivot_table(
        index="row", columns="column", values="n", aggfunc="sum", fill_value=0
    )
    frame = frame.reindex(index=range(len(rows)), columns=range(len(columns)), fill_value=0).astype("Int64")
    known_rows = [value not in unknown_rows for value in rows]
    known_columns = [value not in unknown_columns for value in columns]
    of_row = frame.sum(axis=1).where(known_rows)
    of_column = frame.sum(axis=0).where(known_columns)
    cells = frame.where(pandas.Series(known_rows), axis=0).where(pandas.Series(known_columns), axis=1)
    return CrossTable(
        rows=tuple(rows),
        columns=tuple(columns),
        cells={
            (left, right): _known(cells.iat[up, along])
            for up, left in enumerate(rows)
            for along, right in enumerate(columns)
        },
        of_row=dict(zip(rows, map(_known, of_row), strict=True)),
        of_column=dict(zip(columns, map(_known, of_column), strict=True)),
        total=int(frame.to_numpy().sum()),
    )


@dataclass(frozen=True)
class Triangle:
    """Counts by quarter (its first day) and by the quarters that passed until they became known.

    ``cells`` hold None where so many quarters have not passed yet. ``within`` is the share of all that is known of a
    quarter so far, from 0 to 1, by the same pairs; None for a quarter of which nothing is known.
    """

    quarters: tuple[date, ...]
    delays: tuple[int, ...]
    cells: Mapping[tuple[date, int], int | None]
    within: Mapping[tuple[date, int], float | None]
    of_quarter: Mapping[date, int]


def delay_triangle(counts: Counts, *, last: date) -> Triangle:
    """From counts by month of happening and month of becoming known, each as its first day.

    ``last`` is the first day of the last quarter that is over: what became known later is left out. The quarters are
    all from the first that has any to the last.
    """
    import pandas

    frame = pandas.DataFrame(
        [(happened, known, n) for (happened, known), n in counts.items()], columns=["happened", "known", "n"]
    )
    for name in ("happened", "known"):
        frame[name] = pandas.PeriodIndex(pandas.to_datetime(frame[name]), freq="Q").astype("int64")
    end = pandas.Period(last, freq="Q").ordinal
    frame = frame[(frame["happened"] <= end) & (frame["known"] <= end)]
    frame["delay"] = (frame["known"] - frame["happened"]).clip(lower=0)
    if not len(frame) or not frame["n"].any():
        return Triangle((), (), {}, {}, {})
    first = int(frame.loc[frame["n"] != 0, "happened"].min())
    table = frame.pivot_table(index="happened", columns="delay", values="n", aggfunc="sum", fill_value=0)
    ordinals, delays = range(first, end + 1), range(end - first + 1)
    table = table.reindex(index=ordinals, columns=delays, fill_value=0)
    seen = table.apply(lambda line: [line.name + delay <= end for delay in delays], axis=1, result_type="expand")
    so_far = table.sum(axis=1)
    shares = table.cumsum(axis=1).div(so_far.where(so_far > 0), axis=0)
    quarters = {ordinal: pandas.Period(ordinal=ordinal, freq="Q").start_time.date() for ordinal in ordinals}
    pairs = [(ordinal, delay) for ordinal in ordinals for delay in delays]
    is_seen = {pair: bool(seen.iloc[pair[0] - first, pair[1]]) for pair in pairs}
    return Triangle(
        quarters=tuple(quarters.values()),
        delays=tuple(delays),
        cells={(quarters[q], d): int(table.at[q, d]) if is_seen[q, d] else None for q, d in pairs},
        within={(quarters[q], d): _known(shares.at[q, d], float) if is_seen[q, d] else None for q, d in pairs},
        of_quarter={quarters[ordinal]: int(so_far[ordinal]) for ordinal in ordinals},
    )


def quarter_of(month: date) -> date:
    """The first day of the quarter that the day lies in."""
    return month.replace(month=(month.month - 1) // 3 * 3 + 1, day=1)


def _known(value: Any, kind: Callable[[Any], Any] = int) -> Any:
    import pandas

    return None if pandas.isna(value) else kind(value)
