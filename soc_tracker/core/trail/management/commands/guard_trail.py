"""Takes from the role of the site, on PostgreSQL, what it must not be able to do to the trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction

from soc_tracker.core.trail.guard import TABLES, grants_for

OWNED = (
    "Make the tables with another role than the site signs in with (docs/security.md): an owner can undo all of this."
)


class Command(BaseCommand):
    help = (
        "Print the grants by which a role of PostgreSQL may only read the trail and add to it; with --apply, make them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", required=True, help="the role with which the site connects")
        parser.add_argument("--apply", action="store_true", help="make the grants, as the owner of the tables")

    def handle(self, *args: Any, role: str, apply: bool, **options: Any) -> None:
        statements = grants_for(role, connection.ops.quote_name)
        if not apply:
            self.stdout.write("".join(f"{sql};\n" for sql in statements), ending="")
            return
        if connection.vendor != "postgresql":
            raise CommandError(
                "SQLite knows no roles: its triggers refuse, and the seals show what was done past them."
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            of_role = cursor.fetchone()
            cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)])
            owners = {owner for (owner,) in cursor.fetchall()}
        if of_role is None:
            raise CommandError(f"The database has no role “{role}”.")
        if of_role[0] or role in owners:
            raise CommandError(f"“{role}” {'is a superuser' if of_role[0] else 'owns the tables'}. {OWNED}")
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for sql in statements:
                    cursor.execute(sql)
        except DatabaseError as error:
            raise CommandError(f"Run this as the owner of the tables, {', '.join(owners)}: {error}") from error
        self.stdout.write(f"“{role}” may read the trail and add to it, and nothing else.")
