"""What waits for an administrator: a few counts, each with the page on which something can be done about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User as Account
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from disruptions.extracts.models import Upload
from inspections.following.queries import list_url
from inspections.requirements.models import Requirement
from plans4p.officers.models import LeadOfficer
from plans4p.plans.models import Plan
from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.reaches import lacking_reach
from soc_tracker.core.imports.uploads.models import QUEUED, UploadStage

WAITED = timedelta(minutes=15)
"""After which a file that nobody has begun to read says that the worker may not be running."""
LOOKED_BACK = timedelta(days=7)
"""For failures that are over: older ones have been dealt with, or will not be."""


@dataclass(frozen=True)
class Attention:
    """``count`` of ``what``, and what to do about it; ``url`` is empty where no page shows them."""

    what: str
    count: int
    advice: str
    url: str = ""


def attention(now: datetime, today: date) -> list[Attention]:
    """What is not nought, in nine queries however much is stored."""
    return [each for each in (*_accounts(), *_work(now, today)) if each.count]


def _accounts() -> list[Attention]:
    accounts, url = Account.objects.filter(is_active=True), reverse("admin:auth_user_changelist")
    without_reach = lacking_reach(Account.objects.all())
    lacking_role = accounts.filter(groups=None, is_superuser=False)
    one_factor = accounts.filter(groups__name=Role.ADMINISTRATOR.label, authenticator=None)
    is_officer = Exists(LeadOfficer.objects.filter(user=OuterRef("pk")))
    unlinked = accounts.filter(~is_officer, groups__name=Role.LEAD_RESPONSIBLE_OFFICER.label)
    officers = reverse("admin:plans4p_leadofficer_changelist")
    return [
        Attention("Accounts without a role", lacking_role.count(), "They open nothing: give each a role.", url),
        Attention(
            "Accounts with a role and without a reach",
            without_reach.count(),
            "They see nothing of threats, disruptions, plans and orders: say whose they work with.",
            f"{url}?reach=none",
        ),
        Attention(
            "Administrators without a second factor",
            one_factor.count(),
            "Their password alone opens everything: ask each to set one up.",
            url,
        ),
        Attention(
            "Accounts of lead responsible officers that lead to no officer",
            unlinked.count(),
            "No plan is theirs: choose the account on the officer’s record.",
            officers,
        ),
    ]


def _work(now: datetime, today: date) -> list[Attention]:
    """Of files, of tasks, and of what is on record."""
    url, lately = reverse("disruptions:extract_list"), now - LOOKED_BACK
    waiting = Upload.objects.filter(stage__in=QUEUED, uploaded_at__lt=now - WAITED)
    failed = Upload.objects.filter(stage=UploadStage.FAILED, uploaded_at__gte=lately)
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=lately)
    overdue = Requirement.objects.published().overdue(today)
    ownerless = Plan.objects.filter(owner=None)
    return [
        Attention("Files that wait to be read", waiting.count(), "See whether the worker is running.", url),
        Attention("Files of the last 7 days that could not be read", failed.count(), "Their pages say why.", url),
        Attention("Background tasks of the last 7 days that failed", tasks.count(), "The worker’s log says why."),
        Attention(
            "Of what must change, past its due date and not closed",
            overdue.count(),
            "Add to their histories what has become known.",
            list_url("overdue"),
        ),
        Attention(
            "Plans without an owner",
            ownerless.count(),
            "Choose one on each.",
            f"{reverse('admin:plans4p_plan_changelist')}?owner__isnull=1",
        ),
    ]
