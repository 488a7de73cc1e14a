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
        if schema_editor.connection.vendor != "postgresql":
            if is_check:
                schema_editor.execute("PRAGMA ignore_check_constraints = ON")
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            if is_check:
                schema_editor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        table, name = map(schema_editor.quote_name, (model._meta.db_table, constraint.name))
        if is_check:
            schema_editor.execute(f"{constraint.create_sql(model, schema_editor)} NOT VALID", params=None)
            # Where all rows meet it by now, it is told so; SQL that is only printed asks no row.
            rows = model._base_manager.using(schema_editor.connection.alias)
            if not schema_editor.collect_sql and not rows.exclude(constraint.condition).exists():
                schema_editor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
            return
        (column,) = map(schema_editor.quote_name, constraint.fields)
        condition = constraint._get_condition_sql(model, schema_editor)
        where = f" WHERE {condition}" if condition else ""
        schema_editor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({column}){where}", params=None)
        if not where:  # with a condition, the index is all
            schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}")
