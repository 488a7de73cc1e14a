"""The demo records as they are made, before anything is loaded."""

import pytest
from django.conf import settings

from disruptions.choices import ExtractContents
from soc_tracker.demo.extracts import DemoExtract, make_extracts
from soc_tracker.demo.files import LAST_DAY

FIXTURES = settings.BASE_DIR / "fixtures"
TODAY = LAST_DAY
"""The demo plans as they look on the day of the last extract."""


@pytest.fixture(scope="session")
def extracts() -> list[DemoExtract]:
    return make_extracts()


@pytest.fixture(scope="session")
def threats(extracts: list[DemoExtract]) -> list[DemoExtract]:
    return [extract for extract in extracts if extract.contents == ExtractContents.THREATS]


@pytest.fixture(scope="session")
def disruptions(extracts: list[DemoExtract]) -> list[DemoExtract]:
    return [extract for extract in extracts if extract.contents == ExtractContents.DISRUPTIONS]
