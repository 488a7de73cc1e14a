"""Rows are written by services alone, so that every write is validated and leaves its trace."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from soc_tracker.core.records.models import Tracked

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("soc_tracker", "forces", "inspections", "disruptions", "plans4p")
WRITES = {
    "save",
    "create",
    "delete",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "acreate",
    "asave",
    "adelete",
}
# Files outside services that write, each with its reason.
ALLOWED = {
    "soc_tracker/core/records/restoring.py": "brings back what was removed, through the one way to write",
    "soc_tracker/core/trail/models.py": "refuses to save what is stored already",
    "soc_tracker/core/accounts/sessions/store.py": "is where Django itself writes sessions",
    "soc_tracker/core/access/roles.py": "makes the groups of the roles, which keep no history",
}


def test_only_services_write():
    found = {}
    for path in sources():
        lines = [f"line {line}: .{name}()" for line, name in writes(path.read_text())]
        if lines:
            found[str(path.relative_to(ROOT))] = lines
    assert found == {}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("grading.save()", ["save"]),
        ("Grading.objects.create(grade='good')", ["create"]),
        ("rows.filter(pk=1).update(grade='good')", ["update"]),
        ("Finding.objects.bulk_create(rows)", ["bulk_create"]),
        ("values.update(more)", []),
        ("digest.update(b'text')", []),
        ("records.change(grading, by=user)", ["change"]),
        ("gradings.create(by=user, reason='as published')", []),
        ("form.save(commit=False)", []),
    ],
)
def test_the_scan_knows_a_write(code, expected):
    assert [name for _, name in writes(code)] == expected


def sources() -> Iterator[Path]:
    """The project's code that may not write."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if not {"services", "services.py", "migrations"} & set(path.parts) and name not in ALLOWED:
                yield path


def writes(code: str) -> Iterator[tuple[int, str]]:
    """The line and name of each call that writes rows."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node, node.func):
            yield node.lineno, node.func.attr


def is_write(call: ast.Call, function: ast.Attribute) -> bool:
    """Whether the call writes rows past the services, which are told who writes: ``by=``."""
    keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    if isinstance(function.value, ast.Name) and function.value.id == "records":
        return function.attr in {"create", "change", "remove"}
    if "by" in keywords or keywords.get("commit") == "False":
        return False
    # An update with keywords is a queryset's, not a dict's.
    return bool(keywords) if function.attr in {"update", "aupdate"} else function.attr in WRITES


def test_links_to_many_are_part_of_every_history():
    """What a history row does not hold is lost with the next change, and nobody could tell that it had changed. What
    nobody edits is written once.
    """
    missing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Tracked)
        for field in model._meta.many_to_many
        if field.editable and field.remote_field.through._meta.auto_created
        if field not in model.history.model._history_m2m_fields
    }
    assert missing == set()
