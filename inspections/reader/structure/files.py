"""A report in any form is read by a process of its own, within limits of memory and time."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import structlog

from inspections.reader.structure.blocks import Block, BlockKind, Document, UnreadableReportError

log = structlog.get_logger(__name__)
MOST_MEMORY = 1 << 30
"""Bytes of addresses; the reader of PDFs has 250 MB of them before it has read anything."""
SECONDS, BYTES_A_SECOND = 85, 1 << 20
"""Each file has so many seconds, and one for each so many of its bytes."""
MOST_ERRORS = 4_000
"""Characters of what the process says of its end, for the log."""
PROGRAM = """
import sys; sys.path.insert(0, sys.argv[1])
from inspections.reader.structure.program import main; main(*sys.argv[2:])
"""
Progress = Callable[[int, int], None]


def nothing(done: int, of: int) -> None:
    """For who does not ask how far the reading is."""


def read_document(path: Path, name: str, labels: Collection[str] = (), progress: Progress = nothing) -> Document:
    """The blocks of a report. ``progress`` is told how many pages are read, and of how many, where a file has pages.

    ``labels`` are words that stand alone and say something of their section, such as a grade. What ``progress`` raises
    ends the reading. Raises UnreadableReportError where the file is no report, or takes too much to read.
    """
    seconds = SECONDS + path.stat().st_size // BYTES_A_SECOND
    root = Path(__file__).resolve().parents[3]
    order = json.dumps({"path": str(path.resolve()), "name": name, "labels": sorted(labels)})
    command = [sys.executable, "-c", PROGRAM, str(root), str(MOST_MEMORY), str(seconds), order]
    with (
        TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
        ) as process,
    ):
        stop = threading.Timer(seconds, process.kill)
        stop.start()
        try:
            answer = answer_of(process.stdout or (), progress)
            is_late = not stop.is_alive()
        finally:
            stop.cancel()
            process.kill()
        process.wait()
        errors.seek(0)
        if not answer.keys() & {"document", "refusal"}:
            log.error(
                "a report could not be read", file=name, code=process.returncode, why=errors.read()[-MOST_ERRORS:]
            )
    if "document" in answer:
        return document_of(answer["document"])
    if "refusal" in answer:
        raise UnreadableReportError(answer["refusal"])
    if is_late or process.returncode == -signal.SIGXCPU:
        raise UnreadableReportError(
            f"Reading {name} was stopped after {seconds:,} seconds, which is far more than a report of its size takes. "
            "Save it as text, or as a PDF by printing it, and try again."
        )
    raise UnreadableReportError(
        f"{name} cannot be read: it is damaged, or takes more memory than any report does. "
        "Get it again, or save it as text, and try again."
    )


def answer_of(lines: Iterable[str], progress: Progress) -> dict[str, Any]:
    """What the process writes last; {} where it comes to an end without a word."""
    answer: dict[str, Any] = {}
    for line in lines:
        answer = json.loads(line)
        if "done" in answer:
            progress(answer["done"], answer["of"])
    return answer


def document_of(values: dict[str, Any]) -> Document:
    blocks = tuple(
        Block(
            **each
            | {
                "kind": BlockKind(each["kind"]),
                "rows": tuple(tuple(row) for row in each["rows"]),
                "path": tuple(each["path"]),
            }
        )
        for each in values["blocks"]
    )
    return Document(**values | {"blocks": blocks, "notes": tuple(values["notes"])})
