"""Whatever text stands in a file, the rows that are loaded from it hold it clean."""

import pytest

from disruptions.choices import ExtractContents
from disruptions.record.models import Disruption
from disruptions.threats.models import Threat
from plans4p.aims.models import Action
from tests.disruptions.loading import extracts
from tests.disruptions.loading.test_threats import assessed
from tests.plans4p import plan_files
from tests.stored_text import UNSEEN, unclean

pytestmark = pytest.mark.django_db
IN_A_FILE = UNSEEN.replace("\x00", "\x07")
"""A file with a null character is refused whole."""


def soiled(row: dict[str, str], *columns: str) -> dict[str, str]:
    return row | {column: IN_A_FILE.format(row[column]) for column in columns}


def test_a_file_of_disruptions_is_stored_clean(tmp_path):
    extracts.make_bodies()
    row = soiled(extracts.disruption(), "threat_ref", "summary")
    row["disruption_ref"] = "\ufeffDIS\u200b-1\u200e"
    assert extracts.loaded(tmp_path / "a.csv", [row]).refused == 0
    assert Disruption.objects.get().reference == "DIS-1"
    assert list(unclean()) == []


def test_a_file_of_threats_is_stored_clean(tmp_path):
    extracts.make_bodies()
    row = soiled(assessed(lead_responsible_officer="Jo"), "name", "phase", "lead_responsible_officer", "assessor")
    assert extracts.loaded(tmp_path / "a.csv", [row], contents=ExtractContents.THREATS).refused == 0
    assert Threat.objects.get().name.startswith("Operation 1 Môn x")
    assert list(unclean()) == []


def test_a_file_of_plans_is_stored_clean(tmp_path):
    plan_files.make_around()
    row = soiled(plan_files.row(), "title", "intelligence", "aim", "measure", "action", "action_owner")
    assert plan_files.loaded(tmp_path / "a.csv", [row]).refused == 0
    assert Action.objects.get().description.startswith("Seize the telephone of the line Môn\nx")
    assert list(unclean()) == []
