"""What this site exports loads again, in both forms: below its preamble, and everything on record already."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from disruptions.choices import DataKind, ExtractContents
from disruptions.loading.imports import Loading, load
from plans4p.files.imports import loading as plan_loading
from plans4p.plans.models import Plan
from soc_tracker.core.imports.outcome import Decision
from tests.disruptions.loading import extracts
from tests.plans4p import plan_files

pytestmark = pytest.mark.django_db
LISTS = {"disruptions": "disruptions:disruption_list", "threats": "disruptions:threat_list"}


@pytest.fixture
def exported(analyst, tmp_path):
    """The file of a list."""

    def export(name, form):
        response = analyst.get(reverse(name), {"format": form})
        assert response.status_code == 200
        path = tmp_path / f"{name.partition(':')[2]}.{form}"
        path.write_bytes(b"".join(response.streaming_content) if response.streaming else response.content)
        return path

    return export


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("contents", LISTS)
def test_lists_of_the_record(contents, form, exported, tmp_path):
    extracts.make_bodies()
    extracts.loaded(tmp_path / "first.csv", extracts.disruptions(20))
    path = exported(LISTS[contents], form)
    outcome = load(
        Loading(ExtractContents(contents), path, path.name, DataKind.RECORDED, as_at=localdate()), Decision.CHECK
    )
    assert (outcome.added, outcome.changed, outcome.refused) == (0, 0, 0)
    assert outcome.unchanged == (20 if contents == "disruptions" else 0)
    assert "headings in row 9" in outcome.form
    assert {row.why for row in outcome.passed_over} == {"above the headings"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_of_plans(form, exported, tmp_path):
    plan_files.make_around()
    plan_files.loaded(tmp_path / "first.csv", [plan_files.row(), plan_files.row(plan_ref="4P-2", owner="")])
    assert Plan.objects.count() == 2
    path = exported("plans4p:plan_list", form)
    loading = plan_loading.Loading(path, path.name, DataKind.RECORDED, localdate())
    outcome = plan_loading.load(loading, Decision.CHECK)
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.refused) == (0, 0, 2, 0)
    assert "Status" in outcome.stray  # of a plan, not of an action
