"""Runs as a program of its own: reads a report and writes what it is made of to standard output, as lines of JSON.

In a process of its own, because a file can be made so that reading it takes all memory and time. BYTES and SECONDS are
the most memory and processor time, ORDER is JSON: the path, the name and the labels. It writes how far it is,
``{"done": 3, "of": 12}``, and at last either ``{"document": …}`` or ``{"refusal": "in words"}``.
"""

import json
import resource
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inspections.reader.structure.blocks import Document, UnreadableReportError
from inspections.reader.structure.kinds import Kind, kind_of_file

DEEPEST = 5_000
"""Calls within each other: elements of a page stand up to 256 deep."""


def main(memory: str, seconds: str, order: str) -> None:
    for kind, limit in ((resource.RLIMIT_AS, int(memory)), (resource.RLIMIT_CPU, int(seconds))):
        with suppress(ValueError, OSError):  # not every system has each limit
            resource.setrlimit(kind, (limit, limit))
    sys.setrecursionlimit(DEEPEST)
    wanted = json.loads(order)
    try:
        document = read(Path(wanted["path"]), wanted["name"], wanted["labels"])
        put({"document": asdict(document)})
    except UnreadableReportError as error:
        put({"refusal": str(error)})
    except MemoryError:
        put({"refusal": f"{wanted['name']} takes more memory to read than any report. Save it as text, and try again."})


def read(path: Path, name: str, labels: Collection[str]) -> Document:
    match kind_of_file(path, name):
        case Kind.PDF:
            from inspections.reader.structure.pdf import read_pdf

            return read_pdf(path, name, labels, lambda done, of: put({"done": done, "of": of}))
        case Kind.HTML:
            from inspections.reader.structure.html import read_html

            return read_html(path, name, labels)
        case Kind.WORD:
            from inspections.reader.structure.word import read_word

            return read_word(path, name, labels)
        case _:
            from inspections.reader.structure.text import read_text

            return read_text(path, name, labels)


def put(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)
