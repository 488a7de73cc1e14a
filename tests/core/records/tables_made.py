"""Makes the tables of an empty database and prints all that it has then, a line each, sorted:

    python -m tests.core.records.tables_made [one_by_one]

In one step, as the site does, or else by all migrations, one after the other.
"""

import sys
from collections.abc import Iterator

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.models import AutoField, DateTimeField, ForeignKey

WRITTEN = {
    "sqlite": "SELECT type, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' OR sql LIKE 'CREATE VIRTUAL%'",
    "postgresql": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype = 'c'
        UNION ALL SELECT tablename, '', regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') FROM pg_indexes
            WHERE schemaname = 'public'
    """,
}
"""What introspection does not tell of. Names of indexes that Django makes up hold what a table was called once."""
OF_THE_MOMENT = (AutoField, DateTimeField, ForeignKey)
"""Fields whose values differ each time that tables are made."""


def things() -> Iterator[str]:
    """Columns, constraints, indexes, triggers and rows of the database."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            for column in connection.introspection.get_table_description(cursor, table):
                yield f"{table}.{column.name}: {[*column[1:8]]}"
            for name, constraint in connection.introspection.get_constraints(cursor, table).items():
                kept = {key: value for key, value in constraint.items() if key != "definition"}
                named = name if constraint["check"] and not name.startswith("__unnamed") else ""
                yield f"{table}: {named} {sorted(kept.items(), key=str)}"
        cursor.execute(WRITTEN[connection.vendor])
        yield from (f"written: {row}" for row in cursor.fetchall())
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, OF_THE_MOMENT)]
        names = sorted(field.attname for field in fields)
        yield from (f"{model._meta.label}: {row}" for row in model._base_manager.order_by().values_list(*names))


if __name__ == "__main__":
    django.setup()
    call_command(migrate.Command() if "one_by_one" in sys.argv else "migrate", verbosity=0)
    print("\n".join(sorted(things())))
