"""The provider, which runs beside the tests and lies where a test has it lie; and the site that trusts it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from forces.models import Region
from soc_tracker.core.accounts.single_sign_on import provider
from tests.core.accounts.single_sign_on.signing_on import GROUPS, lie
from tests.makers import make_member


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the provider."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}
    command = [sys.executable, "-m", "tests.core.accounts.oidc_provider", str(port)]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, **silent) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):  # a minute: a busy machine is no failure
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield address
        process.terminate()


@pytest.fixture
def single(server, settings, monkeypatch) -> str:
    """The site as it is set up for the provider."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = server, "soc-tracker", "secret"
    settings.OIDC_GROUPS, settings.OIDC_NAME = GROUPS, "Police ID"
    region = Region.objects.create(name="North West", slug="north-west")
    make_member(region, "Cheshire Constabulary")
    lie(server)
    provider.client_of.cache_clear()
    yield server
    provider.client_of.cache_clear()
