"""The runs of a page in the order in which they are read: columns one after the other, frames and tables as a whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from inspections.reader.structure.letters import THIN, Frame, Run, Sheet
from inspections.reader.structure.wording import BULLET_OR_COUNT

NEAR = 3.0
"""Points: edges that are as close are the same."""
FEWEST_LINES = 3
"""Of a column of text."""
FULL = 0.6
"""Of the width of a column, half of its lines fill as much; cells of a table do not."""


@dataclass(slots=True)
class Line:
    """What is read as one line. ``column`` is the span in which it stands, ``cells`` what wide gaps part in it, each
    with its left edge. ``frame`` numbers the frame around it, in the whole file. A table with rules is one line with
    ``rows``.
    """

    text: str
    page: int
    number: int
    left: float
    right: float
    base: float
    size: float
    bold: bool
    column: tuple[float, float]
    frame: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    cells: tuple[tuple[float, str], ...] = ()

    @property
    def raw(self) -> str:
        """Its text with a tab at each wide gap."""
        return "\t".join(text for _, text in self.cells) or self.text


@dataclass(slots=True)
class Piece:
    """What is put in order as a whole: a run, or a frame or table with what stands in it."""

    left: float
    top: float
    right: float
    bottom: float
    runs: list[Run] = field(default_factory=list)
    frame: Frame | None = None
    rows: tuple[tuple[str, ...], ...] = ()


def lines_of(sheet: Sheet) -> list[Line]:
    """The lines of a page. ``frame`` numbers the frames of this page, from 0."""
    runs = with_markers(with_bullets(sheet))
    grids = grids_of(sheet.frames)
    pieces: list[Piece] = []
    for grid in grids:
        inside = [run for run in runs if grid.around.holds(run)]
        if rows := grid.rows(inside):
            around = grid.around
            pieces.append(Piece(around.left, around.top, around.right, around.bottom, inside, rows=rows))
            runs = [run for run in runs if run not in inside]
    frames = frames_of(sheet, runs)
    for frame in frames:
        inside = [run for run in runs if frame.holds(run)]
        if inside:
            pieces.append(Piece(frame.left, frame.top, frame.right, frame.bottom, inside, frame))
            runs = [run for run in runs if not frame.holds(run)]
    pieces += [Piece(run.left, run.top, run.right, run.bottom, [run]) for run in runs]
    lines: list[Line] = []
    for column, part in in_order(pieces):
        lines += lines_in(part, column, frames)
    return [replace(line, page=sheet.number, number=number) for number, line in enumerate(lines, start=1)]


def with_bullets(sheet: Sheet) -> list[Run]:
    """The runs, those with a drawn dot before them with a bullet."""
    runs = list(sheet.runs)
    for dot in sheet.dots:
        y = (dot.top + dot.bottom) / 2
        beside = [
            at for at, run in enumerate(runs) if run.top < y < run.base and 0 < run.left - dot.right < run.size * 2
        ]
        if len(beside) == 1:
            [at] = beside
            runs[at] = replace(runs[at], text=f"• {runs[at].text}", left=dot.left)
    return runs


def with_markers(runs: Sequence[Run]) -> list[Run]:
    """The runs, those that are only the marker of an item joined to what stands beside them."""
    result: list[Run] = []
    for run in runs:
        marker = result[-1] if result else None
        is_marker = marker and BULLET_OR_COUNT.fullmatch(marker.text) and abs(marker.base - run.base) < run.size * 0.3
        if marker and is_marker and 0 < run.left - marker.right < run.size * 5:
            result[-1] = replace(run, text=f"{marker.text} {run.text}", left=marker.left)
            continue
        result.append(run)
    return result


# Frames and tables.


def frames_of(sheet: Sheet, runs: Sequence[Run]) -> list[Frame]:
    """The frames around a part of the page's text, the outermost ones, from the top."""
    size = median(run.size for run in runs) if runs else 0
    large = [
        frame
        for frame in sheet.frames
        if frame.width > sheet.width * 0.2
        and frame.height > size * 1.5
        and frame.width * frame.height < sheet.width * sheet.height * 0.85
        and any(frame.holds(run) for run in runs)
    ]
    outer: list[Frame] = []
    for frame in sorted(large, key=lambda each: -each.width * each.height):
        x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
        if not any(other.left <= x <= other.right and other.top <= y <= other.bottom for other in outer):
            outer.append(frame)
    return sorted(outer, key=lambda each: (each.top, each.left))


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of a table, or the edges of its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def around(self) -> Frame:
        return Frame(self.xs[0] - 1, self.ys[0] - 1, self.xs[-1] + 1, self.ys[-1] + 1)

    def rows(self, runs: Iterable[Run]) -> tuple[tuple[str, ...], ...]:
        """What stands in the cells, their lines still apart; () where it is no table of two rows and two columns."""
        cells: dict[tuple[int, int], list[Run]] = defaultdict(list)
        for run in runs:
            row = sum(y < run.base - run.size * 0.3 for y in self.ys[1:-1])
            column = sum(x < run.left + NEAR for x in self.xs[1:-1])
            cells[row, column].append(run)
        columns = range(len(self.xs) - 1)
        rows = [
            [
                "\n".join(" ".join(run.text for run in line) for line in on_lines(cells[row, column]))
                for column in columns
            ]
            for row in range(len(self.ys) - 1)
        ]
        rows = [row for row in rows if any(row)]
        kept = [at for at in columns if any(row[at] for row in rows)]
        table = tuple(tuple(row[at] for at in kept) for row in rows)
        return table if len(table) > 1 and len(kept) > 1 else ()


