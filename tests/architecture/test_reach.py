"""Nothing of the record is read around the reach of its reader: by the code itself, whatever tests try out."""

import ast
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from disruptions.standpoint.queries import Standpoint
from inspections.sources.models import OnceOut
from soc_tracker.core.lists.api import ReadOnlyViewSet
from soc_tracker.core.records.models import PUBLISHED, Tracked, VisibleQuerySet

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("forces", "inspections", "disruptions", "plans4p", "soc_tracker")
FACING_READERS = {"pages", "api", "charts"}
"""Layers that show rows: they ask for those alone that their reader sees."""
SIFTED = {"visible_to", "seen_by", "open_to", "published", "none"}
READS_WHOLE = {
    (
        "soc_tracker/dashboards/record/pages.py",
        "Extract",
    ): "their days and names, of those alone that own rows came with",
    ("plans4p/reminders/pages.py", "Reminders"): "found by a secret key, by somebody who is not signed in",
}
"""What is read past the reader's reach by pages, each with its reason."""
READS_CELLS = {
    "disruptions/models.py": "names all models",
    "disruptions/counts": "what a Scope counts",
    "disruptions/trend/queries.py": "counts of a Scope by month of becoming known",
    "disruptions/known/queries.py": "the cells as they were",
    "disruptions/loading/disruptions/services.py": "writes them",
    "disruptions/management/commands/rebuild_counts.py": "says how many were made anew",
}
"""Where cells of counts are named, each with its reason: all else counts by a Scope, which keeps to its sight."""


def models_of_the_record() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        and (issubclass(model, Tracked) or isinstance(model._default_manager.none(), VisibleQuerySet))
    ]


def silent(models: list[type[Model]]) -> list[str]:
    """Those that do not say by whom their rows are seen, in words of their own or of what they are kinds of."""
    return [model._meta.label for model in models if not isinstance(getattr(model, "reached_by", None), str)]


def test_every_model_of_the_record_says_who_reaches_its_rows():
    models = models_of_the_record()
    assert len(models) > 40
    assert silent(models) == []


def test_a_model_that_says_nothing_is_found(monkeypatch):
    monkeypatch.delattr(apps.get_model("disruptions", "Disruption"), "reached_by")
    assert "disruptions.Disruption" in silent(models_of_the_record())


def sensitive() -> set[str]:
    models = models_of_the_record()
    return {model.__name__ for model in models if model.reached_by != PUBLISHED or issubclass(model, OnceOut)}


def sources(layers: set[str]) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if layers & {path.stem, *(part for part in path.relative_to(ROOT).parts[:-1])}:
                yield path


def unsifted(code: str) -> Iterator[tuple[int, str]]:
    """Queries on a model of the record that go on to whatever there is: each with its line. Conditions on rows around
    them, which are sifted themselves, are none.
    """
    tree = ast.parse(code)
    names = sensitive()
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        is_manager = isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager")
        if not (is_manager and isinstance(node.value, ast.Name) and node.value.id in names):
            continue
        chain, top, above = set[str](), node, parents.get(node)
        while isinstance(above, ast.Attribute | ast.Call):
            top = above
            if isinstance(above, ast.Attribute):
                chain.add(above.attr)
            above = parents.get(above)
        is_of_view_set = isinstance(above, ast.Assign) and ast.unparse(above.targets[0]) == "queryset"
        is_condition = "OuterRef(" in ast.unparse(top) and isinstance(top, ast.Call)
        if not chain & SIFTED and not is_of_view_set and not is_condition:
            yield node.lineno, node.value.id


def test_what_readers_are_shown_is_asked_for_within_their_reach():
    found = {}
    for path in sources(FACING_READERS):
        place = str(path.relative_to(ROOT))
        of_file = [(line, name) for line, name in unsifted(path.read_text()) if (place, name) not in READS_WHOLE]
        if of_file:
            found[place] = [f"line {line}: {name}" for line, name in of_file]
    assert found == {}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("rows = Disruption.objects.filter(size='major')", ["Disruption"]),
        ("rows = Threat.objects.of_kind(kind).filter(pk__in=Disruption.objects.all())", ["Threat", "Disruption"]),
        ("total = Plan._base_manager.count()", ["Plan"]),
        ("rows = Disruption.objects.visible_to(user).filter(size='major')", []),
        ("rows = Disruption.objects.current().seen_by(sight)", []),
        ("rows = Threat.objects.none()", []),
        ("rows = Organisation.objects.all()", []),
        ("class View(ReadOnlyViewSet):\n    queryset = Threat.objects.for_list()", []),
    ],
)
def test_the_scan_knows_a_query_that_is_not_sifted(code, names):
    assert sorted(name for _, name in unsifted(code)) == sorted(names)


def test_the_api_sifts_what_its_views_name(make_user, rf):
    seen = []

    class Rows:
        def visible_to(self, user):
            seen.append(user)
            return self

    view = ReadOnlyViewSet()
    view.queryset, view.request = Rows(), rf.get("/")
    view.queryset.all = lambda: view.queryset
    view.request.user = "reader"
    view.get_queryset()
    assert seen == ["reader"]


def names_cells(code: str) -> bool:
    """Whether it counts, or reads counts, by itself."""
    imports = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
    of_cells = [node for node in imports if node.module in ("disruptions.counts.models", "disruptions.models")]
    return any(alias.name == "Cell" for node in of_cells for alias in node.names)


def test_no_count_is_made_around_a_scope():
    found = [
        str(path.relative_to(ROOT))
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and names_cells(path.read_text())
    ]
    assert [path for path in found if not path.startswith(tuple(READS_CELLS))] == []
    assert names_cells("from disruptions.counts.models import Cell\nn = Cell.objects.count()")


def test_a_standpoint_cannot_be_had_without_a_sight():
    [sight] = [field for field in fields(Standpoint) if field.name == "sight"]
    assert (sight.default, sight.default_factory) == (MISSING, MISSING)
