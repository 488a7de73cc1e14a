"""The worker of background tasks as the demo needs it: it ends with the process that started it."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

LOOK_EVERY = 1
"""Seconds between two looks at whether the parent still lives."""


class Command(db_worker.Command):
    help = "Run background tasks until the process that started this has ended, however it ended."
    requires_system_checks = ()  # the server that starts it has made them

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--parent", type=int, required=True, help="the number of the process to end with")
        parser.add_argument(
            "--demo-plans", action="store_true", help="load the demo plans and inspection before the first task"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demo_plans = options.pop("demo_plans", False)
        threading.Thread(target=end_with, args=[options.pop("parent")], daemon=True).start()
        while True:
            try:
                if demo_plans:
                    self._load_demo_plans()
                return super().handle(**options)
            except OperationalError as error:
                # Another process writes to SQLite for longer than this one waits.
                if not is_locked_database_exception(error):
                    raise

    def _load_demo_plans(self) -> None:
        """What cannot be loaded is said, and tasks are run all the same. What a busy database cut short is taken up."""
        on_ctrl_c = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server, which gets it too, ends this process
        try:
            for name in ("load_demo_plans", "load_demo_inspection"):
                try:
                    call_command(name, verbosity=0)
                except CommandError as error:
                    self.stderr.write(str(error))
        finally:
            signal.signal(signal.SIGINT, on_ctrl_c)


def end_with(parent: int) -> None:
    """Ask this process to end, a task under way first, once the parent is gone: then another has adopted it."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
