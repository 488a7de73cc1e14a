"""What `make run` does once everything is installed."""

import socket
from contextlib import nullcontext

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from soc_tracker.core.access.roles import Role, has_role, is_administrator
from soc_tracker.demo.management.commands import serve_demo
from soc_tracker.demo.management.commands.serve_demo import is_free, refuse_taken, welcome


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_refused_and_another_offered(taken_port):
    with pytest.raises(CommandError, match=rf"Port {taken_port} is taken.*make run PORT=(\d+)") as refusal:
        refuse_taken(taken_port)
    assert is_free(int(str(refusal.value).rsplit("=", 1)[1]))


def test_a_free_port_is_accepted(taken_port):
    free = next(port for port in range(taken_port + 1, 65536) if is_free(port))
    refuse_taken(free)


def test_the_welcome_says_where_and_how():
    text = welcome(8010)
    assert "http://127.0.0.1:8010" in text
    assert "lead responsible officer" in text
    assert "no password" in text


@pytest.mark.parametrize("command", ["serve_demo", "create_demo_accounts"])
def test_refused_outside_demo_mode(command, settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE=1"):
        call_command(command)


@pytest.mark.django_db
def test_one_account_per_role_without_a_password(settings, capsys):
    settings.DEMO_MODE = True
    call_command("create_demo_accounts")
    call_command("create_demo_accounts")
    assert User.objects.count() == len(Role) + 2  # a second officer, and an analyst of one force
    for role in Role:
        user = User.objects.get(username=role.value)
        assert has_role(user, role)
        assert not user.has_usable_password()
        assert is_administrator(user) == (role == Role.ADMINISTRATOR)
    assert "inspector" in capsys.readouterr().out


class Served:
    """A stand-in for the server, which ends at once."""

    def __init__(self, *args, **options):
        self.options = options

    def on_startup(self, say):
        say()

    def serve(self):
        return None


@pytest.fixture
def prepared(settings, monkeypatch):
    """The commands that are run before the site is served and the options of its worker, without running them."""
    settings.DEMO_MODE = True
    commands = []
    monkeypatch.setattr(serve_demo, "call_command", lambda name, **options: commands.append(name))
    monkeypatch.setattr(serve_demo, "server", Served)
    monkeypatch.setattr(serve_demo, "worker", lambda **options: nullcontext(commands.append(options)))
    return commands


@pytest.mark.parametrize(
    ("wanted", "loaded"),
    [("yes", ["load_demo_records", {"demo_plans": True}]), ("no", [{"demo_plans": False}])],
)
def test_the_site_starts_with_or_without_the_demo_records(wanted, loaded, prepared, taken_port):
    free = next(port for port in range(taken_port + 1, 65536) if is_free(port))
    call_command("serve_demo", port=free, demo_records=wanted)
    assert prepared == ["migrate", "load_reference", "create_demo_accounts", *loaded]


def test_another_word_for_the_demo_records_is_refused(prepared):
    with pytest.raises(CommandError, match="invalid choice: 'maybe'"):
        call_command("serve_demo", "--demo-records=maybe")
    assert prepared == []
