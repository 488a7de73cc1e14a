"""The demo's pages one after another, as a reader who follows every link meets them, each as its text alone.

Keys that a database gives out, page tokens and times of the day differ from one database to another: pages are told
apart by the name of their view, and by when the reader comes to them.
"""

import json
import re
from collections import Counter, deque
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from soc_tracker.core.lists.directory import list_pages

MOST_OF_A_VIEW = 6
CLOCK = re.compile(r"\b\d\d:\d\d(:\d\d)?([+.]\S*)?|T\d\d:\d\d\S*")
# The number of an extract, on its page and in the file of them, is a key that the database gives out.
EXTRACT = re.compile(r"\bExtract \d+|,\d+(?=,[0-9a-f]{64}$)")
# So is what a field is told from others by that stands on the page once for each of several records.
KEY = re.compile(r"(?<=^of)\d+(?=_)")
# What is written anew for every reader, is read by others alone, or is the site of another project.
LEFT_OUT = re.compile(r"^/(static|api|admin|accounts|calendar|lookups|trail)/|\.pdf$|^/(views|reminders)/.*(new|stop)")


class CrawledPage(NamedTuple):
    name: str
    status: int
    lines: list[str]


class Reader(HTMLParser):
    """The lines of a page's text, with the names of its fields and choices, and its links in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.silent += tag in ("script", "style")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag in ("input", "option") and values.get("type") != "hidden":
            name = KEY.sub("", values.get("name") or "")
            self.lines.append(" ".join(filter(None, (tag, name, values.get("type")))))

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self.silent:
            self.lines.append(same_everywhere(text))


def crawl(client: Client) -> list[CrawledPage]:
    """Every list in every order and as a file, then what links lead to: so many pages of each view."""
    lists = [url for url in map(reverse, sorted(list_pages())) if not LEFT_OUT.search(url)]
    queue, opened = deque(["/", *lists]), set[str]()
    pages, of_a_view = [], Counter[str]()
    while queue:
        url = queue.popleft()
        name = name_of(url)
        if url in opened or not name or of_a_view[name] >= MOST_OF_A_VIEW:
            continue
        opened.add(url)
        of_a_view[name] += 1
        response = client.get(url)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            content = b"".join(response)
            pages.append(CrawledPage(name, response.status_code, [str(len(content) > 0)]))
            continue
        reader = Reader()
        reader.feed(response.content.decode())
        pages.append(CrawledPage(name, response.status_code, reader.lines))
        queue.extend(urljoin(url, link).partition("#")[0] for link in reader.links)
    return pages + [file_of(client, url) for url in lists]


def name_of(url: str) -> str:
    """The name of the view at an address of our own; "" for others."""
    path = urlsplit(url)
    if path.netloc or LEFT_OUT.search(path.path) or "format=" in path.query:
        return ""
    try:
        return resolve(path.path).view_name + (" sorted" if "sort=" in path.query else "")
    except Resolver404:
        return ""


def file_of(client: Client, url: str) -> CrawledPage:
    response = client.get(f"{url}?format=csv")
    content = b"".join(response).decode("utf-8-sig")
    lines = [same_everywhere(line) for line in content.splitlines()]
    return CrawledPage(f"{name_of(url)} as a file", response.status_code, lines)


def same_everywhere(text: str) -> str:
    """A line without what each database and each loading have of their own."""
    return EXTRACT.sub("(number)", CLOCK.sub("hh:mm", text))


def first_differences(some: Iterable[CrawledPage], others: Iterable[CrawledPage]) -> list[str]:
    """For each page that is not the same, the first line on which the two part."""
    differences = []
    for place, (one, other) in enumerate(zip(some, others, strict=False)):
        if one.name != other.name:
            return [*differences, f"page {place}: {one.name} here, {other.name} there"]
        pairs = zip([*one.lines, "(end)"], [*other.lines, "(end)"], strict=False)
        differences += [f"page {place}, {one.name}: {a!r} here, {b!r} there" for a, b in pairs if a != b][:1]
    return differences


def save(pages: list[CrawledPage], path: Path) -> None:
    path.write_text(json.dumps(pages))


def load(path: Path) -> list[CrawledPage]:
    return [CrawledPage(*page) for page in json.loads(path.read_text())]
