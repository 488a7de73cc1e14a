"""Serve the site: loaded once in this process, so that its workers share what it takes in memory."""

import gc
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from django.urls import get_resolver, reverse
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer


def server(*, address: str, port: int, workers: int = 2, log_level: LogLevels = LogLevels.info) -> AbstractServer[Any]:
    """A server of this site whose workers are copies of this process, in which every page's code is already loaded.

    What is loaded before the workers part is held in memory once. Nothing of it is connected to a database.
    """
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    get_resolver().url_patterns  # noqa: B018  loads every view
    reverse("home")  # and lays out the addresses of them all
    import_module(module)
    connections.close_all()
    gc.collect()
    gc.freeze()  # the collector would otherwise write to what the workers share
    return Granian(
        f"{module}:{name}",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backpressure=64,
        log_level=log_level,
    )


class Command(BaseCommand):
    help = "Serve the site to a proxy on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; each answers four requests at once")

    def handle(self, *args: Any, address: str, port: int, workers: int, **options: Any) -> None:
        server(address=address, port=port, workers=workers).serve()
