"""A template of the project that reads a variable nobody gave it fails its test."""

import sys
from pathlib import Path

from django.template.base import FilterExpression, Node

OURS = Path(__file__).resolve().parent.parent / "templates"


class MissingVariableError(AssertionError):
    """A template reads a variable that its context does not have."""


class MissingVariable(str):  # noqa: SLOT000  a handful of objects
    """Stands as Django's ``string_if_invalid``, whose truth Django asks for each missing variable.

    Templates of other packages (the admin, allauth) read missing variables on
    purpose: for these it is the usual empty text.
    """

    def __bool__(self) -> bool:
        asked_by = sys._getframe(1)
        expression = asked_by.f_locals.get("self")
        origin = _template_of(asked_by)
        if isinstance(expression, FilterExpression) and origin and Path(origin).is_relative_to(OURS):
            raise MissingVariableError(
                f"{Path(origin).relative_to(OURS)} reads {{{{ {expression.token} }}}}: nobody gives it."
            )
        return False


def _template_of(frame) -> str:
    """The file of the innermost template node that is being rendered."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and frame.f_code.co_name == "render_annotated":
            return node.origin.name
        frame = frame.f_back
    return ""