def grids_of(frames: Sequence[Frame]) -> list[Grid]:
    """The grids that rules and the edges of adjoining cells make."""
    rules = [frame for frame in frames if frame.width <= THIN or frame.height <= THIN]
    cells = adjoining([frame for frame in frames if frame.width > THIN and frame.height > THIN])
    groups: list[tuple[Frame, list[Frame]]] = []
    for part in sorted([*rules, *cells], key=lambda each: (each.top, each.left)):
        near = [  # those that it touches
            (around, parts)
            for around, parts in groups
            if max(part.left, around.left) <= min(part.right, around.right) + NEAR
            and max(part.top, around.top) <= min(part.bottom, around.bottom) + NEAR
        ]
        groups = [group for group in groups if group not in near]
        hulls = [part, *(around for around, _ in near)]
        left, top = min(each.left for each in hulls), min(each.top for each in hulls)
        around = Frame(left, top, max(each.right for each in hulls), max(each.bottom for each in hulls))
        groups.append((around, [part, *(each for _, parts in near for each in parts)]))
    grids = []
    for _, parts in groups:
        xs = merged(x for part in parts if part.height > THIN for x in (part.left, part.right))
        ys = merged(y for part in parts if part.width > THIN for y in (part.top, part.bottom))
        if len(xs) > 2 and len(ys) > 2:
            grids.append(Grid(xs, ys))
    return grids


def adjoining(frames: Sequence[Frame]) -> list[Frame]:
    """The rectangles that share edges with two others or more of their row or column, as cells do."""
    rows: dict[tuple[int, int], set[tuple[str, int]]] = defaultdict(set)
    columns: dict[tuple[int, int], set[tuple[str, int]]] = defaultdict(set)
    for frame in frames:
        rows[round(frame.top), round(frame.bottom)] |= {("from", round(frame.left)), ("to", round(frame.right))}
        columns[round(frame.left), round(frame.right)] |= {("from", round(frame.top)), ("to", round(frame.bottom))}

    def shared(frame: Frame) -> int:
        row = rows[round(frame.top), round(frame.bottom)]
        column = columns[round(frame.left), round(frame.right)]
        wanted = (
            (row, "from", frame.right),
            (row, "to", frame.left),
            (column, "from", frame.bottom),
            (column, "to", frame.top),
        )
        return sum(
            any((side, round(edge) + step) in edges for step in (-2, -1, 0, 1, 2)) for edges, side, edge in wanted
        )

    return [frame for frame in frames if shared(frame) >= 2]


