"""What `make run` does once everything is installed: it fills the database and runs the server and its worker."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.log import LogLevels

from soc_tracker.core.access.roles import Role
from soc_tracker.dashboards.management.commands.serve import server

ADDRESS = "127.0.0.1"
SECONDS_TO_END = 10
"""How long a task under way may take to end once the server has ended."""


class Command(BaseCommand):
    help = "Fill the database, make the demo accounts and serve the site on this machine."
    requires_system_checks = ()  # they take a second, and `make lint` makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--demo-records", choices=("yes", "no"), default="yes", help="whether to load the demo records"
        )

    def handle(self, *args: Any, port: int, demo_records: str, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError(
                "This serves the demo only: set DEMO_MODE=1 and DEBUG=1. To deploy, see docs/deployment.md."
            )
        refuse_taken(port)
        self.stdout.write("Preparing the database")
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        call_command("create_demo_accounts", verbosity=0)
        if demo_records == "yes":
            call_command("load_demo_records", verbosity=0)
        demo: Any = server(address=ADDRESS, port=port, log_level=LogLevels.warning)
        demo.on_startup(lambda: self.stdout.write(welcome(port)))
        with worker(demo_plans=demo_records == "yes"):
            demo.serve()


@contextmanager
def worker(*, demo_plans: bool = False) -> Iterator[None]:
    """Run the worker of background tasks beside; it ends with this block, and on its own if this process is killed.

    With ``demo_plans`` it loads them before its first task, so that no reader waits for them.
    """
    options = ["--no-reload", "--verbosity=0", f"--parent={os.getpid()}", *(["--demo-plans"] if demo_plans else [])]
    command = [sys.executable, "manage.py", "run_demo_worker", *options]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()


def refuse_taken(port: int) -> None:
    """Raise CommandError, naming a free port, when another program listens on this one."""
    if not is_free(port):
        free = next(other for other in (*range(port + 1, 65536), *range(8000, port)) if is_free(other))
        raise CommandError(f"Port {port} is taken by another program. Choose another: make run PORT={free}")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def welcome(port: int) -> str:
    roles = ", ".join(role.label.lower() for role in Role)
    return (
        f"\nSOC Tracker is at http://{ADDRESS}:{port}\n"
        f"To sign in, choose a role on its first page ({roles}); no password is needed.\n"
        "Stop it with Ctrl-C."
    )
