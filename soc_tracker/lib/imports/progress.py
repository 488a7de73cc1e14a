"""How far a reading is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Is told how many bytes have been read, and of how many."""


def nothing(done: int, of: int) -> None:
    """Tell nobody."""
