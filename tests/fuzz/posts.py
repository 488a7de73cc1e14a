"""Any form of the site, as its page holds it, with some of its entries changed into what no page would send."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import strategies as st

from disruptions.columns.models import DISRUPTION_COLUMNS, THREAT_COLUMNS
from tests.answers import read
from tests.form_controls import Control
from tests.forms import Page
from tests.fuzz.addresses import Site
from tests.fuzz.values import AS_SENT, DAYS, NUMBERS, WORDS, odd_text

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
Entries = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Post:
    """What a failing example shows, so that it can be sent again. ``files`` are the contents by name."""

    role: str
    address: str
    entries: Entries
    enctype: str = URLENCODED
    files: tuple[tuple[str, bytes], ...] = ()

    def send(self, client: Client) -> HttpResponse:
        if self.enctype == MULTIPART:
            data: dict[str, list[Any]] = {}
            for name, value in self.entries:
                # The test client sends bytes as a value, but no name that is no text: half a character becomes a mark.
                sent_as = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
                data.setdefault(sent_as, []).append(value.encode("utf-8", "surrogatepass"))
            for name, content in self.files:
                data.setdefault(name, []).append(SimpleUploadedFile("a.csv", content))
            return client.post(self.address, data)
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in self.entries)
        return client.post(self.address, body, content_type=URLENCODED)


def forms_of(site: Site, client_of: Callable[[str], Client], roles: Sequence[str]) -> list[Post]:
    """Each form that a page of the site shows to one of the roles, with each of its buttons, as it would be sent."""
    found: dict[tuple[str, frozenset], Post] = {}
    for role in roles:
        for address in site.addresses():
            answer = read(client_of(role).get(address))
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for post in _posts(role, answer):
                found.setdefault((post.address, frozenset(post.entries)), post)
    return list(found.values())


def _posts(role: str, answer: HttpResponse) -> list[Post]:
    """Each form as it is opened, and filled in, so that more of them are accepted but for what is odd."""
    page = Page(answer)
    posts = []
    for form in page.forms:
        files = tuple((control.name, b"a,b\n1,2\n") for control in form.controls if control.kind == "file")
        opened = [(name, value) for name, values in form.entries.items() for value in values if isinstance(value, str)]
        names = {name for name, value in opened if value}
        filled = [pair for pair in opened if pair[1]]
        for control in form.controls:
            if control.name not in names and not control.disabled and control.kind != "file":
                filled.append((control.name, _usual(control)))
                names.add(control.name)
        for button in form.buttons:
            if (button.method or form.raw.method) == "post" and not button.disabled:
                address = urljoin(page.address, button.action or form.raw.action or page.address)
                pressed = [(button.name, button.value)] if button.name else []
                enctype = form.raw.enctype or URLENCODED
                posts.append(Post(role, address, (*opened, *pressed), enctype, files))
                posts.append(Post(role, address, (*filled, *pressed), enctype, files))
    return posts


def _usual(control: Control) -> str:
    """What somebody might choose or type there."""
    if control.kind.startswith("select"):
        return next((option.value for option in control.options if option.value), "")
    return control.value or {"date": "2023-01-04", "number": "3", "email": "a@example.org"}.get(control.kind, "Words")


def changed(forms: Sequence[Post], roles: Sequence[str]) -> st.SearchStrategy[Post]:
    """One of the forms, some entries odd, gone, twice or made up; now and then sent by somebody else."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Post:
        post = draw(st.sampled_from(forms))
        entries = list(post.entries)
        for _ in range(draw(st.integers(0, 4))):
            entries = _with_one_change(draw, entries)
        role = draw(st.sampled_from((post.role, post.role, post.role, *roles)))
        return replace(post, role=role, entries=tuple(entries), files=_odd_files(draw, post))

    return drawn()


def _with_one_change(draw: st.DrawFn, entries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if not entries or draw(st.integers(0, 9)) == 0:
        return [*entries, (draw(odd_text()), draw(odd_text()))]
    at = draw(st.integers(0, len(entries) - 1))
    name, value = entries[at]
    match draw(st.sampled_from(("odd", "odd", "odd", "odd", "gone", "twice"))):
        case "gone":
            return entries[:at] + entries[at + 1 :]
        case "twice":
            return [*entries, (name, draw(_like(value)))]
        case _:
            return [*entries[:at], (name, draw(_like(value))), *entries[at + 1 :]]


def _like(value: str) -> st.SearchStrategy[str]:
    """Odd values, more often of the kind of the one that stands there."""
    kind = NUMBERS if value.isdigit() else DAYS if value.count("-") == 2 or value.count("/") == 2 else WORDS
    return st.one_of(st.sampled_from(kind), st.sampled_from(kind), odd_text())


def _odd_files(draw: st.DrawFn, post: Post) -> tuple[tuple[str, bytes], ...]:
    kinds = (b"a,b\n1,2\n", b"", b"\x00", b"PK\x03\x04", b"\xff\xfe", b"plan_ref\n\x07", b"plan_ref,title\n\xc3\xa9,\n")
    headings = draw(st.sampled_from((DISRUPTION_COLUMNS, THREAT_COLUMNS)))
    cells = st.lists(st.sampled_from(AS_SENT), min_size=len(headings), max_size=len(headings))
    rows = [[column.files[0] for column in headings], *draw(st.lists(cells, min_size=1, max_size=4))]
    table = "\n".join(",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows)
    kinds = (*kinds, f"{table}\n".encode())
    return tuple((name, draw(st.sampled_from(kinds))) for name, _ in post.files if draw(st.integers(0, 4)))


def _quoted(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
