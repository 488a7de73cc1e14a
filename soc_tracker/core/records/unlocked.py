"""Constraints of large tables, made by migrations while others go on writing."""

from typing import Any

from django.db import models
from django.db.migrations import AddConstraint


class AddConstraintUnlocked(AddConstraint):
    """A constraint of uniqueness over one column, or a check. What stands already may break a check: it is not asked
    about, and what is written from then on is.

    On PostgreSQL indexes are made concurrently, so that the migration is not atomic; SQLite makes the table anew.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        constraint: Any = self.constraint
        is_check = isinstance(constraint, models.CheckConstraint)
        if schema_editor.connection.vendor == "postgresql":
            model = to_state.apps.get_model(app_label, self.model_name)
            (add_check if is_check else add_index)(schema_editor, model, constraint)
            return
        if is_check:
            schema_editor.execute("PRAGMA ignore_check_constraints = ON")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        if is_check:
            schema_editor.execute("PRAGMA ignore_check_constraints = OFF")


def add_check(schema_editor: Any, model: Any, constraint: Any) -> None:
    schema_editor.execute(f"{constraint.create_sql(model, schema_editor)} NOT VALID", params=None)
    if schema_editor.collect_sql:
        return
    if not model._base_manager.using(schema_editor.connection.alias).exclude(constraint.condition).exists():
        table, name = map(schema_editor.quote_name, (model._meta.db_table, constraint.name))
        schema_editor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def add_index(schema_editor: Any, model: Any, constraint: Any) -> None:
    names = (model._meta.db_table, constraint.name, *constraint.fields)
    table, name, column = map(schema_editor.quote_name, names)
    condition = constraint._get_condition_sql(model, schema_editor)
    where = f" WHERE {condition}" if condition else ""
    schema_editor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({column}){where}", params=None)
    if not where:  # with a condition, the index is all
        schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}")
