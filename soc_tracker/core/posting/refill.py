"""Fills a page's form with what was typed into it before, whatever the page: its HTML is read, and changed in place."""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.template.loader import render_to_string

from soc_tracker.core.posting.models import KeptForm
from soc_tracker.core.posting.sent import KEPT, OWN

Pairs = list[tuple[str, str]]
BUTTONS = {"submit", "button", "image", "reset"}
LEFT_ALONE = BUTTONS | {"password", "file"}


@dataclass
class Control:
    """A piece of HTML that holds, or may hold, one value. ``start`` and ``end`` are where it stands in the page."""

    name: str
    kind: str  # the type of an input, or "textarea", "option", "button"
    value: str
    tag: str
    start: int
    end: int
    attributes: dict[str, str | None] = field(default_factory=dict)


@dataclass
class HtmlForm:
    action: str
    start: int  # of its start tag
    body: int  # just after it
    end: int = 0
    tag: str = ""
    attributes: dict[str, str | None] = field(default_factory=dict)
    folds: list[tuple[int, str]] = field(default_factory=list)  # closed disclosures around its fields
    controls: list[Control] = field(default_factory=list)

    def likeness(self, fields: Pairs) -> tuple[int, int]:
        """How surely the fields come from this form: by its hidden values, then by the names of all it holds."""
        hidden = {(control.name, control.value) for control in self.controls if control.kind in ("hidden", "button")}
        return len(hidden & set(fields)), len(
            {control.name for control in self.controls} & {name for name, _ in fields}
        )


class FormReader(HTMLParser):
    """The forms of a page that post."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[HtmlForm] = []
        self._html = html
        self._lines = [0]
        self._lines += [index + 1 for index, letter in enumerate(html) if letter == "\n"]
        self._form: HtmlForm | None = None
        self._folds: list[tuple[int, str] | None] = []
        self._select = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, start, text = dict(attrs), self._position(), self.get_starttag_text() or ""
        if tag == "details":
            self._folds.append(None if "open" in attributes else (start, text))
        elif tag == "form":
            posts = (attributes.get("method") or "").lower() == "post"
            self._form = HtmlForm(attributes.get("action") or "", start, start + len(text), 0, text, attributes)
            if posts:
                self.forms.append(self._form)
        elif self._form and tag == "select":
            self._select = attributes.get("name") or ""
        elif self._form and tag in ("input", "textarea", "option", "button"):
            kind = (attributes.get("type") or "text").lower() if tag == "input" else tag
            name = self._select if tag == "option" else attributes.get("name") or ""
            if name and "disabled" not in attributes:
                kind = "button" if kind in BUTTONS else kind
                value = attributes.get("value") or ("on" if kind in ("checkbox", "radio") else "")
                self._form.controls.append(Control(name, kind, value, text, start, start + len(text), attributes))
                self._form.folds += [fold for fold in self._folds if fold and fold not in self._form.folds]

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "form" and self._form:
            self._form.end = self._position()
            self._form = None
        elif tag == "textarea" and self._form and self._form.controls:
            self._form.controls[-1].end = self._position()

    def _position(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def refill(html: str, *, page: str, kept: KeptForm) -> str:
    """The page with its form filled in and open to be sent again; "" where the page has no such form.

    What finds no place in the form, such as a row that a script had added, is added to it as fields of their own.
    """
    fields = [(name, value) for name, value in kept.fields]
    forms = [form for form in FormReader(html).forms if urljoin(page, form.action or page) == kept.action]
    if not forms:
        return ""
    form = max(forms, key=lambda each: each.likeness(fields))
    names = {control.name for control in form.controls}
    edits = [(control.start, control.end, _filled(control, fields)) for control in form.controls]
    edits += [(start, start + len(tag), f"{tag[:-1]} open>") for start, tag in form.folds]
    edits.append((form.start, form.body, _start_tag("form", {**form.attributes, "action": kept.action})))
    homeless = [(name, value) for name, value in fields if name not in names]
    added = {"key": kept.pk, "name": KEPT, "fields": homeless}
    edits.append((form.end, form.end, render_to_string("posting/added_fields.html", added)))
    pieces, at = [], 0
    for start, end, text in sorted(edits):
        pieces += [html[at:start], text]
        at = end
    return "".join([*pieces, html[at:]])


def _filled(control: Control, fields: Pairs) -> str:
    """The control's HTML with the value that was sent, or without one where none was."""
    values = [value for name, value in fields if name == control.name]
    if control.name in OWN or control.kind in LEFT_ALONE:
        return control.tag
    if mark := {"option": "selected", "checkbox": "checked", "radio": "checked"}.get(control.kind):
        attributes = {name: value for name, value in control.attributes.items() if name != mark}
        if control.value in values:
            attributes[mark] = None
        return _start_tag("option" if control.kind == "option" else "input", attributes)
    if not values:
        return control.tag
    if control.kind == "textarea":
        return f"{control.tag}\n{escape(values[0], quote=False)}"
    return _start_tag("input", {**control.attributes, "value": values[0]})


def _start_tag(tag: str, attributes: dict[str, str | None]) -> str:
    written = (f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{''.join(written)}>"
