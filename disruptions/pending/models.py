"""Rows of a loading that is under way: written some at a time, and on the record for nobody until all of them are in.

SQLite lets one process write at a time. A large extract is therefore written in many short transactions, between which
others save. Its rows have keys that were set aside for them, and while these stand in ``Pending`` no query finds the
rows: they come on record, all at once, when the spans are deleted. PostgreSQL needs none of this.
"""

from django.db import connection, models
from django.db.models import Exists, OuterRef, QuerySet


class Pending(models.Model):
    """Rows of one table that are not on record yet: those whose keys lie between two."""

    table_name = models.CharField(max_length=63)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.table_name}: {self.first} to {self.last}"


class OnRecord(models.Manager):
    """Of a table that extracts fill: the rows that are on record."""

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_queryset()
        if connection.vendor == "postgresql":
            return rows
        spans = Pending.objects.filter(table_name=self.model._meta.db_table)
        return rows.filter(~Exists(spans.filter(first__lte=OuterRef("pk"), last__gte=OuterRef("pk"))))


def on_record(table: str, key: str = "id") -> str:
    """SQL of the same condition."""
    if connection.vendor == "postgresql":
        return "TRUE"
    pending = Pending._meta.db_table
    return f"NOT EXISTS (SELECT 1 FROM {pending} p WHERE p.table_name = '{table}' AND {key} BETWEEN p.first AND p.last)"
