"""What tests of files of plans share."""

from pathlib import Path

import pytest

from forces.models import Organisation
from tests.plans4p.plan_files import make_around


@pytest.fixture
def cheshire() -> Organisation:
    """With all that the rows of a file name."""
    return make_around()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plans.csv"
