"""What the worker does with files of plans: check one, load one. See ``manage.py db_worker``."""

from django.utils.timezone import localdate
from django_tasks import task

from disruptions.choices import DataKind
from plans4p.files.imports.loading import Loading, PlansOutcome, load
from plans4p.files.models import PlanFile
from plans4p.files.services import PLAN_FILES, NotWrittenError
from soc_tracker.core.imports.uploads.tasks import ChangedSinceError, Reading, Work


@task()
def check_plan_file(token: str, version: int, by: int) -> None:
    """Look through the whole file and keep what was found; nothing is written to the record."""
    WORK.check(token, version, by)


@task()
def load_plan_file(token: str, version: int, by: int) -> None:
    """Load what was accepted: exactly that, or nothing."""
    WORK.load(token, version, by)


def read(reading: Reading[PlanFile]) -> PlansOutcome:
    """Read the file, and write what was shown and accepted."""
    file = reading.upload
    loading = Loading(reading.path, file.file_name, DataKind(file.kind_of_data), localdate(), reading.by, file.answers)
    try:
        return load(
            loading,
            reading.decision,
            errors=reading.errors,
            fingerprint=file.outcome.get("fingerprint", "") if reading.errors is None else "",
            progress=reading.progress,
            follow=reading.finish,
        )
    except NotWrittenError as error:
        raise ChangedSinceError from error


WORK = Work(PLAN_FILES, read, check=check_plan_file, load=load_plan_file)
