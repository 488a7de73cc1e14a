"""What became of a file of plans."""

from dataclasses import dataclass

from soc_tracker.lib.imports.outcome import Outcome as RowOutcome


@dataclass(frozen=True)
class Outcome(RowOutcome):
    """``fingerprint`` is the same for two checks that found the same, row by row, however many rows each would show.

    A row is added where all that it brings is new, and changed where it touches what is on record. ``missing`` counts
    aims, actions and reasons of the plans in the file that it does not name.
    """

    fingerprint: str
