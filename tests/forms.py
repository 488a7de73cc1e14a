"""Forms as a browser has them: read from a page's HTML, filled in where the page lets one, sent by one of its buttons.

    answer = press(client, page, "Save", grade="good", change_reason="Corrected.")

posts what the page holds (hidden inputs, checked boxes, chosen options, rows of formsets) with two entries changed.
What the page does not hold cannot be sent: a field, an option or a button that is not there, or that is disabled,
raises NotOnPageError. For more than that, take the form itself:

    form = form_of(page, "Save")
    row = form.add_row("aliases", name="Wessex")  # as the admin's script does, from the page's empty row
    answer = form.press(client, "Save", change_reason="Also called so.")
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.form_controls import Button, Control, RawForm
from tests.form_reader import PageReader

EMPTY_ROW = "__prefix__"


class NotOnPageError(LookupError):
    """The page has no such form, button, field, option or row."""


@dataclass
class Form:
    """A form of a page, with what stands in it. ``entries`` are sent by whichever button is pressed."""

    raw: RawForm
    address: str  # of the page
    controls: list[Control] = field(init=False)
    templates: list[Control] = field(init=False)

    def __post_init__(self) -> None:
        self.controls = [control for control in self.raw.controls if EMPTY_ROW not in control.name]
        self.templates = [control for control in self.raw.controls if EMPTY_ROW in control.name]

    @property
    def buttons(self) -> list[Button]:
        return self.raw.buttons

    @property
    def entries(self) -> dict[str, list[Any]]:
        """What a browser would send now, but for the button: each name with its values in the order of the page."""
        entries: dict[str, list[Any]] = {}
        for control in self.controls:
            if values := control.successful:
                entries.setdefault(control.name, []).extend(values)
        return entries

    def value(self, name: str) -> str:
        """The one entry of a name; the empty text when nothing of it is chosen."""
        self._named(name)
        return next(iter(self.entries.get(name, ())), "")

    @property
    def fields(self) -> set[str]:
        """The names of what its user can change: nothing hidden, disabled or read-only."""
        return {control.name for control in self.controls if control.is_open}

    def fill(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> "Form":
        """Enter values as its user could. A box is given as True or False; several boxes or options as a list."""
        for name, value in {**(values or {}), **more}.items():
            self._fill(name, value)
        return self

    def _fill(self, name: str, value: Any) -> None:
        controls = self._named(name)
        closed = [control.why_closed for control in controls if not control.is_open]
        if len(closed) == len(controls):
            raise NotOnPageError(f"Nobody can change “{name}” on {self.address}: it is {closed[0]}.")
        wanted = list(value) if isinstance(value, list | tuple | set) else ["" if value is None else value]
        refused = set(map(str, wanted)) if controls[0].is_choice else set()
        for control in controls:
            refused -= control.enter(wanted)
        if refused:
            raise NotOnPageError(f"“{name}” on {self.address} does not offer {sorted(refused)}.")

    def _named(self, name: str) -> list[Control]:
        controls = [control for control in self.controls if control.name == name]
        if not controls:
            names = ", ".join(sorted({control.name for control in self.controls}))
            raise NotOnPageError(f"{self.address} has no field “{name}”. Its form has: {names}.")
        return controls

    def take_out(self, name: str) -> None:
        for control in self._named(name):
            self.controls.remove(control)

    # Rows of formsets

    def rows(self, prefix: str) -> list[str]:
        """The prefixes of a formset's rows, such as "aliases-0"."""
        names = {control.name for control in self.controls}
        numbers = {int(number) for name in names for number in re.findall(rf"^{re.escape(prefix)}-(\d+)-", name)}
        return [f"{prefix}-{number}" for number in sorted(numbers)]

    def row_with(self, prefix: str, **values: Any) -> str:
        """The prefix of the row that holds the values."""
        for row in self.rows(prefix):
            if all(self.value(f"{row}-{name}") == str(value) for name, value in values.items()):
                return row
        raise NotOnPageError(f"{self.address} has no row of {prefix} with {values}.")

    def fill_row(self, row: str, **values: Any) -> "Form":
        return self.fill({f"{row}-{name}": value for name, value in values.items()})

    def add_row(self, prefix: str, **values: Any) -> str:
        """Copy the page's empty row, as the admin's "Add another" does, and fill it in. Returns its prefix."""
        empty = [control for control in self.templates if control.name.startswith(f"{prefix}-{EMPTY_ROW}-")]
        if not empty:
            raise NotOnPageError(f"{self.address} has no empty row of {prefix} to copy.")
        [total] = self._named(f"{prefix}-TOTAL_FORMS")
        number = int(total.value)
        total.value = str(number + 1)
        self.controls += [control.renamed(control.name.replace(EMPTY_ROW, str(number))) for control in empty]
        row = f"{prefix}-{number}"
        self.fill_row(row, **values)
        return row

    # Sending

    def press(self, client: Client, button: str, /, **changed: Any) -> HttpResponse:
        """Fill in what changes, press a button and send. The answer is not followed."""
        self.fill(changed)
        pressed = self.button(button)
        sent = self.entries
        if pressed.name:
            sent.setdefault(pressed.name, []).append(pressed.value)
        target = urljoin(self.address, pressed.action or self.raw.action or self.address)
        if (pressed.method or self.raw.method) == "get":
            return client.get(f"{target.partition('?')[0]}?{urlencode(sent, doseq=True)}")
        if self.raw.enctype == "multipart/form-data":
            return client.post(target, sent)
        plain = {name: [getattr(value, "name", value) for value in values] for name, values in sent.items()}
        return client.post(target, urlencode(plain, doseq=True), content_type="application/x-www-form-urlencoded")

    def button(self, wanted: str) -> Button:
        """The button with this text, name, or name=value."""
        found = [button for button in self.buttons if not button.disabled and button.is_called(wanted)]
        if not found:
            texts = ", ".join(f"“{button.text}”" for button in self.buttons)
            raise NotOnPageError(f"{self.address} has no button “{wanted}” to press. Its form has: {texts}.")
        if len({(button.name, button.value, button.action) for button in found}) > 1:
            raise NotOnPageError(f"{self.address} has several buttons “{wanted}”: name the one as name=value.")
        return found[0]


