"""What is sealed opens with its key as it was, and otherwise not at all."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc_tracker.core.backup import BackupError, sealing
from soc_tracker.core.backup.manifest import Manifest, Table, describe, read_manifest
from soc_tracker.core.backup.sealing import reading, writing

KEY = "a key of the tests"


def seal(path, contents, key=KEY):
    with writing(path, key) as file:
        file.write(contents)
    return path


def opened(path, key=KEY):
    with reading(path, key) as file:
        return file.read()


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealing, "PIECE", 64)


@given(contents=st.binary(max_size=400), key=st.sampled_from(["", KEY]))
def test_it_opens_as_it_was(tmp_path_factory, contents, key):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "PIECE", 32)
        path = tmp_path_factory.mktemp("sealed") / "table.gz"
        assert opened(seal(path, contents, key), key) == contents


def test_nothing_of_it_can_be_read(tmp_path):
    path = seal(tmp_path / "table", b"North West " * 100)
    assert b"North West" not in path.read_bytes()
    with pytest.raises(BackupError, match="is sealed: set BACKUP_KEY"):
        opened(path, "")
    with pytest.raises(BackupError, match="altered or cut short, or sealed with another key"):
        opened(path, "another")


@pytest.mark.parametrize("key", ["", KEY])
def test_whatever_is_altered_or_cut_short_does_not_open(tmp_path, small_pieces, key):
    contents = bytes(range(256)) * 4
    whole = seal(tmp_path / "table", contents, key).read_bytes()
    for at in range(40, len(whole), 7):
        for broken in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[:at]):
            path = tmp_path / "table"
            path.write_bytes(broken)
            with pytest.raises(BackupError):
                opened(path, key)


def test_one_file_does_not_pass_for_another(tmp_path):
    shutil.copy(seal(tmp_path / "plans", b"plans"), tmp_path / "threats")
    with pytest.raises(BackupError, match="threats was altered"):
        opened(tmp_path / "threats")


def test_pieces_in_another_order_do_not_open(tmp_path, small_pieces):
    path = seal(tmp_path / "table", bytes(range(256)) * 4)
    stored, begin = path.read_bytes(), len(sealing.MAGIC) + sealing.SALT
    size = sealing.LENGTH + 64 + 16
    first, second = stored[begin : begin + size], stored[begin + size : begin + 2 * size]
    path.write_bytes(stored[:begin] + second + first + stored[begin + 2 * size :])
    with pytest.raises(BackupError, match="altered"):
        opened(path)


# What a backup says of itself.


@pytest.fixture(params=["", KEY])
def backup(request, tmp_path):
    """A backup of one table, and its key."""
    key = request.param
    seal(tmp_path / "plans.copy.gz", b"4P-00001", key)
    files = {"plans.copy.gz": describe(tmp_path / "plans.copy.gz")}
    Manifest("2026-11-27", "sqlite", ["plans4p.0001"], {"plans": Table(1, ["id"])}, 0, 0, files).write(tmp_path, key)
    return tmp_path, key


def test_a_whole_backup_is_read(backup):
    folder, key = backup
    manifest = read_manifest(folder, key)
    assert (manifest.rows, manifest.tables) == (1, {"plans": Table(1, ["id"])})


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.unlink(), "plans.copy.gz is missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "bytes where it had"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"), "plans.copy.gz was altered"),
    ],
)
def test_what_is_wrong_with_one_is_named(backup, harm, words):
    folder, key = backup
    harm(folder / "plans.copy.gz")
    with pytest.raises(BackupError, match=words):
        read_manifest(folder, key)


def test_one_that_was_broken_off_is_none(tmp_path):
    seal(tmp_path / "plans.copy.gz", b"4P-00001")
    with pytest.raises(BackupError, match="holds no backup"):
        read_manifest(tmp_path, KEY)
