"""A report in any form, as far as it is understood: its blocks, and what they seem to say."""

from pathlib import Path

from inspections.phrasebook.queries import get_phrasebook
from inspections.reader.meaning.proposals import Reading
from inspections.reader.meaning.reading import read
from inspections.reader.structure.blocks import Document
from inspections.reader.structure.files import Progress, nothing, read_document


def read_report(path: Path, name: str, progress: Progress = nothing) -> tuple[Document, Reading]:
    """Read the file of a report by the phrasebook of the record. Raises UnreadableReportError."""
    phrasebook = get_phrasebook()
    document = read_document(path, name, labels=phrasebook.grades, progress=progress)
    return document, read(document, phrasebook)