class Page:
    """What a browser makes of a response's HTML."""

    def __init__(self, response: HttpResponse) -> None:
        query = response.request.get("QUERY_STRING", "")
        self.address = response.request["PATH_INFO"] + (f"?{query}" if query else "")
        self.reader = PageReader()
        self.reader.feed(response.content.decode(response.charset))
        self.reader.close()

    @cached_property
    def forms(self) -> list[Form]:
        return [Form(raw, self.address) for raw in self.reader.forms]

    @property
    def errors(self) -> dict[str, list[str]]:
        """What its reader sees to be wrong, by the field that it stands at; by the empty text when it is at none."""
        return self.reader.errors


def forms_of(page: HttpResponse) -> list[Form]:
    return Page(page).forms


def form_of(
    page: HttpResponse, button: str = "Save", *, action: str | None = None, without: Collection[str] = ()
) -> Form:
    """The one form of the page that has the button. ``action`` is the end of its address, where several have it.

    ``without`` takes fields out of it, for tests of a page that has lost them.
    """
    opened = Page(page)
    found = [form for form in opened.forms if any(each.is_called(button) for each in form.buttons)]
    if action is not None:
        found = [form for form in found if urlsplit(urljoin(opened.address, form.raw.action)).path.endswith(action)]
    if len(found) != 1:
        texts = ", ".join(f"“{each.text}”" for form in opened.forms for each in form.buttons)
        many = "several forms" if found else "no form"
        raise NotOnPageError(f"{opened.address} has {many} with a button “{button}”. Its buttons are: {texts}.")
    [form] = found
    for name in without:
        form.take_out(name)
    return form


def entries(page: HttpResponse, button: str = "Save") -> dict[str, list[Any]]:
    """What the form with the button holds, as it would be sent: for tests that send something else on purpose."""
    return form_of(page, button).entries


def press(client: Client, page: HttpResponse, button: str = "Save", /, **changed: Any) -> HttpResponse:
    """Change some entries of the form that has the button, and press it."""
    return form_of(page, button).press(client, button, **changed)


def save(client: Client, address: str, /, **changed: Any) -> HttpResponse:
    """Open a page, change some entries, and save it."""
    return press(client, client.get(address), "Save", **changed)


def errors(page: HttpResponse) -> dict[str, list[str]]:
    """What the page's reader sees to be wrong, by field."""
    return Page(page).errors


def messages(page: HttpResponse) -> Iterator[str]:
    """Every error that the page shows."""
    return (message for several in errors(page).values() for message in several)


def admin_url(model: type, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
