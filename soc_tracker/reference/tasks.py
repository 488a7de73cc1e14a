"""What the worker does with files of facts: check one, load one. See ``manage.py db_worker``."""

from django_tasks import task

from soc_tracker.core.imports.uploads.tasks import Reading, Work
from soc_tracker.reference.imports import FactsOutcome, load_file
from soc_tracker.reference.models import FactFile
from soc_tracker.reference.services import FACT_FILES


@task()
def check_fact_file(token: str, version: int, by: int) -> None:
    """Look through the whole file and keep what was found; nothing is written to the record."""
    WORK.check(token, version, by)


@task()
def load_fact_file(token: str, version: int, by: int) -> None:
    """Load what was accepted: exactly that, or nothing."""
    WORK.load(token, version, by)


def read(reading: Reading[FactFile]) -> FactsOutcome:
    """Read the file, and write what was shown and accepted."""
    file = reading.upload
    accepted = file.outcome.get("fingerprint", "") if reading.errors is None else ""
    return load_file(
        reading.path,
        file.file_name,
        reading.decision,
        by=reading.by,
        errors=reading.errors,
        accepted=accepted,
        finish=reading.finish,
        overrules=file.overrules,
        answers=file.answers,
    )


WORK = Work(FACT_FILES, read, check=check_fact_file, load=load_fact_file)
