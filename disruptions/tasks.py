"""What the worker does with uploaded extracts: check one, load one. See ``manage.py db_worker``."""

from django_tasks import task

from disruptions.choices import DataKind, ExtractContents
from disruptions.extracts.models import Extract, Upload
from disruptions.extracts.services import UPLOADS
from disruptions.loading.imports import Loading, Outcome, load
from disruptions.loading.services import OvertakenError
from soc_tracker.core.imports.uploads.tasks import ChangedSinceError, Reading, Work

COUNTED = ("added", "changed", "unchanged", "refused", "missing")


@task()
def check_upload(token: str, version: int, by: int) -> None:
    """Look through the whole file and keep what was found; nothing is written to the record."""
    WORK.check(token, version, by)


@task()
def load_upload(token: str, version: int, by: int) -> None:
    """Load what was accepted: exactly that, or nothing."""
    WORK.load(token, version, by)


def read(reading: Reading[Upload]) -> Outcome:
    """Read the file of an upload, and write what was shown and accepted."""
    upload = reading.upload

    def follow(extract: Extract) -> None:
        if any(getattr(extract, f"rows_{name}") != upload.outcome[name] for name in COUNTED):
            raise ChangedSinceError
        reading.finish(extract=extract)

    loading = Loading(
        contents=ExtractContents(upload.contents),
        path=reading.path,
        file_name=upload.file_name,
        kind=DataKind(upload.kind_of_data),
        as_at=upload.as_at,
        by=reading.by,
        answers=upload.answers,
        is_complete=upload.is_complete,
        part_of=upload.part_of,
    )
    try:
        return load(loading, reading.decision, errors=reading.errors, progress=reading.progress, follow=follow)
    except OvertakenError as error:
        raise ChangedSinceError from error


WORK = Work(UPLOADS, read, check=check_upload, load=load_upload)