def merged(values: Iterable[float]) -> tuple[float, ...]:
    """The values in order, those that are nearly equal once."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > NEAR:
            result.append(value)
    return tuple(result)


# Columns.


def in_order(pieces: list[Piece]) -> list[tuple[tuple[float, float], list[Piece]]]:
    """The pieces by the column in which they stand, each with its left and right edge, in the order of reading."""
    if not pieces:
        return []
    gutter = gutter_of(pieces)
    if gutter is None:
        return [(span_of(pieces), sorted(pieces, key=lambda piece: (piece.top, piece.left)))]
    result: list[tuple[tuple[float, float], list[Piece]]] = []
    band: list[Piece] = []
    across: list[Piece] = []
    for piece in [*sorted(pieces, key=lambda piece: piece.top), None]:
        if piece is not None and not piece.left < gutter < piece.right:
            if across:
                result.append((span_of(across), across))
                across = []
            band.append(piece)
            continue
        result += in_order([each for each in band if each.right <= gutter])
        result += in_order([each for each in band if each.left >= gutter])
        band = []
        across += [piece] if piece is not None else []
    return [*result, (span_of(across), across)] if across else result


def span_of(pieces: list[Piece]) -> tuple[float, float]:
    """The left and right edge of a column, but for the few pieces that stand out of it, such as a page's number."""
    rights = sorted(piece.right for piece in pieces)
    return min(piece.left for piece in pieces), rights[int((len(rights) - 1) * 0.9)]


def gutter_of(pieces: list[Piece]) -> float | None:
    """The place between two columns of text; None where there is one column, or what stands beside it is a table."""
    lefts = Counter(round(piece.left / NEAR) for piece in pieces)
    first = min(lefts)
    for place, times in lefts.most_common(6):
        if place == first or times < FEWEST_LINES:
            continue
        gutter = place * NEAR - NEAR
        before = [piece for piece in pieces if piece.right <= gutter]
        after = [piece for piece in pieces if piece.left >= gutter]
        across = len(pieces) - len(before) - len(after)
        if across * 2 > len(pieces) or not (is_column(before) and is_column(after)):
            continue
        top = max(min(piece.top for piece in before), min(piece.top for piece in after))
        bottom = min(max(piece.bottom for piece in before), max(piece.bottom for piece in after))
        if bottom - top > FEWEST_LINES * 8:  # they stand beside each other
            return gutter
    return None


def is_column(pieces: list[Piece]) -> bool:
    """Whether the pieces fill their width as text does."""
    if sum(len(piece.runs) for piece in pieces) < FEWEST_LINES:
        return False
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    fills = sorted(piece.right - piece.left for piece in pieces)
    return fills[len(fills) // 2] >= FULL * (right - left) and right - left > 60


# Lines.


def on_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs that stand on one line, from the top; those of a line from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and abs(rows[-1][0].base - run.base) < max(run.size, rows[-1][0].size) * 0.35:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in rows]


def lines_in(pieces: list[Piece], column: tuple[float, float], frames: list[Frame]) -> list[Line]:
    """The lines of a column; what stands in a frame is put in order by itself."""
    lines: list[Line] = []
    loose: list[Run] = []
    for piece in [*pieces, None]:
        if piece is not None and not piece.frame and not piece.rows:
            loose += piece.runs
            continue
        lines += [line_of(row, column) for row in on_lines(loose)]
        loose = []
        if piece is not None and piece.rows:
            text = " / ".join(" | ".join(row) for row in piece.rows)
            first = piece.runs[0]
            lines.append(
                Line(text, 0, 0, piece.left, piece.right, piece.top, first.size, False, column, rows=piece.rows)
            )
        elif piece is not None and piece.frame:
            number = frames.index(piece.frame)
            inner = [Piece(run.left, run.top, run.right, run.bottom, [run]) for run in piece.runs]
            for span, part in in_order(inner):
                lines += [replace(line, frame=number) for line in lines_in(part, span, [])]
    return lines


def line_of(row: list[Run], column: tuple[float, float]) -> Line:
    letters = max(row, key=lambda run: len(run.text))
    return Line(
        " ".join(run.text for run in row),
        0,
        0,
        row[0].left,
        row[-1].right,
        letters.base,
        letters.size,
        all(run.bold for run in row),
        column,
        cells=tuple((run.left, run.text) for run in row),
    )
