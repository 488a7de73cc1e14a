"""Reads the forms of a page from its HTML by a browser's rules: which controls are sent, and with what."""

import re
from html.parser import HTMLParser
from typing import Any

from tests.form_controls import Button, Control, Option, RawForm, choose_first

NEVER_SENT = {"submit", "image", "button", "reset"}
BUTTONS = {"submit", "image"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ERRORS = {"errorlist", "govuk-error-message", "govuk-error-summary__list"}
AT_FIELD = re.compile(r"id_(.+)_error")
Attributes = dict[str, str | None]


class PageReader(HTMLParser):
    """``forms`` in the order of the page, ``errors`` that can be seen by the field that they stand at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[RawForm] = []
        self.errors: dict[str, list[str]] = {}
        self.open: list[tuple[str, Attributes]] = []
        self.form: RawForm | None = None
        self.elsewhere: list[tuple[str, Control | Button]] = []  # controls that name their form by its id
        self.text: list[str] | None = None  # of the textarea, option, button or error that is being read
        self.select: Control | None = None
        self.target = ""  # the field to which the summary's error leads

    def close(self) -> None:
        super().close()
        by_id = {form.id: form for form in self.forms if form.id}
        for form_id, part in self.elsewhere:
            if form := by_id.get(form_id):
                form.add(part)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: Attributes = dict(attrs)
        if tag == "option":
            self._end_option()
        if tag not in VOID:
            self.open.append((tag, attributes))
        if self._in("template"):
            return
        start = getattr(self, f"start_{tag}", None)
        if start:
            start(attributes)
        elif tag == "li" or ERRORS & _classes(attributes):
            self._start_error()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "optgroup"}:
            self._end_option()
        if tag in VOID or all(name != tag for name, _ in self.open):
            return
        while self.open:
            name, attributes = self.open[-1]
            end = getattr(self, f"end_{name}", None)
            if end and not self._in("template"):
                end(attributes)
            elif name == "li" or ERRORS & _classes(attributes):
                self._end_error()
            self.open.pop()
            if name == tag:
                return

    # Forms and their controls

    def start_form(self, attributes: Attributes) -> None:
        if self.form:
            return  # a form within a form is no form
        self.form = RawForm(
            id=attributes.get("id") or "",
            action=attributes.get("action") or "",
            method=(attributes.get("method") or "get").lower(),
            enctype=attributes.get("enctype") or RawForm.enctype,
        )
        self.forms.append(self.form)

    def end_form(self, attributes: Attributes) -> None:
        self.form = None

    def start_input(self, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "text").lower()
        if kind in BUTTONS:
            self._add_button(attributes, attributes.get("value") or "Submit")
        elif kind not in NEVER_SENT:
            value = attributes.get("value", "on" if kind in {"checkbox", "radio"} else "") or ""
            checked = "checked" in attributes
            if kind == "radio" and checked:  # the last one that is checked stays so
                for other in self.form.controls if self.form else ():
                    other.checked = other.checked and (other.kind, other.name) != (kind, attributes.get("name"))
            self._add_control(attributes, kind, "" if kind == "file" else value, checked=checked)

    def start_textarea(self, attributes: Attributes) -> None:
        self.text = []

    def end_textarea(self, attributes: Attributes) -> None:
        value = re.sub(r"\r\n|\r", "\n", "".join(self.text or ()))
        self._add_control(attributes, "textarea", value.removeprefix("\n"))
        self.text = None

    def start_select(self, attributes: Attributes) -> None:
        kind = "select-multiple" if "multiple" in attributes else "select"
        self.select = self._add_control(attributes, kind, looked_up="data-ajax--url" in attributes)

    def end_select(self, attributes: Attributes) -> None:
        if self.select and self.select.kind == "select":
            chosen = [option for option in self.select.options if option.selected]
            for option in chosen[:-1]:
                option.selected = False
            if not chosen and (attributes.get("size") or "1") == "1":
                choose_first(self.select)
        self.select = None

    def start_option(self, attributes: Attributes) -> None:
        self.text = []

    def _end_option(self) -> None:
        """An option may end without its end tag."""
        if self.open and self.open[-1][0] == "option":
            self.end_option(self.open.pop()[1])

    def end_option(self, attributes: Attributes) -> None:
        text, self.text = _words(self.text), None
        if self.select is not None and not self._in("datalist"):
            value = attributes.get("value", text) or ""
            disabled = "disabled" in attributes or any(
                tag == "optgroup" and "disabled" in around for tag, around in self.open
            )
            self.select.options.append(Option(value, text, "selected" in attributes, disabled))

    def start_button(self, attributes: Attributes) -> None:
        self.text = []

    def end_button(self, attributes: Attributes) -> None:
        text, self.text = _words(self.text), None
        if (attributes.get("type") or "submit").lower() == "submit":
            self._add_button(attributes, text)

    def _add_control(self, attributes: Attributes, kind: str, value: str = "", **more: Any) -> Control:
        control = Control(
            attributes.get("name") or "",
            kind,
            value,
            disabled=self._disabled(attributes),
            readonly="readonly" in attributes,
            **more,
        )
        if control.name and not self._in("datalist"):
            self._place(attributes, control)
        return control

    def _add_button(self, attributes: Attributes, text: str) -> None:
        button = Button(
            text=text,
            name=attributes.get("name") or "",
            value=attributes.get("value") or "",
            action=attributes.get("formaction") or "",
            method=(attributes.get("formmethod") or "").lower(),
            disabled=self._disabled(attributes),
        )
        self._place(attributes, button)

    def _place(self, attributes: Attributes, part: Control | Button) -> None:
        if form_id := attributes.get("form"):
            self.elsewhere.append((form_id, part))
        elif self.form:
            self.form.add(part)

    def _disabled(self, attributes: Attributes) -> bool:
        """Of itself, or by a fieldset around it (whose legend is spared)."""
        around = [(tag, "disabled" in each) for tag, each in self.open]
        fieldsets = [place for place, (tag, disabled) in enumerate(around) if tag == "fieldset" and disabled]
        spared = [place for place in fieldsets if any(tag == "legend" for tag, _ in around[place + 1 :])]
        return "disabled" in attributes or len(fieldsets) > len(spared)

    def _in(self, wanted: str) -> bool:
        return any(tag == wanted for tag, _ in self.open)

    # Errors

    def start_a(self, attributes: Attributes) -> None:
        if (attributes.get("href") or "").startswith("#id_"):
            self.target = (attributes.get("href") or "").removeprefix("#id_")

    def _start_error(self) -> None:
        self.target = ""
        if self._error_field() is not None:
            self.text = []

    def _end_error(self) -> None:
        name = self._error_field()
        text = _words(self.text).removeprefix("Error: ")
        if name is not None and text and not self._hidden():
            known = self.errors.setdefault(name, [])
            if text not in known:
                known.append(text)
            self.text = None

    def _error_field(self) -> str | None:
        """The field of the error that is being read: the empty text when it stands at none; None outside of one."""
        if not any(ERRORS & _classes(attributes) for _, attributes in self.open):
            return None
        places = (AT_FIELD.fullmatch(attributes.get("id") or "") for _, attributes in self.open)
        return next((place.group(1) for place in places if place), self.target)

    def _hidden(self) -> bool:
        return any("hidden" in each or "hidden" in _classes(each) for _, each in self.open)


def _classes(attributes: Attributes) -> set[str]:
    return set((attributes.get("class") or "").split())


def _words(text: list[str] | None) -> str:
    return " ".join("".join(text or ()).split())
