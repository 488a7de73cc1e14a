"""The reference data as stored rows, so that only the first test that needs it waits for the loading."""

from dataclasses import dataclass

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

APPS = ("forces", "inspections")


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    rows: list[tuple]


_tables: list[Table] = []


def load_reference() -> None:
    """Load the reference data: with the command the first time, later by putting back the rows that it made."""
    if _tables:
        _put_back()
    else:
        call_command("load_reference", verbosity=0)
        _tables.extend(_copied(name) for name in _names())


def _names() -> list[str]:
    """The tables of the apps' models, with those of their histories and many-to-many relations."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return list(dict.fromkeys(model._meta.db_table for model in models))


def _copied(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        return Table(name, tuple(column[0] for column in cursor.description), cursor.fetchall())


def _put_back() -> None:
    # Foreign keys are checked when the transaction ends, so the order of the tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for table in filter(lambda table: table.rows, _tables):
            columns = ", ".join(map(connection.ops.quote_name, table.columns))
            values = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(
                f"INSERT INTO {connection.ops.quote_name(table.name)} ({columns}) VALUES ({values})", table.rows
            )
