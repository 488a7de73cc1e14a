"""What docs/api.md tells people to write, run by pandas against a server that answers over HTTP."""

import json
import re
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pandas as pd
import pytest
from django.utils.timezone import localdate

from soc_tracker.core.access.roles import Role
from soc_tracker.core.accounts.tokens.models import Scope
from soc_tracker.core.accounts.tokens.services import make_token
from soc_tracker.demo.management.commands.create_demo_accounts import demo_account
from tests.makers import make_disruption, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text()
SITE = "https://soc.example.org"


@pytest.fixture
def secret() -> str:
    force = make_organisation("Cheshire Constabulary")
    for number in range(1, 4):
        make_disruption(f"DIS-2022-000000{number}", force, summary=f"Number {number}, “quoted”; with a comma")
    until = localdate() + timedelta(days=30)
    return make_token(demo_account(Role.ANALYST), "Workbook", list(Scope), until, reason="For a workbook.")[1]


def test_the_guide_s_lines_for_pandas_run(live_server, secret, monkeypatch):
    monkeypatch.setenv("SOC_TOKEN", secret)
    code = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1].replace(SITE, live_server.url)
    names: dict[str, object] = {}
    exec(compile(code, "docs/api.md", "exec"), names)  # noqa: S102  the lines are this repository's own
    rows, pages = names["disruptions"], names["pages"]
    assert list(rows["Reference"]) == [f"DIS-2022-000000{number}" for number in (3, 2, 1)]
    assert str(rows["Activity"].dtype).startswith("datetime64")
    assert sorted(pages["reference"]) == sorted(rows["Reference"])


def test_an_xlsx_is_read_too(live_server, secret):
    address = f"{live_server.url}/disruptions/?format=xlsx&form=data"
    storage = {"Authorization": f"Bearer {secret}"}
    assert len(pd.read_excel(address, engine="calamine", storage_options=storage)) == 3


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer soc_wrong"}])
def test_a_program_without_a_token_is_told_what_to_do(live_server, secret, header):
    with closing(HTTPConnection(live_server.thread.host, live_server.thread.port)) as connection:
        connection.request("GET", "/api/v1/disruptions/", headers=header)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert json.load(answer)["detail"]
