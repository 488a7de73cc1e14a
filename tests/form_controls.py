"""The controls of a form, and what a browser sends of each."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

DAY = re.compile(r"\d{4,}-\d\d-\d\d")
NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?")


@dataclass
class Option:
    value: str
    text: str = ""
    selected: bool = False
    disabled: bool = False


@dataclass
class Control:
    """An input, select or textarea with a name."""

    name: str
    kind: str  # of an input; or select, select-multiple, textarea
    value: Any = ""
    checked: bool = False
    disabled: bool = False
    readonly: bool = False
    looked_up: bool = False  # its options come from a script
    options: list[Option] = field(default_factory=list)

    @property
    def is_choice(self) -> bool:
        return self.kind in {"checkbox", "radio"} or (self.kind.startswith("select") and not self.looked_up)

    @property
    def why_closed(self) -> str:
        return "disabled" if self.disabled else "read-only" if self.readonly else "hidden"

    @property
    def is_open(self) -> bool:
        return not (self.disabled or self.readonly or self.kind == "hidden")

    @property
    def successful(self) -> list[Any]:
        """The values under which it is sent; none when it is not."""
        if self.disabled or (self.kind in {"checkbox", "radio"} and not self.checked):
            return []
        if self.kind.startswith("select"):
            return [option.value for option in self.options if option.selected and not option.disabled]
        if self.kind == "file":
            return [self.value] if self.value else []
        return [_sent(self.kind, self.value)]

    def enter(self, wanted: list[Any]) -> set[str]:
        """Take what of the wanted values is its own, and name it."""
        words = {str(value) for value in wanted}
        if not self.is_open:
            return set()
        if self.kind == "checkbox":
            self.checked = self.value in words or any(value is True for value in wanted)
        elif self.kind == "radio":
            self.checked = self.value in words
        elif self.kind.startswith("select"):
            return self._choose([str(value) for value in wanted])
        else:
            [value] = wanted
            self.value = value if self.kind == "file" else str(value)
            return words
        return {self.value, "True"} if self.checked else {"False"}

    def _choose(self, wanted: list[str]) -> set[str]:
        """Choose options, and name those that can be chosen."""
        known = {option.value for option in self.options if not option.disabled}
        if self.kind == "select-multiple":
            known.add("")
        if self.looked_up:
            self.options += [Option(value) for value in wanted if value and value not in known]
            known |= set(wanted)
        for option in self.options:
            option.selected = option.value in wanted
        if self.kind == "select" and not any(option.selected for option in self.options):
            choose_first(self)
        return known

    def renamed(self, name: str) -> "Control":
        return replace(self, name=name, options=[replace(option) for option in self.options])


@dataclass(frozen=True)
class Button:
    text: str
    name: str = ""
    value: str = ""
    action: str = ""
    method: str = ""
    disabled: bool = False

    def is_called(self, wanted: str) -> bool:
        return wanted in {self.text, f"{self.name}={self.value}"} or (bool(self.name) and wanted == self.name)


@dataclass
class RawForm:
    id: str = ""
    action: str = ""
    method: str = "get"
    enctype: str = "application/x-www-form-urlencoded"
    controls: list[Control] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def add(self, part: Control | Button) -> None:
        if isinstance(part, Button):
            self.buttons.append(part)
        else:
            self.controls.append(part)


def _sent(kind: str, value: str) -> str:
    if kind == "textarea" or kind == "hidden":
        return re.sub(r"\r\n|\r|\n", "\r\n", value)
    value = re.sub(r"[\r\n]", "", value)
    if (kind == "date" and not DAY.fullmatch(value)) or (kind == "number" and not NUMBER.fullmatch(value)):
        return ""
    return value.strip() if kind in {"email", "url"} else value


def choose_first(select: Control) -> None:
    """A drop-down of one line always has something chosen."""
    for option in select.options:
        if not option.disabled:
            option.selected = True
            return
