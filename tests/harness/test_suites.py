"""What `make test` says of suites that pass, fail or cannot run."""

import os
import socket

import pytest

from tests import __main__ as suites
from tests.conftest import empties_tables, refuse_skipping, touches_database


def absent() -> bool:
    raise suites.NotHereError("There is no such thing here.")


@pytest.fixture
def three(monkeypatch):
    monkeypatch.setattr(suites, "SUITES", {"good": lambda: True, "bad": lambda: False, "absent": absent})


@pytest.mark.parametrize(
    ("names", "ci", "status"),
    [(["good"], "", 0), (["good", "bad"], "", 1), (["good", "absent"], "", 0), (["good", "absent"], "true", 1)],
)
def test_status(three, monkeypatch, names, ci, status):
    monkeypatch.setenv("CI", ci)
    before = dict(os.environ)
    assert suites.main(names) == status
    assert dict(os.environ) == before


def test_a_suite_that_cannot_run_is_named_with_its_reason(three, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    suites.main([])
    summary = capsys.readouterr().out.split("=== Summary ===")[1]
    assert "good: passed" in summary
    assert "bad: FAILED" in summary
    assert "absent: LEFT OUT. There is no such thing here." in summary


@pytest.mark.parametrize(("ci", "outcome"), [("true", "failed"), ("", "skipped")])
def test_a_skipped_test_fails_in_ci(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    report = pytest.TestReport("test_one", ("", 0, ""), {}, "skipped", "no browser", "call")
    assert refuse_skipping(report).outcome == outcome


@pytest.mark.django_db
def test_a_test_marked_so_touches_the_database(request):
    assert touches_database(request.node)


def test_a_test_whose_fixtures_need_the_database_touches_it(reference, request):
    assert touches_database(request.node)


def test_others_do_not(tmp_path, request):
    assert not touches_database(request.node)


@pytest.mark.both_databases
def test_nor_need_one_that_makes_its_own_be_given_it(request):
    assert touches_database(request.node)


def test_the_network_is_out_of_bounds():
    with socket.socket() as outside, pytest.raises(RuntimeError, match="tried to reach"):
        outside.connect(("192.0.2.1", 80))


def test_tables_are_emptied_only_after_all_that_need_what_they_hold(request):
    """Those that read the reference data store it anew, and come last."""
    with_rows = [item for item in request.session.items if "db" in item.fixturenames or "django_db" in item.keywords]
    order = [empties_tables(item) for item in with_rows if "reference" not in item.fixturenames]
    assert order == sorted(order)
