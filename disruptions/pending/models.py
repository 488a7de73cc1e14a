"""Rows of a loading that is under way: written some at a time, and on the record for nobody until all of them are in.

SQLite lets one process write at a time. A large extract is therefore written in many short transactions, between which
others save. Its rows have keys that were set aside for them, and while these stand in ``Pending`` no query finds the
rows: they come on record, all at once, when the spans are deleted. PostgreSQL needs none of this.
"""

from typing import Any

from django.db import connection, models
from django.db.models import Func, QuerySet


class Pending(models.Model):
    """Rows of one table that are not on record yet: those whose keys lie between two."""

    table_name = models.CharField(max_length=63)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.table_name}: {self.first} to {self.last}"


def on_record(table: str, key: str = "id") -> str:
    """SQL: the row of the table that has the key is on record."""
    if connection.vendor == "postgresql":
        return "TRUE"
    pending = Pending._meta.db_table
    return f"NOT EXISTS (SELECT 1 FROM {pending} p WHERE p.table_name = '{table}' AND {key} BETWEEN p.first AND p.last)"


class IsOnRecord(Func):
    """The same condition for querysets. Every look at a table of the record has it, one for each row that another is
    read for among them, so it is no subquery for Django to put together anew each time.
    """

    output_field = models.BooleanField()

    def __init__(self, table: str, key: str = "pk") -> None:
        super().__init__(key)
        self.table = table

    def as_sql(self, compiler: Any, *args: Any, **context: Any) -> Any:
        key, params = compiler.compile(self.source_expressions[0])
        return on_record(self.table, key), params


class OnRecord(models.Manager):
    """Of a table that extracts fill: the rows that are on record."""

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_queryset()
        return rows if connection.vendor == "postgresql" else rows.filter(IsOnRecord(self.model._meta.db_table))
