"""Files of plans on their way in, the worker's part done at once."""

from django.core.files.base import ContentFile
from django.utils.timezone import now

from plans4p.files import tasks as files_tasks
from plans4p.files.models import PlanFile
from soc_tracker.core.access.roles import Role
from soc_tracker.core.imports.uploads.models import UploadStage
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account

TASKS = {UploadStage.WAITING: files_tasks.check_plan_file, UploadStage.ACCEPTED: files_tasks.load_plan_file}


def work() -> None:
    """Do what waits for the worker."""
    for waiting in PlanFile.objects.filter(stage__in=TASKS).order_by("pk"):
        TASKS[waiting.stage].call(str(waiting.token), waiting.version, waiting.uploaded_by_id)


def checked_file() -> PlanFile:
    """A file that a lead responsible officer has sent and not decided on, with a row that is refused."""
    file = ContentFile(b"plan_ref,four_p\nCHES-1,Persue\n", "July.csv")
    by = demo_account(Role.LEAD_RESPONSIBLE_OFFICER)
    sent = files_tasks.WORK.submit(file, kind_of_data="recorded", by=by, now=now())
    files_tasks.check_plan_file.call(str(sent.token), sent.version, by.pk)
    return PlanFile.objects.get(pk=sent.pk)
