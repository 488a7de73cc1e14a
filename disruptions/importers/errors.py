"""The refused rows of a file, given back in its own form with what is wrong with each."""

from collections import defaultdict
from pathlib import Path

from disruptions.importers.outcome import Loading
from disruptions.services.loading import refusals_between
from soc_tracker.lib.imports import ErrorFile, Fault, open_sheet


def write_errors(loading: Loading, errors: Path) -> None:
    """Read the file a second time and copy the rows that have a fault."""
    with open_sheet(loading.path, loading.file_name) as sheet, ErrorFile(errors, sheet) as file:
        for chunk in sheet.chunks():
            said: dict[int, list[str]] = defaultdict(list)
            for line, _, *fault in refusals_between(chunk.lines[0], chunk.lines[-1]):
                said[line].append(str(Fault(*fault)))
            for at, line in enumerate(chunk.lines) if said else ():
                if line in said:
                    file.add(chunk.row(at), said[line])
