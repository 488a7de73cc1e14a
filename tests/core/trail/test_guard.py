"""What the role of the site may do on PostgreSQL, and what the command says where that means nothing."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

pytestmark = pytest.mark.django_db
ROLE = "soc_site_of_a_test"


def test_the_grants_are_printed(capsys):
    call_command("guard_trail", role=ROLE)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == f'GRANT SELECT, INSERT ON trail_entry, trail_seal TO "{ROLE}";'


def test_the_role_may_read_and_add_and_nothing_else(capsys):
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="SQLite knows no roles"):
            call_command("guard_trail", role=ROLE, apply=True)
        return
    with pytest.raises(CommandError, match="no role"):
        call_command("guard_trail", role=ROLE, apply=True)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT ALL ON trail_entry, trail_seal TO {ROLE}")
        call_command("guard_trail", role=ROLE, apply=True)
        rights = {}
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
            cursor.execute("SELECT has_table_privilege(%s, 'trail_entry', %s)", [ROLE, right])
            rights[right] = cursor.fetchone()[0]
        assert [right for right, held in rights.items() if held] == ["SELECT", "INSERT"]
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        cursor.execute(
            "INSERT INTO trail_entry (at, kind, who_key, who, subject_kind, subject_key, subject, before, after, why,"
            " request_id, address, session, details) VALUES (now(), 'sign_in', '', '', '', '', '', '{}', '{}', '', '',"
            " '', '', '{}') RETURNING id"
        )
        assert cursor.fetchone()[0]
        cursor.execute("RESET ROLE")


def test_who_owns_the_tables_is_no_role_for_the_site():
    if connection.vendor == "postgresql":
        with pytest.raises(CommandError, match=r"is a superuser|owns the tables"):
            call_command("guard_trail", role=connection.settings_dict["USER"] or "postgres", apply=True)
