"""The quick way through a piece of CSV whose rows are all whole: cut it into cells at once, with no loop over rows."""

import re

MOST_QUOTED = 4
"""Quotation marks a row, on average, beyond which the csv module is quicker."""
_NUL = "\0"
"""Parts cells that are changed together: a text that has it is not read here."""
_DELIMITER, _QUOTE = "\x1e", "\x1f"
"""Stand for a delimiter and a quotation mark inside a quoted cell until the cells are cut."""


def plain_columns(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """The columns of some whole lines. None: a row is blank, short, long, quoted oddly or over several lines, so that
    only the csv module will do. What this returns is what the csv module would return.
    """
    if _NUL in text or not text.endswith("\n"):
        return None
    bare = _unquoted(text, delimiter) if '"' in text else text
    if bare is None:
        return None
    cells = bare.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    cells.pop()
    step = width + 1
    rows, rest = divmod(len(cells), step)
    if rest or cells[width::step].count("\n") != rows or text.count("\n") != rows:
        return None
    columns = [cells[place::step] for place in range(width)]
    return [_restored(column, delimiter) for column in columns] if bare is not text else columns


def _unquoted(text: str, delimiter: str) -> str | None:
    """The text without its quotation marks, stand-ins inside. None: they are too many, or not placed as they should.

    Every match begins where a cell begins and ends where it ends. So while all marks belong to a match, no match can
    begin inside a quoted cell; when a mark is left over, nothing is certain.
    """
    if _DELIMITER in text or _QUOTE in text or text.count('"') > MOST_QUOTED * text.count("\n"):
        return None
    edge = re.escape(delimiter) + "\n"
    # It looks back from behind the first mark: that way the search leaps from mark to mark.
    cell = re.compile(f'"(?<![^{edge}]")([^"\n]*(?:""[^"\n]*)*)"(?![^{edge}])')
    parts = cell.split(text)  # in turn what is outside and what is inside
    if inside := parts[1::2]:
        together = _NUL.join(inside).replace(delimiter, _DELIMITER).replace('""', _QUOTE)
        parts[1::2] = together.split(_NUL)
    bare = "".join(parts)
    return None if '"' in bare else bare


def _restored(column: list[str], delimiter: str) -> list[str]:
    together = _NUL.join(column)
    if _DELIMITER not in together and _QUOTE not in together:
        return column
    return together.replace(_DELIMITER, delimiter).replace(_QUOTE, '"').split(_NUL)
