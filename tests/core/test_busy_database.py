"""What may wait for the next request is left out, at once, while another writes."""

import pytest
from django.db import OperationalError, connection

from soc_tracker.core.busy import unless_busy

pytestmark = pytest.mark.django_db(transaction=True)


def refuse(beginning: str):
    """Have the database be busy for what begins so."""

    def wrapper(execute, sql, *rest):
        if sql.startswith(beginning):
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    return connection.execute_wrapper(wrapper)


def test_a_transaction_that_cannot_begin_is_left_out(monkeypatch):
    def locked(*args: object, **more: object) -> None:
        raise OperationalError("database is locked")

    written: list[int] = []
    monkeypatch.setattr(connection, "set_autocommit", locked)
    unless_busy(lambda: written.append(1))
    assert written == []


def test_so_is_a_write_that_cannot_be_done():
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE auth_group SET name = name")

    with refuse("UPDATE"):
        unless_busy(write)


def test_another_fault_is_none_of_that():
    def write() -> None:
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError, match="disk"):
        unless_busy(write)
