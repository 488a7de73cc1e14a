"""A report that waits to be reviewed, and somebody else of its team."""

import pytest
from django.test import Client
from django.urls import reverse

from inspections.reader.desk.models import ReportFile
from inspections.work.services import TEAM
from soc_tracker.core.access.roles import Role
from tests.inspections.reader.reports import reviewed_report


@pytest.fixture
def report(reference: None) -> ReportFile:
    return reviewed_report()


@pytest.fixture
def colleague(report: ReportFile, sign_in) -> Client:
    """Somebody else of the team."""
    client = sign_in(Role.ADMINISTRATOR)
    account = client.get(reverse("home")).wsgi_request.user
    TEAM.create(inspection=report.inspection, account=account, by=report.uploaded_by, reason="Helps to review.")
    return client
