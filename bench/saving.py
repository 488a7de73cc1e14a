"""What others notice while an extract is loaded: twenty people who save, over and over, and one who signs in."""

import json
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.accounts import PASSWORD
from bench.databases import Case, extract, new_database, run
from bench.loading import load
from bench.site import ADDRESS, serving
from bench.table import Row
from tests.form_reader import PageReader

SAVERS, THOUGHT = 20, 4.0
"""How many people save; seconds between one save of theirs and the next."""
MOST = 2.0
"""Seconds that a save may take."""


@dataclass
class Saves:
    """Seconds of each save of one kind; ``failures`` says of the others what was answered."""

    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def rows(self, what: str, where: str) -> list[Row]:
        return [
            Row(f"{what} while a file is loaded, slowest", where, max(self.times), "s", most=MOST),
            Row(f"{what}, 95th percentile", where, quantiles(self.times, n=20)[-1], "s"),
            Row(f"{what}, median of {len(self.times):,}", where, median(self.times), "s"),
            Row(f"{what}, failures", where, len(self.failures), "", most=0),
        ]


class Person:
    """A browser: keeps its cookies, reads a page, fills in its form and sends it."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.host = f"{ADDRESS}:{port}"
        self.connection = HTTPConnection(ADDRESS, port, timeout=120)
        self.cookies = dict([cookie.split("=", 1)]) if cookie else {}

    def send(self, method: str, path: str, fields: Sequence[tuple[str, str]] = ()) -> tuple[int, str]:
        headers = {
            "Accept": "text/html",
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{self.host}{path}",
            "Host": self.host,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, body

    def save(self, path: str, wanted: dict[str, str], saves: Saves) -> None:
        """Fill in the form that has these fields, and time what happens when it is sent."""
        status, body = self.send("GET", path)
        reader = PageReader()
        reader.feed(body)
        reader.close()
        form = next((form for form in reader.forms if {*wanted} <= {each.name for each in form.controls}), None)
        if status != 200 or form is None:
            saves.failures.append(f"the page answered {status}")
            return
        buttons = [(button.name, button.value) for button in form.buttons[:1] if button.name]
        sent = [(each.name, value) for each in form.controls if each.name not in wanted for value in each.successful]
        start = time.perf_counter()
        status, body = self.send("POST", form.action or path, [*sent, *wanted.items(), *buttons])
        saves.times.append(time.perf_counter() - start)
        if status != 302:
            saves.failures.append(f"the form was answered {status}")


def correct(person: Person, path: str, saves: Saves) -> Callable[[int], None]:
    return lambda turn: person.save(
        path, {"correct-summary": f"Said anew, {turn}", "correct-reason": "Measured"}, saves
    )


def sign_in(port: int, saves: Saves) -> Callable[[int], None]:
    return lambda turn: Person(port).save(
        "/accounts/login/", {"login": f"saver{turn % SAVERS}", "password": PASSWORD}, saves
    )


def repeat(work: Callable[[int], None], is_over: threading.Event) -> None:
    turn = 0
    while not is_over.is_set():
        work(turn)
        turn += 1
        is_over.wait(THOUGHT)


def measure(place: str, vendor: str, rows: int, folder: Path) -> list[Row]:
    """Load a file of so many rows into a database that people write to through the site."""
    url = new_database(place, "saving", like="empty")
    people = json.loads(run(url, "-m", "bench.savers", str(SAVERS)).last_line)
    file, is_over, corrections, sign_ins = extract(folder, rows), threading.Event(), Saves(), Saves()
    with serving("site", url) as server:
        works = [correct(Person(server.port, cookie), path, corrections) for cookie, path in people]
        works.append(sign_in(server.port, sign_ins))
        threads = [threading.Thread(target=repeat, args=[work, is_over], daemon=True) for work in works]
        for thread in threads:
            thread.start()
        seconds = load(url, file).seconds
        is_over.set()
        for thread in threads:
            thread.join()
    where = Case(vendor, rows, url).words
    for saves in (corrections, sign_ins):
        print(*saves.failures[:5], sep="\n", end="")
    return [
        Row(f"first load while {SAVERS} people save", where, seconds, "s"),
        *corrections.rows("a save", where),
        *sign_ins.rows("a sign-in", where),
    ]
