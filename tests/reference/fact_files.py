"""Files of facts on their way in, the worker's part done at once."""

from django.core.files.base import ContentFile
from django.utils.timezone import now

from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from soc_tracker.reference import tasks
from soc_tracker.reference.models import FactFile

TASKS = {UploadStage.WAITING: tasks.check_fact_file, UploadStage.ACCEPTED: tasks.load_fact_file}


def work() -> None:
    """Do what waits for the worker."""
    for waiting in FactFile.objects.filter(stage__in=TASKS).order_by("pk"):
        TASKS[waiting.stage].call(str(waiting.token), waiting.version, waiting.uploaded_by_id)


def checked_file() -> FactFile:
    """A file that an inspector has sent and not decided on, with a row that is refused."""
    file = ContentFile(b"Name,Slug\nAnalysts,no slug at all\n", "topics.csv")
    by = demo_account(Role.INSPECTOR)
    sent = tasks.WORK.submit(file, overrules=False, by=by, now=now())
    tasks.check_fact_file.call(str(sent.token), sent.version, by.pk)
    return FactFile.objects.get(pk=sent.pk)
