"""The month and the year of a date, worked out by the database in a way that costs little on millions of rows.

Django's own TruncMonth and ExtractYear call Python for each row of SQLite.
"""

from typing import Any

from django.db import connection
from django.db.models import DateField, Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler

MONTH = {"postgresql": "date_trunc('month', {0}::timestamp)::date", "sqlite": "(substr({0}, 1, 7) || '-01')"}
YEAR = {"postgresql": "CAST(date_part('year', {0}) AS integer)", "sqlite": "CAST(substr({0}, 1, 4) AS integer)"}
ARGUMENT = "%(expressions)s"


def month_sql(day: str) -> str:
    """The first day of the month that a date in SQL lies in."""
    return MONTH[connection.vendor].format(day)


def year_sql(day: str) -> str:
    return YEAR[connection.vendor].format(day)


class FirstOfMonth(Func):
    """The first day of the month that a date lies in."""

    output_field = DateField()
    arity = 1
    template = MONTH["postgresql"].format(ARGUMENT)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=MONTH["sqlite"].format(ARGUMENT), **context)


class Year(Func):
    """The year of a date, as a number."""

    output_field = IntegerField()
    arity = 1
    template = YEAR["postgresql"].format(ARGUMENT)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=YEAR["sqlite"].format(ARGUMENT), **context)
