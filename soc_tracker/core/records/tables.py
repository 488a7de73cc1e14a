"""The tables of an empty database, all made in one step as they are now.

Migrations bring an older one up to date; they take long, because Django draws up all models anew after each operation.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import CreateModel, RunPython, RunSQL
from django.db.migrations.operations.base import Operation

BESIDES = (RunPython, RunSQL, CreateExtension)
"""Operations that change more than tables."""


class CreateTables(Operation):
    """The operations of a first migration taken together: each table is made as it is after the last of them.

    Django draws up all models anew after each operation of a migration; here, once.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # drawn up again when it is next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            if isinstance(operation, CreateModel):
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Make the tables"


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Give a database that has no tables all of them, and note all migrations as done; leave any other as it is.

    The tables of other packages come from their own migrations, which depend on none of ours. Of ours, what changes
    more than tables is done too, over the tables as they are now, unless it is ``elidable``: of use only to rows that
    are there already. All of it is done, or nothing.
    """
    executor = MigrationExecutor(connection)
    if executor.loader.applied_migrations:
        return
    here = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    ours = {app.label for app in here if "site-packages" not in app.path}
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([leaf for leaf in leaves if leaf[0] not in ours])
    executor.loader.build_graph()
    state: Any = executor.loader.project_state(leaves)
    with connection.schema_editor(atomic=True) as editor:
        for model in state.apps.get_models():
            if model._meta.app_label in ours and model._meta.can_migrate(connection):
                editor.create_model(model)
        while editor.deferred_sql:  # indexes, and references to tables that were not there yet
            editor.execute(editor.deferred_sql.pop(0))
        for migration, _ in executor.migration_plan(leaves):
            for operation in migration.operations:
                if isinstance(operation, BESIDES) and not operation.elidable:
                    operation.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(migration.app_label, migration.name)
