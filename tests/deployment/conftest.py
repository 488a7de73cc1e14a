"""The site as docs/deployment.md has it: ``manage.py serve`` with the settings of a deployment, asked over HTTP."""

import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.databases import own_database
from tests.deployment.visitor import Visitor
from tests.processes import deployment, output, python

COOKIE = "__Host-sessionid"


@dataclass(frozen=True)
class Site:
    """``sessions`` are of each account, by its name, the value of a cookie; ``token`` is one of the
    analyst of Cheshire, for all that they read; e-mail lands in the folder ``mail``."""

    port: int
    environment: dict[str, str]
    sessions: dict[str, str]
    token: str
    mail: Path

    def visitor(self, account: str = "", address: str = "203.0.113.7") -> Visitor:
        """Somebody, signed in where an account is named."""
        cookies = {COOKIE: self.sessions[account]} if account else {}
        return Visitor(self.port, address, cookies)

    def letters(self, to: str) -> list[str]:
        texts = [path.read_text() for path in sorted(self.mail.iterdir(), key=lambda path: path.stat().st_mtime)]
        return [text for text in texts if text.startswith(f"To: {to}\n")]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deployment")
    mail = folder / "mail"
    mail.mkdir()
    with own_database(folder, "deployed") as url:
        more = {"EMAIL_BACKEND": "tests.deployment.mail.FolderBackend", "MAIL_FOLDER": str(mail)}
        environment = deployment(url, folder, **more)
        made = json.loads(output(environment, "-m", "tests.deployment.accounts").splitlines()[0])
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        with (
            (folder / "log").open("w") as log,
            python(environment, "manage.py", "serve", "--port", port, log=log) as process,
        ):
            try:
                await_answer(port, process)
                yield Site(port, environment, made["sessions"], made["token"], mail)
            finally:
                process.terminate()


def await_answer(port, process):
    for _ in range(1200):
        assert process.poll() is None, "The server has ended."
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/healthz", headers={"Host": "soc.example.org"})
            status = connection.getresponse().status
            connection.close()
            if status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("Nothing answers.")
